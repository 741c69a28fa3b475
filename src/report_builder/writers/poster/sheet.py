"""The poster's paper: its size, its margins, and the boxes that a printer cuts and prints by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pydyf

from report_builder.settings.paper import PAPER, paper_size
from report_builder.writers.poster.options import PosterOptions

POINTS = 72 / 25.4
"""In a millimetre."""

_MM_PER_INCH = 25.4
_FOR = PAPER["A3"][0]  # measures are for this shorter side, in millimetres
_GAP = 6  # above the cloud and below it
_SAMPLE = 15  # the largest sample of a size in the legend
_BELOW = 0.7  # of the margin, below the last words

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The poster's paper, its margin, and how high the words above and below the cloud are.

    All is in millimetres. ``bleed`` is how far colour runs over the edge where the printer cuts.
    """

    width: float
    height: float
    margin: float
    bleed: float = 0
    head: float = 0
    foot: float = 0

    @property
    def scale(self) -> float:
        """How large it is beside A3, by the shorter side: type grows with it."""
        return min(self.width, self.height) / _FOR

    @property
    def sample(self) -> float:
        """How large a sample of a size in the legend may be."""
        return _SAMPLE * self.scale

    @property
    def cloud_top(self) -> float:
        """How far below the sheet's top the cloud begins."""
        return self.head + _GAP * self.scale

    @property
    def foot_top(self) -> float:
        """How far below the sheet's top the words below the cloud begin."""
        return self.height - _BELOW * self.margin - self.foot

    @property
    def cloud_size(self) -> tuple[float, float]:
        """Width and height that are left for the cloud."""
        return (
            self.width - 2 * self.margin,
            self.foot_top - _GAP * self.scale - self.cloud_top,
        )

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


def sheet_of(options: PosterOptions) -> Sheet:
    """Return the sheet that is wanted; its margin is for A3, and grows with the paper."""
    width, height = paper_size(options.paper)
    if options.orientation == "portrait":
        width, height = min(width, height), max(width, height)
    elif options.orientation == "landscape":
        width, height = max(width, height), min(width, height)
    margin = options.margin * min(width, height) / _FOR
    return Sheet(width, height, margin, options.bleed)


CARD = Sheet(1200 / 96 * _MM_PER_INCH, 630 / 96 * _MM_PER_INCH, margin=9)
"""What social media show: 1200 by 630 pixels."""

CARD_DPI = 96
