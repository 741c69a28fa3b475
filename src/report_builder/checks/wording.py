"""Rules over an event's words: that everyone can read them, and that they are fit to publish."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyphen

from report_builder.checks.rules import Case, Finding, Rule, parts
from report_builder.content.picture import Banner
from report_builder.content.prose import BLANK, prose_of, prose_sentences
from report_builder.content.text import Text
from report_builder.problems import Position, Severity
from report_builder.settings.names import EVENT_FILE
from report_builder.settings.scalar import Scalar

LONGEST_SENTENCE = 25  # words, as GOV.UK advises
_CLAUSE = re.compile(r".+?[:;](?=\s)|.+")
_PLACEHOLDER = re.compile(r"\b(TBC|TBA|TBD|XXX+|lorem ipsum)\b", re.IGNORECASE)
_ITALIC = re.compile(
    r"(?<![*\w])\*(?![*\s])[^*\n]+(?<![\s*])\*(?![*\w])|(?<![\w_])_(?![_\s])[^_\n]+(?<!\s)_(?!\w)"
)
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_WILL = re.compile(
    rf"\bwill\b[^.!?\n]*?\b(?P<day>[12]?\d|3[01]) (?P<month>{'|'.join(_MONTHS)}) (?P<year>20\d\d)\b"
)
_MARKED = re.compile(r"\[[^\]]*\]\{lang=[\w-]+\}")
_ENOUGH_WORDS, _FEW_WORDS = 100, 30  # fewer say little about how hard a text is
_ENOUGH_TO_TELL, _SURE = 8, 0.99  # words, and how likely a language must be
_SMALL_WORDS, _SMALL_WORDS_BESIDE_THE = 0.25, 0.1  # shares of a text that make it plainly English
# Languages that councils in the United Kingdom publish in.
_SPOKEN = [
    *[
        "en",
        "cy",
        "ga",
        "gd",
        "pl",
        "ro",
        "ur",
        "pa",
        "bn",
        "gu",
        "hi",
        "ta",
        "ar",
        "fa",
        "ku",
        "so",
        "zh",
        "pt",
        "es",
        "fr",
        "it",
        "de",
        "lt",
        "lv",
        "sk",
        "cs",
        "hu",
        "bg",
    ],
    *["sq", "uk", "ru", "tr"],
]
_LONGEST_TITLE = 150
_LAYOUT = re.compile(rf"(?<=[^\s{BLANK}])(?: {{3,}}|\t+)(?=[^\s{BLANK}])")


def _matches(case: Case, pattern: re.Pattern[str]) -> Iterator[tuple[Scalar, re.Match[str]]]:
    """Yield every place in the event's texts that a pattern matches."""
    for text in case.texts:
        for match in pattern.finditer(text.scalar):
            yield text.scalar, match


def _long_title(case: Case) -> Iterator[Finding]:
    if case.event and len(title := case.event.title) > _LONGEST_TITLE:
        message = f"The title has {len(title)} letters; heads of pages and lists of files cut it."
        hint = f"Say it in {_LONGEST_TITLE} or fewer, and the rest in the summary."
        yield title.position, message, hint


def _long_sentences(case: Case) -> Iterator[Finding]:
    for text in case.texts:
        for start, sentence in prose_sentences(text, case.language_of(text)):
            for clause in _CLAUSE.finditer(sentence):
                words = [word for word in clause[0].split() if re.search(r"\w", word)]
                if len(words) > LONGEST_SENTENCE:
                    said = re.sub(r"[*_\[\]]", "", " ".join(words[:5]))
                    message = f"A sentence has {len(words)} words: “{said} …”."
                    hint = f"Make two of it; {LONGEST_SENTENCE} are enough."
                    yield text.scalar.at(text.scalar.find(words[0], start)), message, hint
                    break


def _placeholders(case: Case) -> Iterator[Finding]:
    for scalar, match in _matches(case, _PLACEHOLDER):
        hint = "Fill it in, or leave the field empty: “check” will remind you."
        yield scalar.at(match.start()), f"“{match[0]}” would be printed.", hint


def _layout(case: Case) -> Iterator[Finding]:
    hint = "Use a list or a table; spaces are lost when the text is printed."
    for text in case.texts:
        for match in _LAYOUT.finditer(prose_of(text)):
            yield text.scalar.at(match.start()), "Spaces are used to line words up.", hint


def _slanted(case: Case) -> Iterator[Finding]:
    hint = "Italics are hard to read for many; use **two stars**, which is bold."
    for scalar, match in _matches(case, _ITALIC):
        yield scalar.at(match.start()), f"“{match[0]}” asks for italics.", hint


