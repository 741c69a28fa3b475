"""What a rule is, and what the rules over an event's content look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from report_builder.content.fields import Line, Model
from report_builder.content.loader import Loaded
from report_builder.content.model import Event
from report_builder.content.picture import Picture
from report_builder.content.text import Text
from report_builder.problems import Position, Problem, Severity

Finding = tuple[Position, str, str]
"""Where it is, what is wrong, and how to mend it: a `Problem` but for what its rule adds."""

T = TypeVar("T")


def parts(value: object) -> Iterator[object]:
    """Yield everything that a value of an event's model holds, itself first."""
    yield value
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, tuple):
        for inner in value:
            yield from parts(inner)
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from parts(inner)


@dataclass(frozen=True)
class Entry:
    """A line of the table of rules: the code of problems, how much they matter, what is asked."""

    code: str
    severity: Severity
    summary: str


@dataclass(frozen=True)
class Rule(Entry, Generic[T]):
    """One rule: a line of the table, and what finds where a subject breaks it."""

    find: Callable[[T], Iterator[Finding]]

    def problems(self, subject: T) -> Iterator[Problem]:
        """Yield what the rule finds as problems."""
        for position, message, hint in self.find(subject):
            yield Problem(self.severity, self.code, position, message, hint)


def hold(rules: Iterable[Rule[T]], subject: T) -> list[Problem]:
    """Return every problem that rules find in a subject."""
    return [problem for rule in rules for problem in rule.problems(subject)]


@dataclass(frozen=True)
class House:
    """What the theme and the workspace ask of content, and the day on which they ask it.

    ``reading_age`` is in years; ``consent`` asks for it wherever people are shown or named;
    between the two days of ``pre_election`` councillors are not to be named.
    """

    reading_age: int = 14
    consent: bool = True
    pre_election: tuple[dt.date, dt.date] | None = None
    today: dt.date = field(default_factory=dt.date.today)


@dataclass(frozen=True)
class Case:
    """An event as read, and what the house asks of it."""

    loaded: Loaded
    house: House

    @property
    def event(self) -> Event | None:
        """The event, where its form is sound."""
        return self.loaded.event

    @property
    def pictures(self) -> Iterator[Picture]:
        """Every picture that the event's sections hold."""
        return (value for value in parts(self.event) if isinstance(value, Picture))

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every Markdown text of the event."""
        return self.loaded.texts

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line of plain words that the event's model holds, names and addresses too."""
        return tuple(part for part in parts(self.event) if isinstance(part, Line))

    def language_of(self, part: Text | Line) -> str:
        """Return the language of a text or a line: its section's, else the event's."""
        event = self.event.language if self.event else "en"
        return self._languages.get(id(part), event)

    @cached_property
    def _languages(self) -> Mapping[int, str]:
        return {
            id(part): str(section.language)
            for section in (self.event.sections if self.event else ())
            if section.language
            for part in parts(section)
        }
