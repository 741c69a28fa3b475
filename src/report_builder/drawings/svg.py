"""Drawings and pages as pixels."""

from __future__ import annotations

import io
import zlib

from lxml import etree

from report_builder.drawings.pictures import PPI, svg_size
from report_builder.drawings.weasy import to_pdf
from report_builder.problems import Position
from report_builder.templating.resources import Resources

NEEDS_A_PAGE = "//*[local-name()='text' or local-name()='image' or local-name()='foreignObject']"
"""Finds what is drawn as on a page: words in the fonts of a theme, pictures from its folders."""

_DRAWING = "drawing:"
_MM_PER_INCH = 25.4
_POINTS_PER_INCH = 72


def rasterise(pdf: bytes, dpi: int, size: tuple[int, int] | None = None, **texts: str) -> bytes:
    """Return a PDF's first page as PNG that records its resolution.

    ``size`` is how many pixels it is to have, where that is not for the page's edge to decide;
    ``texts`` are what the file says of itself: its ``title`` and ``description``.
    """
    import numpy as np
    import pypdfium2
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    with pypdfium2.PdfDocument(pdf) as document:
        pixels = document[0].render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True).to_numpy()
    if size:
        pixels = pixels[: size[1], : size[0]]
    image = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    said = PngInfo()
    for name, text in texts.items():
        said.add_itxt(name.capitalize(), text)
    stream = io.BytesIO()
    # Flat colours are packed by their runs: as small as in the usual way, in half the time.
    how = {"compress_level": 6, "compress_type": zlib.Z_RLE}
    image.save(stream, "PNG", dpi=(dpi, dpi), pnginfo=said, **how)
    return stream.getvalue()


def draw_svg(
    content: bytes, wide: float, high: float, position: Position, resources: Resources
) -> tuple[bytes, float]:
    """Return a drawing as PNG and its width, at most ``wide`` and ``high`` millimetres large."""
    width, height = svg_size(content)
    scale = min(wide / width, high / height, 1)
    if not etree.fromstring(content).xpath(NEEDS_A_PAGE):
        return _draw_shapes(content, round(width * scale / _MM_PER_INCH * PPI)), width * scale
    drawing = Resources(resources.folder, resources.theme, {_DRAWING: content})
    page = f"@page{{size:{width * scale}mm {height * scale}mm;margin:0}}body{{margin:0}}"
    html = (
        f"<style>{page}img{{width:100%;display:block}}</style>"
        f"<img alt='' src='{drawing.address(_DRAWING)}'>"
    )
    return rasterise(to_pdf(html, position, drawing), PPI), width * scale


def _draw_shapes(content: bytes, pixels: int) -> bytes:
    """Return a drawing that is made of shapes alone as PNG, so many pixels wide, on white."""
    import resvg_py
    from PIL import Image

    made = resvg_py.svg_to_bytes(
        svg_string=content.decode(),
        width=pixels,
        dpi=PPI,  # without it, it knows no millimetres
        background="#FFFFFF",
        skip_system_fonts=True,
    )
    stream = io.BytesIO()
    Image.open(io.BytesIO(bytes(made))).convert("RGB").save(stream, "PNG", dpi=(PPI, PPI))
    return stream.getvalue()
