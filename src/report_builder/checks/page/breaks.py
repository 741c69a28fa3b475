"""Rules over where pages end: nothing stands alone there, and no page is half empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from report_builder.checks.page.causes import BROKEN
from report_builder.checks.page.subject import Fault, Pages
from report_builder.checks.rules import Finding
from report_builder.readback.painted import WHITE, Kind, Sheet, Thing

_EMPTY = 0.35  # of a page's height, for what is kept together in letters of the usual size
_USUAL = 12  # points
_WITHIN = {"h2", "h3", "h4", "h5", "h6"}  # headings of what follows, whoever wants a page there

_STAY_HINT = "Let a page begin before it (“break-before: page”), or shorten what comes before it."
_STYLE_HINT = "Write “break-after: avoid” for it, or take the declaration out."
_EMPTY_HINT = "Shorten it, make its picture smaller, or move a text of another place before it."


def alone(pages: Pages) -> Iterator[Finding]:
    """Yield headings, names and captions that a page ends with, away from what they are for."""

    def faults() -> Iterator[Fault]:
        for sheet, following in pairwise(pages.sheets):
            last, first = _last(sheet), _first(following)
            if last is None or first is None:
                continue
            if following.is_begun and last.place.head not in _WITHIN:
                continue  # a cover may have a title alone, and a page may begin after any text
            goes_on = last.place.element is first.place.element
            beside = last.place.beside is not None and first.place.inside(last.place.beside)
            if (last.place.head or beside) and not goes_on:
                what = "stands alone at the foot of its page"
                yield Fault(sheet, last, what, _STAY_HINT, _STYLE_HINT, ((last.place, BROKEN),))

    yield from pages.findings(faults())


def empty(pages: Pages) -> Iterator[Finding]:
    """Yield what did not fit on a page, and left more than a third of it empty."""

    def faults() -> Iterator[Fault]:
        most = _EMPTY * max(1, pages.least / _USUAL)
        for sheet, following in _turned(pages):
            left, first = _left(sheet), _first(following)
            if left > most and first is not None:
                what = f"did not fit on the page before it, of which {left:.0%} stays empty"
                yield Fault(following, first, what, _EMPTY_HINT, "", ((first.place, BROKEN),))

    yield from pages.findings(faults())


def _turned(pages: Pages) -> Iterator[tuple[Sheet, Sheet]]:
    """Yield each page with the next, where nobody wanted a page to begin there."""
    for sheet, following in pairwise(pages.sheets):
        if not following.is_begun:
            yield sheet, following


def _flow(sheet: Sheet) -> list[Thing]:
    return [t for t in sheet.things if t.kind in (Kind.TEXT, Kind.PICTURE) and t.place.flows]


def _last(sheet: Sheet) -> Thing | None:
    return max(_flow(sheet), key=lambda thing: thing.place.order, default=None)


def _first(sheet: Sheet) -> Thing | None:
    return min(_flow(sheet), key=lambda thing: thing.place.order, default=None)


def _left(sheet: Sheet) -> float:
    """Return how much of a page's height stays empty at its foot."""
    _, top, _, bottom = sheet.area
    ends = [
        min(thing.seen[3], bottom)
        for thing in sheet.things
        if thing.seen
        and (
            (thing.kind in (Kind.TEXT, Kind.PICTURE) and thing.place.flows)
            or (thing.kind is Kind.GROUND and thing.colour != WHITE)
        )
    ]
    return (bottom - max([top, *ends])) / (bottom - top)
