"""Pictures painted whole and sharp by WeasyPrint: simple drawings by ourselves, once each.

What it would get wrong of other drawings becomes pixels.
"""

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
from report_builder.drawings.simple.walk import Shapes, shapes_of

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

    theirs, photo = images.SVGImage.draw, images.RasterImage.draw
    known: dict[int, tuple[Any, Shapes | bytes | None]] = {}

    def looked_at(image: Any) -> Shapes | bytes | None:
        """Return the shapes of a drawing, or the whole of it where it is to become pixels.

        It is looked at before it is drawn.
        """
        if id(image) not in known:
            known[id(image)] = image, _looked_at(image._svg.tree._etree_node)
        return known[id(image)][1]

    def draw_photo(image: Any, stream: Any, width: float, height: float, _style: Any) -> None:
        photo(image, stream, width, height, _SHARP)

    def draw_shapes(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        content = looked_at(image)
        if isinstance(content, Shapes):
            _place(content, stream, width, height)
            return
        if content is None:
            theirs(image, stream, width, height, style)
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
        images.SVGImage.draw, images.RasterImage.draw = theirs, photo


def _looked_at(drawing: ElementTree.Element) -> Shapes | bytes | None:
    if shapes := shapes_of(drawing):
        return shapes
    content = _xml_of(drawing)
    return content if needs_pixels(etree.fromstring(content)) else None


def _place(shapes: Shapes, stream: Any, width: float, height: float) -> None:
    """Paint a drawing; where one of its size stands on the pages already, it is that one."""
    form = _Form(shapes.within(width, height), width, height, compress=stream.compress)
    with stream.stacked():
        stream.set_alpha(1, stroke=True, fill=True)
        stream.draw_x_object(stream.add_image(form, interpolate=False, ratio=1))


class _Form:
    """What a drawing paints, as WeasyPrint keeps pictures: by the names that they are known by."""

    def __init__(self, operators: str, width: float, height: float, *, compress: bool) -> None:
        self.id = hashlib.sha256(operators.encode()).hexdigest()
        self._operators, self._box, self._compress = operators, (0, 0, width, height), compress

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> Any:  # noqa: ARG002  # as it asks
        """Return what is written of it into the file."""
        import pydyf

        kind = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(self._box)}
        return pydyf.Stream([self._operators.encode()], kind, self._compress)


def _xml_of(drawing: ElementTree.Element) -> bytes:
    """Return a drawing as a file of its own; HTML may have said of it which name space it is in."""
    for element in drawing.iter():
        for name in [name for name in element.attrib if name.startswith(_XMLNS)]:
            del element.attrib[name]
    return ElementTree.tostring(drawing)
