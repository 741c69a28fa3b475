"""What a rule is over what an event says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from report_builder.content.loader import Loaded
from report_builder.problems import Position, Problem, Severity

Finding = tuple[Position, str, str]
"""Where it is, what is wrong, and how to mend it."""


@dataclass(frozen=True)
class Rule:
    """One rule: its code, how much it matters, what it is for, and what it finds in an event."""

    code: str
    severity: Severity
    summary: str
    find: Callable[[Loaded], Iterator[Finding]]

    def problems(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield what the rule finds as problems."""
        for position, message, hint in self.find(loaded):
            yield Problem(self.severity, self.code, position, message, hint)
