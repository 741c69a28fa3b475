"""What was found in a finished file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from report_builder.problems import Problem, stops

if TYPE_CHECKING:
    from report_builder.readback.structure import Element


@dataclass(frozen=True)
class Verdict:
    """What was found in a file, the standards that it says it follows, and a PDF's tree."""

    problems: tuple[Problem, ...]
    claims: tuple[str, ...] = ()
    tree: Element | None = None
    is_for_press: bool = False

    @property
    def is_accessible(self) -> bool:
        """Whether nothing was found that keeps somebody from reading the file."""
        return not stops(self.problems) and not self.is_for_press
