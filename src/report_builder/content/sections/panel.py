"""A panel: who sat on it, and what each said."""

from report_builder.content.fields import Model, OneOrMore, Text
from report_builder.content.people import PersonId
from report_builder.content.sections import Section
from report_builder.content.text import Text as MarkdownText

_INTRODUCTION = 12  # words; a text that is no longer gives a name and a post alone


class Member(Model):
    """One or more people on the panel.

    ``text`` presents them in the writer's own words; without it, their role and organisation
    do. ``body`` is what they said; ``summary`` is its short form for councillors.
    """

    people: OneOrMore[PersonId] = ()
    text: Text | None = None
    body: Text | None = None
    summary: Text | None = None

    @property
    def said(self) -> MarkdownText | None:
        """What councillors read of the member; ``None`` where only a name and post are known."""
        introduces = self.text and len(self.text.plain.split()) > _INTRODUCTION
        return self.summary or self.body or (self.text if introduces else None)


class Panel(Section):
    """A questions-and-answers panel and its members."""

    members: tuple[Member, ...] = ()

    @property
    def tells_councillors(self) -> bool:
        """Whether it is known of anybody what they said."""
        return any(member.said for member in self.members)
