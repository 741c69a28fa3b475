"""Talks and agenda items: who spoke, and about what."""

from report_builder.content.fields import Line, Model, OneOrMore, PersonId, Text
from report_builder.content.sections import Section


class Session(Model):
    """One talk. ``summary`` is what councillors read in place of its first sentence."""

    title: Line | None = None
    speakers: OneOrMore[PersonId] = ()
    body: Text | None = None
    summary: Text | None = None


class Sessions(Section):
    """Talks in the order in which they were given."""

    items: tuple[Session, ...] = ()
