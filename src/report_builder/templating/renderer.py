"""Jinja templates over one event: every document begins here as HTML."""

from __future__ import annotations

import datetime as dt
import traceback
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import jinja2
from babel.dates import format_date

from report_builder.content.fields import names
from report_builder.content.model import Dates, Event
from report_builder.problems import Position, ReportBuilderError, error
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
            raise _problem(path, reason.lineno, f"{reason.message}.") from reason
        except jinja2.TemplateError as reason:
            path, line = _place(reason, template)
            missing = isinstance(reason, jinja2.TemplateNotFound)
            message = f"the theme has no file “{reason}”." if missing else f"{reason}."
            raise _problem(path, line, message) from reason

    @cached_property
    def _environment(self) -> jinja2.Environment:
        folders = jinja2.FileSystemLoader(self.theme.folders)
        # {% extends "shipped/default/report.html.j2" %} reaches the file that another replaces.
        shipped = jinja2.PrefixLoader({"shipped": jinja2.FileSystemLoader(shipped_templates())})
        environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([folders, shipped]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters.update(date=self._date, names=names)
        environment.globals.update(self.functions)
        return environment

    def _date(self, dates: Dates | dt.date) -> str:
        """Return a day, or first and last day, as the event's language writes them."""
        locale = self.event.language.replace("-", "_")
        if isinstance(dates, dt.date):
            return format_date(dates, "d MMMM y", locale)
        if dates.end is None:
            return self._date(dates.start)
        same_month = (dates.start.year, dates.start.month) == (dates.end.year, dates.end.month)
        first = (
            "d" if same_month else "d MMMM" if dates.start.year == dates.end.year else "d MMMM y"
        )
        return f"{format_date(dates.start, first, locale)} to {self._date(dates.end)}"


def _place(reason: jinja2.TemplateError, template: str) -> tuple[str, int]:
    """Return the template's file and line in which an error was raised."""
    frames = traceback.extract_tb(reason.__traceback__)
    inside = [frame for frame in frames if frame.filename.endswith(".j2")]
    return (inside[-1].filename, inside[-1].lineno or 1) if inside else (template, 1)


def _problem(path: str, line: int, message: str) -> ReportBuilderError:
    return ReportBuilderError(
        [
            error(
                "template",
                Position(path, line),
                f"{message[0].upper()}{message[1:].rstrip('.')}.",
                "Compare the line with the shipped template.",
            )
        ]
    )
