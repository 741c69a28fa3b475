"""The words that templates add to an event's own, in the event's language.

A theme keeps them in ``words/LANGUAGE.po``, the format of gettext, which translators' programs
open. What a language lacks stays English, and is marked as English.
"""

from __future__ import annotations

import io
import unicodedata
from contextlib import suppress
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from jinja2.ext import babel_extract
from markupsafe import Markup

from report_builder.content.fields import Line
from report_builder.content.markdown import Inline
from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.sources import note
from report_builder.templating.theme import Theme

SOURCE = "en"
"""The language that templates are written in."""

_MARKS = ("_", "gettext", "ngettext")


class _English(NullTranslations):
    """Words for which a language has none."""

    def gettext(self, message: str) -> str:
        return _marked(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _marked(msgid1 if n == 1 else msgid2)


def words_of(theme: Theme, language: str, *, marks: bool = True) -> NullTranslations:
    """Return a theme's words in a language; English ones in its place carry ``marks`` of HTML."""
    if locale_of(language).language == SOURCE:
        return NullTranslations()
    english: NullTranslations = _English() if marks else NullTranslations()
    path = words_file(theme, language)
    return _read(path, english) if path else english


def missing_words(theme: Theme, language: str) -> list[str]:
    """Return which words of a theme's templates a language has no others for."""
    if locale_of(language).language == SOURCE:
        return []
    path = words_file(theme, language)
    known = _catalog(path) if path else Catalog()
    wanted: dict[str, None] = {}
    for name, template in theme.files.items():
        if name.endswith(".j2"):
            with (
                note(template).open("rb") as file,
                suppress(ValueError, RecursionError),
            ):  # no template
                for _, _, message, _ in babel_extract(file, _MARKS, (), {"trim_blocks": "true"}):
                    singular = message[0] if isinstance(message, tuple) else message
                    wanted[str(singular)] = None
    return [message for message in wanted if not (m := known.get(message)) or not m.string]


def words_file(theme: Theme, language: str) -> Path | None:
    """Return the theme's file of words for a language, the nearest to it that there is."""
    tags = language.replace("_", "-").split("-")
    names = ("-".join(tags[:length]) for length in range(len(tags), 0, -1))
    return next((path for name in names if (path := theme.find(f"words/{name}.po"))), None)


def locale_of(language: str) -> Locale:
    """Return how dates, numbers and lists are written in a language; English is British."""
    return Locale.parse("en-GB" if language == SOURCE else language, sep="-")


def direction(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``."""
    return "rtl" if locale_of(language).character_order == "right-to-left" else "ltr"


def isolated(value: object) -> object:
    """Return a line to print among words from right to left: a Latin one keeps its own order.

    Without the two marks around it, “161 Dunstable Road” would be read “Dunstable Road 161”.
    """
    if not isinstance(value, Line | Inline) or not value:
        return value
    words = value.words if isinstance(value, Inline) else value
    letters = [c for c in map(unicodedata.bidirectional, words) if c in ("L", "R", "AL")]
    ends = {unicodedata.bidirectional(words[0]), unicodedata.bidirectional(words[-1])}
    if letters[:1] != ["L"] or ends == {"L"}:
        return value
    marked = f"\u2066{value}\u2069"
    return Markup(marked) if isinstance(value, Inline) else marked  # noqa: S704  # it is HTML


def _read(path: Path, fallback: NullTranslations) -> GNUTranslations:
    words = GNUTranslations(io.BytesIO(_compiled(*_content(path))))
    words.add_fallback(fallback)
    return words


def _catalog(path: Path) -> Catalog:
    return _parsed(*_content(path))


def _content(path: Path) -> tuple[bytes, str]:
    """Return what decides what a file of words says: a file may change while the program runs."""
    try:
        return path.read_bytes(), path.as_posix()
    except OSError as reason:
        raise _unreadable(path.as_posix(), reason) from reason


@lru_cache
def _compiled(content: bytes, path: str) -> bytes:
    compiled = io.BytesIO()
    write_mo(compiled, _parsed(content, path))
    return compiled.getvalue()


@lru_cache
def _parsed(content: bytes, path: str) -> Catalog:
    try:
        return read_po(io.BytesIO(content), abort_invalid=True)
    except (PoFileError, ValueError) as reason:
        raise _unreadable(path, reason) from reason


def _unreadable(path: str, reason: Exception) -> ReportBuilderError:
    return failure(
        "words",
        Position(path, getattr(reason, "lineno", None) or 1),
        f"The theme's words cannot be read: {reason}.",
        "Open the file with a program for translators, such as Poedit, and save it again.",
    )


def _marked(words: str) -> str:
    return str(Markup('<span lang="en" dir="ltr">{}</span>').format(words))
