"""Rules over colours: every text stands out from what is really behind it."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.page.causes import BEYOND, COLOUR, FADED, GROUND
from report_builder.checks.page.colours import Look, hexed
from report_builder.checks.page.subject import Fault, Pages
from report_builder.checks.rules import Finding
from report_builder.readback.painted import Thing

_LARGE, _LARGE_BOLD = 18, 14  # points from which on WCAG calls text large
_NEEDED, _NEEDED_LARGE = 4.5, 3.0
_SAME = 1.1  # the contrast below which words are not seen at all
_ROUNDED = 0.05  # points, or a hundred times of contrast, that measures are uncertain by

_HINT = "Make the darker of the two darker, or the lighter lighter."


def pale(pages: Pages) -> Iterator[Finding]:
    """Yield texts that are too hard to read on their ground."""
    yield from pages.findings(
        _fault(look, f"has a contrast of {look.ratio:.1f} ({_pair(look)}); it needs {needed:g}")
        for look in pages.looks
        if _stands(look) and _SAME <= look.ratio < (needed := needed_by(look.thing)) - 0.005
    )


def invisible(pages: Pages) -> Iterator[Finding]:
    """Yield texts that have the colour of their ground."""
    yield from pages.findings(
        _fault(look, f"has the colour of its ground ({_pair(look)}), and cannot be seen")
        for look in pages.looks
        if _stands(look) and look.ratio < _SAME
    )


def needed_by(thing: Thing) -> float:
    """Return the contrast that a text needs, by its size and weight."""
    large = _LARGE_BOLD if thing.is_bold else _LARGE
    return _NEEDED_LARGE if thing.size > large - _ROUNDED else _NEEDED


def _stands(look: Look) -> bool:
    return look.before is None and not look.is_clear


def _pair(look: Look) -> str:
    return f"{hexed(look.ink)} on {hexed(look.ground)}"


def _fault(look: Look, what: str) -> Fault:
    place = look.thing.place
    behind = [(thing.place, GROUND) for thing in reversed(look.behind)]
    causes = ((place, FADED), (place, COLOUR), *behind, (place, BEYOND))
    return Fault(look.sheet, look.thing, what, _HINT, _HINT, causes)
