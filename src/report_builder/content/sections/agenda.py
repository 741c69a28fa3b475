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

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields in which any item says something."""
        fields = Slot.model_fields
        return tuple(name for name in fields if any(getattr(item, name) for item in self.items))
