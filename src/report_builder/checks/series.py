"""Texts that look like the items of a list: “• one”, “• two”; “1. one”, “2. two”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_BULLET = re.compile(r"([-‐–—•*·‣◦▪■□●○➔➢→✓✔])\s+\S")
_NUMBER = re.compile(r"(\(?)(\d{1,3}|[^\W\d_])([.)])\s+\S")
_ROMAN = re.compile(r"(\(?)([ivxIVX]{1,5})([.)])\s+\S")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii")
_QUOTED = 40  # characters of an item that a message names

HINT = "Make a list of them: lines that begin with “- ” or “1. ”; in Word, Bullets or Numbering."
"""How to mend a series that is no list."""

Mark = tuple[str, int]
"""How a text is marked as an item: the look of its sign, and its number, 0 for a bullet."""


def series_in(texts: Sequence[str]) -> Iterator[range]:
    """Yield where two texts or more follow each other as items do.

    One alone says little: a question can have a number, a quotation begin with a dash, a
    sentence with a date.
    """
    start = 0
    for end in range(1, len(texts) + 1):
        if end == len(texts) or not _goes_on(texts[end - 1], texts[end]):
            if end - start > 1:
                yield range(start, end)
            start = end


def described(texts: Sequence[str], items: range) -> str:
    """Return what is wrong with a series that is no list."""
    first = texts[items.start][:_QUOTED].rstrip()
    return f"{len(items)} lines from “{first}” on look like a list, and are none."


def _goes_on(one: str, other: str) -> bool:
    """Tell whether a text is the item after another: the same bullet, or the next number."""
    return any((look, number + (number > 0)) in _marks(other) for look, number in _marks(one))


def _marks(text: str) -> set[Mark]:
    """Return how a text may be marked: “i.” is the first of Roman numbers, or a letter."""
    if found := _BULLET.match(text):
        return {(found[1], 0)}
    marks = set()
    if found := _NUMBER.match(text):
        before, sign, after = found.groups()
        number = int(sign) if sign.isdecimal() else ord(sign)
        marks.add((f"{before}{'1' if sign.isdecimal() else 'a'}{after}", number))
    if (found := _ROMAN.match(text)) and found[2].lower() in _ROMANS:
        marks.add((f"{found[1]}i{found[3]}", _ROMANS.index(found[2].lower()) + 1))
    return marks
