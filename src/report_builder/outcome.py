"""What came of checking or building events."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_builder.problems import Problem, stops


@dataclass(frozen=True)
class Outcome:
    """Which events are sound, or were built, and which not; their files and every problem.

    ``why`` says of each document that was made anew what had changed.
    """

    made: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    why: tuple[tuple[str, str], ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where nothing is wrong that stops a build, else 1."""
        return 1 if self.failed or stops(self.problems) else 0

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as the fields that ``--format json`` prints."""
        return {
            "built": list(self.made),
            "not_built": list(self.failed),
            "files": [path.as_posix() for path in self.paths],
            "problems": [problem.as_dict() for problem in self.problems],
        }
