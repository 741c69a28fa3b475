"""A character that no font of the theme has is named, before it is printed as an empty box."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from report_builder.checks.html import Page
from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity
from report_builder.templating.faces import HINT, families_for, lacking
from report_builder.templating.fonts import characters


def _unknown_characters(page: Page) -> Iterator[Finding]:
    used = families_for((text for _, text in _texts(page.root)), page.families)
    known = frozenset().union(*(characters(family) for family in used))
    for element, text in _texts(page.root):
        if named := lacking(text, known):
            yield page.at(element), f"No font of the theme has {named}.", HINT


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in root.find("body").iter():
        if isinstance(element.tag, str) and element.tag not in ("style", "script"):
            yield element, element.text or ""
        parent = element.getparent()
        if parent is not None:
            yield parent, element.tail or ""


RULES = (Rule("no-glyph", Severity.ERROR, "Every character can be printed.", _unknown_characters),)
