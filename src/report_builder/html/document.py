"""A document as a tree of HTML, in which elements know the content's line that they came from."""

from __future__ import annotations

import re

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.problems import Position


def parse_html(html: str) -> HtmlElement:
    """Return the root element of a document."""
    return lxml_html.document_fromstring(html)


def source_of(element: HtmlElement, template: str) -> Position:
    """Return the content's line that an element came from, else the template's name."""
    here: HtmlElement | None = element
    while here is not None:
        if found := re.fullmatch(r"(.+):(\d+):(\d+)", here.get("data-source", "")):
            return Position(found[1], int(found[2]), int(found[3]))
        here = here.getparent()
    return Position(template)
