"""The numbers of a drawing, read as SVG has them and written as a PDF does."""

from __future__ import annotations

import re
from typing import Any

NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
BETWEEN = " \t\r\n,"
"""What may stand between two numbers."""


class UnknownPartError(Exception):
    """A drawing has something that is not known here; what it is reads on from its name."""


def written(*values: float) -> str:
    """Return numbers as a PDF has them: seven digits, and no exponents."""
    return " ".join(
        text if "e" not in (text := f"{value:.7g}") else f"{value:.9f}" for value in values
    )


def numbers(text: str) -> list[float]:
    """Return the numbers of a list, or raise `UnknownPartError` where it has anything else."""
    if NUMBER.sub("", text).strip(BETWEEN):
        raise UnknownPartError(text)
    return [float(number) for number in NUMBER.findall(text)]


def number(text: str) -> float:
    """Return a number that is not below 0."""
    found = numbers(text)
    if len(found) != 1 or found[0] < 0:
        raise UnknownPartError(text)
    return found[0]


def length(element: Any, name: str) -> float:
    """Return what an attribute says, in the units of the drawing; 0 where there is none."""
    found = numbers(element.get(name, "0"))
    if len(found) != 1:
        raise UnknownPartError(name)
    return found[0]
