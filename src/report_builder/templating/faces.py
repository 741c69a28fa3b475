"""Which family a word is set in: no word is half in one and half in another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from report_builder.html.emoji import emoji_in, name_of
from report_builder.html.letters import heard
from report_builder.templating.fonts import characters, drawn, emoji_family

HINT = "Write it in words, or name a font that has it in the theme's settings."
"""How to mend that no font of a theme has a character."""

_WORD = re.compile(r"\S+")


class Stretch(NamedTuple):
    """A part of a text, and the family that all of it is set in; none where any will do."""

    text: str
    family: str


def has(family: str, text: str) -> bool:
    """Tell whether a family has a text, with every mark; as it stands, composed or taken apart."""
    known = characters(family)
    text = heard(text)
    composed, apart = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    return known.issuperset(map(ord, composed)) or known.issuperset(map(ord, apart))


@lru_cache(maxsize=8192)
def family_of(word: str, families: Sequence[str]) -> str:
    """Return the first of some families that has a whole word; none where no family has."""
    return next((family for family in families if has(family, word)), "")


def families_for(texts: Iterable[str], families: Sequence[str]) -> list[str]:
    """Return the first of some families, and each further one that adds what texts need."""
    text = "".join(texts)
    used, lacking = [families[0]], drawn(text) - characters(families[0])
    if any(emoji_in(text)) and (made_for_them := emoji_family(families)):
        used.append(made_for_them)
    for family in families:
        if lacking and lacking & characters(family) and family not in used:
            used.append(family)
        if family in used:
            lacking -= characters(family)
    return sorted(set(used), key=families.index)


def lacking(text: str, known: Container[int]) -> str:
    """Return the characters of a text that are not known, with what they are called."""
    unknown = [chr(code) for code in sorted(drawn(text)) if code not in known]
    return ", ".join(f"“{c}” ({called(c)})" for c in unknown)


def called(character: str) -> str:
    """Return what Unicode calls a character."""
    if any(emoji_in(character)):
        return name_of(character, "en")[0]
    return unicodedata.name(character, "unnamed").lower()


def stretches(text: str, families: tuple[str, ...]) -> Iterator[Stretch]:
    """Yield a text in parts, of which words that need it have a family of their own.

    A text engine takes each letter from the first family that has it. A word is given a family
    where its letters would come from several.
    """
    first = characters(families[0])
    start = 0
    if not all(ord(c) in first or c.isspace() for c in text):
        for found in _WORD.finditer(text):
            for begin, word in _parts(found[0], families):
                family = family_of(word, families) if _is_torn(word, families) else ""
                if family:
                    begin += found.start()
                    if begin > start:
                        yield Stretch(text[start:begin], "")
                    start = begin + len(word)
                    yield Stretch(word, family)
    if start < len(text):
        yield Stretch(text[start:], "")


def _parts(word: str, families: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield where each part of a word begins that is to be in one family, and the part.

    The marks around a word are none of it. What no family has as a whole falls apart at the
    marks within it, too.
    """
    marks = "".join(c for c in set(word) if _is_mark(c))
    bare = word.strip(marks)
    if bare and family_of(bare, families):
        yield word.index(bare), bare
        return
    start = 0
    for is_mark, group in groupby(word, _is_mark):
        part = "".join(group)
        if not is_mark:
            yield start, part
        start += len(part)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


def _is_torn(word: str, families: tuple[str, ...]) -> bool:
    """Tell whether the letters of a word would come from several families."""
    homes = {next((f for f in families if ord(c) in characters(f)), "") for c in heard(word)}
    return len(homes) > 1
