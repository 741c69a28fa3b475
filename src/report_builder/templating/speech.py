"""How a document's language says things: days, numbers and names, and the templates' own words."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from babel import UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from report_builder.content.fields import Line
from report_builder.content.markdown import Inline
from report_builder.content.sentences import is_ended
from report_builder.content.short_forms import stop_of
from report_builder.content.text import Text
from report_builder.html.plain import plain_text
from report_builder.templating import days
from report_builder.templating.functions import TemplateFault
from report_builder.templating.theme import Theme
from report_builder.templating.titles import parts_of, with_its_end_together, words_of_html
from report_builder.templating.values import printable
from report_builder.templating.words import direction, isolated, locale_of, words_of

_MEGABYTE = 1_000_000
_HUGE = 1e20
_LONGEST = 1_000_000  # characters of HTML that are made plain


class Speech:
    """One language, for templates of HTML or of plain text."""

    def __init__(self, theme: Theme, language: str, *, is_html: bool) -> None:
        self._locale, self._is_html = locale_of(language), is_html
        self._words = words_of(theme, language, marks=is_html)
        self._right_to_left = direction(language) == "rtl"

    @cached_property
    def functions(self) -> Mapping[str, Callable[..., Any]]:
        """What templates call and apply to values, by the name that they use."""
        return {
            "date": self.date,
            "gettext": self.gettext,
            "language": language_attributes,
            "lines": self.lines,
            "names": self.names,
            "ngettext": self.ngettext,
            "number": self.number,
            "own_way": self.own_way,
            "percent": self.percent,
            "plain": plain_words,
            "size": self.size,
            "stop": self.stop,
            "told": self.told,
            "until": self.until,
        }

    def printed(self, value: object) -> object:
        """Return a value as it stands among the language's words."""
        return isolated(value) if self._right_to_left else value

    def lines(self, title: object) -> str:
        """Return a title whose parts stand in lines of their own, where one has no room for them.

        Its words and their order stay the same.
        """
        if not isinstance(title, str) or not self._is_html:
            return _text(title)
        html = title.inline if isinstance(title, Line) else escape(title)
        if len(html) > _LONGEST:
            raise TemplateFault("the filter “lines” takes no title as long as this")
        return Markup().join(self._line(part) for part in parts_of(html))

    def _line(self, part: str) -> Markup:
        """Return a part of a title as a line, with the space before it."""
        said = part.lstrip()
        html = Markup(with_its_end_together(said))  # noqa: S704  # it is HTML, and stays so
        line = self.printed(Inline.of(html, words_of_html(said)))
        return Markup('{}<span class="line">{}</span>').format(part[: len(part) - len(said)], line)

    def own_way(self, value: object) -> object:
        """Return a name that keeps its order among words that run the other way."""
        return isolated(value) if self._right_to_left else str(value)

    def gettext(self, message: str, /, **values: object) -> str:
        """Return the templates' own words in the language; ``%(name)s`` stands for a value."""
        return self._filled(self._words.gettext(_text(message)), values)

    def ngettext(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Return words that fit a number, which stands in them as ``%(num)s``."""
        if not isinstance(count, int):
            raise TemplateFault("“ngettext” takes a whole number")
        return self._filled(
            self._words.ngettext(_text(one), _text(many), count),
            {"num": self.number(count), **values},
        )

    def _filled(self, words: str, values: Mapping[str, object]) -> str:
        """Return words with values in their places; no other format is understood."""
        as_text: Callable[[Any], str] = escape if self._is_html else str

        def fill(found: re.Match[str]) -> str:
            name = found["name"]
            if found[0] == "%%":
                return "%"
            if name is None:
                raise TemplateFault(f"“{words}” has a “%” that stands for nothing: write “%%”")
            if name not in values:
                raise TemplateFault(f"“{words}” lacks a value for “{name}”")
            return as_text(printable(values[name]))

        filled = re.sub(r"%%|%\((?P<name>\w+)\)[sd]|%", fill, words)
        return Markup(filled) if self._is_html else filled  # noqa: S704  # values are escaped

    def date(self, dates: object) -> str:
        """Return a day, or first and last day, as the language writes them.

        Words that are no date (“by the summer”) stay as they are.
        """
        match dates:
            case str():
                try:
                    return self.date(dt.date.fromisoformat(dates))
                except ValueError:
                    return dates
            case dt.date():
                return days.day(dates, self._locale)
            case {"start": dt.date() as start, "others": [*others]} if others:
                return self.names(days.several((start, *others), self._locale))
            case {"start": dt.date() as start, "end": dt.date() as end}:
                return days.span(start, end, self._locale)
            case {"start": dt.date() as start}:
                return self.date(start)
        raise TemplateFault("the filter “date” takes a day, or the days of an event")

    def until(self, start: str, end: str) -> str:
        """Return from when to when something goes on: “10am to 11.30am”."""
        return days.between(_text(start), _text(end), self._locale)

    def stop(self, words: object) -> str:
        """Return the full stop that a text lacks where another sentence is to follow it.

        A text of several paragraphs, or one that ends in a list, needs none.
        """
        if isinstance(words, Text):
            is_line = len(words.paragraphs) == 1
            words = words.plain if is_line else ""
        text = _text(words)
        return "" if not text or is_ended(text) else stop_of(self._locale.language)

    def told(self, text: Text, words: int = 40, language: str | None = None) -> str:
        """Return a text in short: the sentences that tell most, in about so many words.

        ``language`` is that of the text, where it is not the document's.
        """
        if not isinstance(text, Text) or not isinstance(words, int) or words < 1:
            raise TemplateFault("the filter “told” takes a text, and a number of words")
        short = text.told(words, _text(language or str(self._locale)))
        more = self.ngettext("and %(num)s more", "and %(num)s more", short.more)
        if not isinstance(more, Markup):
            return short.with_more(more)
        html = escape(short.words)
        if short.more:
            html += escape(short.separator) + more + escape(short.stop)
        return Inline.of(html, short.with_more(more.striptags()))

    def number(self, number: float) -> str:
        """Return a number with the language's marks for thousands and decimals."""
        return format_decimal(_number("number", number), locale=self._locale)

    def percent(self, share: float) -> str:
        """Return a share of 1 in hundredths."""
        return format_percent(_number("percent", share), locale=self._locale)

    def size(self, count: int) -> str:
        """Return a file's size: “1.2 MB”."""
        count = int(_number("size", count))
        if count < _MEGABYTE:
            return f"{max(round(count / 1000), 1)}\u00a0kB"
        return f"{format_decimal(round(count / _MEGABYTE, 1), locale=self._locale)}\u00a0MB"

    def names(self, people: Sequence[str]) -> str:
        """Return names as a reader would say them: “A, B and C”."""
        if not isinstance(people, list | tuple) or not all(isinstance(p, str) for p in people):
            raise TemplateFault("the filter “names” takes a list of names")
        as_text: Callable[[Any], str] = escape if self._is_html else str
        said = format_list([as_text(person) for person in people], locale=self._locale)
        return Markup(said) if self._is_html else said  # noqa: S704  # names are escaped


def language_attributes(language: str | None) -> Markup:
    """Return the attributes ``lang`` and ``dir`` for an element; none where none is given."""
    if language is None:
        return Markup()
    try:
        return Markup(' lang="{}" dir="{}"').format(language, direction(_text(language)))
    except (UnknownLocaleError, ValueError):
        raise TemplateFault(f"“{language}” is no language") from None


def plain_words(text: Text | str) -> str:
    """Return a text of the event as a plain template prints it."""
    if not isinstance(text, Text | str):
        raise TemplateFault("the filter “plain” takes a text")
    html = text.inline if isinstance(text, Text) else escape(text)
    if len(html) > _LONGEST:
        raise TemplateFault("the filter “plain” takes no text as long as this")
    return plain_text(html)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TemplateFault("here a text is wanted")
    return value


def _number(name: str, value: object) -> float:
    if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) >= _HUGE:
        raise TemplateFault(f"the filter “{name}” takes a number, of up to twenty digits")
    return value
