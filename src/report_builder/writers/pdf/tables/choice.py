"""How a wide table is set: the first way that fits, from the one that changes least."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from report_builder.html.grid import Grid
from report_builder.writers.pdf.tables.columns import shared
from report_builder.writers.pdf.tables.measuring import Room, Widths

_LARGE = 16  # points: from here on print is large, and its readers see little at a time
_FEW = 2  # parts that one can still compare
_SHARES = (1.0, 0.9, 0.75)  # of the room, where parts come out wider than their columns were


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


@dataclass(frozen=True)
class Case:
    """A table that is too wide for its column: how narrow it gets, and the rooms it could have.

    ``across`` is the room on a page across, where there is one; a table that ``stays`` goes there
    only if two parts would not do, for it would tear the text around it apart.
    """

    grid: Grid
    heads: list[int]
    natural: Widths
    tight: Widths
    soft: Widths
    upright: Room
    across: Room | None
    stays: bool

    def ways(self) -> Iterator[Way]:
        """Yield the ways to set it, the best first."""
        is_large = self.upright.letters >= _LARGE
        upright, across = (_width(self.upright), False), (_width(self.across), True)
        goes = across[0] > upright[0] and not (is_large and self.stays)
        rooms = [upright, across] if goes else [upright]
        if self.tight.whole <= self.upright.width < self.natural.whole:
            yield Way(self.upright.width)
        for room in rooms:
            yield from self._undivided(*room)
            parts = self._parts(*room, self.tight) if self.stays else None
            if parts and len(parts.parts) <= _FEW:
                yield parts
        yield from self._in_parts(rooms, self.tight, is_large=is_large)
        if not is_large:
            for width, is_across in rooms:
                if self.soft.whole <= width:
                    yield Way(width, is_soft=True, is_across=is_across)
            yield from self._in_parts(rooms, self.soft, is_large=is_large)
        yield Way(self.upright.width, as_rows=True, is_soft=True)

    def _undivided(self, width: float, is_across: bool) -> Iterator[Way]:
        for is_tight, widths in ((False, self.natural), (True, self.tight)):
            if widths.whole <= width:
                yield Way(width, is_tight=is_tight, is_across=is_across)

    def _in_parts(
        self, rooms: list[tuple[float, bool]], widths: Widths, *, is_large: bool
    ) -> Iterator[Way]:
        """Yield the fewest parts; upright ones where they are no more than those across."""
        for share in _SHARES:
            found = [p for room in rooms if (p := self._parts(*room, widths, share))]
            if found:
                is_enough = len(found[0].parts) <= max(_FEW, len(found[-1].parts))
                best = found[0 if is_enough else -1]
                if not is_large or len(best.parts) <= _FEW:
                    yield best

    def _parts(
        self, width: float, is_across: bool, widths: Widths, share: float = 1.0
    ) -> Way | None:
        found = shared(self.grid, widths, self.heads, width * share)
        parts = tuple(map(tuple, found or ()))
        is_soft = widths is self.soft
        return Way(width, is_soft=is_soft, is_across=is_across, parts=parts) if parts else None


def _width(room: Room | None) -> float:
    """Return how wide a table may be: as wide as the page, unless it would run over something."""
    return 0.0 if room is None else room.page if room.is_plain else room.width
