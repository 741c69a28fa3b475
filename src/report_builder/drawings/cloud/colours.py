"""Colours for a cloud: neighbours in different ones, and all of them used about as much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from report_builder.drawings.cloud.shapes import Box

_NEAR = 0.6  # ems of the smaller: phrases whose letters come so close are neighbours


def colour(boxes: Sequence[Box], ems: Sequence[float], colours: Sequence[str]) -> list[str]:
    """Return a colour for each box; neighbours share one only where there are too few colours.

    Boxes are left, top, right and bottom of letters. The box with the most colours around it
    chooses next (Brélaz's DSATUR), and takes the colour that is used least so far.
    """
    near = neighbours(boxes, ems)
    chosen: dict[int, str] = {}
    used: Counter[str] = Counter()
    around: list[Counter[str]] = [Counter() for _ in boxes]
    degree = near.sum(axis=1)
    waiting = set(range(len(boxes)))
    while waiting:
        number = max(waiting, key=lambda n: (len(around[n]), degree[n], -n))
        waiting.remove(number)
        best = min(colours, key=lambda c: (around[number][c], used[c], colours.index(c)))
        chosen[number] = best
        used[best] += 1
        for other in np.flatnonzero(near[number]):
            around[other][best] += 1
    return [chosen[number] for number in range(len(boxes))]


def neighbours(boxes: Sequence[Box], ems: Sequence[float]) -> NDArray[np.bool_]:
    """Return which boxes are neighbours of which, as a square table."""
    left, top, right, bottom = np.array(boxes, float).T
    size = np.array(ems, float)
    reach = _NEAR * np.minimum(size[:, None], size)
    across = np.maximum(left[:, None] - right, left - right[:, None])
    down = np.maximum(top[:, None] - bottom, top - bottom[:, None])
    near: NDArray[np.bool_] = (across < reach) & (down < reach)
    np.fill_diagonal(near, val=False)
    return near
