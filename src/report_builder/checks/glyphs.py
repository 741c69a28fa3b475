"""A character that no font of the theme has is named, before it is printed as an empty box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from lxml.html import HtmlElement

from report_builder.checks.html import source_of
from report_builder.problems import Problem, error
from report_builder.templating.fonts import characters

# Never drawn by themselves: spaces, joiners, marks of direction, signs upon other letters.
_UNDRAWN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn"}


def check_glyphs(root: HtmlElement, template: str, families: list[str]) -> list[Problem]:
    """Return a problem for every place in a document's text that none of the families can print."""
    known = frozenset().union(*(characters(family) for family in families))
    problems = []
    for element, text in _texts(root):
        unknown = [
            c
            for c in dict.fromkeys(text)
            if ord(c) not in known and unicodedata.category(c) not in _UNDRAWN
        ]
        if unknown:
            named = ", ".join(f"“{c}” ({unicodedata.name(c, 'unnamed').lower()})" for c in unknown)
            problems.append(
                error(
                    "no-glyph",
                    source_of(element, template),
                    f"No font of the theme has {named}.",
                    "Write it in words, or name a font that has it in the theme's settings.",
                )
            )
    return problems


def _texts(root: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    for element in root.find("body").iter():
        if isinstance(element.tag, str) and element.tag not in ("style", "script"):
            yield element, element.text or ""
        parent = element.getparent()
        if parent is not None:
            yield parent, element.tail or ""
