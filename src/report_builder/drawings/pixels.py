"""A drawing (SVG) as pixels, by a renderer that knows all of SVG and opens no file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import sqrt
from typing import Any

from lxml import etree

from report_builder.drawings.parts import missing_parts
from report_builder.drawings.pictures import UnusablePictureError, svg_size
from report_builder.templating.faces import families_for, family_of
from report_builder.templating.fonts import WEIGHTS, font_file

PPI = 300
MM_PER_INCH = 25.4
_CSS_PPI = 96
_MOST_PIXELS = 64_000_000  # of a drawing: twice an A4 page
_TRANSFORM = re.compile(r"(?:^|;)\s*transform\s*:\s*([^;]+)")
_UNIT = re.compile(r"(-?[\d.]+)(?:px|deg)\b")


def pixels_of(
    content: bytes, wide: float, families: Sequence[str], *, ppi: float = PPI, ground: str = ""
) -> bytes:
    """Return a drawing as PNG, so many millimetres wide, or raise `UnusablePictureError`.

    Words are set in ``families`` of fonts; ``ground`` is the colour behind it, if it has one.
    """
    import resvg_py

    root = etree.fromstring(content, etree.XMLParser(no_network=True))
    for missing in missing_parts(root):
        raise UnusablePictureError(missing.message, missing.hint)
    width, height = svg_size(content)
    _size(root, width / MM_PER_INCH * _CSS_PPI, height / MM_PER_INCH * _CSS_PPI)
    across = wide / MM_PER_INCH * ppi
    across *= min(sqrt(_MOST_PIXELS / (across * across * height / width)), 1)
    used = families_for(map(str, root.itertext()), families)
    for text in (
        " ".join("".join(map(str, one.itertext())).split()) for one in root.iter("{*}text")
    ):
        # For letters that its font lacks the renderer takes one other font, and boxes after that.
        if not family_of(text, tuple(used)):
            message = f"shows “{text}”, and no font of the theme has all of its letters."
            raise UnusablePictureError(
                message, "Make words of different scripts texts of their own."
            )
    made = resvg_py.svg_to_bytes(
        svg_string=etree.tostring(root, encoding="unicode"),
        width=max(round(across), 1),
        dpi=_CSS_PPI,
        background=ground or None,
        skip_system_fonts=True,
        font_files=[str(font_file(family, weight)) for family in used for weight in WEIGHTS],
        font_family=used[0],
        serif_family=used[0],
        sans_serif_family=used[0],
        monospace_family=used[0],
    )
    return bytes(made)


def _size(root: Any, width: float, height: float) -> None:
    """Give a drawing sides in pixels, and a view of all that it showed at those that it had."""
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {width} {height}")
    root.set("width", str(width))
    root.set("height", str(height))
    for element in root.iter(etree.Element):
        # The renderer knows a transform as an attribute, which has no units.
        style = element.get("style", "")
        if found := _TRANSFORM.search(style):
            element.set("transform", _UNIT.sub(r"\1", found[1]))
            element.set("style", _TRANSFORM.sub(";", style))
