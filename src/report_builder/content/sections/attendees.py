"""Who was there, and who sent apologies."""

from report_builder.content.fields import Name, OneOrMore
from report_builder.content.people import PersonId, Somebody
from report_builder.content.sections import Section


class Attendees(Section):
    """Organisations and people that came, by name; and those who could not come."""

    in_briefing = False

    organisations: tuple[Name, ...] = ()
    people: OneOrMore[PersonId] = ()
    apologies: OneOrMore[Somebody] = ()
