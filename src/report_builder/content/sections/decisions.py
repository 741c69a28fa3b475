"""What was decided."""

from typing import Annotated

from report_builder.content.fields import Marked, Model, Text, shorthand
from report_builder.content.people import Somebody
from report_builder.content.sections import Section


class Decision(Model):
    """A decision, who moved and seconded it, and how it ended where that is not plain."""

    text: Text
    proposed_by: Somebody | None = None
    seconded_by: Somebody | None = None
    outcome: Marked | None = None


class Decisions(Section):
    """Decisions in order."""

    items: tuple[Annotated[Decision, shorthand("text")], ...] = ()
