"""Jinja templates over one event: every document begins here as HTML."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import jinja2
from babel.dates import format_date
from jinja2.sandbox import ImmutableSandboxedEnvironment

from report_builder.content.model import Dates, Event
from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.templating.resources import Resources
from report_builder.templating.theme import Theme, shipped_templates


class Renderer:
    """One event in one theme: gives HTML for any of the theme's templates."""

    def __init__(
        self, event: Event, resources: Resources, functions: Mapping[str, Callable[..., Any]]
    ) -> None:
        self.event, self.resources, self.functions = event, resources, functions

    @property
    def theme(self) -> Theme:
        """The theme whose templates are used."""
        return self.resources.theme

    def render(self, template: str, **values: object) -> str:
        """Return a template's HTML. A fault in a template is a problem with its line."""
        try:
            return self._environment.get_template(template).render(
                event=self.event, theme=self.theme, **values
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
        folders = jinja2.FileSystemLoader(self.theme.folders)
        # {% extends "shipped/default/report.html.j2" %} reaches the file that another replaces.
        shipped = jinja2.PrefixLoader({"shipped": jinja2.FileSystemLoader(shipped_templates())})
        environment = ImmutableSandboxedEnvironment(  # a theme from elsewhere is no program
            loader=jinja2.ChoiceLoader([folders, shipped]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(date=self._date, names=names, number=number)
        environment.globals.update(self.functions)
        return environment

    def _date(self, dates: Dates | dt.date | str) -> str:
        """Return a day, or first and last day, as the event's language writes them.

        Words that are no date (“by the summer”) stay as they are.
        """
        locale = self.event.language.replace("-", "_")
        if isinstance(dates, str):
            try:
                return self._date(dt.date.fromisoformat(dates))
            except ValueError:
                return dates
        if isinstance(dates, dt.date):
            return format_date(dates, "d MMMM y", locale)
        if dates.end is None:
            return self._date(dates.start)
        same_month = (dates.start.year, dates.start.month) == (dates.end.year, dates.end.month)
        first = (
            "d" if same_month else "d MMMM" if dates.start.year == dates.end.year else "d MMMM y"
        )
        return f"{format_date(dates.start, first, locale)} to {self._date(dates.end)}"


def number(value: float) -> str:
    """Return a number as people write it: 1,200 and 3.5."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,}"


def names(people: Iterable[str]) -> str:
    """Return names as a reader would say them: “A, B and C”."""
    *first, last = list(people) or [""]
    return f"{', '.join(first)} and {last}" if first else last


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
