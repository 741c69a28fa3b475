"""Text as outlines: letters that look the same on every machine."""

from __future__ import annotations

from functools import lru_cache

import uharfbuzz as hb
from fontTools.pens.boundsPen import ControlBoundsPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from report_builder.templating.fonts import static_font_file


@lru_cache(maxsize=8)
def _font(family: str, weight: int) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(str(static_font_file(family, weight)))))


def baseline(family: str, weight: int) -> float:
    """Return where the baseline stands in a line as high as the type (CSS ``line-height: 1``).

    In ems below the line's top: the font's ascent, less half of what it is too high.
    """
    font = _font(family, weight)
    extents = font.get_font_extents("ltr")
    ascent, descent = extents.ascender / font.face.upem, -extents.descender / font.face.upem
    return float(1 + ascent - descent) / 2


def outline(text: str, family: str, weight: int, size: float, x: float, y: float) -> str:
    """Return SVG path data of a text whose pen starts at x, y; ``size`` is that of an em."""
    path = SVGPathPen(None, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    font = _font(family, weight)
    scale = size / font.face.upem
    for glyph, left, up in _shape(text, family, weight):
        place = (scale, 0, 0, -scale, x + left * scale, y - up * scale)
        font.draw_glyph_with_pen(glyph, TransformPen(path, place))
    return str(path.getCommands())


def bounds(text: str, family: str, weight: int) -> tuple[float, float, float, float]:
    """Return the ink's left, bottom, right and top in ems from the pen's start, y upwards."""
    pen = ControlBoundsPen(None)
    font = _font(family, weight)
    for glyph, left, up in _shape(text, family, weight):
        font.draw_glyph_with_pen(glyph, TransformPen(pen, (1, 0, 0, 1, left, up)))
    left, bottom, right, top = pen.bounds or (0, 0, 0, 0)
    upem = font.face.upem
    return left / upem, bottom / upem, right / upem, top / upem


def _shape(text: str, family: str, weight: int) -> list[tuple[int, int, int]]:
    """Return each glyph of a text with its place from the pen's start, in font units."""
    buffer = hb.Buffer()
    buffer.add_str(str(text))  # not one of our own kinds of text
    buffer.guess_segment_properties()
    hb.shape(_font(family, weight), buffer)
    glyphs, x, y = [], 0, 0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        glyphs.append((info.codepoint, x + position.x_offset, y + position.y_offset))
        x, y = x + position.x_advance, y + position.y_advance
    return glyphs
