"""The text of a PDF's content, letter by letter: which outline is drawn, and where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pikepdf
import uharfbuzz as hb
from fontTools.misc.transform import Identity, Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen

Letter = tuple["Font", int, Transform]
"""A font, the number of a glyph in it, and what leads from the glyph's thousandths to the page."""

_EM = 1000  # units of an outline
_UNKNOWN = {"Tc", "Tw", "Tz", "TL", "T*", "TD", "'", '"'}


class UnknownTextError(Exception):
    """The content sets text in a way that the engine of our PDFs does not."""


class Font:
    """A font as a PDF embeds it: two bytes name a glyph, or where its number is listed."""

    def __init__(self, font: Any) -> None:
        inner = font.DescendantFonts[0]
        descriptor = inner.FontDescriptor
        embedded = descriptor.get("/FontFile2") or descriptor.get("/FontFile3")
        self.identity = embedded.objgen
        self._font = hb.Font(hb.Face(hb.Blob(embedded.read_bytes())))
        self._widths = dict(_widths(inner.get("/W", [])))
        self._default = float(inner.get("/DW", _EM))
        named = inner.get("/CIDToGIDMap")
        self._glyphs = named.read_bytes() if isinstance(named, pikepdf.Stream) else b""

    def width(self, number: int) -> float:
        """Return how far a glyph moves the pen, in ems."""
        return self._widths.get(number, self._default) / _EM

    def outline(self, number: int) -> tuple[bytes, list[int]]:
        """Return what draws a glyph, in thousandths of an em, and its box; nothing for a space."""
        pen = _ContentPen()
        scale = _EM / self._font.face.upem
        if listed := self._glyphs[2 * number : 2 * number + 2]:
            number = int.from_bytes(listed)
        self._font.draw_glyph_with_pen(number, TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
        if not pen.xs:
            return b"", []
        edges = (min(pen.xs), min(pen.ys), max(pen.xs) + 1, max(pen.ys) + 1)
        return " ".join((*pen.written, "f")).encode(), [math.floor(edge) for edge in edges]


class Text:
    """Follows the text operators of a content stream."""

    def __init__(self, fonts: Mapping[str, Font]) -> None:
        self._fonts = fonts
        self._font: Font | None = None
        self._size = 0.0
        self._line = Identity
        self._pen = 0.0
        self._rise = 0.0

    def letters(self, code: str, operands: Sequence[Any]) -> Iterator[Letter] | None:
        """Return the letters that an operator draws, or ``None`` if it is none of text."""
        if code in _UNKNOWN or (code == "Tr" and operands[0] != 0):
            raise UnknownTextError(code)
        shown: Sequence[Any] = ()
        match code:
            case "BT":
                self._start(Identity)
            case "Tm":
                self._start(Transform(*map(float, operands)))
            case "Td":
                self._start(self._line.translate(*map(float, operands)))
            case "Tf":
                self._font, self._size = self._fonts[str(operands[0])], float(operands[1])
            case "Ts":
                self._rise = float(operands[0])
            case "TJ":
                shown = list(operands[0])
            case "Tj":
                shown = operands
            case "ET" | "Tr":
                pass
            case _:
                return None
        return self._shown(shown)

    def _start(self, line: Transform) -> None:
        self._line, self._pen = line, 0.0

    def _shown(self, parts: Sequence[Any]) -> Iterator[Letter]:
        for part in parts:
            if not isinstance(part, pikepdf.String):
                self._pen -= float(part) / _EM * self._size
                continue
            codes = bytes(part)
            for high, low in zip(codes[::2], codes[1::2], strict=True):
                number = high << 8 | low
                assert self._font is not None  # noqa: S101  # a text begins with its font
                scale = self._size / _EM
                yield self._font, number, self._line.translate(self._pen, self._rise).scale(scale)
                self._pen += self._font.width(number) * self._size


class _ContentPen(BasePen):  # type: ignore[misc]  # fontTools ships no types
    """Writes a glyph as path operators, with whole numbers."""

    def __init__(self) -> None:
        super().__init__(None)
        self.written: list[str] = []
        self.xs: list[float] = []
        self.ys: list[float] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  # the base class's names
        self._write("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._write("l", pt)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self._write("c", *points)

    def _closePath(self) -> None:  # noqa: N802
        self.written.append("h")

    def _write(self, code: str, *points: tuple[float, float]) -> None:
        self.xs += [x for x, _ in points]
        self.ys += [y for _, y in points]
        numbers = (f"{value:.1f}".removesuffix(".0") for point in points for value in point)
        self.written.append(" ".join((*numbers, code)))


def _widths(listed: Sequence[Any]) -> Iterator[tuple[int, float]]:
    """Yield the width of each glyph that a font's ``W`` array lists, in thousandths of an em."""
    rest = list(listed)
    while rest:
        first, second = int(rest.pop(0)), rest.pop(0)
        if isinstance(second, pikepdf.Array):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
        else:
            width = float(rest.pop(0))
            yield from ((number, width) for number in range(first, int(second) + 1))
