"""A word cloud as a picture in SVG, which needs no font and scales to any size."""

from __future__ import annotations

from html import escape

from report_builder.writers.poster.glyphs import outline
from report_builder.writers.poster.layout import WEIGHT, Cloud


def write_svg(cloud: Cloud, title: str, language: str) -> bytes:
    """Return the cloud as SVG with a title, and its phrases with counts as the description."""
    phrases = [placed.phrase for placed in cloud.placed]
    said = "; ".join(f"{p.text} ({p.count})" for p in phrases)
    paths = "\n".join(
        f'<path fill="{p.colour}" d="{outline(p.phrase.text, cloud.family, WEIGHT, p.size, p.x, p.y)}">'
        f"<title>{escape(p.phrase.text)}: {p.phrase.count}</title></path>"
        for p in cloud.placed
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{cloud.width:g}mm" height="{cloud.height:g}mm"'
        f' viewBox="0 0 {cloud.width:g} {cloud.height:g}" role="img" lang="{escape(language)}"'
        ' aria-labelledby="title description">\n'
        f'<title id="title">{escape(title)}</title>\n'
        f'<desc id="description">{escape(said)}</desc>\n{paths}\n</svg>\n'
    ).encode()
