"""Rules over where pages end: nothing stands alone there, and no page is half empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from report_builder.checks.page.causes import BROKEN
from report_builder.checks.page.subject import Fault, Pages
from report_builder.checks.rules import Finding
from report_builder.readback.painted import WHITE, Kind, Sheet, Thing

_EMPTY = 0.35  # of a page's height, for what is kept together in letters of the usual size
_USUAL = 12  # points
_LOW = 40  # millimetres: a row as high as that may stand alone
_WITHIN = {"h2", "h3", "h4", "h5", "h6"}  # headings of what follows, whoever wants a page there

_STAY_HINT = "Let a page begin before it (“break-before: page”), or shorten what comes before it."
_STYLE_HINT = "Write “break-after: avoid” for it, or take the declaration out."
_ROW_HINT = "Shorten what comes before the table, or its other rows, until two can stay together."
_KEEP_HINT = "Write “break-inside: avoid” for the figure, or take the declaration out."
_EMPTY_HINT = "Shorten it, make its picture smaller, or move a text of another place before it."

_Part = tuple[Sheet, dict[object, list[Thing]]]
"""What of a table stands on a page, row by row."""


def alone(pages: Pages) -> Iterator[Finding]:
    """Yield headings, names, captions and single rows that a page parts from what they are for."""

    def faults() -> Iterator[Fault]:
        yield from _rows(pages.sheets)
        for sheet, following in pairwise(pages.sheets):
            last, first = _last(sheet), _first(following)
            if last is None or first is None:
                continue
            if following.is_begun and last.place.head not in _WITHIN:
                continue  # a cover may have a title alone, and a page may begin after any text
            goes_on = last.place.element is first.place.element
            if (caption := _parted(last, first)) is not None:
                where = sheet if caption is last else following
                what = "stands on another page than its picture"
                yield Fault(where, caption, what, _STAY_HINT, _KEEP_HINT, ((first.place, BROKEN),))
                continue
            beside = last.place.beside is not None and first.place.inside(last.place.beside)
            if (last.place.head or beside) and not goes_on:
                what = "stands alone at the foot of its page"
                yield Fault(sheet, last, what, _STAY_HINT, _STYLE_HINT, ((last.place, BROKEN),))

    yield from pages.findings(faults())


def _parted(last: Thing, first: Thing) -> Thing | None:
    """Return what belongs to a caption whose picture stands on the other of two pages."""
    figure = last.place.within("figure")
    if figure is None or not first.place.inside(figure):
        return None
    captions = [thing.place.within("figcaption") for thing in (last, first)]
    if (captions[0] is None) == (captions[1] is None):
        return None
    return last if captions[0] is not None else first


def _rows(sheets: Sequence[Sheet]) -> Iterator[Fault]:
    """Yield single low rows that stand on a page of their own, before or after all others."""
    parts: dict[object, list[_Part]] = {}
    for sheet in sheets:
        for table, rows in _rows_by_table(sheet).items():
            parts.setdefault(table, []).append((sheet, rows))
    for pieces in parts.values():
        if len(pieces) > 1:
            yield from _single(pieces[0], pieces[1])
            yield from _single(pieces[-1], pieces[-2])


def _single(part: _Part, neighbour: _Part) -> Iterator[Fault]:
    """Yield the row that a part of a table consists of, unless it goes on or is a page's matter."""
    (sheet, rows), (_, others) = part, neighbour
    (row, things), *more = rows.items()
    height = max(t.rect[3] for t in things) - min(t.rect[1] for t in things)
    if not more and row not in others and height < _LOW:
        first = min(things, key=lambda thing: thing.place.order)
        what = "is the only row of its table on its page"
        yield Fault(sheet, first, what, _ROW_HINT, _ROW_HINT, ((first.place, BROKEN),))


def _rows_by_table(sheet: Sheet) -> dict[object, dict[object, list[Thing]]]:
    """Return what stands in each row of data on a page, by tables and rows."""
    found: dict[object, dict[object, list[Thing]]] = {}
    for thing in _flow(sheet):
        row, table = thing.place.within("tr"), thing.place.within("table")
        if row is not None and table is not None and thing.place.within("thead") is None:
            found.setdefault(table, {}).setdefault(row, []).append(thing)
    return found


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
