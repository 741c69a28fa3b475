"""What PDFium finds painted in a PDF: boxes, points and words, each with its colour."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

_MM = 25.4 / 72


@dataclass(frozen=True)
class Painted:
    """Something painted: its page, its sides in millimetres from the foot, and its colour."""

    page: int
    left: float
    foot: float
    right: float
    top: float
    colour: str
    is_text: bool
    text: str = ""

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.foot

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.foot + self.top) / 2


def painted(pdf: Path) -> Iterator[Painted]:
    """Yield what fills a place on the pages of a PDF, and its words."""
    kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_TEXT]
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, start=1):
            texts = page.get_textpage()
            for thing in page.get_objects(filter=kinds):
                is_text = thing.type == pdfium.FPDF_PAGEOBJ_TEXT
                if not is_text and not _is_filled(thing):
                    continue
                sides = [side * _MM for side in _sides(thing)]
                said = _said(thing, texts) if is_text else ""
                yield Painted(number, *sides, _colour(thing), is_text, said)


def _sides(thing: pypdfium2.PdfObject) -> tuple[float, ...]:
    """Return where something is on the page, though it may be within a drawing."""
    sides = tuple(thing.get_bounds())
    while (thing := thing.container) is not None:
        sides = tuple(thing.get_matrix().on_rect(*sides))
    return sides


def _is_filled(thing: pypdfium2.PdfObject) -> bool:
    mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, mode, is_stroked)
    return mode.value != pdfium.FPDF_FILLMODE_NONE


def _colour(thing: pypdfium2.PdfObject) -> str:
    parts = [ctypes.c_uint() for _ in range(4)]
    pdfium.FPDFPageObj_GetFillColor(thing, *parts)
    return "#" + "".join(f"{part.value:02X}" for part in parts[:3])


def _said(thing: pypdfium2.PdfObject, texts: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(thing, texts, None, 0)
    buffer = ctypes.create_string_buffer(length * 2)
    pdfium.FPDFTextObj_GetText(
        thing, texts, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw.decode("utf-16-le").split("\0")[0]
