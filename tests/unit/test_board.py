"""The board finds the very place that a slow look at every cell would find."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from report_builder.drawings.cloud.board import Board, Stamp

STAMPS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 9), st.integers(0, 12), st.integers(1, 30)),
    min_size=1,
    max_size=3,
)


def stamp(parts: list[tuple[int, int, int, int]]) -> Stamp:
    """Return a stamp of rectangles: each its first row, height, first column and width."""
    strips, row = [], 0
    for gap, height, start, width in parts:
        strips.append((row + gap, row + gap + height, ((start, start + width),)))
        row += gap + height
    wide = max(columns[-1][1] for _, _, columns in strips)
    return Stamp(wide, row, tuple(strips), 0, 0)


def slowly(taken: np.ndarray, wanted: Stamp) -> float | None:
    """Return how far from the middle the nearest free place is, cell by cell."""
    columns, rows = taken.shape
    best = None
    for column in range(columns - wanted.width + 1):
        for row in range(rows - wanted.height + 1):
            if any(
                taken[column + a : column + b, row + first : row + last].any()
                for first, last, spans in wanted.strips
                for a, b in spans
            ):
                continue
            across = (column - (columns - wanted.width) / 2) / columns
            down = (row - (rows - wanted.height) / 2) / rows
            distance = 0.3 * across**2 + down**2
            best = distance if best is None else min(best, distance)
    return best


@settings(max_examples=60, deadline=None)
@given(
    parts=STAMPS,
    size=st.tuples(st.integers(5, 40), st.integers(5, 140)),
    seed=st.integers(0, 2**16),
    share=st.sampled_from([0.0, 0.01, 0.1, 0.5]),
)
def test_the_nearest_free_place_is_found(
    parts: list[tuple[int, int, int, int]], size: tuple[int, int], seed: int, share: float
) -> None:
    taken = np.random.default_rng(seed).random(size) < share
    board, wanted = Board(*size, taken), stamp(parts)
    for _ in range(3):
        found, expected = board.find(wanted), slowly(taken, wanted)
        if expected is None:
            assert found is None
            return
        assert found is not None
        assert abs(found.distance - expected) < 1e-9
        board.put(wanted, found.column, found.row)
        for first, last, spans in wanted.strips:
            for a, b in spans:
                cells = taken[
                    found.column + a : found.column + b, found.row + first : found.row + last
                ]
                assert not cells.any()
                cells[:] = True


def test_the_one_place_that_is_free_is_found() -> None:
    taken = np.ones((50, 200), bool)
    taken[31:41, 127:133] = False
    wanted = stamp([(0, 6, 0, 10)])
    found = Board(50, 200, taken).find(wanted)
    assert found is not None
    assert (found.column, found.row) == (31, 127)
    assert Board(50, 200, taken).find(stamp([(0, 6, 0, 11)])) is None
