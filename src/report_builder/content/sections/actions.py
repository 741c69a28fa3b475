"""What happens next: who does what by when."""

from typing import Annotated

from report_builder.content.fields import Line, Model, Text, shorthand
from report_builder.content.people import Named
from report_builder.content.sections import Section


class Action(Model):
    """One next step; owner and due date where they are known."""

    text: Text
    owner: Named | None = None
    due: Line | None = None


class Actions(Section):
    """Next steps in order."""

    items: tuple[Annotated[Action, shorthand("text")], ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether an owner or a due date is known for any of the steps."""
        return any(action.owner or action.due for action in self.items)
