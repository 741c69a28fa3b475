"""What style sheets keep on one page: only what one page can hold.

What may not break and is higher than a page takes a new page, and leaves the one before it empty.
Style sheets cannot tell how much will stand in a box; the letters in it can.
"""

from __future__ import annotations

from math import ceil
from typing import Any

from lxml.html import HtmlElement

_LINE = 60  # letters, on a page of large print
_MOST = 18 * _LINE  # some two thirds of such a page
_ROW = _MOST / 2  # up to three rows are kept together at an end of a table
_LINES = {
    *("p", "li", "dt", "dd", "pre", "address", "caption", "figcaption", "tr", "br"),
    *("h1", "h2", "h3", "h4", "h5", "h6"),
}
_BREAKS = "data-breaks"  # where an element may break, in words of CSS
MAY_BREAK = "".join(
    f"[{_BREAKS}~={where}]{{break-{where}:auto!important}}"
    for where in ("inside", "before", "after")
)
"""The style sheet by which what `let_long_break` marks breaks."""


def let_long_break(root: HtmlElement) -> None:
    """Let everything break over pages that is too long for one, whatever its style sheet says."""
    sizes: dict[HtmlElement, float] = {}
    for element in reversed(list(root.iter())):
        sizes[element] = _size(element, sizes)
        if sizes[element] > _MOST:
            _mark(element, "inside")
    for row in root.iter("tr"):
        if _ROW < sizes[row] <= _MOST:  # what is longer breaks within
            _mark(row, "before", "after")
            if (before := row.getprevious()) is not None:
                _mark(before, "after")
            if (after := row.getnext()) is not None:
                _mark(after, "before")


def let_rows_part(root: Any) -> None:
    """Let pages end between all rows of tables; rows of charts are higher than letters can tell."""
    for tag in ("tbody", "tr"):
        for element in root.iter(tag):
            _mark(element, "before", "after")


def _size(element: HtmlElement, sizes: dict[HtmlElement, float]) -> float:
    """Return how many letters fill the lines that an element takes over the width of a page."""
    within = [sizes[child] for child in element]
    if element.tag == "tr":
        size = max(within, default=0) * len(within)  # cells stand beside each other
    else:
        texts = (element.text, *(child.tail for child in element))
        size = sum(within) + sum(len(text.strip()) for text in texts if text)
    if element.tag == "pre":
        size = max(size, element.text_content().count("\n") * _LINE)
    if element.tag not in _LINES:
        return size
    ends = sum(child.tag == "br" for child in element)  # of lines that are seldom full
    return float(max(ceil(size / _LINE - ends), ends + 1) * _LINE)


def _mark(element: Any, *where: str) -> None:
    element.set(_BREAKS, " ".join((element.get(_BREAKS, ""), *where)))
