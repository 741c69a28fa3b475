"""Texts that look like the items of a list: “• one”, “• two”; “1. one”, “2. two”."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report_builder.content.signs import marks

_QUOTED = 40  # characters of an item that a message names

HINT = "Make a list of them: lines that begin with “- ” or “1. ”; in Word, Bullets or Numbering."
"""How to mend a series that is no list."""


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
    return any((look, number + (number > 0)) in marks(other) for look, number in marks(one))
