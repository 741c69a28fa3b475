"""The outlines of SVG's elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from report_builder.drawings.simple import outlines
from report_builder.drawings.simple.numbers import UnknownPartError, length, number, written


def _size(element: Any, name: str, other: str = "0") -> float:
    return number(element.get(name, other))


def _rectangle(element: Any) -> str:
    wide, high = _size(element, "width"), _size(element, "height")
    if not wide or not high:
        return ""
    across = _size(element, "rx", element.get("ry", "0"))
    down = _size(element, "ry", element.get("rx", "0"))
    place = length(element, "x"), length(element, "y")
    return outlines.rectangle(*place, wide, high, across, down)


def _ellipse(element: Any, wide: str, high: str) -> str:
    if wide not in element.attrib or high not in element.attrib:
        raise UnknownPartError("ellipse")  # one that is left out is not the same to all
    radii = _size(element, wide), _size(element, high)
    place = length(element, "cx"), length(element, "cy")
    return outlines.ellipse(*place, *radii) if all(radii) else ""


def _line(element: Any) -> str:
    ends = [length(element, name) for name in ("x1", "y1", "x2", "y2")]
    return f"{written(*ends[:2])} m\n{written(*ends[2:])} l"


OUTLINES: Mapping[str, Callable[[Any], str]] = {
    "path": lambda element: outlines.path(element.get("d", "")),
    "rect": _rectangle,
    "circle": lambda element: _ellipse(element, "r", "r"),
    "ellipse": lambda element: _ellipse(element, "rx", "ry"),
    "line": _line,
    "polygon": lambda element: outlines.polygon(element.get("points", ""), is_closed=True),
    "polyline": lambda element: outlines.polygon(element.get("points", ""), is_closed=False),
}
"""What draws an element, by its name; nothing where it has no size."""
