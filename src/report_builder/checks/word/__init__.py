"""Rules over Word files, ours or not: Microsoft's for accessibility, and more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from report_builder.checks.rules import Rule, hold
from report_builder.checks.word import lists, looks, objects, package, text
from report_builder.problems import Position, Problem
from report_builder.readback.word import WordFile

RULES: tuple[Rule[WordFile], ...] = (
    *(*package.RULES, *objects.RULES, *text.RULES, *lists.RULES, *looks.RULES),
)
_QUOTED = 60  # characters of a paragraph that a message names
# What rules over the content and its HTML have said of the words already, at their very place.
_SAID = {"link-text", "link-anchor", "fake-list"}


def check_word(content: bytes, position: Position) -> list[Problem]:
    """Return what is wrong with a Word file from anywhere, or raise `NotAWordFileError`."""
    return hold(RULES, WordFile.read(content, position))


def check_own_word(
    content: bytes, template: Position, sources: Sequence[Position], reference: Position
) -> list[Problem]:
    """Return what is wrong with a Word file that was made from a template.

    A problem stands where its paragraph came from, which ``sources`` say of each paragraph in
    turn, and quotes it; one of a style stands at the reference document, and one that no content
    is to blame for at the template.
    """
    word = WordFile.read(content, template, sources, reference)
    problems = dict.fromkeys(hold((rule for rule in RULES if rule.code not in _SAID), word))
    hint = "The fault is in the template, or in the styles of the reference document."
    return [
        replace(p, hint=hint)
        if p.position == template
        else replace(p, message=_quoting(p.message, word.words_at(p.position)))
        for p in problems
    ]


def _quoting(message: str, words: str) -> str:
    """Return a message that names the words it is about, be it that it does so by itself."""
    if "“" in message or not words:
        return message
    shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"
    return f"{message.removesuffix('.')}: “{shown}”."
