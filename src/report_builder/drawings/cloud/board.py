"""The sheet as a board of cells: finds every place that is free for a shape, at once.

A column's cells are the bits of a few words, so that one instruction looks at 64 places. To ask
whether a strip of L cells is free, two planes are enough in which each cell says whether any of
the next 2ᵏ cells below is taken; they are kept up as phrases are put down. Across, the same is
done by doubling, where moving by a column is only another beginning in memory.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from report_builder.drawings.cloud.shapes import Shape

Words = NDArray[np.uint64]
_BITS = 64
_ONE = np.uint64(1)
# Lines of type are wide and low: a way across counts for less than the same share of the way
# down, so that phrases gather in rows, which leaves fewer gaps than rings do.
_ACROSS = 0.3


@dataclass(frozen=True, slots=True)
class Stamp:
    """A shape of a size in cells: rows and columns of what it takes, and where its pen starts."""

    width: int
    height: int
    strips: tuple[tuple[int, int, tuple[tuple[int, int], ...]], ...]
    left: float
    top: float


@dataclass(frozen=True, slots=True)
class Found:
    """A free place: its column and row, and how far from the middle it is."""

    column: int
    row: int
    distance: float


def stamp_of(shape: Shape, size: float) -> Stamp:
    """Return the cells that a shape takes when its em is so many cells, rounded outwards."""
    left, top, *_ = shape.box
    strips = []
    for band in shape.bands:
        first = max(math.floor((band.top - top) * size), 0)
        columns: list[tuple[int, int]] = []
        for start, end in band.spans:
            begin = max(math.floor((start - left) * size), 0)
            last = math.ceil((end - left) * size)
            if columns and begin <= columns[-1][1]:
                begin = columns.pop()[0]
            columns.append((begin, last))
        strips.append((first, math.ceil((band.bottom - top) * size), tuple(columns)))
    width = max(columns[-1][1] for _, _, columns in strips)
    height = max(last for _, last, _ in strips)
    return Stamp(width, height, tuple(strips), -left * size, -top * size)


class Board:
    """A board of so many columns and rows, on which no cell is taken but those of ``taken``.

    ``taken`` is an array of columns by rows. ``middle`` is where shapes gather, in shares of the
    sides.
    """

    def __init__(
        self,
        columns: int,
        rows: int,
        taken: NDArray[np.bool_] | None = None,
        middle: tuple[float, float] = (0.5, 0.5),
    ) -> None:
        self.columns, self.rows, self.middle = columns, rows, middle
        self.words = -(-rows // _BITS)
        size = columns * self.words
        levels = rows.bit_length()
        self.planes: list[Words] = [np.zeros(size + self.words, np.uint64) for _ in range(levels)]
        self._scratch = [np.empty(size + self.words, np.uint64) for _ in range(4)]
        self._across: list[Words] = [
            np.empty(size + self.words, np.uint64) for _ in range(columns.bit_length() + 1)
        ]
        if taken is not None:
            self._take(taken)

    def find(self, stamp: Stamp) -> Found | None:
        """Return the free place for a stamp that is nearest to the middle, if there is any."""
        if stamp.width > self.columns or stamp.height > self.rows:
            return None
        blocked = self._blocked(stamp)
        free = np.invert(blocked, out=blocked).reshape(-1, self.words)
        return self._nearest(free, stamp)

    def forget(self, height: int) -> None:
        """Give up what is only needed for strips higher than so many rows: none will come."""
        del self.planes[height.bit_length() :]

    def put(self, stamp: Stamp, column: int, row: int) -> None:
        """Take the cells of a stamp."""
        size = self.columns * self.words
        for first, last, columns in stamp.strips:
            for level, plane in enumerate(self.planes):
                begin = max(row + first - (1 << level) + 1, 0)
                bits = ((1 << (row + last - begin)) - 1) << begin
                mask = np.frombuffer(bits.to_bytes(self.words * 8, "little"), np.uint64)
                cells = plane[:size].reshape(self.columns, self.words)
                low, high = begin // _BITS, -(-(row + last) // _BITS)
                for start, end in columns:
                    cells[column + start : column + end, low:high] |= mask[low:high]

    def _take(self, taken: NDArray[np.bool_]) -> None:
        padded = np.zeros((self.columns, self.words * _BITS), np.uint8)
        padded[:, : self.rows] = taken
        size = self.columns * self.words
        for level, plane in enumerate(self.planes):
            packed = np.packbits(padded, axis=1, bitorder="little")
            plane[:size] = np.ascontiguousarray(packed).view(np.uint64).reshape(-1)
            further = 1 << level
            padded[:, :-further] |= padded[:, further:].copy()

    def _blocked(self, stamp: Stamp) -> Words:
        """Return for each place whether the stamp would meet something there."""
        count = (self.columns - stamp.width + 1) * self.words
        blocked, strip, other = self._scratch[:3]
        blocked = blocked[:count]
        blocked[:] = 0
        size = self.columns * self.words
        for first, last, columns in stamp.strips:
            level = (last - first).bit_length() - 1
            self._down(self.planes[level], first, strip, size)
            if last - first != 1 << level:
                self._down(self.planes[level], last - (1 << level), other, size)
                np.bitwise_or(strip[:size], other[:size], out=strip[:size])
            self._or_spans(blocked, strip, columns, count)
        return blocked

    def _down(self, plane: Words, cells: int, out: Words, size: int) -> None:
        """Let each cell say what the one so many cells below it says.

        The last cells of a column get what the next one says; no place is looked up there.
        """
        skip, bits = divmod(cells, _BITS)
        reach = size - skip
        if bits == 0:
            out[:reach] = plane[skip:size]
            return
        np.right_shift(plane[skip:size], np.uint64(bits), out=out[:reach])
        carried = self._scratch[3]
        np.left_shift(plane[skip + 1 : size + 1], np.uint64(_BITS - bits), out=carried[:reach])
        np.bitwise_or(out[:reach], carried[:reach], out=out[:reach])

    def _or_spans(
        self, blocked: Words, strip: Words, columns: Sequence[tuple[int, int]], count: int
    ) -> None:
        """Add to ``blocked`` where any cell of a strip's spans is taken."""
        widest = max(end - start for start, end in columns)
        size = self.columns * self.words
        across = [strip]
        while 2 << (len(across) - 1) <= widest:
            step = (1 << (len(across) - 1)) * self.words
            size -= step
            wider = self._across[len(across)]
            np.bitwise_or(across[-1][:size], across[-1][step : step + size], out=wider[:size])
            across.append(wider)
        for start, end in columns:
            level = (end - start).bit_length() - 1
            for at in {start, end - (1 << level)}:
                part = across[level][at * self.words : at * self.words + count]
                np.bitwise_or(blocked, part, out=blocked)

    def _nearest(self, free: Words, stamp: Stamp) -> Found | None:
        """Return the free place nearest to the middle; of equals the one farthest left.

        In each column only the nearest place above the middle and the nearest below can be it.
        """
        places = self.rows - stamp.height + 1
        middle_x = self.columns * self.middle[0] - stamp.width / 2
        middle_y = self.rows * self.middle[1] - stamp.height / 2
        split = min(max(round(middle_y), 0), places - 1)
        columns = np.arange(len(free))
        across = _ACROSS * ((columns - middle_x) / self.columns) ** 2
        best = None
        for bits, rows in (_first_from(free, split, places), _last_before(free, split)):
            distances = across + ((rows - middle_y) / self.rows) ** 2
            distances[bits == 0] = np.inf
            column = int(distances.argmin())
            if (distance := float(distances[column])) < (best.distance if best else np.inf):
                best = Found(column, int(rows[column]), distance)
        return best


