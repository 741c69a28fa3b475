"""Drawings and pages as pixels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping

from lxml import etree

from report_builder.drawings.parts import needs_pixels
from report_builder.drawings.pictures import PPI, svg_size
from report_builder.drawings.pixels import MM_PER_INCH, pixels_of
from report_builder.drawings.simple.pixels import flat_pixels
from report_builder.drawings.simple.walk import shapes_of
from report_builder.templating.resources import Resources

_NEEDS_FONTS = "//*[local-name()='text']"
_METRES_PER_INCH = 0.0254
_POINTS_PER_INCH = 72
_PNG = b"\x89PNG\r\n\x1a\n"
_RED_GREEN_BLUE = 2


def rasterise(pdf: bytes, dpi: int, size: tuple[int, int] | None = None, **texts: str) -> bytes:
    """Return a PDF's first page as PNG that records its resolution.

    ``size`` is how many pixels it is to have, where that is not for the page's edge to decide;
    ``texts`` are what the file says of itself: its ``title`` and ``description``.
    """
    import numpy as np
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        pixels = document[0].render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True).to_numpy()
    if size:
        pixels = pixels[: size[1], : size[0]]
    high, wide, _ = pixels.shape
    # Colours are flat: packed as they are, rows take half the time that Pillow takes to find out
    # from which of their neighbours each is best told.
    rows = np.zeros((high, 1 + 3 * wide), np.uint8)
    rows[:, 1:].reshape(high, wide, 3)[:] = pixels[:, :, :3]
    return _png(wide, high, zlib.compress(rows.data, level=1), dpi, texts)


def _png(wide: int, high: int, packed: bytes, dpi: int, texts: Mapping[str, str]) -> bytes:
    """Return a PNG (ISO/IEC 15948) of 8 bits for red, green and blue, of rows that are packed."""
    from PIL.PngImagePlugin import PngInfo, putchunk

    said = PngInfo()
    for name, text in texts.items():
        said.add_itxt(name.capitalize(), text)
    per_metre = round(dpi / _METRES_PER_INCH)
    stream = io.BytesIO()
    stream.write(_PNG)
    putchunk(stream, b"IHDR", struct.pack(">2I5B", wide, high, 8, _RED_GREEN_BLUE, 0, 0, 0))
    putchunk(stream, b"pHYs", struct.pack(">2IB", per_metre, per_metre, 1))
    for kind, content, *_ in said.chunks:
        putchunk(stream, kind, content)
    putchunk(stream, b"IDAT", packed)
    putchunk(stream, b"IEND")
    return stream.getvalue()


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
