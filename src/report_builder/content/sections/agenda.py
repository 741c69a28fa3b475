"""The agenda: what happened when, in which room."""

from report_builder.content.fields import Line, Marked, Model, OneOrMore
from report_builder.content.people import PersonId
from report_builder.content.sections import Section


class Slot(Model):
    """One item of the agenda; ``track`` names the strand where several ran side by side."""

    start: Line | None = None
    end: Line | None = None
    title: Marked
    speakers: OneOrMore[PersonId] = ()
    room: Line | None = None
    track: Line | None = None


class Agenda(Section):
    """The day as a table; columns that nobody filled in are left out."""

    in_briefing = False

    items: tuple[Slot, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields that any item says something in."""
        filled = {name for item in self.items for name, value in item if value}
        return tuple(name for name in Slot.model_fields if name in filled)
