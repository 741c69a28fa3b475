"""Jinja templates over one event: every document begins here as HTML."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import jinja2
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from report_builder.content.model import Dates, Event
from report_builder.content.text import Text
from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.templating.resources import Resources
from report_builder.templating.theme import Theme, shipped_templates
from report_builder.templating.words import direction, isolated, locale_of, words_of

STANDARD_EDITION = "standard"
PLAIN = ".txt.j2"
"""How the name of a template ends that gives text, not HTML."""

_MEGABYTE = 1_000_000


class Renderer:
    """One event in one theme: gives HTML for any of the theme's templates.

    ``edition`` is which edition of a document is wanted, ``pdf_standard`` what a PDF is to follow,
    ``word_documents`` what is wanted as Word files.
    """

    def __init__(
        self,
        event: Event,
        resources: Resources,
        functions: Mapping[str, Callable[..., Any]],
        edition: str = STANDARD_EDITION,
        pdf_standard: str = "ua-1",
        word_documents: tuple[str, ...] = ("briefing",),
    ) -> None:
        self.event, self.resources, self.functions = event, resources, functions
        self.edition, self.pdf_standard = edition, pdf_standard
        self.word_documents = word_documents

    @property
    def theme(self) -> Theme:
        """The theme whose templates are used."""
        return self.resources.theme

    def render(self, template: str, **values: object) -> str:
        """Return a template's HTML, or text (`PLAIN`). A fault in it is a problem with its line."""
        environment = self._plain_environment if template.endswith(PLAIN) else self._environment
        try:
            return environment.get_template(template).render(
                event=self.event, theme=self.theme, edition=self.edition, **values
            )
        except jinja2.TemplateSyntaxError as reason:
            path = reason.filename or template
            raise _failure(path, reason.lineno, f"{reason.message}") from reason
        except jinja2.TemplateNotFound as reason:
            path, line = _place(reason) or (template, 1)
            raise _failure(path, line, f"the theme has no file “{reason}”") from reason
        except UnicodeDecodeError as reason:
            message = "a template is not UTF-8 text: save it with the encoding “UTF-8”"
            raise _failure(self.theme.path_of(template), 1, message) from reason
        except ReportBuilderError:
            raise
        except Exception as reason:  # whatever an expression in a template may raise
            place = _place(reason)
            if place is None:
                raise
            raise _failure(*place, str(reason) or type(reason).__name__) from reason

    @cached_property
    def _environment(self) -> jinja2.Environment:
        return self._make_environment(is_html=True)

    @cached_property
    def _plain_environment(self) -> jinja2.Environment:
        return self._make_environment(is_html=False)

    def _make_environment(self, *, is_html: bool) -> jinja2.Environment:
        folders = jinja2.FileSystemLoader(self.theme.folders)
        # {% extends "shipped/default/report.html.j2" %} reaches the file that another replaces.
        shipped = jinja2.PrefixLoader({"shipped": jinja2.FileSystemLoader(shipped_templates())})
        environment = ImmutableSandboxedEnvironment(  # a theme from elsewhere is no program
            loader=jinja2.ChoiceLoader([folders, shipped]),
            autoescape=is_html,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            finalize=isolated if direction(self.event.language) == "rtl" else None,
        )
        words = words_of(self.theme, self.event.language, marks=is_html)
        environment.install_gettext_callables(  # type: ignore[attr-defined]  # the extension's
            words.gettext, words.ngettext, newstyle=True
        )
        environment.filters.update(
            date=self._date,
            language=language_attributes,
            names=self._names,
            number=lambda number: format_decimal(number, locale=self._locale),
            percent=lambda share: format_percent(share, locale=self._locale),
            own_way=isolated if direction(self.event.language) == "rtl" else str,
            plain=_plain,
            size=self._size,
        )
        environment.globals.update(self.functions)
        return environment

    def _date(self, dates: Dates | dt.date | str) -> str:
        """Return a day, or first and last day, as the event's language writes them.

        Words that are no date (“by the summer”) stay as they are.
        """
        if isinstance(dates, str):
            try:
                return self._date(dt.date.fromisoformat(dates))
            except ValueError:
                return dates
        if isinstance(dates, dt.date):
            return self._day(dates, "d MMMM y")
        if dates.others:
            return self._days((dates.start, *dates.others))
        if dates.end is None:
            return self._date(dates.start)
        same_month = (dates.start.year, dates.start.month) == (dates.end.year, dates.end.month)
        first = (
            "d" if same_month else "d MMMM" if dates.start.year == dates.end.year else "d MMMM y"
        )
        to = " to " if self._locale.language == "en" else " – "
        return f"{self._day(dates.start, first)}{to}{self._date(dates.end)}"

    def _days(self, days: Sequence[dt.date]) -> str:
        """Return several days as a list, each year but once."""
        short = [
            self._day(day, "d MMMM" if day.year == after.year else "d MMMM y")
            for day, after in pairwise(days)
        ]
        return self._names([*short, self._date(days[-1])])

    def _day(self, day: dt.date, pattern: str) -> str:
        return format_date(day, pattern, self._locale)

    def _size(self, count: int) -> str:
        """Return a file's size: “1.2 MB”."""
        if count < _MEGABYTE:
            return f"{max(round(count / 1000), 1)}\u00a0kB"
        return f"{format_decimal(round(count / _MEGABYTE, 1), locale=self._locale)}\u00a0MB"

    def _names(self, people: Iterable[str]) -> str:
        """Return names as a reader would say them: “A, B and C”."""
        return format_list([str(person) for person in people], locale=self._locale)

    @cached_property
    def _locale(self) -> Locale:
        return locale_of(self.event.language)


def language_attributes(language: str | None) -> Markup:
    """Return the attributes ``lang`` and ``dir`` for an element; none where none is given."""
    if language is None:
        return Markup()
    return Markup(' lang="{}" dir="{}"').format(language, direction(language))


def _plain(text: Text | str) -> str:
    """Return a text of the event as a plain template prints it."""
    from report_builder.html.plain import plain_text

    return plain_text(text.inline if isinstance(text, Text) else escape(text))


def _place(reason: BaseException) -> tuple[str, int] | None:
    """Return the template's file and line in which an error was raised, if it was in one."""
    frames = traceback.extract_tb(reason.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith(".j2")]
    return (inside[-1].filename, inside[-1].lineno or 1) if inside else None


def _failure(path: str, line: int, message: str) -> ReportBuilderError:
    return failure(
        "template",
        Position(path, line),
        f"{message[0].upper()}{message[1:].rstrip('.')}.",
        "Compare the line with the shipped template.",
    )
