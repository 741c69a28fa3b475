"""Rules over sizes: of letters, and of the pixels of pictures."""

from __future__ import annotations

from collections.abc import Iterator

from report_builder.checks.page.causes import SIZE, STRETCHED
from report_builder.checks.page.subject import Fault, Pages
from report_builder.checks.rules import Finding
from report_builder.readback.painted import Kind, Place

_ROUNDED = 0.05  # points: style sheets compute in pixels
_LEAST_PPI = 150


def small(pages: Pages) -> Iterator[Finding]:
    """Yield texts that are smaller than the edition's least size."""
    hint = f"Set it in {pages.least:g} points or more."

    def faults() -> Iterator[Fault]:
        for sheet in pages.sheets:
            for thing in sheet.things:
                is_text = thing.kind in (Kind.TEXT, Kind.LETTERING)
                if (
                    not is_text
                    or thing.size >= pages.least - _ROUNDED
                    or _is_free(pages, thing.place)
                ):
                    continue
                drawn = " in a drawing" if thing.kind is Kind.LETTERING else ""
                what = (
                    f"is set{drawn} in {thing.size:.3g} points, and {pages.least:g} are the least"
                )
                mend = "Draw it with larger letters, or show it larger." if drawn else hint
                yield Fault(sheet, thing, what, mend, hint, ((thing.place, SIZE),))

    yield from pages.findings(faults())


def coarse(pages: Pages) -> Iterator[Finding]:
    """Yield pictures whose pixels are seen in print."""
    yield from pages.findings(
        Fault(
            sheet,
            thing,
            f"is printed with {thing.ppi:.0f} pixels an inch; below {_LEAST_PPI} it looks coarse",
            "Give a larger file of the same picture.",
            "Give a larger file, or let it be printed smaller.",
            ((thing.place, STRETCHED),),
        )
        for sheet in pages.sheets
        for thing in sheet.things
        if thing.ppi is not None and thing.seen and thing.ppi < _LEAST_PPI
    )


def _is_free(pages: Pages, place: Place | None) -> bool:
    """Tell whether the size of something says how many people said it."""
    while pages.sized and place is not None:
        if place.element is not None and pages.sized & set(place.element.get("class", "").split()):
            return True
        place = place.parent
    return False
