"""Questions from the floor, and their answers."""

from report_builder.content.fields import Model, OneOrMore, Text
from report_builder.content.people import PersonId, Somebody
from report_builder.content.sections import Section


class Question(Model):
    """A question; without an answer it is printed as still open."""

    question: Text
    asked_by: Somebody | None = None
    answer: Text | None = None
    answered_by: OneOrMore[PersonId] = ()


class Questions(Section):
    """Questions in the order in which they were asked."""

    items: tuple[Question, ...] = ()
