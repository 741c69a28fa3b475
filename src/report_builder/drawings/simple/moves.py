"""How parts of a drawing are moved, turned and stretched."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import cos, radians, sin, tan

from report_builder.drawings.simple.numbers import UnknownPartError, numbers

Matrix = tuple[float, float, float, float, float, float]

_MOVE = re.compile(r"\s*,?\s*([a-zA-Z]+)\s*\(([^()]*)\)\s*")


def matrix(text: str) -> Matrix:
    """Return what all moves of a list come to, the last of which is done first."""
    if _MOVE.sub("", text).strip():
        raise UnknownPartError(text)
    whole: Matrix = (1, 0, 0, 1, 0, 0)
    for name, given in _MOVE.findall(text):
        values = numbers(given)
        if name not in _MOVES or len(values) not in _MOVES[name][0]:
            raise UnknownPartError(name)
        whole = _product(_MOVES[name][1](*values), whole)
    if not whole[0] * whole[3] - whole[1] * whole[2]:
        raise UnknownPartError(text)
    return whole


def _product(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _rotated(angle: float, x: float = 0, y: float = 0) -> Matrix:
    a, b = cos(radians(angle)), sin(radians(angle))
    return a, b, -b, a, x - a * x + b * y, y - b * x - a * y


_MOVES: Mapping[str, tuple[tuple[int, ...], Callable[..., Matrix]]] = {
    "matrix": ((6,), lambda *values: values),
    "translate": ((1, 2), lambda x, y=0.0: (1, 0, 0, 1, x, y)),
    "scale": ((1, 2), lambda x, y=None: (x, 0, 0, x if y is None else y, 0, 0)),
    "rotate": ((1, 3), _rotated),
    "skewX": ((1,), lambda angle: (1, 0, tan(radians(angle)), 1, 0, 0)),
    "skewY": ((1,), lambda angle: (1, tan(radians(angle)), 0, 1, 0, 0)),
}
