"""The pages of a PDF without their texts and thin lines: what colours a text is read upon."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from report_builder.readback.painted import Colour, Rect

_SHARES = (0.05, 0.5, 0.95)  # of what is behind a text, from dark to light: specks do not count
_POINTS = 72 / 25.4  # in a millimetre
_DEEPEST = 15  # drawings within drawings
_FEW = 8  # pages that are kept
_THIN = 2  # points: what is lower underlines a text or strikes it out, and is no ground


class Grounds:
    """The pages of a PDF, drawn where they are asked for, a point a pixel."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._drawn = lru_cache(maxsize=_FEW)(self._draw)

    def __call__(self, number: int, rect: Rect) -> list[Colour]:
        """Return the darkest, the middle and the lightest colour of a part of a page."""
        page, left, top = self._drawn(number)
        x0, y0, x1, y1 = (int(edge * _POINTS) for edge in rect)
        part = page[max(0, y0 + top) : y1 + top + 1, max(0, x0 + left) : x1 + left + 1]
        colours = part.reshape(-1, 3)
        order = (colours @ [0.2126, 0.7152, 0.0722]).argsort()
        chosen = [colours[order[int(len(order) * share)]] / 255 for share in _SHARES if len(order)]
        return [(float(red), float(green), float(blue), 1.0) for red, green, blue in chosen]

    @cached_property
    def _document(self) -> Any:
        import pypdfium2  # here: few documents have texts upon pictures

        return pypdfium2.PdfDocument(self._pdf)

    def _draw(self, number: int) -> tuple[Any, int, int]:
        """Return a page's pixels, and where on them the sheet's left top is."""
        from pypdfium2 import raw

        page = self._document[number - 1]
        for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_DEEPEST):
            raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
        for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1):
            _, bottom, _, top = path.get_bounds()
            if top - bottom < _THIN:
                raw.FPDFPageObj_SetIsActive(path, False)
        pixels = page.render(scale=1).to_numpy()[:, :, 2::-1].astype(float)
        whole, trim = page.get_mediabox(), page.get_trimbox()
        return pixels, round(trim[0] - whole[0]), round(whole[3] - trim[3])
