"""A simple drawing as pixels, in as few colours as it needs."""

from __future__ import annotations

import io
import zlib
from typing import Any

from report_builder.drawings.simple.walk import Shapes

_WHITE = (255, 255, 255)
_MOST = 255  # colours of a palette, beside white
_SHADES = range(4, 16)  # of a colour, as its edges fade into white: fewer show, more do not
_OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<<>>>>",
    b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream",
)


def flat_pixels(shapes: Shapes, width: int, height: int, ppi: float) -> bytes:
    """Return a drawing as PNG on white, so many pixels large."""
    import pypdfium2

    with pypdfium2.PdfDocument(page_of(shapes, width, height)) as document:
        image = document[0].render(scale=1, rev_byteorder=True).to_pil().convert("RGB")
    stream = io.BytesIO()
    _in_few_colours(image, shapes).save(stream, "PNG", dpi=(ppi, ppi))
    return stream.getvalue()


def _in_few_colours(image: Any, shapes: Shapes) -> Any:
    """Return an image in the colours of its drawing, and what their edges on white need."""
    from PIL import Image

    colours = sorted(shapes.colours - {_WHITE})
    shades = min(_MOST // max(len(colours), 1), _SHADES.stop - 1)
    if shades < _SHADES.start:
        return image
    palette = [*_WHITE]
    for colour in colours:
        for shade in range(1, shades + 1):
            palette += [round(255 + (part - 255) * shade / shades) for part in colour]
    holder = Image.new("P", (1, 1))
    holder.putpalette(palette + [*_WHITE] * (_MOST + 1 - len(palette) // 3))
    return image.quantize(palette=holder, dither=Image.Dither.NONE)


def page_of(shapes: Shapes, width: int, height: int) -> bytes:
    """Return a PDF of one page with a drawing, on which a point is a pixel."""
    operators = f"1 0 0 -1 0 {height} cm\n{shapes.within(width, height)}"
    packed = zlib.compress(operators.encode(), 1)
    values: tuple[Any, ...] = ((), (), (width, height), (len(packed), packed))
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, (thing, filled) in enumerate(zip(_OBJECTS, values, strict=True), start=1):
        places.append(len(written))
        written += b"%d 0 obj%s endobj\n" % (number, thing % filled)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(written) + (
        b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (table, len(written))
    )