def _first_from(free: Words, row: int, rows: int) -> tuple[Words, NDArray[np.int64]]:
    """Return for each column the first set bit from a row on; its word is 0 where there is none.

    Bits from ``rows`` on are not looked at.
    """
    word, bit = divmod(row, _BITS)
    last, spare = divmod(rows, _BITS)
    part = free[:, word : last + 1].copy()
    if last < free.shape[1]:
        part[:, last - word] &= np.uint64((1 << spare) - 1)
    part[:, 0] &= ~np.uint64((1 << bit) - 1)
    first = (part != 0).argmax(axis=1)
    found = part[np.arange(len(part)), first]
    lowest = np.bitwise_count((found & -found) - _ONE).astype(np.int64)
    return found, lowest + _BITS * (first + word)


def _last_before(free: Words, row: int) -> tuple[Words, NDArray[np.int64]]:
    """Return for each column the last set bit before a row; its word is 0 where there is none."""
    word, bit = divmod(row, _BITS)
    part = free[:, word::-1].copy()
    part[:, 0] &= np.uint64((1 << bit) - 1)
    first = (part != 0).argmax(axis=1)
    found = part[np.arange(len(part)), first]
    # Of the bits that remain no two are neighbours, so that none is rounded up to the next power.
    alone = (found & ~(found >> _ONE)).astype(np.float64)
    return found, np.frexp(alone)[1] - 1 + _BITS * (word - first)
