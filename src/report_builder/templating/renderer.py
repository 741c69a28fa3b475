"""Jinja templates over one event: every document begins here as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import jinja2

from report_builder.content.model import Event
from report_builder.problems import Problem, ReportBuilderError
from report_builder.settings.names import STANDARD_EDITION
from report_builder.templating.bounds import Deadline, OverrunError
from report_builder.templating.faults import fault_of, template_failure
from report_builder.templating.functions import Function, TemplateFault, check_arguments
from report_builder.templating.loader import read_template
from report_builder.templating.resources import Drawing, Resources
from report_builder.templating.run import RUN, Run
from report_builder.templating.sandbox import sandbox_of
from report_builder.templating.speech import Speech
from report_builder.templating.theme import Theme
from report_builder.templating.values import plain, plain_event, plain_theme

PLAIN = ".txt.j2"
"""How the name of a template ends that gives text, not HTML."""

_NOTHING = re.compile(r"<!--.*?-->|<!doctype[^>]*>|<\?xml[^>]*>", re.IGNORECASE | re.DOTALL)
_NO_CHARACTER = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DRAWINGS = 50  # that a document may ask for, and so many more for each section


class Renderer:
    """One event in one theme: gives HTML for any of the theme's templates.

    ``drawings`` are what templates can have drawn or arranged, by the name that they call it.
    ``edition`` is which edition of a document is wanted.
    """

    def __init__(
        self,
        event: Event,
        resources: Resources,
        drawings: Mapping[str, Callable[..., object]],
        edition: str = STANDARD_EDITION,
    ) -> None:
        self.event, self.resources, self.drawings = event, resources, drawings
        self.edition = edition

    @property
    def theme(self) -> Theme:
        """The theme whose templates are used."""
        return self.resources.theme

    def render(self, template: str, **values: object) -> str:
        """Return a template's HTML, or text (`PLAIN`). A fault in it is a problem with its line.

        What the template asked to have drawn is drawn when it has run.
        """
        asked: dict[str, Drawing] = {}
        document = self._run(template, values, asked)
        self._check(document, template)
        for name, drawing in asked.items():
            if name not in self.resources.drawn:
                self.resources.drawn[name] = drawing.draw()
        return document

    def _run(self, template: str, values: Mapping[str, object], asked: dict[str, Drawing]) -> str:
        is_html = not template.endswith(PLAIN)
        environment = sandbox_of(self.theme.folders, is_html=is_html)
        drawings = {name: Function(name, partial(self._ask, name, asked)) for name in self.drawings}
        given = {
            "document": template.partition(".")[0],
            "medium": "page",
            **{name: plain(value, self._known) for name, value in values.items()},
            "event": self._event,
            "theme": plain_theme(self.theme),
            "edition": self.edition,
        }
        token = RUN.set(Run(self._speeches[is_html], drawings))
        try:
            with Deadline():
                return environment.get_template(template).render(given)
        except (Exception, OverrunError) as reason:
            if (problem := fault_of(reason, self.theme.path_of(template))) is None:
                raise
            raise problem from reason
        finally:
            RUN.reset(token)

    def _check(self, document: str, template: str) -> None:
        """Raise a problem for what is no document: nothing could be made of it."""
        path = self.theme.path_of(template)
        if found := _NO_CHARACTER.search(document):
            message = f"the template prints a character that is none (U+{ord(found[0]):04X})"
            raise template_failure(path, 1, message)
        hint = "Delete the file, and the shipped one is used."
        if not (document if template.endswith(PLAIN) else _NOTHING.sub("", document)).strip():
            raise template_failure(path, 1, "the template gives an empty document", hint)

    def _ask(self, name: str, asked: dict[str, Drawing], *args: Any, **kwargs: Any) -> object:
        """Note that something is to be drawn, and return the address to use it by.

        What is no drawing is arranged: its values, which the template draws itself.
        """
        args = tuple(map(self._section, args))
        kwargs = {key: self._section(value) for key, value in kwargs.items()}
        check_arguments(name, self.drawings[name], args, kwargs)
        drawing = self.drawings[name](*args, **kwargs)
        if not isinstance(drawing, Drawing):
            return plain(drawing)
        asked[drawing.name] = drawing
        if len(asked) > _DRAWINGS * (1 + len(self.event.sections)):
            raise TemplateFault("the template asks for too many drawings")
        return self.resources.address(drawing.name)

    def _section(self, value: object) -> object:
        """Return the section that a template's values of it stand for; all else as it is."""
        pairs = zip(self._event["sections"], self.event.sections, strict=True)
        return next((real for values, real in pairs if values is value), value)

    @cached_property
    def _event(self) -> dict[str, Any]:
        return plain_event(self.event)

    @cached_property
    def _known(self) -> dict[int, Any]:
        """The event's sections as templates know them, by the identity of each."""
        pairs = zip(self.event.sections, self._event["sections"], strict=True)
        return {id(real): values for real, values in pairs}

    @cached_property
    def _speeches(self) -> dict[bool, Speech]:
        language = self.event.language
        return {html: Speech(self.theme, language, is_html=html) for html in (True, False)}


def syntax_faults(theme: Theme, name: str, path: Path) -> tuple[Problem, ...]:
    """Return what keeps a theme's template from being run at all."""
    environment = sandbox_of(theme.folders, is_html=not name.endswith(PLAIN))
    try:
        text = read_template(path)
        if not text.strip() and "/" not in name:
            hint = "Delete the file, and the shipped one is used."
            raise template_failure(path.as_posix(), 1, "the template is empty", hint)
        with Deadline():
            environment.get_template(name)  # kept compiled, for the documents that are made of it
    except (jinja2.TemplateError, OverrunError, ReportBuilderError) as reason:
        problem = fault_of(reason, path.as_posix())
        found = problem or reason
        return found.problems if isinstance(found, ReportBuilderError) else ()
    return ()
