"""What is painted on the pages of any PDF, thing by thing, as PDFium meets it."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""

_Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: _Matrix = (1, 0, 0, 1, 0, 0)
_MOST_FORMS = 12  # forms within forms, which may draw each other
_MOST_THINGS = 200_000  # of a file that may have been made to be endless
_KINDS = {
    pdfium.FPDF_PAGEOBJ_TEXT: "text",
    pdfium.FPDF_PAGEOBJ_IMAGE: "picture",
    pdfium.FPDF_PAGEOBJ_SHADING: "picture",
}
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_STROKE, pdfium.FPDF_TEXTRENDERMODE_STROKE_CLIP)
_NOT_SHOWN = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_OF_A_SQUARE = 5  # segments of a path, with the one that closes it
_MOST_MARKS = 8  # sequences of marked content around one thing


@dataclass(frozen=True)
class Thing:
    """One thing that a page paints: a text, a picture, an area of one colour, or a line.

    ``mark`` is the number of the marked content that it belongs to, -1 where it has none;
    ``inside`` says that the number is that of a form which the page draws. ``colour`` is red,
    green, blue and how solid it is, ``None`` where it is no plain colour.
    """

    kind: str
    box: Box
    colour: tuple[int, int, int, int] | None = None
    words: str = ""
    size: float = 0.0
    is_shown: bool = True
    mark: int = -1
    inside: bool = False
    is_artifact: bool = False
    is_square: bool = True


@dataclass(frozen=True)
class Sheet:
    """A page: its number, what of it is seen, and what it paints, in that order."""

    number: int
    box: Box
    things: tuple[Thing, ...]

    @cached_property
    def texts(self) -> tuple[Thing, ...]:
        """The things on it that are words."""
        return tuple(t for t in self.things if t.kind == "text" and t.words.strip())


def read_sheets(pdf: bytes) -> list[Sheet]:
    """Return what each page of a PDF paints."""
    budget = [_MOST_THINGS]
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            Sheet(number, _sorted(page.get_cropbox()), tuple(_things_of(page, budget)))
            for number, page in enumerate(document, start=1)
        ]


@dataclass(frozen=True)
class _Place:
    """What a thing inherits from the forms that it is drawn in."""

    texts: Any
    matrix: _Matrix = _AS_IT_IS
    mark: int = -1
    is_artifact: bool = False
    deep: int = 0


def _things_of(page: Any, budget: list[int]) -> Iterator[Thing]:
    texts = pdfium.FPDFText_LoadPage(page.raw)
    try:
        for number in range(pdfium.FPDFPage_CountObjects(page.raw)):
            yield from _painted(pdfium.FPDFPage_GetObject(page.raw, number), _Place(texts), budget)
    finally:
        pdfium.FPDFText_ClosePage(texts)


def _painted(thing: Any, place: _Place, budget: list[int]) -> Iterator[Thing]:
    budget[0] -= 1
    if budget[0] < 0:
        return
    kind = pdfium.FPDFPageObj_GetType(thing)
    own = pdfium.FPDFPageObj_GetMarkedContentID(thing)
    mark = place.mark if own < 0 else own
    is_artifact = place.is_artifact or _is_artifact(thing)
    if kind == pdfium.FPDF_PAGEOBJ_FORM:
        if place.deep < _MOST_FORMS:
            matrix = _after(_matrix_of(thing), place.matrix)
            within = _Place(place.texts, matrix, mark, is_artifact, place.deep + 1)
            for number in range(pdfium.FPDFFormObj_CountObjects(thing)):
                inner = pdfium.FPDFFormObj_GetObject(thing, number)
                yield from _painted(inner, within, budget)
        return
    common = Thing(
        _KINDS.get(kind, ""),
        _moved(_bounds_of(thing), place.matrix),
        mark=mark,
        inside=own >= 0 and place.deep > 0,
        is_artifact=is_artifact,
    )
    if kind == pdfium.FPDF_PAGEOBJ_TEXT:
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        yield replace(
            common,
            colour=_colour_of(thing, strokes=mode in _STROKED),
            words=_words_of(thing, place.texts),
            size=_size_of(thing, place.matrix),
            is_shown=mode not in _NOT_SHOWN,
        )
    elif kind == pdfium.FPDF_PAGEOBJ_PATH:
        yield replace(
            common,
            kind="area" if _is_filled(thing) else "line",
            colour=_colour_of(thing),
            is_square=pdfium.FPDFPath_CountSegments(thing) <= _OF_A_SQUARE,
        )
    elif kind in _KINDS:
        yield common


def _is_artifact(thing: Any) -> bool:
    count = min(pdfium.FPDFPageObj_CountMarks(thing), _MOST_MARKS)
    return any(_name_of(pdfium.FPDFPageObj_GetMark(thing, i)) == "Artifact" for i in range(count))


def _name_of(mark: Any) -> str:
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    if not pdfium.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
        return ""
    return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _words_of(thing: Any, texts: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(thing, texts, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    pdfium.FPDFTextObj_GetText(thing, texts, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _size_of(thing: Any, outer: _Matrix) -> float:
    """Return how high a text's letters are set, whatever turns and stretches them."""
    size = ctypes.c_float()
    pdfium.FPDFTextObj_GetFontSize(thing, size)
    matrix = _after(_matrix_of(thing), outer)
    return abs(size.value) * math.hypot(matrix[2], matrix[3])


def _colour_of(thing: Any, *, strokes: bool = False) -> tuple[int, int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    get = pdfium.FPDFPageObj_GetStrokeColor if strokes else pdfium.FPDFPageObj_GetFillColor
    if not get(thing, *parts):
        return None
    red, green, blue, solid = (part.value for part in parts)
    return red, green, blue, solid


def _is_filled(thing: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing, fill, stroke)
    return bool(fill.value != pdfium.FPDF_FILLMODE_NONE)


def _bounds_of(thing: Any) -> Box:
    parts = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(thing, *parts)
    left, bottom, right, top = (part.value for part in parts)
    return left, bottom, right, top


def _matrix_of(thing: Any) -> _Matrix:
    given = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, given):
        return _AS_IT_IS
    return given.a, given.b, given.c, given.d, given.e, given.f


def _after(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def _moved(box: Box, matrix: _Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _sorted(box: Box) -> Box:
    left, bottom, right, top = box
    return min(left, right), min(bottom, top), max(left, right), max(bottom, top)
