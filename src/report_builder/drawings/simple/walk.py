"""A simple drawing (SVG) as the operators of a PDF, at once: no cascade, no fonts, no tree.

It knows outlines in plain colours. What holds anything else is left to what knows all of SVG, so
that a drawing looks the same, whichever way it goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from report_builder.drawings.references import HREFS
from report_builder.drawings.simple.elements import OUTLINES
from report_builder.drawings.simple.looks import FULL, LOOKS, SOLID, Colour, colour, one_of, pen
from report_builder.drawings.simple.moves import matrix
from report_builder.drawings.simple.numbers import (
    UnknownPartError,
    length,
    number,
    numbers,
    written,
)

_SVG = "{http://www.w3.org/2000/svg}"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_MOST = 100_000  # shapes; a drawing that repeats itself may come to any number
_DEEPEST = 60
_SHAPES: Mapping[str, frozenset[str]] = {
    "path": frozenset({"d"}),
    "rect": frozenset({"x", "y", "width", "height", "rx", "ry"}),
    "circle": frozenset({"cx", "cy", "r"}),
    "ellipse": frozenset({"cx", "cy", "rx", "ry"}),
    "line": frozenset({"x1", "y1", "x2", "y2"}),
    "polygon": frozenset({"points"}),
    "polyline": frozenset({"points"}),
    "g": frozenset(),
    "use": frozenset({*HREFS, "x", "y"}),
}
_UNSEEN = {"title", "desc", "metadata", "defs"}
_SAYS_NOTHING = {"id", "class", "role", "lang", "version", "baseProfile", "focusable"}
_SAYS_NOTHING |= {f"{_XML}space", f"{_XML}lang"}
_OF_ROOT = {"width", "height", "viewBox", "preserveAspectRatio"}
_RATIOS = ("", "xMidYMid", "xMidYMid meet")


@dataclass(frozen=True)
class Shapes:
    """What a drawing paints, in its own units, y downwards, and the part of it that is shown."""

    operators: str
    view: tuple[float, float, float, float]
    colours: frozenset[Colour]

    def within(self, width: float, height: float) -> str:
        """Return what paints it in the middle of a box, as large as the box lets it be."""
        left, top, wide, high = self.view
        scale = min(width / wide, height / high)
        x, y = (width - wide * scale) / 2 - left * scale, (height - high * scale) / 2 - top * scale
        return f"{written(scale, 0, 0, scale, x, y)} cm\n{self.operators}"


def shapes_of(root: Any) -> Shapes | None:
    """Return what a drawing (a tree of XML) paints, or nothing where it is not simple."""
    try:
        view = _view(root)
        painter = _Painter(root)
        look = painter.look(root, _OF_ROOT, LOOKS)
        painter.inner(root, look, 0)
    except UnknownPartError:
        return None
    return Shapes("\n".join(painter.drawn), view, frozenset(painter.colours))


def _view(root: Any) -> tuple[float, float, float, float]:
    """Return the left and top of what is shown of a drawing, and its width and height."""
    if root.tag != f"{_SVG}svg" or root.get("preserveAspectRatio", "").strip() not in _RATIOS:
        raise UnknownPartError("svg")
    if given := root.get("viewBox"):
        view = numbers(given)
    else:
        sides = [root.get(side, "").removesuffix("px") for side in ("width", "height")]
        view = [0.0, 0.0, *(number(side) for side in sides)]
    if len(view) != 4 or min(view[2:]) <= 0:
        raise UnknownPartError("viewBox")
    return view[0], view[1], view[2], view[3]


class _Painter:
    """Walks a drawing and notes what is painted, and in which colours."""

    def __init__(self, root: Any) -> None:
        self.drawn: list[str] = []
        self.colours: set[Colour] = set()
        self._named: dict[str, Any] = {}
        self._outlines: dict[Any, str] = {}  # letters of a cloud are used again and again
        self._left = _MOST
        for element in root.iter():
            if _name(element) == "style":
                raise UnknownPartError("style")
            if _name(element) and (name := element.get("id")):
                self._named.setdefault(name, element)

    def look(
        self, element: Any, own: frozenset[str] | set[str], around: Mapping[str, str]
    ) -> dict[str, str]:
        """Return how an element looks in the midst of others; all that it says must be known."""
        look = dict(around)
        for name, value in element.attrib.items():
            if name in LOOKS:
                look[name] = value.strip()
            elif name in SOLID:
                if value.strip() not in FULL:
                    raise UnknownPartError(name)
            elif not (name in own or name in _SAYS_NOTHING or _is_foreign(name)):
                raise UnknownPartError(name)
        return look

    def inner(self, element: Any, look: Mapping[str, str], deep: int) -> None:
        """Paint what an element holds."""
        for child in element:
            self._paint(child, look, deep + 1)

    def _paint(self, element: Any, around: Mapping[str, str], deep: int) -> None:
        name = _name(element)
        if not name or name in _UNSEEN:
            return
        self._left -= 1
        if name not in _SHAPES or deep > _DEEPEST or self._left < 0:
            raise UnknownPartError(name)
        look = self.look(element, {*_SHAPES[name], "transform"}, around)
        moved = [matrix(element.get("transform"))] if element.get("transform") else []
        if name == "use":
            moved.append((1, 0, 0, 1, length(element, "x"), length(element, "y")))
        if moved:
            self.drawn += ["q", *(f"{written(*move)} cm" for move in moved)]
        if name == "g":
            self.inner(element, look, deep)
        elif name == "use":
            self._paint(self._target(element), look, deep + 1)
        else:
            self._draw(element, name, look)
        if moved:
            self.drawn.append("Q")

    def _target(self, element: Any) -> Any:
        """Return what is used; it holds whatever the one that uses it holds not."""
        address = next((element.get(href) for href in HREFS if element.get(href)), "")
        target = self._named.get(address.removeprefix("#"))
        if target is None or not address.startswith("#") or any(map(_is_seen, element)):
            raise UnknownPartError(address)
        return target

    def _draw(self, element: Any, name: str, look: Mapping[str, str]) -> None:
        if any(map(_is_seen, element)):
            raise UnknownPartError(name)
        if element not in self._outlines:
            self._outlines[element] = OUTLINES[name](element)
        outline = self._outlines[element]
        fill, stroke = colour(look["fill"]), colour(look["stroke"])
        width = number(look["stroke-width"])
        inside, edge = fill is not None and name != "line", stroke is not None and width > 0
        if not outline or not (inside or edge):
            return
        if inside and fill:
            self.drawn.append(f"{self._written(fill)} rg")
        if edge and stroke:
            self.drawn.append(f"{self._written(stroke)} RG {written(width)} w {pen(look)}")
        odd = "*" if inside and one_of(("nonzero", "evenodd"), look["fill-rule"]) else ""
        self.drawn += [outline, f"{'B' if inside and edge else 'f' if inside else 'S'}{odd}"]

    def _written(self, colour: Colour) -> str:
        self.colours.add(colour)
        return " ".join(f"{part / 255:.4g}" for part in colour)


def _name(element: Any) -> str:
    """Return the name of an element of SVG; none of a comment, or of another language."""
    tag = element.tag
    return tag.removeprefix(_SVG) if isinstance(tag, str) and tag.startswith(_SVG) else ""


def _is_seen(element: Any) -> bool:
    return bool(_name(element)) and _name(element) not in _UNSEEN


def _is_foreign(name: str) -> bool:
    """Tell whether an attribute speaks of something else than how a drawing looks."""
    if name.startswith("{"):
        return not name.startswith((_SVG, _XML, "{http://www.w3.org/1999/xlink}"))
    return name.startswith(("aria-", "data-"))