def _reading_age(case: Case) -> Iterator[Finding]:
    """Measure all English texts as one, by the grade of Flesch and Kincaid; a grade is a year."""
    if not case.event or not case.event.language.startswith("en") or not case.texts:
        return
    sentences = [s.split() for text in case.texts for s in _sentences(text)]
    if sum(map(len, sentences)) < _ENOUGH_WORDS:
        return
    age = _age(sentences)
    if age > case.house.reading_age:
        hardest = max(case.texts, key=lambda text: _age([s.split() for s in _sentences(text)]))
        most = case.house.reading_age
        message = f"The texts ask for a reading age of {age:.0f}, and {most} is the most wanted."
        hint = "This text is the hardest: write shorter sentences, and shorter words."
        yield hardest.scalar.position, message, hint


def _sentences(text: Text) -> list[str]:
    return [c[0] for _, said in prose_sentences(text) for c in _CLAUSE.finditer(said)]


def _age(sentences: list[list[str]]) -> float:
    words = [word for sentence in sentences for word in sentence]
    if len(words) < _FEW_WORDS:
        return 0
    syllables: int = sum(_hyphens().inserted(word).count("-") + 1 for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + 5


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


def _future_past(case: Case) -> Iterator[Finding]:
    if not case.event or not case.event.language.startswith("en"):
        return
    for scalar, match in _matches(case, _WILL):
        first = dt.date(int(match["year"]), _MONTHS[match["month"]], 1)
        day = first + dt.timedelta(days=int(match["day"]) - 1)  # even of a 31 February
        if day < case.house.today:
            said = f"{match['day']} {match['month']} {match['year']}"
            message = f"“will” is said of {said}, a day that has passed."
            yield scalar.at(match.start()), message, "Say what happened."


def _other_language(case: Case) -> Iterator[Finding]:
    """Find texts in another language than the one they are marked as and would be read out in."""
    if not case.event:
        return
    # What a translation leaves out stands in the event's language: that is said already.
    event = (case.loaded.folder / EVENT_FILE).as_posix() if case.loaded.translation else ""
    for words, position, marked in _marked_words(case):
        if position.path == event:
            continue
        if found := foreign(_MARKED.sub("", words), marked):
            hint = f"Write “language: {found}” in the section, or [the words]{{lang={found}}}."
            message = f"This reads like the language “{found}”, and is marked as “{marked}”."
            yield position, message, hint


def _marked_words(case: Case) -> Iterator[tuple[str, Position, str]]:
    """Yield texts and alt texts, where they stand, and the language that they are marked as."""
    for part in parts(case.event):
        if isinstance(part, Text):
            yield part.scalar, part.scalar.position, case.language_of(part)
        elif isinstance(part, Banner) and part.alt:
            yield part.alt, part.alt.position, case.language_of(part.alt)


def foreign(words: str, marked: str) -> str:
    """Return the language of words where it is plainly not the one they are marked as."""
    if len(words.split()) < _ENOUGH_TO_TELL or (marked[:2] == "en" and _is_plainly_english(words)):
        return ""
    found, sure = _identifier().classify(words)
    return str(found) if sure > _SURE and found != marked.split("-")[0] else ""


def _is_plainly_english(words: str) -> bool:
    """Tell whether so many of the words are small English ones that the model need not be asked.

    Words of one or two letters are no sign: other languages have the same. Of languages that are
    closer to each other than to English, nothing is as plain.
    """
    from stopwordsiso import stopwords

    small = stopwords("en")
    said = re.findall(r"[^\W\d_]{3,}", words.casefold())
    enough = _SMALL_WORDS_BESIDE_THE if "the" in said else _SMALL_WORDS
    return sum(word in small for word in said) >= enough * len(said) > 0


@lru_cache(maxsize=1)
def _identifier() -> Any:
    # Imported here: it reads a model of some megabytes.
    from py3langid import langid

    model = Path(langid.__file__).parent / langid.MODEL_FILE
    identifier = langid.LanguageIdentifier.from_modelpath(model, norm_probs=True)
    identifier.set_languages(_SPOKEN)
    return identifier


RULES = (
    Rule(
        "wrong-language", Severity.WARNING, "Texts are in the language they say.", _other_language
    ),
    Rule("italics", Severity.ADVICE, "Words are not in italics.", _slanted),
    Rule("reading-age", Severity.ADVICE, "Texts are easy enough to read.", _reading_age),
    Rule("future-past", Severity.ADVICE, "What is past is not announced.", _future_past),
    Rule("title-length", Severity.WARNING, "The title is a short one.", _long_title),
    Rule("sentence-length", Severity.ADVICE, "Sentences have 25 words at most.", _long_sentences),
    Rule("placeholder", Severity.WARNING, "No “TBC” is printed.", _placeholders),
    Rule("layout-spaces", Severity.ADVICE, "Spaces do not make columns.", _layout),
)
