"""A character that no font of the theme has is named, before it is printed as an empty box."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from report_builder.checks.html import Page
from report_builder.checks.rules import Finding, Rule, parts
from report_builder.content.fields import Line
from report_builder.content.responses import Response
from report_builder.content.text import Text
from report_builder.problems import Position, Severity
from report_builder.settings.scalar import Scalar
from report_builder.templating.faces import HINT, families_for, lacking
from report_builder.templating.fonts import characters, drawn


def _unknown_characters(page: Page) -> Iterator[Finding]:
    """Find them where the content writes them; what no content writes, in the document."""
    texts = list(_texts(page.root))
    used = families_for((text for _, text in texts), page.families)
    known = frozenset().union(*(characters(family) for family in used))
    unknown = frozenset().union(*(drawn(text) for _, text in texts)) - known
    written: set[int] = set()
    # All documents say the same of a text, whichever parts of it they show.
    everywhere = frozenset().union(*map(characters, page.families if unknown else ()))
    for text, scalar in _written(page) if unknown else ():
        if unknown & drawn(text) and (found := drawn(text) - everywhere):
            written |= found
            yield _place(scalar, found), _said(found), HINT
    for element, text in texts if unknown - written else ():
        if found := drawn(text) & unknown - written:
            yield page.at(element), _said(found), HINT


def _said(found: set[int]) -> str:
    return f"No font of the theme has {lacking(''.join(map(chr, found)), ())}."


def _written(page: Page) -> Iterator[tuple[str, Scalar | Position]]:
    """Yield each text of the content, and what knows its place."""
    for part in parts(page.event):
        if isinstance(part, Text):
            yield part.scalar, part.scalar
        elif isinstance(part, Line):
            yield part, part.position
        elif isinstance(part, Response):
            yield part.text, part.position


def _place(written: Scalar | Position, found: set[int]) -> Position:
    """Return where the first of some characters stands, or the text that holds it."""
    if isinstance(written, Position):
        return written
    return written.at(min(written.index(chr(code)) for code in found))


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in root.find("body").iter():
        if isinstance(element.tag, str) and element.tag not in ("style", "script"):
            yield element, element.text or ""
        parent = element.getparent()
        if parent is not None:
            yield parent, element.tail or ""


RULES = (Rule("no-glyph", Severity.ERROR, "Every character can be printed.", _unknown_characters),)
