"""Rules over a document's HTML, which every output is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.problems import Position, Problem, error

Finding = tuple[HtmlElement, str, str]


def check_html(root: HtmlElement, template: str) -> list[Problem]:
    """Return what in a document would keep someone from reading it.

    A problem stands at the content's line where the HTML says which that is, else at the
    template as a whole.
    """
    return [
        error(code, source_of(element, template), message, hint)
        for code, rule in RULES.items()
        for element, message, hint in rule(root)
    ]


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


def _language(root: HtmlElement) -> Iterator[Finding]:
    if not root.get("lang"):
        yield root, "The document does not say its language.", "Write <html lang=…>."


def _title(root: HtmlElement) -> Iterator[Finding]:
    if not (root.findtext("head/title") or "").strip():
        yield root, "The document has no title.", "Write <title>…</title> in its head."


def _headings(root: HtmlElement) -> Iterator[Finding]:
    level = 0
    for element in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        here = int(element.tag[1])
        text = " ".join(element.text_content().split())
        if not text:
            yield element, "A heading is empty.", "Delete it, or give it words."
        if here == 1 and level:
            yield element, f"“{text}” is a second main heading.", "Use “##” or lower in texts."
        elif here > level + 1:
            yield (
                element,
                f"The heading “{text}” is of level {here} and follows one of level {level}.",
                "Do not skip levels: screen readers move by them.",
            )
        level = here


def _pictures(root: HtmlElement) -> Iterator[Finding]:
    for image in root.iter("img"):
        alt = image.get("alt")
        if alt is None:
            yield image, f"The picture {image.get('src')} has no alt text.", "Say what it shows."
        elif re.fullmatch(r"\S+\.(jpe?g|png|gif|svg|webp)", alt, re.IGNORECASE):
            yield image, f"The alt text “{alt}” is a file's name.", "Say what the picture shows."


def _tables(root: HtmlElement) -> Iterator[Finding]:
    for table in root.iter("table"):
        if table.find(".//th") is None:
            yield table, "A table has no heading cells.", "Mark its first row as headings."


def _identifiers(root: HtmlElement) -> Iterator[Finding]:
    seen = set()
    for element in root.xpath("//*[@id]"):
        name = element.get("id")
        if name in seen:
            yield element, f"Two parts of the document are called “{name}”.", "Rename one title."
        seen.add(name)


RULES: dict[str, Callable[[HtmlElement], Iterator[Finding]]] = {
    "document-language": _language,
    "document-title": _title,
    "heading-order": _headings,
    "picture-alt": _pictures,
    "table-heads": _tables,
    "duplicate-id": _identifiers,
}
