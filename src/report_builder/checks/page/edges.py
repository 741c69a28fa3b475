"""Rules over where things stand: on the paper, in their column, whole."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.page.causes import BEYOND, COVERING, CUT, FADED, MOVED
from report_builder.checks.page.subject import Fault, Pages
from report_builder.checks.rules import Finding
from report_builder.readback.painted import Kind, Rect, Sheet, Thing, area

_SLACK = 0.5  # millimetres that ink may pass an edge: an italic's overhang, a hung quotation mark
_OVERHANG = 0.12  # of the size of letters: as much stands out of the room that a letter takes
_HANGING = 0.45  # of it, as far as Arabic marks hang below the last line of a page
_MM = 25.4 / 72  # in a point
_BLEED = 3  # millimetres by which pictures may run over the paper's edge on purpose
_LEFT = 0.9  # of a text that must be seen
_CELLS = {"td", "th"}

_CONTENT_HINT = {
    Kind.TABLE: "Leave out a column, make two tables of it, or shorten its longest words.",
    Kind.PICTURE: "Give it a picture of a smaller size.",
    Kind.TEXT: "Shorten it, or divide its longest word.",
}
_STYLE_HINT = "Change that declaration, so that all of it stands on the page."


def beyond(pages: Pages) -> Iterator[Finding]:
    """Yield what runs over the paper's edge, the page's margins or its own column."""
    yield from pages.findings(fault for sheet in pages.sheets for fault in _beyond(sheet))


def hidden(pages: Pages) -> Iterator[Finding]:
    """Yield what is painted and cannot be seen, or not whole."""

    def faults() -> Iterator[Fault]:
        for sheet in pages.sheets:
            wide = [fault.thing.place.element for fault in _wide_tables(sheet)]
            for thing in sheet.things:
                is_meant = thing.kind in (Kind.TEXT, Kind.PICTURE)
                if is_meant and not any(thing.place.inside(table) for table in wide):
                    yield from _hidden(sheet, thing)
        for look in pages.looks:
            place, hint = look.thing.place, "Leave it out of the template instead."
            if look.is_clear:
                what = "is transparent, and cannot be seen"
                yield Fault(look.sheet, look.thing, what, hint, hint, ((place, FADED),))
            elif look.before is not None:
                what = "is covered by what is painted over it"
                causes = ((look.before.place, COVERING), (place, COVERING))
                mend = "Change that declaration, so that nothing stands before the words."
                yield Fault(look.sheet, look.thing, what, mend, mend, causes)

    yield from pages.findings(faults())


def _beyond(sheet: Sheet) -> Iterator[Fault]:
    yield from (tables := list(_wide_tables(sheet)))
    wide = [fault.thing.place.element for fault in tables]
    for thing in sheet.things:
        is_meant = thing.kind in (Kind.TEXT, Kind.PICTURE)
        if is_meant and not any(thing.place.inside(table) for table in wide):
            yield from _out(sheet, thing)


def _wide_tables(sheet: Sheet) -> Iterator[Fault]:
    """Yield the tables that are too wide: what stands in one is named once, with it."""
    for thing in sheet.things:
        if thing.kind is Kind.TABLE:
            yield from _out(sheet, thing)


def _out(sheet: Sheet, thing: Thing) -> Iterator[Fault]:
    if what := _how_far(sheet, thing):
        hint = _CONTENT_HINT[thing.kind]
        yield Fault(sheet, thing, what, hint, _STYLE_HINT, ((thing.place, BEYOND),))


def _how_far(sheet: Sheet, thing: Thing) -> str:
    """Return in words how far something runs beyond where it is to stand."""
    place, (width, height) = thing.place, sheet.size
    if thing.seen is None or _is_off(sheet, thing.seen):
        return ""
    left, top, right, bottom = thing.seen
    slack = max(_SLACK, _OVERHANG * thing.size * _MM)
    is_text = thing.kind is Kind.TEXT
    is_wide = "is a table that " if thing.kind is Kind.TABLE else ""
    bled = place.bleeds and not is_text
    out = max(-left, -top, right - width, bottom - height)
    if out > slack and (is_text or place.flows) and not (bled and out <= _BLEED):
        return f"{is_wide}runs {out:.1f} mm over the edge of the paper"
    if not place.flows or bled:
        return ""
    x0, y0, x1, y1 = sheet.area
    hanging = max(slack, _HANGING * thing.size * _MM)
    out = max(x0 - left, right - x1, *(d for d in (y0 - top, bottom - y1) if d > hanging))
    if out > slack:
        return f"{is_wide}runs {out:.1f} mm into the page's margin"
    if place.column is None or place.is_marker:
        return ""
    out = max(place.column[0] - left, right - place.column[1])
    holder = "cell" if place.holder in _CELLS else "column"
    return f"{is_wide}runs {out:.1f} mm over the edge of its {holder}" if out > slack else ""


def _is_off(sheet: Sheet, rect: Rect) -> bool:
    left, top, right, bottom = rect
    return right <= 0 or bottom <= 0 or left >= sheet.size[0] or top >= sheet.size[1]


def _hidden(sheet: Sheet, thing: Thing) -> Iterator[Fault]:
    hint = "Leave it out of the template instead, or let it be seen."
    if _is_off(sheet, thing.rect):
        causes = ((thing.place, MOVED), (thing.place, BEYOND))
        yield Fault(
            sheet, thing, "stands outside the paper, and cannot be seen", hint, hint, causes
        )
    elif thing.seen is None:
        yield Fault(sheet, thing, "is cut away whole", hint, hint, ((thing.place, CUT),))
    elif thing.kind is Kind.TEXT and area(thing.seen) < _LEFT * area(thing.rect):
        away = 1 - area(thing.seen) / area(thing.rect)
        mend = "Shorten it, or let its box grow with it."
        yield Fault(
            sheet, thing, f"is cut: {away:.0%} of it is gone", mend, mend, ((thing.place, CUT),)
        )
