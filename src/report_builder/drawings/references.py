"""What a drawing refers to within itself, and how much is drawn when all of that is put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from typing import Any

HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_URL = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
_DEEPEST = 50  # references that lead on to others, one after the other


def parts_drawn(root: Any) -> float:
    """Return how many elements are drawn of an SVG; infinitely many where one refers to itself."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Any, float] = {}

    def drawn(element: Any, depth: int) -> float:
        if depth > _DEEPEST:
            return inf
        if element not in known:
            known[element] = inf  # as long as it is not known, it is within itself
            inner = list(element.iter())
            used = (named[name] for one in inner for name in _references(one) if name in named)
            known[element] = len(inner) + sum(drawn(other, depth + 1) for other in used)
        return known[element]

    return drawn(root, 0)


def _references(element: Any) -> Iterator[str]:
    """Yield the names that an element refers to."""
    for attribute, value in element.attrib.items():
        if attribute in HREFS and value.startswith("#"):
            yield value[1:]
        yield from _URL.findall(value)
