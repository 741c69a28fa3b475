"""How people answered a question with given answers."""

from functools import cached_property
from typing import Literal

from report_builder.content.counts import Count
from report_builder.content.fields import Marked, Model
from report_builder.content.sections import Section
from report_builder.content.steps import steps


class Answer(Model):
    """One of the answers, and how many people chose it."""

    text: Marked
    count: Count


class Survey(Section):
    """A question, how many answered it, and how many chose each answer.

    With ``multiple`` people could choose several answers. The answers stand by their counts unless
    ``order`` is ``given`` or they are steps.
    """

    question: Marked
    base: Count | None = None
    multiple: bool = False
    order: Literal["given", "value"] | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def total(self) -> int:
        """Of how many people shares are counted."""
        return self.base or sum(answer.count for answer in self.answers) or 1

    @cached_property
    def keeps_order(self) -> bool:
        """Whether the answers stand as they are given."""
        is_steps = steps([answer.text for answer in self.answers]) is not None
        return self.order == "given" or (self.order is None and is_steps)
