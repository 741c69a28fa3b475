"""An arc of an ellipse as curves of Bézier, which is all that a PDF has."""

from __future__ import annotations

import math
from collections.abc import Iterator

Point = tuple[float, float]
Curve = tuple[float, float, float, float, float, float]
"""Two points that bend a curve, and the one where it ends."""

_QUARTER = math.pi / 2
_NEARLY = 1e-9  # what rounding may add to a whole number of quarters


def arc_curves(
    start: Point, radii: Point, turn: float, end: Point, *, is_large: bool, is_sweep: bool
) -> Iterator[Curve]:
    """Yield the curves of an SVG's arc, none longer than a quarter (SVG 1.1, F.6.5 and F.6.6).

    ``turn`` is in degrees. The radii are no zero, and start and end are not the same.
    """
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    wide, high = abs(radii[0]), abs(radii[1])
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, cos * half_y - sin * half_x
    if (short := math.hypot(x / wide, y / high)) > 1:
        wide, high = wide * short, high * short
    off = (x / wide) ** 2 + (y / high) ** 2
    far = math.sqrt(max(1 / off - 1, 0)) * (1 if is_large != is_sweep else -1)
    middle_x, middle_y = far * wide * y / high, -far * high * x / wide
    centre = (
        cos * middle_x - sin * middle_y + (start[0] + end[0]) / 2,
        sin * middle_x + cos * middle_y + (start[1] + end[1]) / 2,
    )
    first = math.atan2((y - middle_y) / high, (x - middle_x) / wide)
    angle = math.atan2((-y - middle_y) / high, (-x - middle_x) / wide) - first
    angle += 2 * math.pi * ((is_sweep and angle < 0) - (not is_sweep and angle > 0))
    parts = max(math.ceil(abs(angle) / _QUARTER - _NEARLY), 1)
    step = angle / parts
    for part in range(parts):
        unit = _unit_curve(first + part * step, step)
        turned = [
            coordinate
            for u, v in unit
            for coordinate in (
                centre[0] + cos * wide * u - sin * high * v,
                centre[1] + sin * wide * u + cos * high * v,
            )
        ]
        yield (turned[0], turned[1], turned[2], turned[3], turned[4], turned[5])


def _unit_curve(angle: float, step: float) -> tuple[Point, Point, Point]:
    """Return a piece of the circle whose radius is one."""
    bend = 4 / 3 * math.tan(step / 4)
    (x, y), (u, v) = ((math.cos(at), math.sin(at)) for at in (angle, angle + step))
    return (x - bend * y, y + bend * x), (u + bend * v, v - bend * u), (u, v)
