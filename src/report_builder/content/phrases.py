"""The phrases that answers come down to: what the cloud draws, and what was counted as what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from report_builder.content.responses import EDGES, Response
from report_builder.content.text import source_attribute
from report_builder.problems import Position


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which an answer was written: how often, and in which rows of its file.

    ``approved_by`` is who said that it means the same as the phrase it is counted with, where
    more than capitals, spaces and punctuation tell the two apart.
    """

    text: str
    count: int
    rows: tuple[int, ...]
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the cloud draws: an answer in its commonest spelling, and how often it was given."""

    text: str
    count: int
    position: Position = field(default=Position(""), compare=False)
    spellings: tuple[Spelling, ...] = field(default=(), compare=False)

    @property
    def at(self) -> Markup:
        """The ``data-source`` attribute for an element that a template makes of the phrase."""
        return source_attribute(self.position)


@dataclass(frozen=True, slots=True)
class Merging:
    """Phrases that somebody said are one: what it is called, what they were, and who said so."""

    into: str
    phrases: tuple[str, ...]
    approved_by: str


def key_of(text: str) -> str:
    """Return what a text is known by: without its capitals, extra spaces and outer punctuation."""
    return " ".join(unicodedata.normalize("NFKC", text).strip(EDGES).casefold().split())


def count_phrases(
    responses: Iterable[Response], mergings: Iterable[Merging] = ()
) -> tuple[Phrase, ...]:
    """Return the phrases in the answers, the most frequent first, then in the order given.

    Answers that differ in capitals, spaces, Unicode form or punctuation at their ends are one
    phrase, and shown in the commonest of their spellings (of equals, the shortest). Nothing
    else is merged but what people said: whether two wordings mean the same is for them to say.
    """
    merged = {key_of(old): merging for merging in mergings for old in merging.phrases}
    found: dict[str, dict[tuple[str, str], Spelling]] = {}
    names = {key_of(merging.into): merging.into for merging in merged.values()}
    positions: dict[str, Position] = {}
    for response in responses:
        if not (key := key_of(response.text)):
            continue
        merging = merged.get(key)
        into = key_of(merging.into) if merging else key
        who = merging.approved_by if merging and into != key else ""
        text = response.text.strip()
        spellings = found.setdefault(into, {})
        seen = spellings.get((text, who), Spelling(text, 0, (), who))
        spellings[text, who] = replace(
            seen, count=seen.count + response.count, rows=(*seen.rows, response.position.line)
        )
        positions.setdefault(into, response.position)
    phrases = [
        Phrase(
            names.get(key) or _commonest(tuple(spellings.values())),
            sum(spelling.count for spelling in spellings.values()),
            positions[key],
            tuple(sorted(spellings.values(), key=lambda s: -s.count)),
        )
        for key, spellings in found.items()
    ]
    return tuple(sorted(phrases, key=lambda phrase: -phrase.count))


def _commonest(spellings: Sequence[Spelling]) -> str:
    return max(spellings, key=lambda spelling: (spelling.count, -len(spelling.text))).text


def without(
    phrases: Iterable[Phrase], blocked: Iterable[str]
) -> tuple[tuple[Phrase, ...], Mapping[str, tuple[Phrase, ...]]]:
    """Return the phrases that hold none of the words, and by each word those that do."""
    patterns = {word: re.compile(rf"\b{re.escape(key_of(word))}\b") for word in blocked}
    kept: list[Phrase] = []
    refused: dict[str, list[Phrase]] = {word: [] for word in patterns}
    for phrase in phrases:
        texts = [key_of(phrase.text), *(key_of(spelling.text) for spelling in phrase.spellings)]
        word = next((w for w, p in patterns.items() if any(map(p.search, texts))), None)
        (kept if word is None else refused[word]).append(phrase)
    return tuple(kept), {word: tuple(held) for word, held in refused.items() if held}
