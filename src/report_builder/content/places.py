"""Where the characters of a YAML text's scalars stand in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

import yaml

from report_builder.settings.scalar import Anchor

_ESCAPE_LENGTH = {"x": 4, "u": 6, "U": 10}
_SPACE_ESCAPES = "nt r_N LP0abefv\n"


class Places:
    """Finds where the characters of a YAML text's scalars stand in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)

    def anchors(self, event: yaml.ScalarEvent) -> list[Anchor]:
        """Return anchors that place every character of a scalar's value."""
        found = self._literal(event) if event.style == "|" else self._flowing(event)
        line, column = place(event.start_mark)
        return found or [(0, line + 1, column + 1)]

    def _literal(self, event: yaml.ScalarEvent) -> list[Anchor]:
        """Return an anchor a line: in a ``|`` block lines are kept, only their indent goes."""
        anchors, offset = [], 0
        number = place(event.start_mark)[0] + 1  # counted from 0: the line after the “|”
        for line in event.value.split("\n"):
            if number < len(self.lines):
                indent = max(len(self.lines[number]) - len(line), 0) if line else 0
                anchors.append((offset, number + 1, indent + 1))
            offset, number = offset + len(line) + 1, number + 1
        return anchors

    def _flowing(self, event: yaml.ScalarEvent) -> list[Anchor]:
        """Return anchors for plain, quoted and ``>`` text, whose line ends YAML folds.

        Folding changes white space and escapes alone, so the other characters stand in the
        file in the same order: walk both and note where they drift apart.
        """
        places = (place(mark) for mark in (event.start_mark, event.end_mark))
        start, end = (self.starts[line] + column for line, column in places)
        source, style = self.text[start:end], event.style
        skipped = re.match(r"(?:[&!]\S*\s+)*", source)
        here = skipped.end() if skipped else 0
        if style == ">":
            here += len(source[here:].partition("\n")[0])  # its header
        elif style:
            here += 1  # the opening quote
        anchors: list[Anchor] = []
        drift = None
        for offset, character in enumerate(event.value):
            if character.isspace():
                continue
            while here < len(source) and (length := _white(source, here, style)):
                here += length
            if here >= len(source):
                break
            if offset - here != drift:
                drift = offset - here
                line = bisect_right(self.starts, start + here) - 1
                anchors.append((offset, line + 1, start + here - self.starts[line] + 1))
            here += _width(source, here, style)
        return anchors


def place(mark: Any) -> tuple[int, int]:
    """Return the line and column of a parser's mark, counted from 0."""
    return mark.line, mark.column


def _white(source: str, here: int, style: str | None) -> int:
    if source[here].isspace():
        return 1
    if style == '"' and source[here] == "\\" and source[here + 1] in _SPACE_ESCAPES:
        return 2
    return 0


def _width(source: str, here: int, style: str | None) -> int:
    if style == '"' and source[here] == "\\":
        return _ESCAPE_LENGTH.get(source[here + 1], 2)
    return 2 if style == "'" and source[here] == "'" else 1
