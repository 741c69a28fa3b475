"""Sentences of a text in any language: where each ends, and where a full stop ends none.

Packages that do this cut after “Cllr.” and its like. What is a short form is data of each language
(`short_forms`), and what stands between quotation marks or brackets is held together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import accumulate

from report_builder.content.short_forms import ShortForms, is_title, short_forms_of

Span = tuple[int, int]
"""Where something begins in a text, and where it ends."""

_CLOSERS = "\"'”’»›)\\]）」』】*_"
# Marks of scripts that are written with spaces end a sentence before one; the others anywhere but
# within a number, or within letters that are said one by one (ایم۔اے).
_ANYWHERE = r"(?<!\d)[。！？｡．۔؟।॥።။]+|(?<=\d)[。！？｡．۔؟।॥።။]+(?!\d)"
_END = re.compile(rf"[.!?…]+[{_CLOSERS}]*(?=\s|$)|(?:{_ANYWHERE})[{_CLOSERS}]*\s?")
_LETTERS = "اے بی سی ڈی ای ایف جی ایچ آئی جے کے ایل ایم این او پی کیو آر ایس ٹی یو وی".replace(
    " ", "|"
)
_LETTER_NEXT = re.compile(rf"(?:{_LETTERS})\b")
_AFTER_LETTER = re.compile(rf"\b(?:{_LETTERS})$")
_OPENERS = "\"'“‘„«‹(\\[¿¡*_（「『【"
_FIRST = re.compile(rf"\s*[{_OPENERS}]*(?P<word>\S+)")
_LAST = re.compile(r"[^\s(\[“‘\"«„*_/|]*$")
_LONGEST_FORM = 40  # characters before a full stop that are looked at
# The number of an item that a text begins with.
_ITEM = re.compile(r"\s*(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})$")
_LETTER = r"[^\W\d_]"
_UNIT = re.compile(rf"\d\s?{_LETTER}$")  # “5 m.”, “2023 r.”: no initial
_TIME = re.compile(r"[ap]\.m$")
_AT_SOME_TIME = re.compile(r"\W*(?:at|by|from|on|about|around|before|after|until|since)\b", re.I)
_FEW = 7  # words that a sentence says before it comes to who did something
# Names that go on after an initial begin with these, too: “J. de Vries”.
_PARTICLES = frozenset(
    {
        "le",
        "la",
        "les",
        "el",
        "los",
        "las",
        "al",
        "de",
        "des",
        "der",
        "die",
        "von",
        "van",
        "i",
        "w",
        "z",
        "na",
        "to",
        "y",
        "yr",
        "a",
    }
)

_DEEPEST = 8  # quotations and brackets within each other
_CLOSED_BY = {"(": ")", "[": "]", "（": "）", "「": "」", "『": "』", "【": "】", "‹": "›"}
_OPENED_BY = {close: opened for opened, close in _CLOSED_BY.items()}


def sentences(text: str, language: str = "en") -> Iterator[Span]:
    """Yield where each sentence of a paragraph stands.

    None ends within a quotation or a bracket; a mark that nothing closes holds nothing together.
    """
    held = _Held(text)
    start = end = -1
    for begins, ends, mark in _found(text, language):
        start, end = begins if start < 0 else start, ends
        if not held.holds(mark, ends):
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def inner_sentences(text: str, language: str = "en") -> Iterator[Span]:
    """Yield where each sentence of a paragraph stands, those within quotations apart, too."""
    for begins, ends, _ in _found(text, language):
        yield begins, ends


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or in a colon that leads on."""
    return re.search(rf"[.!?…:;。！？｡．۔؟।॥።။։：；][{_CLOSERS}\s]*$", text) is not None


def _found(text: str, language: str) -> Iterator[tuple[int, int, int]]:
    """Yield where each sentence begins and ends, and where the mark stands that ends it."""
    forms = short_forms_of(language)
    start = _after_spaces(text, 0)
    for end in _END.finditer(text):
        if end.start() >= start and _ends(text, start, end, forms):
            yield start, end.start() + len(end[0].rstrip()), end.start()
            start = _after_spaces(text, end.end())
    if text[start:].strip():
        yield start, len(text.rstrip()), len(text)


