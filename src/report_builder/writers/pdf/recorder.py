"""What WeasyPrint paints on each page, noted while it paints: nothing is set or drawn twice.

It knows WeasyPrint from inside, as the engine does, and of the same release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from report_builder.readback.painted import (
    EVERYWHERE,
    NOWHERE,
    WHITE,
    Colour,
    Kind,
    Place,
    Rect,
    Sheet,
    Thing,
    meet,
)
from report_builder.writers.pdf.places import MM, Places

_POINTS = 0.75  # in a CSS pixel
_INCH = 96  # CSS pixels
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\xad"  # signs that have no ink, and want none
_Box = tuple[float, float, float, float]  # left, top, width and height, in pixels
_Matrix = tuple[float, float, float, float, float, float]


class Recorder:
    """The pages of a document as they are painted, one after the other."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.places: Places | None = None
        self._clip: Rect = EVERYWHERE
        self._groups: tuple[tuple[int, float], ...] = ()
        self._matrix: _Matrix = (1, 0, 0, 1, 0, 0)
        self._count = 0
        self._drawing: Thing | None = None  # the picture that is being painted

    def begin(self, page: Any) -> None:
        """Go on to the next page."""
        if self.places is None:
            self.places = Places(next(b.element for b in page.children if b.element_tag == "html"))
        self.sheets.append(self.places.sheet(page, len(self.sheets) + 1))

    @contextmanager
    def within(self, stacking: Any) -> Iterator[None]:
        """Note what is painted in a stacking context: cut, faded and moved as it is."""
        before = self._clip, self._groups, self._matrix
        box = stacking.box
        style = box.style
        if box.is_absolutely_positioned() and style["clip"]:
            self._cut(*_clipped(box))
        if style["opacity"] < 1:
            self._count += 1
            self._groups = (*self._groups, (self._count, style["opacity"]))
        if box.transformation_matrix:
            self._matrix = _product(box.transformation_matrix.values, self._matrix)
        is_page = stacking.page is box or box.element_tag == "html"
        if style["overflow"] != "visible" and not is_page:
            left, top = box.padding_box_x(), box.padding_box_y()
            self._cut(left, top, box.padding_width(), box.padding_height())
        yield
        self._clip, self._groups, self._matrix = before

    def ground(self, background: Any) -> None:
        """Note the colours and pictures behind something."""
        if background is None or not background.layers or self.places is None:
            return
        last = background.layers[-1]
        place = self.places.grounds.get(id(background), Place())
        if background.color.alpha > 0:
            colour = _colour(background.color)
            for piece in [piece[:4] for piece in last.clipped_boxes] or [last.painting_area]:
                self._add(Kind.GROUND, piece, place).colour = colour
        for layer in reversed(background.layers):
            if layer.image is None or 0 in layer.size:
                continue
            area = layer.painting_area
            if layer.repeat == ("no-repeat", "no-repeat"):
                x, y = (layer.position[n] + layer.positioning_area[n] for n in (0, 1))
                area = (x, y, *layer.size)
            before = self._clip
            self._cut(*layer.painting_area)
            self._add(Kind.IMAGE, area, place).ppi = self._ppi(layer.image, *layer.size)
            self._clip = before

    @contextmanager
    def picture(self, box: Any) -> Iterator[None]:
        """Note a picture, and then the words within it."""
        from weasyprint.layout.replaced import replacedbox_layout

        if box.style["visibility"] == "visible" and box.width and box.height and self.places:
            width, height, left, top = replacedbox_layout(box)
            before = self._clip  # “object-fit: cover” draws beyond the box, and cuts
            self._cut(box.content_box_x(), box.content_box_y(), box.width, box.height)
            self._drawing = self._add(
                Kind.PICTURE, (left, top, width, height), *self.places.of(box)
            )
            self._drawing.ppi = self._ppi(box.replacement, width, height)
            self._clip = before
        yield
        self._drawing = None

    def line(self, box: Any, matrix: Any, stream: Any) -> None:
        """Note a run of text that is about to be painted."""
        from weasyprint.formatting_structure.boxes import TextBox

        if not isinstance(box, TextBox):
            self._lettering(box, stream)
            return
        assert self.places is not None  # noqa: S101  # a page has begun
        left, top, width, height = _ink(box.pango_layout)
        if not (width and height) and not box.text.strip(_UNSEEN + " \n"):
            return
        place, line = self.places.of(box)
        x, y = matrix[2][0] + left, matrix[2][1] + top
        thing = self._add(Kind.TEXT, (x, y, width, height), place, line)
        style = box.style
        thing.box, thing.text, thing.colour = box, box.text, _colour(style["color"])
        thing.size = style["font_size"] * _POINTS * _scale(self._matrix)
        thing.is_bold = style["font_weight"] >= 700
        thing.squeezed = max(_closer(style, "letter_spacing"), _closer(style, "word_spacing"))

    def _lettering(self, box: Any, stream: Any) -> None:
        around = self._drawing or self.sheets[-1].things[-1]  # a picture, or one as a ground
        thing = Thing(Kind.LETTERING, around.rect, around.seen, around.place, text=box.text)
        thing.size = box.style["font_size"] * _scale(stream.ctm.values)
        self.sheets[-1].things.append(thing)

    def _add(self, kind: Kind, box: _Box, place: Place, line: Any = None) -> Thing:
        rect = self._rect(*box)
        thing = Thing(kind, rect, meet(rect, self._clip), place, self._groups, line=line)
        self.sheets[-1].things.append(thing)
        return thing

    def _cut(self, x: float, y: float, width: float, height: float) -> None:
        self._clip = meet(self._clip, self._rect(x, y, width, height)) or NOWHERE

    def _ppi(self, image: Any, width: float, height: float) -> float | None:
        """Return how many pixels of a picture stand on an inch; none where it is of lines."""
        from weasyprint.images import RasterImage

        if not isinstance(image, RasterImage):
            return None
        across, down = image.width / width, image.height / height
        return float(min(across, down)) * _INCH / (_scale(self._matrix) or 1)

    def _rect(self, x: float, y: float, width: float, height: float) -> Rect:
        """Return where something is on the sheet, whichever way it is turned."""
        a, b, c, d, e, f = self._matrix
        corners = ((x, y), (x + width, y), (x, y + height), (x + width, y + height))
        across = [(a * u + c * v + e) * MM for u, v in corners]
        down = [(b * u + d * v + f) * MM for u, v in corners]
        return min(across), min(down), max(across), max(down)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Note what WeasyPrint paints, as long as this lasts."""
    from weasyprint import document, draw
    from weasyprint.draw import text

    recorder = Recorder()
    page, context, ground = document.draw_page, draw.draw_stacking_context, draw.draw_background
    picture, line = draw.draw_replacedbox, text.draw_first_line

    def draw_page(box: Any, stream: Any) -> None:
        recorder.begin(box)
        page(box, stream)

    def draw_context(stream: Any, stacking: Any) -> None:
        with recorder.within(stacking):
            context(stream, stacking)

    def draw_ground(stream: Any, background: Any, *others: Any, **named: Any) -> None:
        recorder.ground(background)
        ground(stream, background, *others, **named)

    def draw_picture(stream: Any, box: Any) -> None:
        with recorder.picture(box):
            picture(stream, box)

    def draw_line(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        if box.text.strip():
            recorder.line(box, matrix, stream)
        return line(stream, box, overflow, ellipsis, matrix)

    def put(*functions: Callable[..., Any]) -> None:
        document.draw_page, draw.draw_stacking_context, draw.draw_background = functions[:3]
        draw.draw_replacedbox, text.draw_first_line = functions[3:]

    put(draw_page, draw_context, draw_ground, draw_picture, draw_line)
    try:
        yield recorder
    finally:
        put(page, context, ground, picture, line)


def glyphs_of(thing: Thing) -> list[Rect]:
    """Return the ink of each letter of a run, where it is known; else of the whole run."""
    from weasyprint.text.ffi import ffi, pango

    layout = thing.box.pango_layout
    layout.reactivate(thing.box.style)
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    ink, whole = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, whole, ffi.NULL)
    scale = (thing.rect[2] - thing.rect[0]) / (whole.width or 1)  # millimetres in a unit
    found: list[Rect] = []
    x, run = 0, line.runs[0]
    while run != ffi.NULL:
        glyphs, font = run.data.glyphs, run.data.item.analysis.font
        for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]:
            pango.pango_font_get_glyph_extents(font, glyph.glyph, ink, ffi.NULL)
            if ink.width and ink.height:
                left = thing.rect[0] + (x + glyph.geometry.x_offset + ink.x - whole.x) * scale
                top = thing.rect[1] + (glyph.geometry.y_offset + ink.y - whole.y) * scale
                found.append((left, top, left + ink.width * scale, top + ink.height * scale))
            x += glyph.geometry.width
        run = run.next
    layout.deactivate()
    return found


def _ink(layout: Any) -> tuple[float, float, float, float]:
    """Return the ink of a line: left and top from where its baseline begins, width and height."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    line, _ = layout.get_first_line()
    ink = ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, ffi.NULL)
    left, top, width, height = (n * FROM_UNITS for n in (ink.x, ink.y, ink.width, ink.height))
    return left, top, width, height


