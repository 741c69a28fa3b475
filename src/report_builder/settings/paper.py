"""Paper for posters."""

from __future__ import annotations

import re

PAPER = {"A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297)}
"""Width and height in millimetres."""
ORIENTATIONS = ("as given", "portrait", "landscape")
PRINTS = ("outlines", "x-4")

_LEAST_SIDE, _LARGEST_SIDE = 100, 5000  # in millimetres


def paper_size(name: str) -> tuple[float, float]:
    """Return a paper's width and height in millimetres: ``A3``, or ``500x700``.

    Raise `ValueError` for what is no paper, or none for a poster.
    """
    if name.upper() in PAPER:
        return PAPER[name.upper()]
    if found := re.fullmatch(r"(\d{2,4}(?:\.\d+)?) ?[x×] ?(\d{2,4}(?:\.\d+)?)", name.casefold()):
        sides = float(found[1]), float(found[2])
        if min(sides) >= _LEAST_SIDE and max(sides) <= _LARGEST_SIDE:
            return sides
    raise ValueError(
        f"“{name}” is no paper. Write {', '.join(PAPER)}, or width and height from "
        f"{_LEAST_SIDE} to {_LARGEST_SIDE} millimetres: 500x700."
    )