def _after_spaces(text: str, offset: int) -> int:
    return len(text) - len(text[offset:].lstrip())


class _Held:
    """What of a text stands between quotation marks or brackets that are closed."""

    def __init__(self, text: str) -> None:
        spans = sorted(_pairs(text))
        self._begins = [begins for begins, _ in spans]
        self._farthest = list(accumulate((closes for _, closes in spans), max))

    def holds(self, mark: int, end: int) -> bool:
        """Tell whether a mark stands within, and what it ends does, too."""
        before = bisect_left(self._begins, mark)
        return before > 0 and self._farthest[before - 1] >= end


def _pairs(text: str) -> Iterator[Span]:
    """Yield where quotations and brackets open, and where the mark stands that closes each."""
    # What would close each, and where it stands; nothing is nested deeper.
    opened: deque[tuple[str, int]] = deque(maxlen=_DEEPEST)

    def close(mark: str) -> Iterator[Span]:
        for number in range(len(opened) - 1, -1, -1):
            if mark in opened[number][0]:
                yield opened[number][1], at
                while len(opened) > number:
                    opened.pop()
                return

    for at, mark in enumerate(text):
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        if mark in _CLOSED_BY:
            opened.append((_CLOSED_BY[mark], at))
        elif mark in _OPENED_BY or mark == "”":
            yield from close(mark)
        elif mark in '“"«»' and any(mark in one for one, _ in opened):
            yield from close(mark)  # “ closes „, and « closes »
        elif mark in "“„":
            opened.append(("”" if mark == "“" else "“”", at))
        elif mark == "‘":
            opened.append(("’", at))
        elif mark == "’" and not (len(around) == 2 and around.isalpha()):
            yield from close(mark)
        elif mark in '"«»' and not (mark == '"' and around[:1].isdigit()):  # no inches
            opened.append(({"«": "»", "»": "«"}.get(mark, mark), at))


def _ends(text: str, start: int, end: re.Match[str], forms: ShortForms) -> bool:
    """Tell whether a mark ends a sentence: what stands before it and after it says so."""
    mark = end[0][0]
    before = text[max(start, end.start() - _LONGEST_FORM) : end.start()]
    if mark not in ".!?…":
        return not (_AFTER_LETTER.search(before) and _LETTER_NEXT.match(text, end.end()))
    following = _FIRST.match(text, end.end())
    if following is None:
        return True
    word = following["word"]
    if word[0].islower() and not word[1:2].isupper():  # “iPads” begins one
        return False
    if mark != "." or end[0].startswith(".."):
        return True
    is_item = before == text[start : end.start()] and _ITEM.fullmatch(before) is not None
    return not is_item and not _is_short_form(text[start : end.start()], word, forms)


def _is_short_form(said: str, word: str, forms: ShortForms) -> bool:
    """Tell whether a full stop after some words, and before a word, belongs to a short form."""
    before = said[-_LONGEST_FORM:]
    found = _LAST.search(before)
    last = (found[0] if found else "").lstrip("'’").lower()
    begins = re.sub(r"\W+$", "", word).lower()
    if is_title(last, begins) and last not in forms.may_end:
        return True
    if last in forms.counting and (word[0].isdigit() or re.match(r"[IVX]+\b", word)):
        return True
    if _UNIT.search(before):
        return False
    if re.fullmatch(_LETTER, last):  # an initial, or “Plan B.” before another sentence
        return begins not in forms.starters - _PARTICLES
    if last in forms.never:
        return True
    if _TIME.search(last):  # “At 6 p.m. Dr. Shah spoke.”
        is_before = len(said.split()) <= _FEW and _AT_SOME_TIME.match(said) is not None
        return is_before and begins not in forms.starters
    if last in forms.may_end or re.fullmatch(rf"(?:{_LETTER}\.)+{_LETTER}", last):
        return begins not in forms.starters
    if re.fullmatch(r"\d{1,2}", last):
        words = said.lower().split()
        return len(words) > 1 and words[-2] in forms.before_days
    return False
