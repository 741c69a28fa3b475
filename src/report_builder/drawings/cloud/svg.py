"""A word cloud as a picture in SVG, which needs no font and scales to any size."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen

from report_builder.drawings.cloud.layout import Cloud, Placed
from report_builder.drawings.cloud.shapes import WEIGHT
from report_builder.drawings.glyphs import font_of

_EM = 1000  # units in which letters are drawn; each is drawn once, and used wherever it stands


def write_svg(cloud: Cloud, title: str, language: str) -> bytes:
    """Return the cloud as SVG with a title, and its phrases with counts as the description."""
    said = "; ".join(f"{p.phrase.text} ({p.phrase.count})" for p in cloud.placed)
    width, height = f"{cloud.width:g}", f"{cloud.height:g}"
    letters: dict[tuple[str, int], str] = {}
    phrases = [_phrase(placed, letters) for placed in cloud.placed]
    return "\n".join(
        (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"',
            f' role="img" lang="{escape(language)}" aria-labelledby="title description"',
            f' width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="description">{escape(said)}</desc>',
            "<defs>",
            *(_letter(name, *letter) for letter, name in letters.items()),
            "</defs>",
            *phrases,
            "</svg>\n",
        )
    ).encode()


def _phrase(placed: Placed, letters: dict[tuple[str, int], str]) -> str:
    phrase, scale = placed.phrase, placed.size / _EM
    place = f"matrix({scale:.5f} 0 0 {scale:.5f} {placed.x:.3f} {placed.y:.3f})"
    said = f"<title>{escape(phrase.text)}: {phrase.count}</title>"
    uses = "".join(_uses(placed, letters))
    return f'<g fill="{placed.colour}" transform="{place}">{said}{uses}</g>'


def _uses(placed: Placed, letters: dict[tuple[str, int], str]) -> Iterator[str]:
    for line in placed.shape.lines:
        for run in line.runs:
            for glyph in run.glyphs:
                letter = (run.family, glyph.number)
                name = letters.setdefault(letter, f"g{len(letters)}")
                x, y = line.x + run.left + glyph.left, line.y - glyph.up
                yield f'<use xlink:href="#{name}" x="{x * _EM:.0f}" y="{y * _EM:.0f}"/>'


def _letter(name: str, family: str, number: int) -> str:
    font = font_of(family, WEIGHT)
    path = SVGPathPen(None, ntos=lambda value: f"{value:.1f}".removesuffix(".0"))
    scale = _EM / font.face.upem
    font.draw_glyph_with_pen(number, TransformPen(path, (scale, 0, 0, -scale, 0, 0)))
    return f'<path id="{name}" d="{path.getCommands()}"/>'
