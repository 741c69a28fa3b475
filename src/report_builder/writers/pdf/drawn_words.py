"""Words in drawings, set whole: WeasyPrint would set them letter by letter, and join none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PLACES = ("x", "y", "dx", "dy", "rotate")
_SPACED = {"letter-spacing", "textLength"}


class _Whole(str):
    """A text that is set as one letter is."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


@contextmanager
def whole_words() -> Iterator[None]:
    """Let words of drawings be set whole, as long as this lasts, where no letter has a place."""
    from weasyprint import svg

    theirs = svg.text

    def text(drawing: Any, node: Any, font_size: float) -> None:
        placed = any(_is_placed(node.get(name)) for name in _PLACES)
        if node.text and not placed and _SPACED.isdisjoint(node.attrib):
            node._etree_node.text = _Whole(node.text)
        theirs(drawing, node, font_size)

    named = [name for name, draw in svg.TAGS.items() if draw is theirs]
    svg.TAGS.update(dict.fromkeys(named, text))
    svg.text = text  # by which it knows what else is to be done with words
    try:
        yield
    finally:
        svg.TAGS.update(dict.fromkeys(named, theirs))
        svg.text = theirs


def _is_placed(places: str | None) -> bool:
    """Tell whether an attribute has places for several letters."""
    return len((places or "").replace(",", " ").split()) > 1
