"""How a wide table is set: the first way that fits, from the one that changes least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from report_builder.html.grid import Grid
from report_builder.writers.pdf.tables.columns import shared
from report_builder.writers.pdf.tables.measuring import Room, Widths

_LARGE = 16  # points: from here on print is large, and its readers look at little at a time
_FEW = 2  # parts that one can still compare
_TIGHTER = (1.0, 0.9, 0.75)  # of the room, where parts turn out wider than their columns were


@dataclass(frozen=True)
class Way:
    """A way to set a table, in a room whose width is given in mm.

    In ``parts`` are the columns of each, where there is more than one; a table ``as_rows`` is none
    any more. ``is_tight`` leaves less room beside words, ``is_soft`` divides long ones.
    """

    width: float
    is_tight: bool = True
    is_soft: bool = False
    is_across: bool = False
    parts: tuple[tuple[int, ...], ...] = ()
    as_rows: bool = False


def width_of(room: Room) -> float:
    """Return how wide a table may be: as wide as the page, unless that runs over something."""
    return room.page if room.is_plain else room.width


def ways(
    grid: Grid,
    heads: list[int],
    natural: Widths,
    tight: Widths,
    soft: Widths,
    upright: Room,
    across: Room | None,
) -> Iterator[Way]:
    """Yield the ways to set a table that is too wide for its column, the best first."""
    rooms = [(width_of(upright), False)]
    if across and width_of(across) > width_of(upright):
        rooms.append((width_of(across), True))
    if natural.whole <= rooms[0][0]:
        yield Way(rooms[0][0], is_tight=False)
    if tight.whole <= upright.width:
        yield Way(upright.width)
    for width, is_across in rooms:
        if is_across and natural.whole <= width:
            yield Way(width, is_tight=False, is_across=True)
        if tight.whole <= width:
            yield Way(width, is_across=is_across)
    for width, is_across in rooms:
        if soft.whole <= width:
            yield Way(width, is_soft=True, is_across=is_across)
    for share in _TIGHTER:
        for is_soft, widths in ((False, tight), (True, soft)):
            parts = [
                Way(width, is_soft=is_soft, is_across=is_across, parts=tuple(map(tuple, found)))
                for width, is_across in rooms
                if (found := shared(grid, widths, heads, width * share))
            ]
            if not parts:
                continue
            best = parts[0] if len(parts[0].parts) <= max(_FEW, len(parts[-1].parts)) else parts[-1]
            if upright.letters < _LARGE or len(best.parts) <= _FEW:
                yield best
    yield Way(upright.width, as_rows=True, is_soft=True)
