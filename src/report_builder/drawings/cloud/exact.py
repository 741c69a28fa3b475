"""Our own engine: every phrase at exactly its size, at the largest scale that lets all fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from report_builder.drawings.cloud.board import Board, Found, Stamp, stamp_of
from report_builder.drawings.cloud.fit import LEAST_EM, Area, Fit, Item, Place
from report_builder.drawings.cloud.shapes import Shape

# Cells of the board: few to find the scale nearly, more to find it well. The smallest phrase is
# to be some cells high, for what it takes is rounded outwards.
_COARSE, _FINE, _FINEST = 90_000, 320_000, 1_200_000
_CELLS_OF_SMALLEST = 9
_FULL = 0.78  # of the area: more than phrases and the room around them ever take
_ROUGHLY, _NEAR = 1.05, 1.06  # from scale to scale with few cells; how near the last ones are
_STEP, _CLOSE = 1.012, 1.012  # with many
_FINER = 1.03  # how much more many cells let fit than few, as a rule
_NO_FARTHER = 0.985  # the least step down after a scale that was too large


@dataclass(frozen=True, slots=True)
class _Grid:
    """A board's columns and rows, how many of its cells make a millimetre, and which are taken."""

    columns: int
    rows: int
    per_mm: float
    taken: NDArray[np.bool_] | None

    @property
    def share(self) -> float:
        """How much of the board is free."""
        return 1 if self.taken is None else 1 - float(self.taken.mean())

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of what is free, in shares of the board's sides."""
        if self.taken is None or self.taken.all():
            return 0.5, 0.5
        columns, rows = np.nonzero(~self.taken)
        return float(columns.mean()) / self.columns, float(rows.mean()) / self.rows

    def board(self) -> Board:
        """Return a board on which nothing stands yet."""
        return Board(self.columns, self.rows, self.taken, self.middle)


def fit(items: Sequence[Item], area: Area) -> Fit:
    """Return a place for each item, or which of them is the first that has none.

    The search for the scale begins on a board of few cells and ends on one of many.
    """
    widest = [_widest(item, area) for item in items]
    most = min(widest)
    if most < LEAST_EM:
        return Fit(most, unplaced=widest.index(most))
    grid = _grid(area, _COARSE)
    wanted = sum(min(s.area for s in item.shapes) * item.ratio**2 for item in items)
    guess = min(math.sqrt(_FULL * area.width * area.height * grid.share / wanted), most)
    coarse = _search(items, grid, guess, most, _ROUGHLY, _NEAR)
    start = min(coarse.scale * _FINER, most) if coarse.places else guess
    cells = area.width * area.height * (_CELLS_OF_SMALLEST / (start * items[-1].ratio)) ** 2
    grid = _grid(area, int(min(max(cells, _FINE), _FINEST)))
    fine = _search(items, grid, start, most, _STEP, _CLOSE)
    return max((coarse, fine), key=lambda found: (bool(found.places), found.scale))


def _widest(item: Item, area: Area) -> float:
    """Return the largest scale at which the sheet itself has room for a phrase."""
    edges = (shape.box for shape in item.shapes)
    scales = (
        min(area.width / (right - left), area.height / (bottom - top))
        for left, top, right, bottom in edges
    )
    return max(scales) / item.ratio


def _search(
    items: Sequence[Item], grid: _Grid, scale: float, most: float, step: float, close: float
) -> Fit:
    """Return the largest fit found between scales that are closer together than ``close``."""
    best, too_large = None, math.inf
    while True:
        found = _place_all(items, grid, scale)
        if found.places:
            best = found
        else:
            too_large = scale
            if scale < LEAST_EM:
                return found
        if best is None:  # as much smaller as what was placed is less than all
            scale *= min(math.sqrt(_share(items[: found.unplaced], items)), _NO_FARTHER)
        elif best.scale >= most or too_large / best.scale < close:
            return best
        else:
            between = math.sqrt(best.scale * too_large)
            scale = min(best.scale * step if too_large == math.inf else between, most)


def _share(some: Sequence[Item], items: Sequence[Item]) -> float:
    """Return how much of the room that items take some of them take; never nothing."""
    wanted, all_wanted = (
        sum(item.shapes[0].area * item.ratio**2 for item in group) for group in (some, items)
    )
    return max(wanted / all_wanted, 0.5)


def _grid(area: Area, cells: int) -> _Grid:
    per_mm = math.sqrt(cells / (area.width * area.height))
    # Rounded down, so that the board is never larger than the sheet.
    columns, rows = max(int(area.width * per_mm), 1), max(int(area.height * per_mm), 1)
    taken = area.mask.taken(columns, rows) if area.mask else None
    return _Grid(columns, rows, per_mm, taken)


def _place_all(items: Sequence[Item], grid: _Grid, scale: float) -> Fit:
    """Return the places of all items at a scale, the largest first, each nearest to the middle."""
    board = grid.board()
    places = []
    sizes = [scale * item.ratio * grid.per_mm for item in items]
    for number, (item, size, height) in enumerate(
        zip(items, sizes, _highest_to_come(items, sizes), strict=True)
    ):
        board.forget(height)
        choices = list(_choices(board, item.shapes, size))
        if not choices:
            return Fit(scale, unplaced=number)
        found, stamp, shape = min(choices, key=lambda choice: choice[0].distance)
        board.put(stamp, found.column, found.row)
        x, y = found.column + stamp.left, found.row + stamp.top
        places.append(Place(shape, x / grid.per_mm, y / grid.per_mm))
    return Fit(scale, tuple(places))


def _highest_to_come(items: Sequence[Item], sizes: Sequence[float]) -> list[int]:
    """Return for each item how many rows the highest strip of it and of those after it has."""
    own = [
        math.ceil(max(shape.highest for shape in item.shapes) * size) + 1
        for item, size in zip(items, sizes, strict=True)
    ]
    return list(accumulate(reversed(own), max))[::-1]


def _choices(
    board: Board, shapes: Sequence[Shape], size: float
) -> Iterator[tuple[Found, Stamp, Shape]]:
    for shape in shapes:
        stamp = stamp_of(shape, size)
        if found := board.find(stamp):
            yield found, stamp, shape
