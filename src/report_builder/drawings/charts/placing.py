"""Where the bars of a chart begin and end, and where their numbers have room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from report_builder.drawings.charts.measuring import Type

_GAP = 1.6  # mm between a bar and its number
_WITHIN = 1.6  # mm that a number needs within its piece, beside its own width
_BETWEEN = 0.45  # ems between numbers above their pieces


@dataclass(frozen=True)
class Bar:
    """A number and its bar, which begins at ``start`` and is ``length`` long.

    Of parts of a whole, a number that has no room within its piece ``is_above`` it, ``shift``
    millimetres after where that begins.
    """

    value: float | None
    text: str
    start: float = 0
    length: float = 0
    is_above: bool = False
    shift: float = 0

    @property
    def is_negative(self) -> bool:
        """Whether it goes from zero the other way."""
        return self.value is not None and self.value < 0


def placed_bars(
    rows: Sequence[tuple[Bar, ...]], room: float, words: Type
) -> tuple[float, list[tuple[Bar, ...]]]:
    """Return where zero is, and bars beside which their numbers have room."""
    bars = [bar for row in rows for bar in row]
    highest = max(max(bar.value or 0 for bar in bars), 0)
    lowest = max(-min(bar.value or 0 for bar in bars), 0)
    after = max((words.width(bar.text) for bar in bars if not bar.is_negative), default=0)
    before = max((words.width(bar.text) for bar in bars if bar.is_negative), default=0)
    before, after = (wide + _GAP * 2 if wide else 0 for wide in (before, after))
    free = max(room - before - after, room * 0.2)
    scale = free / (highest + lowest or 1) / room * 100
    zero = round((before / room * 100 if before else 0) + lowest * scale, 3)

    def placed(bar: Bar) -> Bar:
        length = round(abs(bar.value or 0) * scale, 3)
        return replace(bar, start=zero - length if bar.is_negative else zero, length=length)

    return zero, [tuple(map(placed, row)) for row in rows]


def placed_pieces(
    rows: Sequence[tuple[Bar, ...]], room: float, words: Type
) -> list[tuple[Bar, ...]]:
    """Return the pieces of each row one after the other, the longest row as long as the room."""
    longest = max(sum(max(bar.value or 0, 0) for bar in row) for row in rows) or 1
    return [_pieces(row, longest, room, words) for row in rows]


def _pieces(row: tuple[Bar, ...], longest: float, room: float, words: Type) -> tuple[Bar, ...]:
    made: list[Bar] = []
    start = 0.0
    for bar in row:
        length = max(bar.value or 0, 0) / longest * 100
        wide = words.width(bar.text)
        is_above = length / 100 * room < wide + _WITHIN
        made.append(replace(bar, start=round(start, 3), length=round(length, 3), is_above=is_above))
        start += length
    return _apart(made, room, words)


def _apart(bars: Sequence[Bar], room: float, words: Type) -> tuple[Bar, ...]:
    """Move numbers above thin pieces beside each other, within the room."""
    above = [number for number, bar in enumerate(bars) if bar.is_above]
    wide = {number: words.width(bars[number].text) for number in above}
    left: dict[int, float] = {}
    end = 0.0
    for number in above:
        middle = (bars[number].start + bars[number].length / 2) / 100 * room
        left[number] = max(middle - wide[number] / 2, end)
        end = left[number] + wide[number] + _BETWEEN * words.em
    end = room
    for number in reversed(above):
        left[number] = min(left[number], end - wide[number])
        end = left[number] - _BETWEEN * words.em
    return tuple(
        replace(bar, shift=round(left[number] - bar.start / 100 * room, 2))
        if number in left
        else bar
        for number, bar in enumerate(bars)
    )
