"""A piece of text from a file, every character of which knows where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from report_builder.problems import Position

Anchor = tuple[int, int, int]
"""An offset in a text, and the line and column (from 1) at which that character stands."""


class Scalar(str):
    """A piece of text; ``at(offset)`` tells where one of its characters stands, if in a file."""

    __slots__ = ("_anchors", "_path")
    _path: str
    _anchors: Sequence[Anchor]

    def __new__(cls, text: str) -> Scalar:
        """Return a text that stands in no file."""
        return cls.make(text, "", ((0, 1, 1),))

    def __reduce__(self) -> tuple[object, ...]:
        return Scalar.make, (str(self), self._path, self._anchors)

    @classmethod
    def make(cls, text: str, path: str, anchors: Sequence[Anchor]) -> Scalar:
        """Return the text with its anchors: (offset in the text, line, column), in order."""
        scalar = super().__new__(cls, text)
        scalar._path, scalar._anchors = path, anchors
        return scalar

    def at(self, offset: int = 0) -> Position:
        """Return where the character at an offset stands in the file."""
        index = max(bisect_right(self._anchors, offset, key=lambda anchor: anchor[0]) - 1, 0)
        start, line, column = self._anchors[index]
        return Position(self._path, line, column + max(offset - start, 0))

    @property
    def position(self) -> Position:
        """Where the text begins."""
        return self.at(0)
