"""A character that no font of the theme has is named, before it is printed as an empty box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from report_builder.checks.html import source_of
from report_builder.problems import Problem, error
from report_builder.templating.fonts import font_file

# Never drawn: spaces, joiners, marks of direction, soft hyphens.
_UNDRAWN = {"Zs", "Zl", "Zp", "Cc", "Cf"}


def check_glyphs(root: HtmlElement, template: str, families: list[str]) -> list[Problem]:
    """Return a problem for every place in a document's text that none of the families can print."""
    known = frozenset().union(*(_characters(family) for family in families))
    problems = []
    for element, text in _texts(root):
        for character in dict.fromkeys(text):
            if ord(character) in known or unicodedata.category(character) in _UNDRAWN:
                continue
            name = unicodedata.name(character, "a character without a name").lower()
            problems.append(
                error(
                    "no-glyph",
                    source_of(element, template),
                    f"No font of the theme has “{character}” ({name}, U+{ord(character):04X}).",
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


@lru_cache
def _characters(family: str) -> frozenset[int]:
    """Return the code points that a family has in its text weight."""
    from fontTools.ttLib import TTFont

    with TTFont(font_file(family), lazy=True) as font:
        return frozenset(font.getBestCmap())