def _closer(style: Any, name: str) -> float:
    """Return how much closer than its font says a style sets letters or words, in ems."""
    space = style[name]
    return -space / style["font_size"] if isinstance(space, int | float) and space < 0 else 0


def _clipped(box: Any) -> tuple[float, float, float, float]:
    """Return what the old property “clip” leaves of a box."""
    sides = (0, box.border_width(), box.border_height(), 0)
    top, right, bottom, left = (
        whole if edge == "auto" else getattr(edge, "value", edge)
        for edge, whole in zip(box.style["clip"], sides, strict=True)
    )
    x, y = box.border_box_x(), box.border_box_y()
    return x + left, y + top, right - left, bottom - top


def _product(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _scale(matrix: Any) -> float:
    a, b, c, d, *_ = matrix
    return float(abs(a * d - b * c) ** 0.5)


def _colour(colour: Any) -> Colour:
    """Return a colour of CSS as a screen would show it."""
    if colour.space in ("srgb", "hsl", "hwb"):
        red, green, blue = colour.to("srgb").coordinates
    elif colour.space == "device-cmyk":
        red, green, blue = ((1 - c) * (1 - colour.coordinates[3]) for c in colour.coordinates[:3])
    elif colour.space in ("xyz-d50", "xyz-d65", "lab", "lch", "oklab", "oklch", "display-p3"):
        # Imported here: it takes its time, and few style sheets name such colours.
        from coloraide import Color

        red, green, blue = Color(colour.space, colour.coordinates).convert("srgb").clip().coords()
    else:
        red, green, blue = WHITE[:3]
    return red or 0, green or 0, blue or 0, colour.alpha
