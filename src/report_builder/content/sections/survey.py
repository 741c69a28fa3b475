"""How people answered a question with given answers."""

from report_builder.content.fields import Marked, Model
from report_builder.content.sections import Section


class Answer(Model):
    """One of the answers, and how many people chose it."""

    text: Marked
    count: int


class Survey(Section):
    """A question, how many answered it, and how many chose each answer."""

    question: Marked
    base: int | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def total(self) -> int:
        """Of how many people shares are counted."""
        return self.base or sum(answer.count for answer in self.answers) or 1
