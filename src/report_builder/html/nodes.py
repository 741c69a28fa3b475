"""Pieces of text in a tree of HTML, and what is put in their place."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

UNSEEN = frozenset({"script", "style", "svg", "template", "textarea", "title"})
"""Elements whose text is not set as a document's words."""


class Node(NamedTuple):
    """A piece of text: an element's own, or what follows it (``tail``)."""

    element: HtmlElement
    place: str

    @property
    def text(self) -> str:
        """The text."""
        found = self.element.text if self.place == "text" else self.element.tail
        return found or ""


def nodes_in(element: HtmlElement, without: Container[str] = UNSEEN) -> Iterator[Node]:
    """Yield the pieces of text below an element, in their order; comments are none."""
    yield Node(element, "text")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in without:
            yield from nodes_in(child, without)
        yield Node(child, "tail")


def put(node: Node, pieces: Sequence[str | HtmlElement]) -> None:
    """Put texts and elements in the place of a text."""
    words = [""]
    elements: list[HtmlElement] = []
    for piece in pieces:
        if isinstance(piece, str):
            words[-1] += piece
        else:
            elements.append(piece)
            words.append("")
    element, place = node
    for new, after in zip(elements, words[1:], strict=True):
        new.tail = after
    if place == "text":
        element.text = words[0]
        for number, new in enumerate(elements):
            element.insert(number, new)
    else:
        parent = element.getparent()
        where = parent.index(element) + 1
        element.tail = words[0]
        for number, new in enumerate(elements):
            parent.insert(where + number, new)
