"""How wide the words of a chart come out in the theme's own type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from report_builder.drawings.glyphs import set_line

_MM = 25.4 / 72
_REGULAR, _BOLD = 400, 700
_GAP = 3.0  # mm between labels and bars
_LEAST, _MOST = 16.0, 42.0  # hundredths of the whole that labels take
_MOST_OF_WORD = 58.0  # that they take for the sake of one long word
_ONE_LINE = 0.3  # of the width, up to which a label is not broken
_LINES = 2  # into which a label is broken before it gets more room
_SPARE = 1.03  # for what a page sets a little wider than the letters are


@dataclass(frozen=True)
class Type:
    """Letters of some families at a size in points."""

    families: tuple[str, ...]
    size: float

    @property
    def em(self) -> float:
        """The size in millimetres."""
        return self.size * _MM

    def width(self, text: str, *, is_bold: bool = True) -> float:
        """Return how wide a line is, in millimetres."""
        weight = _BOLD if is_bold else _REGULAR
        return sum(run.width for run in set_line(str(text), self.families, weight)) * self.em


def label_room(labels: Iterable[str], width: float, words: Type, least: float = _LEAST) -> float:
    """Return what part of the width labels take, in hundredths: no word of them is broken."""
    longest, wanted = 0.0, 0.0
    for label in labels:
        longest = max(longest, *(words.width(word) for word in str(label).split()))
        whole = words.width(label)
        wanted = max(wanted, whole if whole <= width * _ONE_LINE else whole / _LINES)
    longest, wanted = ((wide * _SPARE + _GAP) / width * 100 for wide in (longest, wanted))
    return round(max(least, min(longest, _MOST_OF_WORD), min(wanted, _MOST)), 2)
