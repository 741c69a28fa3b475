"""How well a document's pages are filled, and the best of the ways in which its theme can set it.

A theme names its ways in ``<meta name="fits" content="tight loose">``, and says in its style sheet
what each means: ``html[data-fit="tight"] { … }``. It reaches into WeasyPrint, as `engine` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from report_builder.writers.pdf.kept import let_rows_part
from report_builder.writers.pdf.places import is_begun

FITS, _FIT = "fits", "data-fit"
_EMPTY = 0.3  # of a page, from which on its foot looks left over
_MEAN = 0.13  # of all pages, on an average
_LONE = 0.85  # of the last page: a line or two are left for it
_MOST = 60  # pages: of a longer document no single one is seen at once


def best_fit(document: Any, settings: dict[str, Any]) -> Any:
    """Return a document's pages, set as the theme sets them where these are filled well enough.

    Otherwise they are set in each of the theme's other ways, and those with the fewest empty feet
    are taken.
    """
    root = document.etree_element
    best, chosen = _set(document, settings), ""
    least = _badness(best.pages)
    for fit in _fits(root) if len(best.pages) <= _MOST else ():
        if not least[0] and least[1] <= _MEAN:
            break
        root.set(_FIT, fit)
        other = _set(document, settings)
        badness = _badness(other.pages)
        if badness < least:
            best, least, chosen = other, badness, fit
    root.set(_FIT, chosen)  # where a fault comes from is looked up in the styles that were kept
    return best


def _set(document: Any, settings: dict[str, Any]) -> Any:
    """Return a document's pages; where no page can hold what is kept together, let rows part."""
    try:
        return document.render(**settings)
    except AssertionError:  # WeasyPrint's way to say that it finds no place to break
        let_rows_part(document.etree_element)
        return document.render(**settings)


def _fits(root: Any) -> list[str]:
    named = (meta.get("content", "") for meta in root.iter("meta") if meta.get("name") == FITS)
    return next(named, "").split()


def _badness(pages: Sequence[Any]) -> tuple[float, float]:
    """Return by how much feet are too empty in all, and how empty they are on an average."""
    boxes = [page._page_box for page in pages]
    feet = [_foot(one) for one, following in pairwise(boxes) if not _is_begun(one, following)]
    feet = feet[1:] if len(feet) == len(boxes) - 1 else feet  # the first is no page to be filled
    last = _foot(boxes[-1])
    far = [foot - _EMPTY for foot in feet if foot > _EMPTY] + [last] * (last > _LONE)
    return round(sum(far), 6), round(sum(feet) / max(len(feet), 1), 6)


def _foot(page: Any) -> float:
    """Return how much of a page's height stays empty at its foot."""
    top = page.content_box_y()
    return float(1 - (max((top, *_ends(page))) - top) / page.height)


def _ends(box: Any) -> Iterator[float]:
    """Yield where what is seen in the flow of a page ends."""
    from weasyprint.formatting_structure import boxes

    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.LineBox):
            yield child.position_y + child.height
        elif isinstance(child, boxes.ReplacedBox):
            yield child.border_box_y() + child.border_height()
        else:
            if child.background is not None and child.element_tag not in ("html", "body"):
                yield child.border_box_y() + child.border_height()
            yield from _ends(child)


def _is_begun(page: Any, following: Any) -> bool:
    return is_begun(page, following, *map(_elements, (page, following)))


def _elements(page: Any) -> set[int]:
    return {id(box.element) for box in page.descendants()}
