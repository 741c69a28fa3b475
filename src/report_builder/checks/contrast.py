"""The contrast of two colours, as WCAG 2.2 defines it."""

from __future__ import annotations

from functools import lru_cache

LEAST = 4.5
"""What text needs (1.4.3)."""


@lru_cache(maxsize=1024)  # a Word file names the same few colours in every line
def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (#RRGGBB), from 1 to 21."""
    # Imported here: it takes its time, and most files state no colour.
    from coloraide import Color

    return Color(one).contrast(Color(other), method="wcag21")
