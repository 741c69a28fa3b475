"""Which phrases of a cloud come too close: measured on their letters, whatever placed them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from report_builder.drawings.cloud.shapes import Shape

Standing = tuple[Shape, float, float, float]
"""A shape, its em, and where its pen starts, in millimetres."""

_SLACK = 1e-6  # millimetres; less is how numbers are rounded


def overlapping(standing: Sequence[Standing]) -> list[tuple[int, int]]:
    """Return the pairs that stand in the room around each other's letters."""
    rooms = [_room(*one) for one in standing]
    boxes = np.array([(*room[:, :2].min(axis=0), *room[:, 2:].max(axis=0)) for room in rooms])
    return [(a, b) for a, b in _meeting(boxes) if a < b and _meet(rooms[a], rooms[b])]


def _room(shape: Shape, em: float, x: float, y: float) -> NDArray[np.float64]:
    """Return the rectangles that a shape takes: rows of left, top, right, bottom."""
    spans = [(left, b.top, right, b.bottom) for b in shape.bands for left, right in b.spans]
    return np.array(spans) * em + (x, y, x, y)


def _meeting(boxes: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    yield from map(tuple, np.argwhere(_meets(boxes, boxes)).tolist())


def _meet(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return bool(_meets(one, other).any())


def _meets(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which rectangles of the one have cells in common with which of the other."""
    a, b = one[:, None, :], other[None, :, :]
    apart = (a[..., :2] >= b[..., 2:] - _SLACK) | (b[..., :2] >= a[..., 2:] - _SLACK)
    return np.asarray(~apart.any(axis=-1))
