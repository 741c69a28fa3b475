"""Where what stands in a PDF came from, for whoever finds fault with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from report_builder.problems import Position

Key = int | tuple[int, int]
"""What a part of a PDF is known by: the number of an object; or, of marked content, the number of
the stream that it stands in, and how many marks begin there before it."""


@dataclass(frozen=True)
class Origin:
    """Where something came from, the words it stands in, and what of the style is its reason."""

    position: Position
    words: str = ""
    style: str = ""


OriginOf = Callable[[Key], Origin | None]
