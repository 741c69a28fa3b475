"""A word cloud as a picture in SVG, which needs no font and scales to any size."""

from __future__ import annotations

from html import escape

from report_builder.writers.poster.glyphs import outline
from report_builder.writers.poster.layout import WEIGHT, Cloud, Placed


def write_svg(cloud: Cloud, title: str, language: str) -> bytes:
    """Return the cloud as SVG with a title, and its phrases with counts as the description."""
    said = "; ".join(f"{p.phrase.text} ({p.phrase.count})" for p in cloud.placed)
    width, height = f"{cloud.width:g}", f"{cloud.height:g}"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" lang="{escape(language)}"',
            ' aria-labelledby="title description"',
            f' width="{width}mm" height="{height}mm" viewBox="0 0 {width} {height}">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="description">{escape(said)}</desc>',
            *(_path(placed, cloud.family) for placed in cloud.placed),
            "</svg>\n",
        )
    ).encode()


def _path(placed: Placed, family: str) -> str:
    phrase = placed.phrase
    shape = outline(phrase.text, family, WEIGHT, placed.size, placed.x, placed.y)
    said = f"<title>{escape(phrase.text)}: {phrase.count}</title>"
    return f'<path fill="{placed.colour}" d="{shape}">{said}</path>'
