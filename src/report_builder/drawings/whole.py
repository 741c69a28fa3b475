"""Pictures painted whole and sharp by WeasyPrint: what it would get wrong of drawings as pixels."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

from lxml import etree

from report_builder.drawings.parts import needs_pixels
from report_builder.drawings.pictures import UnusablePictureError
from report_builder.drawings.pixels import MM_PER_INCH, pixels_of

_SHARP = {"image_rendering": "crisp-edges"}  # PDF/A lets no viewer smooth a picture
_POINTS_PER_INCH = 72
_XMLNS = "{http://www.w3.org/2000/xmlns/}"


@contextmanager
def whole_pictures(
    families: Sequence[str], refuse: Callable[[str, UnusablePictureError], object]
) -> Iterator[None]:
    """Let WeasyPrint paint pictures so, as long as this lasts.

    Words of drawings are set in ``families``; ``refuse`` is told the address of a drawing that
    cannot be painted, and why.
    """
    from weasyprint import images

    shapes, photo = images.SVGImage.draw, images.RasterImage.draw
    known: dict[int, tuple[Any, bytes | None]] = {}

    def content_of(image: Any) -> bytes | None:
        """Return a drawing that is to be painted as pixels; it is looked at before it is drawn."""
        if id(image) not in known:
            content = _xml_of(image._svg.tree._etree_node)
            is_simple = not needs_pixels(etree.fromstring(content))
            known[id(image)] = image, None if is_simple else content
        return known[id(image)][1]

    def draw_photo(image: Any, stream: Any, width: float, height: float, _style: Any) -> None:
        photo(image, stream, width, height, _SHARP)

    def draw_shapes(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        content = content_of(image)
        if content is None:
            shapes(image, stream, width, height, style)
            return
        across = abs(width * stream.ctm[0][0]) / _POINTS_PER_INCH * MM_PER_INCH
        try:
            made = pixels_of(content, across, families)
        except UnusablePictureError as reason:
            refuse(image._base_url, reason)
            return
        from PIL import Image

        name = hashlib.sha256(made).hexdigest()
        raster = images.RasterImage(Image.open(io.BytesIO(made)), name, made)
        photo(raster, stream, width, height, _SHARP)

    images.SVGImage.draw, images.RasterImage.draw = draw_shapes, draw_photo
    try:
        yield
    finally:
        images.SVGImage.draw, images.RasterImage.draw = shapes, photo


def _xml_of(drawing: ElementTree.Element) -> bytes:
    """Return a drawing as a file of its own; HTML may have said of it which name space it is in."""
    for element in drawing.iter():
        for name in [name for name in element.attrib if name.startswith(_XMLNS)]:
            del element.attrib[name]
    return ElementTree.tostring(drawing)
