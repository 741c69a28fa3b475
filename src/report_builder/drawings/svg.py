"""Drawings as pixels, for files that show nothing else."""

from __future__ import annotations

import io

from lxml import etree

from report_builder.drawings.parts import needs_pixels
from report_builder.drawings.pictures import PPI, svg_size
from report_builder.drawings.pixels import MM_PER_INCH, pixels_of
from report_builder.drawings.simple.pixels import flat_pixels
from report_builder.drawings.simple.walk import shapes_of
from report_builder.templating.resources import Resources

_NEEDS_FONTS = "//*[local-name()='text']"


def draw_svg(content: bytes, wide: float, high: float, resources: Resources) -> tuple[bytes, float]:
    """Return a drawing as PNG on white and its width, at most so many millimetres large.

    Raises `UnusablePictureError` for a drawing that would not be whole.
    """
    from PIL import Image

    width, height = svg_size(content)
    scale = min(wide / width, high / height, 1)
    width, height = width * scale, height * scale
    if shapes := shapes_of(etree.fromstring(content, etree.XMLParser(no_network=True))):
        across, down = (max(round(side / MM_PER_INCH * PPI), 1) for side in (width, height))
        return flat_pixels(shapes, across, down, PPI), width
    families = resources.theme.font_families
    made = pixels_of(content, width, families, ppi=PPI, ground="#FFFFFF")
    stream = io.BytesIO()
    Image.open(io.BytesIO(made)).convert("RGB").save(stream, "PNG", dpi=(PPI, PPI))
    return stream.getvalue(), width


def can_stay(content: bytes) -> bool:
    """Tell whether a drawing can be put into a document as it is, for others to draw.

    They set words in fonts of their own, follow no address, and do not know all of SVG.
    """
    root = etree.fromstring(content)
    return not root.xpath(_NEEDS_FONTS) and not needs_pixels(root)
