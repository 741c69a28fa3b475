"""The contrast of two colours, as WCAG 2.2 defines it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

LEAST = 4.5
"""What text needs (1.4.3)."""


@lru_cache(maxsize=1024)  # a Word file names the same few colours in every line
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#RRGGBB), from 1 to 21."""
    return ratio_of(_parts(one), _parts(other))


def ratio_of(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the contrast of two colours, whose red, green and blue are from 0 to 1."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _parts(colour: str) -> list[float]:
    return [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]


def _luminance(colour: Sequence[float]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
