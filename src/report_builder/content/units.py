"""What a text is told in: its sentences, and its lists with the words that lead to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report_builder.content import cues
from report_builder.content.passages import Passage
from report_builder.content.sentences import is_ended, sentences
from report_builder.content.short_forms import stop_of

_QUESTION = re.compile(r"[?？؟][\"'”’»)\]]*$")
_COLON = re.compile(r"[:：]$")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")
_AS_A_WORD = 2  # letters of a script without spaces that are as long as a word of others


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence in ``words``; or the ``items`` of a list or a table, which ``words`` lead to."""

    words: str
    items: tuple[str, ...] = ()

    @property
    def is_question(self) -> bool:
        """Whether it is a question alone."""
        return not self.items and _QUESTION.search(self.words) is not None

    @property
    def leads_on(self) -> bool:
        """Whether it is nothing without what follows it."""
        is_lead = _COLON.search(self.words) or cues.LEADS_ON.search(self.words)
        return not self.items and is_lead is not None

    def said(self, separator: str, items: int | None = None) -> str:
        """Return all of its words, or with the first ``items`` of its list alone."""
        listed = separator.join(self.items[:items])
        if not self.words or not listed:
            return self.words or listed
        if _QUESTION.search(self.words):
            return f"{self.words} {listed[0].upper()}{listed[1:]}"
        return f"{re.sub('[.:：]$', '', self.words)}: {listed}"


def units_of(passages: Sequence[Passage], language: str) -> Iterator[Unit]:
    """Yield a text's units; what announces a list, or is no sentence, leads to it."""
    waiting: list[Unit] = []
    for passage in passages:
        if not passage.items:
            yield from waiting
            found = sentences(passage.words, language)
            waiting = [Unit(passage.words[start:end]) for start, end in found]
            continue
        lead = passage.words
        if waiting and _announces(waiting[-1].words):
            lead = waiting.pop().words
        yield from waiting
        waiting = []
        if lead or not passage.are_sentences:
            yield Unit(lead, passage.items)
        else:
            yield from (Unit(ended(item, language)) for item in passage.items)
    yield from waiting


def ended(words: str, language: str) -> str:
    """Return words with a full stop, where they lack one."""
    return words if not words or is_ended(words) else words + stop_of(language)


def length_of(words: str) -> int:
    """Return how many words there are, in scripts without spaces, too."""
    unspaced = len(_UNSPACED.findall(words))
    return len(_UNSPACED.sub(" ", words).split()) + unspaced // _AS_A_WORD


def _announces(words: str) -> bool:
    is_lead = _COLON.search(words) or _QUESTION.search(words) or cues.LEADS_ON.search(words)
    return bool(is_lead) or not is_ended(words)
