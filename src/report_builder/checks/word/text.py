"""Rules over a Word file's headings, paragraphs and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from report_builder.checks.links import is_address, is_vague
from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity
from report_builder.readback.word import RELATIONS, WordFile, value_of, words_of, xpath

_QUOTED = 60  # characters of a heading that a message names
_MOST_TABS = 3
_WORDS_OWN = {"_top", "_GoBack"}  # places that every file has
# What stands in a paragraph that has no words: a picture, or a new page.
_HOLDS = ".//w:drawing | .//w:pict | .//w:object | .//w:br[@w:type='page' or @w:type='column']"
# Word wants a paragraph after a table: at a cell's end, at the text's, or before the next table.
_MUST_BE = (
    "self::*[parent::w:tc[count(w:p)=1] or w:pPr/w:sectPr]"
    " | self::*[preceding-sibling::*[1][self::w:tbl]]"
    "[not(following-sibling::*[not(self::w:sectPr)]) or following-sibling::*[1][self::w:tbl]]"
)


def _headings(word: WordFile) -> list[tuple[Any, int]]:
    levels = ((paragraph, word.heading_level(paragraph)) for paragraph in word.paragraphs)
    return [(paragraph, level) for paragraph, level in levels if level]


def _heading_order(word: WordFile) -> Iterator[Finding]:
    before, tops = 0, 0
    has_title = any(word.style_name(p).lower() == "title" for p in word.paragraphs)
    for heading, level in _headings(word):
        tops += level == 1
        words = words_of(heading)[:_QUOTED]
        if level > before + 1:
            hint = "Choose the style of the next level: screen readers move by them."
            yield word.at(heading), f"The heading “{words}” skips a level.", hint
        elif level == 1 and tops == 2 and not has_title:
            hint = "Give the first the style “Title”, or the others “Heading 2”."
            yield word.at(heading), f"“{words}” is a second main heading.", hint
        before = level


def _empty_headings(word: WordFile) -> Iterator[Finding]:
    for heading, _ in _headings(word):
        if not words_of(heading):
            yield word.at(heading), "A heading is empty.", "Delete it, or give it words."


def _no_headings(word: WordFile) -> Iterator[Finding]:
    if not _headings(word):
        hint = "Give titles of parts the styles “Heading 1”, “Heading 2” and so on."
        yield word.position, "The file has no headings to move by.", hint


def _empty_paragraphs(word: WordFile) -> Iterator[Finding]:
    for paragraph in word.paragraphs:
        if not words_of(paragraph) and not xpath(paragraph, f"{_HOLDS} | {_MUST_BE}"):
            hint = "Delete it; the style's “Spacing” makes room."
            yield word.at(paragraph), "An empty paragraph makes room; a style should.", hint


def _spaces(word: WordFile) -> Iterator[Finding]:
    for paragraph in word.paragraphs:
        tabs = len(xpath(paragraph, ".//w:r/w:tab"))
        if tabs > _MOST_TABS or re.search(r"\S {3,}\S", words_of(paragraph)):
            yield word.at(paragraph), "Spaces or tabs line words up.", "Make a table of them."


def _justified(word: WordFile) -> Iterator[Finding]:
    for paragraph in word.paragraphs:
        if xpath(paragraph, "./w:pPr/w:jc[@w:val='both']"):
            message = "A text is justified, which is hard to read for many."
            yield word.at(paragraph), message, "In Word: Home, Align Left."


def _links(word: WordFile) -> Iterator[tuple[Any, str]]:
    """Yield every link, and its words or what its picture shows."""
    for link in word.find("//w:hyperlink"):
        yield link, words_of(link) or " ".join(xpath(link, ".//wp:docPr/@descr")).strip()


def _anchors(word: WordFile) -> Iterator[Finding]:
    known = {*_WORDS_OWN, *word.find("//w:bookmarkStart/@w:name")}
    for link, words in _links(word):
        anchor = value_of(link, "anchor")
        if anchor and anchor not in known and not link.get(f"{{{RELATIONS}}}id"):
            hint = "Let it lead to a part of this document, or to a web page."
            yield word.at(link), f"The link “{words}” leads to no place in the document.", hint


def _addresses(word: WordFile) -> Iterator[Finding]:
    for link, words in _links(word):
        identifier = link.get(f"{{{RELATIONS}}}id")
        led = identifier in word.targets if identifier else value_of(link, "anchor")
        if not led:
            hint = "In Word: right-click it, Edit Hyperlink, Address."
            yield word.at(link), f"The link “{words}” has no address.", hint


def _wordless(word: WordFile) -> Iterator[Finding]:
    for link, words in _links(word):
        if not words:
            yield word.at(link), "A link has no words.", "Say where it leads, or delete it."


def _vague(word: WordFile) -> Iterator[Finding]:
    for link, words in _links(word):
        if is_vague(words) or is_address(words):
            hint = "In Word: right-click it, Edit Hyperlink, Text to display."
            yield word.at(link), f"The link “{words}” does not say where it leads.", hint


RULES: tuple[Rule[WordFile], ...] = (
    Rule("heading-order", Severity.ERROR, "Headings do not skip a level.", _heading_order),
    Rule("heading-empty", Severity.ERROR, "Headings have words.", _empty_headings),
    Rule("no-headings", Severity.ERROR, "There are headings to move by.", _no_headings),
    Rule("link-address", Severity.ERROR, "Links can be followed.", _addresses),
    Rule("link-words", Severity.ERROR, "Links have words.", _wordless),
    Rule("link-anchor", Severity.WARNING, "Links within a document lead somewhere.", _anchors),
    Rule("link-text", Severity.WARNING, "Link words say where the link leads.", _vague),
    Rule("empty-paragraph", Severity.WARNING, "No empty lines make room.", _empty_paragraphs),
    Rule("layout-spaces", Severity.ADVICE, "Spaces do not make columns.", _spaces),
    Rule("justified", Severity.ADVICE, "Lines end where they end.", _justified),
)
