"""The rule that a series of paragraphs which looks like a list is one, in a Word file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from report_builder.checks.rules import Finding, Rule
from report_builder.checks.series import HINT, described, series_in
from report_builder.problems import Severity
from report_builder.readback.word import WordFile, words_of


def _series(word: WordFile) -> Iterator[Finding]:
    for group in _groups(word):
        texts = [words_of(paragraph) for paragraph in group]
        for items in series_in(texts):
            yield word.at(group[items.start]), described(texts, items), HINT


def _groups(word: WordFile) -> Iterator[list[Any]]:
    """Yield paragraphs of plain text that follow each other directly."""
    group: list[Any] = []
    for paragraph in word.paragraphs:
        if not group or group[-1].getnext() is not paragraph:
            yield group
            group = []
        if _is_plain(word, paragraph):
            group.append(paragraph)
    yield group


def _is_plain(word: WordFile, paragraph: Any) -> bool:
    """Tell whether a paragraph is no item of a real list, heading, quotation or cell."""
    is_cell = paragraph.getparent().tag.endswith("}tc")
    is_quotation = "quot" in word.style_name(paragraph).lower()
    is_other = word.is_listed(paragraph) or word.heading_level(paragraph)
    return not (is_cell or is_quotation or is_other)


RULES: tuple[Rule[WordFile], ...] = (
    Rule("fake-list", Severity.WARNING, "What looks like a list is one.", _series),
)
