"""The agenda: what happened when, in which room."""

from report_builder.content.fields import Line, Model, OneOrMore, PersonId
from report_builder.content.sections import Section


class Slot(Model):
    """One item of the agenda; ``track`` names the strand where several ran side by side."""

    start: Line | None = None
    end: Line | None = None
    title: Line
    speakers: OneOrMore[PersonId] = ()
    room: Line | None = None
    track: Line | None = None


class Agenda(Section):
    """The day as a table; columns that nobody filled in are left out."""

    in_briefing = False

    items: tuple[Slot, ...] = ()

    def has(self, field: str) -> bool:
        """Tell whether any item says something in a field."""
        return any(getattr(item, field) for item in self.items)
