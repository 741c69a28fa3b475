"""Rules over sizes: of letters, and of the pixels of pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator

from report_builder.checks.page.causes import SIZE, STRETCHED
from report_builder.checks.page.subject import Fault, Pages
from report_builder.checks.rules import Finding
from report_builder.readback.painted import Kind, Sheet, Thing
from report_builder.templating.resources import THEME

LOGOTYPE = "logotype"
"""The class of pictures that are logos: their words may be of any size."""

_ROUNDED = 0.05  # points: style sheets compute in pixels
_LEAST_PPI = 150
_MM_PER_INCH = 25.4


def small(pages: Pages) -> Iterator[Finding]:
    """Yield texts that are smaller than the edition's least size."""
    hint = f"Set it in {pages.least:g} points or more."
    yield from pages.findings(
        Fault(sheet, thing, f"is set in {_said(pages, thing)}", hint, hint, ((thing.place, SIZE),))
        for sheet, thing in _small(pages, Kind.TEXT)
        if not pages.is_sized(thing.place)
    )


def small_in_drawings(pages: Pages) -> Iterator[Finding]:
    """Yield pictures that hold words smaller than the edition's least size."""
    hint = "Draw them larger, or let the picture be larger; say in its alt text what they say."
    yield from pages.findings(
        Fault(
            sheet,
            thing,
            f"stands in a drawing in {_said(pages, thing)}",
            hint,
            hint,
            ((thing.place, STRETCHED),),
        )
        for sheet, thing in _small(pages, Kind.LETTERING)
        if not _is_logotype(thing)
    )


def _is_logotype(thing: Thing) -> bool:
    """Tell whether something stands in a logo, whose words nobody may set anew."""
    element = thing.place.element
    return element is not None and LOGOTYPE in element.get("class", "").split()


def _small(pages: Pages, kind: Kind) -> Iterator[tuple[Sheet, Thing]]:
    for sheet in pages.sheets:
        for thing in sheet.things:
            if thing.kind is kind and thing.size < pages.least - _ROUNDED:
                yield sheet, thing


def _said(pages: Pages, thing: Thing) -> str:
    return f"{thing.size:.3g} points, and {pages.least:g} are the least"


def coarse(pages: Pages) -> Iterator[Finding]:
    """Yield pictures whose pixels are seen in print, at the content's line where they are its."""
    yield from pages.findings(
        _coarse(sheet, thing, thing.ppi)
        for sheet in pages.sheets
        for thing in sheet.things
        if thing.ppi is not None and thing.seen and thing.ppi < _LEAST_PPI
    )


def _coarse(sheet: Sheet, thing: Thing, ppi: float) -> Fault:
    width = thing.rect[2] - thing.rect[0]  # of all of it, where a part is cropped
    wanted = math.ceil(width / _MM_PER_INCH * _LEAST_PPI)
    hint = (
        f"Give a file of it that is {wanted:,} pixels wide or more. This one is sharp where it is"
        f" printed {math.floor(width * ppi / _LEAST_PPI)} mm wide or less; here it is {width:.0f}."
    )
    what = f"is printed with {ppi:.0f} pixels an inch; below {_LEAST_PPI} it looks coarse"
    element = thing.place.element
    is_content = thing.kind is Kind.PICTURE and element is not None
    is_content = is_content and not element.get("src", "").startswith(THEME)
    return Fault(sheet, thing, what, hint, hint, () if is_content else ((thing.place, STRETCHED),))
