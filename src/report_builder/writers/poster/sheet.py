"""The poster's paper: its size, its margins, and the boxes that a printer cuts and prints by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from report_builder.templating.theme import PAPER, paper_size

POINTS = 72 / 25.4
"""In a millimetre."""

_MM_PER_INCH = 25.4
_FOR = PAPER["A3"][0]  # the measures of a theme are for this shorter side, in millimetres
_SHALLOWER = 0.85  # the head of a landscape sheet: on a wider line words take fewer of them

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The poster's paper in millimetres: its margin, and the heights kept above and below.

    ``bleed`` is how far colour runs over the edge where the printer cuts.
    """

    width: float
    height: float
    margin: float
    head: float
    foot: float
    bleed: float = 0

    @property
    def scale(self) -> float:
        """How large it is beside A3, by the shorter side: type grows with it."""
        return min(self.width, self.height) / _FOR

    @property
    def cloud_size(self) -> tuple[float, float]:
        """Width and height that are left for the cloud."""
        return self.width - 2 * self.margin, self.height - 2 * self.margin - self.head - self.foot

    def pixels(self, dpi: int) -> tuple[int, int]:
        """Return how many pixels wide and high it is."""
        return round(self.width / _MM_PER_INCH * dpi), round(self.height / _MM_PER_INCH * dpi)

    def box(self, around: float = 0, corner: float = 0) -> Box:
        """Return the sheet, grown by so much on each side, as a box in points of a PDF.

        The page's lower left corner is ``corner`` millimetres left of the sheet's and below it.
        """
        low = corner - around
        right, top = corner + self.width + around, corner + self.height + around
        return low * POINTS, low * POINTS, right * POINTS, top * POINTS

    def trim(self, _document: Any, pdf: Any) -> None:
        """Let the page of a PDF that WeasyPrint is about to write end where the sheet does.

        What bleeds over the edge stays in the page, unseen, for the printer's file.
        """
        for page in (thing for thing in pdf.objects if _is_page(thing)):
            for name in ("MediaBox", "BleedBox", "TrimBox"):
                page[name] = pydyf.Array(self.box())


def _is_page(thing: Any) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/Page"


def sheet_of(settings: Mapping[str, Any]) -> Sheet:
    """Return the sheet of a theme's settings, whose measures are for A3 and grow with the paper."""
    width, height = paper_size(str(settings["paper"]))
    if settings["orientation"] == "landscape":
        width, height = max(width, height), min(width, height)
    scale = min(width, height) / _FOR
    margin, head, foot = (scale * settings[name] for name in ("margin", "head", "foot"))
    if width > height:
        head *= _SHALLOWER
    return Sheet(width, height, margin, head, foot, settings["bleed"])


CARD = Sheet(1200 / 96 * _MM_PER_INCH, 630 / 96 * _MM_PER_INCH, margin=9, head=36, foot=8)
"""What social media show: 1200 by 630 pixels."""

CARD_DPI = 96
