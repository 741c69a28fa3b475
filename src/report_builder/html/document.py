"""A document as a tree of HTML, in which elements know the content's line that they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.html.anchors import settle_links, title_headings
from report_builder.html.figures import number_figures
from report_builder.problems import Position

SOURCE = "data-source"
"""The attribute that says which line of the content an element came from."""

_SOURCES = re.compile(f' {SOURCE}="[^"]*"')
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")


@dataclass(frozen=True)
class Document:
    """A document as a tree; ``path`` is where the template lies that it was made from."""

    root: HtmlElement
    path: str

    def at(self, element: HtmlElement) -> Position:
        """Return where an element came from: the content's line, else the template as a whole."""
        return source_of(element, self.path)


def parse_document(html: str, path: str) -> Document:
    """Return the document that a template gave; ``path`` is where the template lies."""
    root = parse_html(html)
    settle_links(root)
    number_figures(root)
    title_headings(root)
    return Document(root, path)


def parse_html(html: str) -> HtmlElement:
    """Return the root element of a document; what says of XML which encoding it has is no part."""
    return lxml_html.document_fromstring(_DECLARATION.sub("", html, count=1))


def source_of(element: HtmlElement, template: str) -> Position:
    """Return the content's line that an element came from, else the template's name."""
    return next(_sources(element), Position(template))


def inner_source_of(element: HtmlElement, template: str) -> Position:
    """Return where an element came from, or else the first that stands in it and says so."""
    told = (element, *element.iterdescendants())
    return next((at for one in told for at in _sources(one)), Position(template))


def whole_source_of(element: HtmlElement, template: str) -> Position:
    """Return the line of all that an element is part of: a row's, where it stands in its list."""
    return next(reversed(list(_sources(element))), Position(template))


def _sources(element: HtmlElement) -> Iterator[Position]:
    """Yield the lines that an element and all around it came from, the nearest first."""
    for here in (element, *element.iterancestors()):
        if found := position_of(here.get(SOURCE, "")):
            yield found


def position_of(said: str) -> Position | None:
    """Return the place that an element says it came from, if it says one."""
    found = re.fullmatch(r"(.+):(\d+):(\d+)", said)
    return Position(found[1], int(found[2]), int(found[3])) if found else None


def without_sources(html: str) -> str:
    """Return HTML that does not say where it came from: that decides no byte of a document."""
    return _SOURCES.sub("", html)


def html_of(root: HtmlElement) -> str:
    """Return a document's tree as HTML."""
    return str(lxml_html.tostring(root, encoding="unicode", doctype="<!doctype html>"))
