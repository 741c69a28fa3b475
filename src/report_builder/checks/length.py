"""Rules over how long a Word document is."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.problems import Problem, Severity
from report_builder.readback.extent import Extent

_MOST_PAGES = 2  # two sides of A4


def check_length(extent: Extent) -> list[Problem]:
    """Return what a briefing's reader should know of its length."""
    return hold(RULES, extent)


def _too_long(extent: Extent) -> Iterator[Finding]:
    if not extent.longest or extent.pages <= _MOST_PAGES:
        return
    position, _ = extent.longest[0]
    named = ", ".join(
        f"line {p.line} ({count} {'line' if count == 1 else 'lines'})"
        for p, count in extent.longest
    )
    message = f"The briefing is about {extent.pages:.1f} pages long; councillors get {_MOST_PAGES}."
    hint = (
        f"Shorten what takes most room: {named}. Details can stand in a section of “type: prose”, "
        "which councillors do not get."
    )
    yield position, message, hint


RULES: tuple[Rule[Extent], ...] = (
    Rule("briefing-length", Severity.WARNING, "A briefing fits on two pages.", _too_long),
)
