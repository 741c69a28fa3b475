"""Emoji in a text: where each stands, and what it is called in a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# What an emoji may begin or go on with: few texts have any of it.
_MAYBE = re.compile(
    "[\u203c-\u21aa\u231a-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001fbff]"
)
_AS_TEXT = "\ufe0e"
_ASTRAL = "\U00010000"  # where pictures begin that never were letters
_JOINER = "\u200d"
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]|\U0001f3f4[\U000e0020-\U000e007f]")
_ENGLISH = "en"


class Emoji(NamedTuple):
    """An emoji: where in its text it begins and ends, and its characters."""

    start: int
    end: int
    characters: str


def emoji_in(text: str) -> Iterator[Emoji]:
    """Yield the emoji of a text: pictures, not signs that are letters unless they say otherwise.

    “✔” and “©” are letters, and become pictures by the sign that telephones write after them.
    """
    if not _MAYBE.search(text):
        return
    import emoji  # takes its time, and few texts have any

    for token in emoji.analyze(text, join_emoji=True):
        assert not isinstance(token.value, str)  # noqa: S101  # as it is for what is no emoji
        found = Emoji(token.value.start, token.value.end, token.chars)
        if text[found.end : found.end + 1] != _AS_TEXT and not _is_letter(found.characters):
            yield found


def blotted(text: str, pictures: Iterable[Emoji]) -> str:
    """Return a text with spaces where its emoji are."""
    for start, end, _ in pictures:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def name_of(characters: str, language: str) -> tuple[str, str]:
    """Return what an emoji is called, and the language of that: English where there is no other."""
    import emoji

    wanted = language.partition("-")[0].casefold()
    if wanted not in emoji.LANGUAGES or not (name := _name(characters, wanted)):
        wanted, language = _ENGLISH, _ENGLISH
        name = _name(characters, _ENGLISH)
    if wanted == _ENGLISH and _FLAGS.match(characters):
        name = f"flag: {name}"  # of a country the English list has the bare name
    return name, language


def _name(characters: str, language: str) -> str:
    """Return the names of an emoji, or of those that it is joined from; none if one is lacking."""
    import emoji

    name = emoji.demojize(characters, delimiters=("\0", "\0"), language=language)
    parts = [part for part in name.replace(_JOINER, "\0").split("\0") if part]
    if any(_MAYBE.search(part) for part in parts):
        return ""
    return ", ".join(part.replace("_", " ") for part in parts)


def _is_letter(characters: str) -> bool:
    """Tell whether a sign is a letter as it stands: “✔”, and “©” whatever follows it."""
    import emoji

    if characters[0] in "©®™":
        return True
    status = emoji.EMOJI_DATA.get(characters, {}).get("status")
    return characters < _ASTRAL and len(characters) == 1 and status == emoji.STATUS["unqualified"]
