"""Drawings and pages as pixels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from contextlib import suppress

from lxml import etree

from report_builder.drawings.pictures import PPI, svg_size
from report_builder.drawings.weasy import to_pdf
from report_builder.problems import Position
from report_builder.templating.resources import Resources

NEEDS_A_PAGE = "//*[local-name()='text' or local-name()='image' or local-name()='foreignObject']"
"""Finds what is drawn as on a page: words in the fonts of a theme, pictures from its folders."""

_DRAWING = "drawing:"
_MM_PER_INCH = 25.4
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


def draw_svg(
    content: bytes, wide: float, high: float, position: Position, resources: Resources
) -> tuple[bytes, float]:
    """Return a drawing as PNG and its width, at most ``wide`` and ``high`` millimetres large."""
    width, height = svg_size(content)
    scale = min(wide / width, high / height, 1)
    root = etree.fromstring(content)
    if not root.xpath(NEEDS_A_PAGE):
        with suppress(ValueError):  # of a drawing whose sides are odd, which a page takes
            return _draw_shapes(root, round(width * scale / _MM_PER_INCH * PPI)), width * scale
    drawing = Resources(resources.folder, resources.theme, {_DRAWING: content})
    page = f"@page{{size:{width * scale}mm {height * scale}mm;margin:0}}body{{margin:0}}"
    html = (
        f"<style>{page}img{{width:100%;display:block}}</style>"
        f"<img alt='' src='{drawing.address(_DRAWING)}'>"
    )
    return rasterise(to_pdf(html, position, drawing), PPI), width * scale


def _draw_shapes(root: etree._Element, pixels: int) -> bytes:
    """Return a drawing that is made of shapes alone as PNG, so many pixels wide, on white."""
    import resvg_py
    from PIL import Image

    made = resvg_py.svg_to_bytes(
        svg_string=etree.tostring(root, encoding="unicode"),
        width=pixels,
        dpi=PPI,  # without it, it knows no millimetres
        background="#FFFFFF",
        skip_system_fonts=True,
    )
    stream = io.BytesIO()
    Image.open(io.BytesIO(bytes(made))).convert("RGB").save(stream, "PNG", dpi=(PPI, PPI))
    return stream.getvalue()
