"""Rules over capitals: words that shout, and short forms that nobody explains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import chain

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.mentions import stop_words
from report_builder.content.prose import prose_of
from report_builder.content.text import Text
from report_builder.problems import Severity

# Short forms that every reader of a council's report knows.
_KNOWN_SHORT_FORMS = """
    NHS UK GP MP BBC UNICEF PDF DVD TV AM PM BST GMT EU UN US USA ID IT HR PR FAQ AGM CEO PHD MSC
    GDPR VAT MBE OBE CBE KBE QR SMS USB URL CCTV MRI DNA HIV AIDS NGO PC WC BA MA GCSE COVID CIC CV
    DIY DJ FM AI WHO OK RIP ATM PIN GPS CD PE BSL NATO TBC TBA TBD XXX AOB RSVP UTC CET EST WWW
    ISBN ISO II III IV VI VII VIII IX XI XII XIII XIV XV XVI XIX XX XXI LTD PLC WLAN
"""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_RUN_GAP = re.compile(r"[ ,\n'’-]{1,3}")
_SHORT_FORM = re.compile(
    r"(?<![\w/.&@#'’])(?<![A-Z\d]-)[A-Z][A-Za-z]?[A-Z]{1,3}s?(?![\w/@]|[-.'’&][A-Z\d]|\.\w)"
)
_SURNAME_IN_CAPITALS = ("fr", "it", "es", "pt", "ro")
_LEAST_RUN = 2  # words in capitals that follow each other
_LONG = 6  # letters: a word as long as this is seldom a short form
_ENOUGH_OF_A_WORD = 4  # letters
_BESIDE = 90  # characters around a short form in which it may be explained


@dataclass(frozen=True)
class _Words:
    """What an event's words tell of those in capitals: which are ordinary, which explained."""

    ordinary: Set[str]
    explained: Set[str]

    def is_word(self, word: str) -> bool:
        """Tell whether a word in capitals is known to be one in small letters, too."""
        low = word.casefold()
        return word not in self.explained and (low in self.ordinary or len(word) >= _LONG)

    def is_short_form(self, word: str) -> bool:
        """Tell whether a word in capitals is plainly a short form."""
        if word in self.explained:
            return True
        return not self.is_word(word) and (
            len(word) < _ENOUGH_OF_A_WORD or not re.search(r"[AEIOUYÀ-ÖØ-ÝАЕИОУЫЭЮЯ]", word)
        )


def _texts(case: Case) -> Iterator[tuple[Text, str, _Words]]:
    """Yield each text with its prose, and what is known of the event's words in its language."""
    prose = [prose_of(text) for text in case.texts]
    small = chain.from_iterable(re.findall(r"(?<!\w)[^\W\d_]{3,}", one) for one in prose)
    ordinary = {word for word in small if word.islower()} | stop_words("en")
    explained = {*_KNOWN_SHORT_FORMS.split(), *_explained(case)}
    languages = {case.language_of(text) for text in case.texts}
    words = {name: _Words(ordinary | stop_words(name), explained) for name in languages}
    for text, read in zip(case.texts, prose, strict=True):
        yield text, read, words[case.language_of(text)]


def _explained(case: Case) -> Iterator[str]:
    """Yield the short forms that the event's glossary or any of its words explains."""
    yield from _defined(case)
    for source in (*map(prose_of, case.texts), *case.lines):
        yield from (_short(one) for one in _SHORT_FORM.finditer(source) if _is_told(source, one))


def _defined(case: Case) -> Iterator[str]:
    for section in case.event.sections_of("glossary") if case.event else ():
        for term in section.items:
            yield from (str(term.term), *re.findall(r"\b[A-Z]{2,}\b", term.term))


def _short(found: re.Match[str]) -> str:
    return found[0].removesuffix("s")


def _is_told(source: str, found: re.Match[str]) -> bool:
    """Tell whether a short form is explained where it stands, in brackets or beside it."""
    before = source[max(found.start() - _BESIDE, 0) : found.start()]
    after = source[found.end() : found.end() + _BESIDE]
    if before.endswith(("(", "(“")) or after.startswith((" (", "（", " （")):
        return True
    letters = r"[aofdtwu]?".join(map(re.escape, _short(found).casefold()))
    return len(_short(found)) > 2 and bool(
        re.search(letters, _initials(before)) or re.match(f"[ot]?{letters}", _initials(after))
    )


def _initials(words: str) -> str:
    return "".join(w[0] for w in re.findall(r"[^\W\d_]{2,}", words)).casefold()


def _shouting(case: Case) -> Iterator[Finding]:
    hint = "Write it in small letters; for weight use **two stars**."
    for text, prose, words in _texts(case):
        for run in _shouted(prose, words, case.language_of(text)):
            start = run[0].start()
            said = " ".join(text.scalar[start : run[-1].end()].split())
            yield text.scalar.at(start), f"“{said}” is all in capitals.", hint


def _shouted(prose: str, words: _Words, language: str) -> Iterator[list[re.Match[str]]]:
    for run in _runs(prose):
        is_name = len(run) == _LEAST_RUN and _is_surname(prose, run[0].start(), language)
        if _shouts([word[0] for word in run], words) and not is_name:
            yield run


def _runs(prose: str) -> Iterator[list[re.Match[str]]]:
    """Yield words in capitals that follow each other."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(prose):
        goes_on = run and _RUN_GAP.fullmatch(prose, run[-1].end(), word.start())
        is_capital = word[0].isupper() and len(word[0]) > 1
        if run and not (goes_on and is_capital):
            if len(run) >= _LEAST_RUN:
                yield run
            run = []
        if is_capital:
            run.append(word)
    if len(run) >= _LEAST_RUN:
        yield run


def _shouts(run: list[str], words: _Words) -> bool:
    plain = sum(map(words.is_word, run))
    if plain and not any(map(words.is_short_form, run)):
        return True
    return plain >= _LEAST_RUN and 2 * plain > len(run)


def _is_surname(prose: str, start: int, language: str) -> bool:
    """Tell whether capitals are a surname’s, as some languages write it: “Ana RUIZ DIAZ”."""
    read = prose[max(start - _BESIDE, 0) : start]
    before = re.search(r"(?<![^\W\d_])([^\W\d_])([^\W\d_]+)[ -]$", read)
    if before is None or language[:2] not in _SURNAME_IN_CAPITALS:
        return False
    return before[1].isupper() and before[2].islower()


def _acronyms(case: Case) -> Iterator[Finding]:
    seen = {*_KNOWN_SHORT_FORMS.split(), *_defined(case)}
    for text, prose, words in _texts(case):
        language = case.language_of(text)
        shouted = [w.span() for run in _shouted(prose, words, language) for w in run]
        for found in _SHORT_FORM.finditer(prose):
            short = _short(found)
            is_word = short.casefold() in words.ordinary  # “AGREED”, “NOT”
            is_shouted = any(start <= found.start() < end for start, end in shouted)
            if {short, short.upper()} & seen or is_word or is_shouted:
                continue
            if _is_surname(prose, found.start(), language):
                continue
            seen.add(short)
            if not _is_told(prose, found):
                hint = (
                    f"Write it out the first time, or add “{short}” to a section “type: glossary”."
                )
                yield text.scalar.at(found.start()), f"“{short}” is not explained.", hint


RULES: tuple[Rule[Case], ...] = (
    Rule("capitals", Severity.ADVICE, "Words are not written all in capitals.", _shouting),
    Rule("acronym", Severity.ADVICE, "Short forms are explained.", _acronyms),
)
