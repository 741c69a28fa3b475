"""Phrases that may mean the same: proposed to people, never merged by themselves."""

from __future__ import annotations

import difflib
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from report_builder.content.phrases import Phrase, key_of

# Two phrases as alike as this, of at least so many letters, are probably one with a slip in it.
_ALIKE, _LEAST_LETTERS = 0.92, 8
_SHORTEST_PLURAL = 4  # letters: “bus” is no plural


class Likeness(StrEnum):
    """Why two phrases may be one."""

    JOINED = "differ in spaces, hyphens or capitals inside"
    PLURAL = "differ in the plural of the last word"
    SLIP = "are spelled nearly alike"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Phrases that may be one, the most frequent first, and why."""

    likeness: Likeness
    phrases: tuple[Phrase, ...]


def suggest(phrases: Sequence[Phrase], language: str) -> list[Suggestion]:
    """Return what may be merged, what is surest first; each pair of phrases is named once.

    Plurals are only known in English.
    """
    found: list[Suggestion] = []
    named: set[frozenset[str]] = set()
    ways: list[tuple[Likeness, Iterator[tuple[Phrase, ...]]]] = [
        (Likeness.JOINED, _same(phrases, _joined)),
        (Likeness.SLIP, _slips(phrases)),
    ]
    if language.split("-")[0] == "en":
        ways.insert(1, (Likeness.PLURAL, _same(phrases, _singular)))
    for likeness, groups in ways:
        for group in groups:
            pairs = {frozenset((a.text, b.text)) for a, b in itertools.combinations(group, 2)}
            if not pairs <= named:
                named |= pairs
                found.append(Suggestion(likeness, group))
    return found


def grouped(suggestions: Iterable[Suggestion]) -> list[tuple[Phrase, ...]]:
    """Return the phrases that suggestions connect, each in one group, the most frequent first."""
    groups: list[dict[str, Phrase]] = []
    for suggestion in suggestions:
        joined = {phrase.text: phrase for phrase in suggestion.phrases}
        apart = []
        for group in groups:
            if group.keys() & joined.keys():
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return [tuple(sorted(g.values(), key=lambda p: (-p.count, p.text))) for g in groups]


def _same(phrases: Sequence[Phrase], form: Callable[[str], str]) -> Iterator[tuple[Phrase, ...]]:
    """Yield the phrases that are the same in a form."""
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if key := form(phrase.text):
            groups.setdefault(key, []).append(phrase)
    return (tuple(group) for group in groups.values() if len(group) > 1)


def _joined(text: str) -> str:
    return re.sub(r"[\W_]+", "", key_of(text))


def _singular(text: str) -> str:
    *words, last = key_of(text).split() or [""]
    return " ".join([*words, _singular_word(last)])


def _singular_word(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or word.endswith("ss"):
        return word
    if word.endswith("ies") and len(word) > len("pies"):
        return f"{word[:-3]}y"
    if re.search(r"(?:s|x|z|ch|sh)es$", word):
        return word[:-2]
    return word.removesuffix("s")


def _slips(phrases: Sequence[Phrase]) -> Iterator[tuple[Phrase, ...]]:
    """Yield pairs that are nearly alike and begin alike."""
    long = [(key, p) for p in phrases if len(key := key_of(p.text)) >= _LEAST_LETTERS]
    matcher = difflib.SequenceMatcher(autojunk=False)
    for key, phrase in long:
        matcher.set_seq2(key)
        for other, another in long:
            if other[0] != key[0] or (phrase.count, key) <= (another.count, other):
                continue
            matcher.set_seq1(other)
            quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())
            if quick >= _ALIKE and matcher.ratio() >= _ALIKE:
                yield phrase, another
