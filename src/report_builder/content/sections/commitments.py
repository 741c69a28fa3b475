"""What people said, and what was done about it."""

from report_builder.content.fields import Model, Text
from report_builder.content.sections import Section


class Commitment(Model):
    """You said, we did."""

    said: Text
    did: Text | None = None


class Commitments(Section):
    """Pairs of what people said and what followed; where nothing did yet, that is printed."""

    items: tuple[Commitment, ...] = ()
