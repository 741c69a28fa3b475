"""A text in short: of what it says, the sentences that tell most, word for word and whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from report_builder.content import cues
from report_builder.content.passages import Passage
from report_builder.content.short_forms import primary, short_forms_of, stop_of
from report_builder.content.told import Told
from report_builder.content.units import Unit, ended, length_of, units_of

_FEW, _SHORT = 4, 8  # words
_LEANING, _SHORTNESS, _ADRIFT = 0.5, 2.5, 2.0
_FAR_TOO_LONG = 1.5  # times as long as wanted
_NEUTRAL = -0.35  # a sentence that has no cue, wherever it stands
_ROOM_FOR_MORE = 0.6  # of the words: sentences that have no cue may fill as many
# Between clauses; a comma alone may stand within one.
_CLAUSE = re.compile(
    r"(?<=[;；؛])\s*|\s+(?=[—–-]\s)|،(?=\s+اور\s)|，(?=而且|并且|同时)"
    r"|,(?=\s+(?:and|so|ac?|oraz|und|et|și)\s+(?P<subject>[\w']+))"
)
_LEAST_CLAUSE = 6  # words
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\([^)]*\)")
_SEPARATORS = {"ur": "؛ ", "ar": "؛ ", "fa": "؛ ", "zh": "；", "ja": "；"}
_BESIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]")  # no space before


def told(passages: Sequence[Passage], words: int = 40, language: str = "en") -> Told:
    """Return a text in short: in ``words`` words or, where a clause would be cut, more."""
    units = tuple(units_of(passages, language))
    return _Teller(units, words, language).told() if units else Told()


class _Teller:
    """The sentences of a text, how much each tells, and what it cannot be told without."""

    def __init__(self, units: tuple[Unit, ...], most: int, language: str) -> None:
        self._units, self._most, self._language = units, most, language
        self._separator = _SEPARATORS.get(primary(language), "; ")
        self._passed = [_is_passed_over(unit) for unit in units]
        self._scores = [self._score(number) for number in range(len(units))]

    def told(self) -> Told:
        """Return the sentences that tell most, with their neighbours as far as there is room."""
        spans = [self._whole(number, number + 1) for number in range(len(self._units))]
        worth = [self._worth(number, span) for number, span in enumerate(spans)]
        best = max(range(len(spans)), key=lambda number: (worth[number], -number))
        start, end = spans[best]
        if self._length(start, end) > self._most * _FAR_TOO_LONG and not self._is_bound(best):
            start, worth[best] = best, worth[best] - _ADRIFT
        while grown := self._grown(start, end):
            start, end = grown
        return self._as_told(start, end, worth[best])

    def _score(self, number: int) -> float:
        """Return how much a sentence tells councillors: below zero, nothing."""
        unit = self._units[number]
        said = self._said(unit)
        score = 2.0 * bool(cues.ASK.search(said)) + 1.0 * bool(cues.FACT.search(said))
        score -= 0.3 * number / len(self._units) + _LEANING * self._leans(number)
        score += 1.0 * (number > 0 and self._units[number - 1].is_question)
        if unit.items:
            return score + 1.0 * (len(unit.items) > 1)
        score -= 6.0 * self._passed[number] + 4.0 * bool(re.search("[?？؟]", said))
        score -= 2.0 * bool(cues.TOPIC.search(said)) + 3.0 * bool(cues.BIOGRAPHY.search(said))
        return score - _SHORTNESS * self._is_short(number)

    def _is_short(self, number: int) -> bool:
        unit = self._units[number]
        return not unit.items and length_of(unit.words) < _FEW

    def _worth(self, number: int, span: tuple[int, int]) -> float:
        """Return a sentence's score, less where it leans on nothing or cannot be told so short."""
        leans_on_nothing = self._leans(number) and span[0] == number
        is_long = self._length(*span) > self._most
        return self._scores[number] - _ADRIFT * leans_on_nothing - 1.5 * is_long

    @cached_property
    def _firsts(self) -> list[int]:
        """Where what each sentence cannot be told without begins."""
        firsts: list[int] = []
        for number in range(len(self._units)):
            needs = number > 0 and self._needs_former(number)
            firsts.append(firsts[-1] if needs else number)
        return firsts

    @cached_property
    def _ends(self) -> list[int]:
        """Where what each sentence cannot be told without ends."""
        ends = [len(self._units)]
        for number in range(len(self._units) - 2, -1, -1):
            ends.append(ends[-1] if self._needs_next(number) else number + 1)
        return ends[::-1]

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """Return where the sentences begin and end that some cannot be told without."""
        return self._firsts[start], self._ends[end - 1]

    def _leans(self, number: int) -> bool:
        words = self._units[number].words
        is_leaning = cues.LEAN.match(words) or cues.LEAN_LATE.search(words)
        return number > 0 and is_leaning is not None

    def _needs_former(self, number: int) -> bool:
        """Tell whether a sentence says nothing, or something else, without the one before it."""
        unit, former = self._units[number], self._units[number - 1]
        if former.is_question:
            answers = cues.ANSWER.match(unit.words) or cues.REPLY.match(unit.words)
            return bool(answers) or length_of(unit.words) <= _FEW or self._leans(number)
        return self._is_bound(number) or (self._leans(number) and not self._passed[number - 1])

    def _is_bound(self, number: int) -> bool:
        """Tell whether a sentence turns round, answers or ends what the one before it says."""
        return number > 0 and (self._units[number - 1].is_question or self._needs_next(number - 1))

    def _needs_next(self, number: int) -> bool:
        """Tell whether a sentence would say something else without the one after it."""
        unit, following = self._units[number], self._units[number + 1]
        if unit.leads_on or cues.NEXT.match(following.words):
            return True
        if cues.OTHERS.match(unit.words) and not unit.items:
            return True
        if self._passed[number] or unit.is_question:
            return False
        said = following.words
        is_short = length_of(said) < _SHORT and not following.items
        return bool(cues.TURN.match(said) or (is_short and cues.DENIAL.search(said)))

    def _grown(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a span with a neighbour more that tells something and has room; the better one."""
        found = []
        for number in (start - 1, end):
            if not 0 <= number < len(self._units):
                continue
            score = self._scores[number]
            if number == end:  # it may be short, and lean on what is told already
                score += _LEANING * self._leans(number) + _SHORTNESS * self._is_short(number)
            most = self._most * (1 if score > 0 else _ROOM_FOR_MORE)
            span = self._whole(min(start, number), max(end, number + 1))
            if score > _NEUTRAL and self._length(*span) <= most:
                found.append((score, -number, span))
        return max(found)[2] if found else None

    def _length(self, start: int, end: int) -> int:
        return self._lengths[end] - self._lengths[start]

    @cached_property
    def _lengths(self) -> list[int]:
        """How many words there are before each sentence."""
        return list(accumulate((length_of(self._said(unit)) for unit in self._units), initial=0))

    def _said(self, unit: Unit, items: int | None = None) -> str:
        return unit.said(self._separator, items)

    def _joined(self, said: Sequence[str]) -> str:
        joined = ""
        for one in said:
            space = "" if _BESIDE.match(one) else " "
            joined = f"{ended(joined, self._language)}{space}{one}".strip()
        return joined

    def _as_told(self, start: int, end: int, score: float) -> Told:
        *former, last = self._units[start:end]
        before = [self._said(unit) for unit in former]
        said = self._joined([*before, self._said(last)])
        more = 0
        while len(last.items) - more > 1 and length_of(said) > self._most:
            more += 1
            said = self._joined([*before, self._said(last, len(last.items) - more)])
        whole = said
        if length_of(said) > self._most and not before and not last.items:
            said = self._cut(said)
        is_cut = said != whole
        return Told(
            said if more else ended(said, self._language),
            more,
            score,
            is_short=is_cut or more > 0 or len(former) + 1 < len(self._units),
            is_cut=is_cut,
            is_long=length_of(said) > self._most,
            stop=stop_of(self._language),
            separator=self._separator,
        )

    def _cut(self, said: str) -> str:
        """Return as many clauses of a sentence as have room: all, where none can be left out."""
        if "?" in said or cues.CONDITION.match(said):
            return said
        starters = short_forms_of(self._language).starters
        quoted = [found.span() for found in _QUOTED.finditer(said)]
        short = said
        for found in _CLAUSE.finditer(said):
            kept, rest = said[: found.start()], said[found.start() :]
            length = length_of(kept)
            if length >= self._most:
                break
            is_clause = not found["subject"] or found["subject"].lower() in starters
            turns = cues.LIMIT.search(rest) or cues.TURN.match(rest.lstrip(",;—– "))
            is_quoted = any(opens < found.start() < closes for opens, closes in quoted)
            if is_clause and length >= _LEAST_CLAUSE and not turns and not is_quoted:
                short = f"{kept.rstrip(',;؛；')} …"
        return short


def _is_passed_over(unit: Unit) -> bool:
    """Tell whether a sentence greets or sets the scene, so that nothing leans on it."""
    said = unit.words
    if unit.items:
        return False
    greets = cues.GREETING.search(said) and not re.search(r"\d", said)
    sets_scene = cues.SCENE.search(said) and ":" not in said
    return bool(greets or sets_scene or cues.POINTER.search(said))
