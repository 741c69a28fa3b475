"""An event: everything that its documents say, as frozen values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache, reduce
from itertools import chain, count
from operator import or_
from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    PlainValidator,
    WithJsonSchema,
    create_model,
    model_validator,
)

from report_builder.content.counts import Count
from report_builder.content.fields import (
    Address,
    Before,
    Code,
    Email,
    Kept,
    Language,
    Line,
    Marked,
    Model,
    Name,
    Text,
    WebAddress,
    fault,
    shorthand,
    skips_empty,
)
from report_builder.content.named_first import begins_with_names
from report_builder.content.people import Named, PersonId
from report_builder.content.picture import Banner
from report_builder.content.sections import Section, kinds


def _date(value: object) -> dt.date:
    if isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    line = Line.read(value)
    try:
        return dt.date.fromisoformat(line)
    except ValueError:
        raise fault(
            "date",
            f"“{line}” is not a date.",
            "Write year, month and day as 2023-12-14.",
        ) from None


_DATE = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
Date = Annotated[
    dt.date,
    PlainValidator(_date),
    WithJsonSchema(_DATE),
]


class Dates(Model):
    """The day of an event; its first and last day; or several days, the first and the others."""

    start: Date
    end: Date | None = None
    others: tuple[Date, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Dates:
        if self.end and self.end < self.start:
            raise fault(
                "date-order",
                f"The event ends on {self.end}, before it starts on {self.start}.",
                "Exchange the two dates, or mend the year.",
            )
        return self


def _list_of_days(value: object) -> object:
    if isinstance(value, (list, tuple)) and value:
        return {"start": value[0], "others": value[1:]}
    return value


_days = Before(
    _list_of_days, lambda schema: {"anyOf": [{"type": "array", "items": _DATE}, *schema["anyOf"]]}
)
"""Let several days be a list."""


class Venue(Model):
    """Where the event was: its name, and what helps to get there or to join from elsewhere."""

    name: Name
    address: Address | None = None
    directions: Text | None = None
    online: Marked | None = None


class Group(Model):
    """How many people of a kind came."""

    text: Marked
    count: Count


class Attendance(Model):
    """How many came, in words; and of which groups."""

    text: Marked
    groups: tuple[Group, ...] = ()


class Person(Model):
    """Someone the event names; only the name is required."""

    name: Name
    role: Line | None = None
    organisation: Name | None = None

    @property
    def post(self) -> str:
        """Role and organisation as one line, as far as they are known."""
        return ", ".join(part for part in (self.role, self.organisation) if part)


class Contact(Model):
    """Whom to ask, and for what."""

    name: Named
    about: Line | None = None
    address: Address | None = None
    email: Email | None = None
    phone: Code | None = None
    web: WebAddress | None = None


class Implications(Model):
    """What a report to councillors must consider."""

    finance: Text | None = None
    legal: Text | None = None
    equality: Text | None = None


class Briefing(Model):
    """What only councillors need. What is not known is printed as not yet known."""

    to: Line | None = None
    purpose: Text | None = None
    status: Annotated[Literal["decision", "discussion", "noting"], Field(alias="for")] = "noting"
    asks: tuple[Text, ...] = ()
    lead_officer: Named | None = None
    portfolio_holder: PersonId | None = None
    wards: Name | None = None
    classification: Line | None = None
    contact: Named | None = None
    implications: Implications = Implications.model_construct()
    background: tuple[Text, ...] = ()


Kind = Literal["event", "meeting", "consultation", "workshop", "conference"]
"""What a report is about: the templates' own words fit it."""


class Event(Model):
    """One event. Only its title is required; what is not known is left out."""

    title: Marked
    kind: Kind = "event"
    language: Language = Line("en-GB")
    summary: Text | None = None
    date: Annotated[Dates | None, shorthand("start", _DATE), _days] = None
    time: Line | None = None
    venue: Annotated[Venue | None, shorthand("name")] = None
    attendance: Annotated[Attendance | None, shorthand("text")] = None
    organiser: Line | None = None
    web: WebAddress | None = None
    banner: Annotated[Banner | None, shorthand("file")] = None
    people: Annotated[Mapping[str, Annotated[Person, shorthand("name")]], skips_empty] = Field(
        default_factory=dict
    )
    contacts: tuple[Annotated[Contact, shorthand("name")], ...] = ()
    copyright: Marked | None = None
    queries: tuple[Annotated[Marked, Kept], ...] = ()
    briefing: Briefing = Briefing.model_construct()
    sections: tuple[Section, ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Event:
        """Return the event that plain values give, or raise pydantic's ValidationError."""
        return event_model().model_validate(values)

    @property
    def for_councillors(self) -> bool:
        """Whether any section has something for councillors."""
        return any(section.tells_councillors for section in self.sections)

    def anchor(self, section: Section) -> str:
        """Return the name by which links lead to a section; no two sections share one."""
        return next(name for other, name in self._anchors if other is section)

    @cached_property
    def _anchors(self) -> list[tuple[Section, str]]:
        taken: set[str] = {section.id for section in self.sections if section.id}
        anchors = []
        for section in self.sections:
            if section.id:
                anchors.append((section, str(section.id)))
                continue
            numbered = (f"{section.slug}-{number}" for number in count(2))
            name = next(n for n in chain([section.slug], numbered) if n not in taken)
            taken.add(name)
            anchors.append((section, name))
        return anchors

    def named(self, people: Iterable[str]) -> list[Person]:
        """Return the people whom a section names by their short names."""
        return [self.people[name] for name in people]

    def before(self, people: Iterable[str], text: str) -> list[Person]:
        """Return who is to be named before what they said: nobody where it begins with them."""
        named = self.named(people)
        return [] if begins_with_names([person.name for person in named], text) else named

    def sections_of(self, kind: str) -> tuple[Any, ...]:
        """Return the sections of one kind, in order."""
        return tuple(section for section in self.sections if section.type == kind)


@lru_cache(maxsize=1)
def event_model() -> type[Event]:
    """Return the event's model with every kind of section that is installed."""
    section: Any = Annotated[reduce(or_, kinds().values()), Discriminator("type")]
    return create_model("Event", __base__=Event, sections=(tuple[section, ...], ()))
