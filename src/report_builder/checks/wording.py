"""Rules over an event's words: that everyone can read them, and that they are fit to publish."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule
from report_builder.content.loader import Loaded
from report_builder.content.scalar import Scalar
from report_builder.problems import Severity

LONGEST_SENTENCE = 25  # words, as GOV.UK advises
_SENTENCE = re.compile(r"[^.!?…:;\n]+(?:[.!?…]+|\n\n|\n(?=\s*[-*\d])|$|[:;])")
_VAGUE = {
    *("click here", "here", "this", "this link", "this page", "link", "read more", "more"),
    *("more information", "find out more", "see more", "learn more", "website", "details"),
}
# Short forms that every reader of a council's report knows.
_KNOWN = {"NHS", "UK", "GP", "MP", "BBC", "UNICEF", "PDF", "DVD", "TV", "AM", "PM", "BST", "GMT"}
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]?[A-Z]{1,5}s?\b")
_CAPITALS = re.compile(r"\b[A-Z]{3,}(?:[ ,'-]+[A-Z]{2,})+\b")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+\w")
_PHONE = re.compile(r"(?<![\d/])(?:\+44|0)[\d ]{9,13}\d(?!\d)")
_PASSWORD = re.compile(r"\b(pass(?:word|code)|PIN)\b\s*(?:is|:|=)\s*\S+", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\b(TBC|TBA|TBD|XXX+|lorem ipsum)\b", re.IGNORECASE)
_LAYOUT = re.compile(r"(?<=\S)(?: {3,}|\t+)(?=\S)")


def _matches(loaded: Loaded, pattern: re.Pattern[str]) -> Iterator[tuple[Scalar, re.Match[str]]]:
    """Yield every place in the event's texts that a pattern matches."""
    for text in loaded.texts:
        for match in pattern.finditer(text.scalar):
            yield text.scalar, match


def _vague_links(loaded: Loaded) -> Iterator[Finding]:
    for text in loaded.texts:
        for link in text.links:
            words = link.text.strip(" .!»>").casefold()
            if link.is_picture or not link.target:
                continue
            if words in _VAGUE or re.match(r"(https?://|www\.)", words):
                hint = "Say where it leads: [the strategy for 2040](https://…)."
                yield link.position, f"The link “{link.text}” does not stand alone.", hint


def _capitals(loaded: Loaded) -> Iterator[Finding]:
    for scalar, match in _matches(loaded, _CAPITALS):
        hint = "Write it in small letters; for weight use **two stars**."
        yield scalar.at(match.start()), f"“{match[0]}” is all in capitals.", hint


def _long_sentences(loaded: Loaded) -> Iterator[Finding]:
    for scalar, match in _matches(loaded, _SENTENCE):
        sentence = re.sub(r"^\s*(?:[-*]|\d+\.)?\s+", "", match[0])
        words = sentence.split()
        if len(words) > LONGEST_SENTENCE:
            start = match.end() - len(sentence)
            message = f"A sentence has {len(words)} words: “{' '.join(words[:5])} …”."
            yield scalar.at(start), message, f"Make two of it; {LONGEST_SENTENCE} are enough."


def _acronyms(loaded: Loaded) -> Iterator[Finding]:
    glossary = loaded.event.sections_of("glossary") if loaded.event else ()
    seen = {*_KNOWN, *(term.term for section in glossary for term in section.items)}
    for scalar, match in _matches(loaded, _ACRONYM):
        short = match[0].removesuffix("s")
        if _PLACEHOLDER.fullmatch(short) or _in_capitals(scalar, match):
            continue  # another rule's find
        explained = (
            scalar[match.end() : match.end() + 2] == " (" or scalar[match.start() - 1] == "("
        )
        if short not in seen and not explained:
            hint = f"Write it out the first time, or add “{short}” to a section “type: glossary”."
            yield scalar.at(match.start()), f"“{short}” is not explained.", hint
        seen.add(short)


def _in_capitals(scalar: Scalar, match: re.Match[str]) -> bool:
    """Say whether a match is one word of several in capitals."""
    runs = _CAPITALS.finditer(scalar)
    return any(run.start() <= match.start() < run.end() for run in runs)


def _personal(loaded: Loaded) -> Iterator[Finding]:
    for pattern, what in ((_EMAIL, "An e-mail address"), (_PHONE, "A telephone number")):
        for scalar, match in _matches(loaded, pattern):
            if "mailto:" in scalar[max(match.start() - 7, 0) : match.start()]:
                continue
            hint = "Give contacts under “contacts”, and only those who agreed to it."
            yield scalar.at(match.start()), f"{what} stands in the text: “{match[0]}”.", hint


def _passwords(loaded: Loaded) -> Iterator[Finding]:
    for scalar, match in _matches(loaded, _PASSWORD):
        yield scalar.at(match.start()), "A password stands in the text.", "Take it out."


def _placeholders(loaded: Loaded) -> Iterator[Finding]:
    for scalar, match in _matches(loaded, _PLACEHOLDER):
        hint = "Fill it in, or leave the field empty: “check” will remind you."
        yield scalar.at(match.start()), f"“{match[0]}” would be printed.", hint


def _layout(loaded: Loaded) -> Iterator[Finding]:
    for scalar, match in _matches(loaded, _LAYOUT):
        hint = "Use a list or a table; spaces are lost when the text is printed."
        yield scalar.at(match.start()), "Spaces are used to line words up.", hint


RULES = (
    Rule("link-text", Severity.WARNING, "Link words say where the link leads.", _vague_links),
    Rule("capitals", Severity.ADVICE, "Words are not written all in capitals.", _capitals),
    Rule("sentence-length", Severity.ADVICE, "Sentences have 25 words at most.", _long_sentences),
    Rule("acronym", Severity.ADVICE, "Short forms are explained.", _acronyms),
    Rule("personal-data", Severity.ADVICE, "Addresses stand under “contacts”.", _personal),
    Rule("password", Severity.WARNING, "No password is printed.", _passwords),
    Rule("placeholder", Severity.WARNING, "No “TBC” is printed.", _placeholders),
    Rule("layout-spaces", Severity.ADVICE, "Spaces do not make columns.", _layout),
)
