"""Events, themes and drawings as plain values: all that templates get.

A value is nothing, a number, a text, a day, a list or a group of values by name. What is none of
these, such as a path, is left out.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import Undefined
from markupsafe import Markup
from pydantic import BaseModel

from report_builder.content.fields import Line, Marked
from report_builder.content.markdown import Inline
from report_builder.content.model import Event
from report_builder.content.named_first import begins_with_names
from report_builder.content.sections import kinds
from report_builder.content.text import Text
from report_builder.problems import Position
from report_builder.templating.functions import Function, TemplateFault
from report_builder.templating.theme import Theme

WORDS = (str, Line, Marked, Markup, Inline, Text)
DAYS = (dt.date, dt.datetime, dt.time)
SINGLE: frozenset[type] = frozenset((type(None), bool, int, float, *WORDS, *DAYS))
"""The types of values that can be printed."""

_LEFT_OUT = object()


def printable(value: object) -> object:
    """Return a value that can be printed, and raise a fault of the template's for any other."""
    if type(value) in SINGLE:
        return value
    if isinstance(value, Undefined):
        str(value)  # raises, and says what is undefined; an “if” without “else” is just empty
        return value
    what = "a list" if isinstance(value, list | tuple) else "a group of values"
    if not isinstance(value, list | tuple | dict):
        what = "a thing that is no text"
    raise TemplateFault(f"the template prints {what}: print the values in it, one by one")


def plain(value: object, known: Mapping[int, Any] | None = None) -> Any:
    """Return a value as templates get it, and ``None`` for what they do not.

    ``known`` holds values that stand for others, by the others' identity.
    """
    made = _plain(value, known or {})
    return None if made is _LEFT_OUT else made


def _plain(value: object, known: Mapping[int, Any]) -> Any:
    if id(value) in known:
        return known[id(value)]
    kind: Any = type(value)
    if kind in SINGLE or kind is Function:
        return value
    match value:
        case Enum():
            return _plain(value.value, known)
        case str() | int() | float():
            return next(base for base in (str, bool, int, float) if isinstance(value, base))(value)
        case Position():
            return _LEFT_OUT
        case BaseModel():
            return _group(value, _names_of_model(kind), known)
        case _ if dataclasses.is_dataclass(value):
            return _group(value, _names_of_dataclass(kind), known)
        case Mapping():
            made = {str(name): _plain(one, known) for name, one in value.items()}
            return {name: one for name, one in made.items() if one is not _LEFT_OUT}
        case list() | tuple() | Set() | Iterator():
            items = (_plain(one, known) for one in value)
            return tuple(one for one in items if one is not _LEFT_OUT)
    return _LEFT_OUT


def _group(value: object, names: Iterable[str], known: Mapping[int, Any]) -> dict[str, Any]:
    made = {name: _plain(getattr(value, name), known) for name in names}
    return {name: one for name, one in made.items() if one is not _LEFT_OUT}


@lru_cache
def _names_of_model(kind: Any) -> tuple[str, ...]:
    names = (*kind.model_fields, *kind.__class_vars__, *_properties(kind))
    return tuple(dict.fromkeys(name for name in names if not name.startswith(("_", "model_"))))


@lru_cache
def _names_of_dataclass(kind: Any) -> tuple[str, ...]:
    names = (*(field.name for field in dataclasses.fields(kind)), *_properties(kind))
    return tuple(name for name in names if not name.startswith("_"))


def _properties(kind: type) -> Iterator[str]:
    for one in kind.__mro__:
        if one.__module__ != "builtins" and not one.__module__.startswith("pydantic"):
            for name, value in vars(one).items():
                if isinstance(value, property | cached_property):
                    yield name


def plain_theme(theme: Theme) -> dict[str, Any]:
    """Return what templates may know of a theme: its name and looks, and not where it lies."""
    logo = theme.logo
    return {
        "name": theme.name,
        "colours": theme.colours,
        "cloud_colours": tuple(theme.cloud_colours),
        "editions": theme.editions,
        "font_families": tuple(theme.font_families),
        "logo": {"address": logo.address, "alt": logo.alt, "ratio": logo.ratio} if logo else None,
        "settings": plain(theme.settings),
    }


def names_in_theme(theme: Theme) -> frozenset[str]:
    """Return what templates may use of a theme."""
    return frozenset(plain_theme(theme))


def names_in_event() -> frozenset[str]:
    """Return what templates may use of any event."""
    return frozenset((*_names_of_model(Event), *_FUNCTIONS))


def names_in_section(kind: str) -> frozenset[str]:
    """Return what templates may use of any section of a kind; nothing where there is no such."""
    model = kinds().get(kind)
    return frozenset((*_names_of_model(model), "anchor")) if model else frozenset()


def plain_event(event: Event) -> dict[str, Any]:
    """Return an event with the functions that choose its sections and people.

    Each of its sections has the name by which links lead to it, as ``anchor``.
    """
    sections = tuple({**plain(s), "anchor": event.anchor(s)} for s in event.sections)
    known = {id(real): made for real, made in zip(event.sections, sections, strict=True)}
    made: dict[str, Any] = plain(event, known)
    for name, function in _FUNCTIONS.items():
        made[name] = Function(name, function, made)
    return made


def _named(event: Mapping[str, Any], people: object, /) -> list[dict[str, Any]]:
    """Return the people whom a section names by their short names."""
    if not isinstance(people, list | tuple):
        raise TemplateFault("“event.named” takes a list of short names of people")
    for name in people:
        if not isinstance(name, str) or name not in event["people"]:
            raise TemplateFault(f"nobody is called “{name}” under “people”")
    return [event["people"][name] for name in people]


def _before(event: Mapping[str, Any], people: object, text: object, /) -> list[dict[str, Any]]:
    """Return who is to be named before what they said: nobody where it begins with their names."""
    if not isinstance(text, str):
        raise TemplateFault("“event.before” takes short names of people, and a text")
    said = text.words if isinstance(text, Inline) else str(text)
    named = _named(event, people)
    return [] if begins_with_names([one["name"] for one in named], said) else named


def _sections_of(event: Mapping[str, Any], kind: object, /) -> tuple[dict[str, Any], ...]:
    """Return the sections of one kind, in order."""
    return tuple(section for section in event["sections"] if section["type"] == kind)


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "named": _named,
    "before": _before,
    "sections_of": _sections_of,
}
"""The functions of an event, by the names that templates call them by."""
