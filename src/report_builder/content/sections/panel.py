"""A panel: who sat on it, and what each said."""

from report_builder.content.fields import Model, OneOrMore, PersonId, Text
from report_builder.content.sections import Section


class Member(Model):
    """One or more people on the panel.

    ``text`` presents them in the writer's own words; without it, their role and organisation
    do. ``body`` is what they said; ``summary`` is its short form for councillors.
    """

    people: OneOrMore[PersonId] = ()
    text: Text | None = None
    body: Text | None = None
    summary: Text | None = None


class Panel(Section):
    """A questions-and-answers panel and its members."""

    members: tuple[Member, ...] = ()
