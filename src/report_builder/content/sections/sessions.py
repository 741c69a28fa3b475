"""Talks and agenda items: who spoke, and about what."""

from report_builder.content.fields import Line, Marked, Model, OneOrMore, Text
from report_builder.content.people import PersonId
from report_builder.content.picture import Picture
from report_builder.content.sections import Section


class Part(Model):
    """A part of a session that has a title of its own, such as its discussion."""

    title: Marked
    body: Text | None = None


class Session(Model):
    """One talk. ``summary`` is what councillors read in its place."""

    title: Marked | None = None
    speakers: OneOrMore[PersonId] = ()
    time: Line | None = None
    room: Line | None = None
    body: Text | None = None
    parts: tuple[Part, ...] = ()
    pictures: tuple[Picture, ...] = ()
    summary: Text | None = None


class Sessions(Section):
    """Talks in the order in which they were given."""

    items: tuple[Session, ...] = ()

    @property
    def tells_councillors(self) -> bool:
        """Whether it is known of any talk what was said."""
        return any(session.summary or session.body for session in self.items)
