"""What people said, in their own words."""

from typing import Annotated

from report_builder.content.fields import Line, Model, Text, shorthand
from report_builder.content.people import Named
from report_builder.content.picture import Consent
from report_builder.content.sections import Section


class Quote(Model):
    """A quotation; without ``by`` it is anonymous. ``replies`` make it a dialogue."""

    text: Text
    by: Named | None = None
    context: Line | None = None
    consent: Consent | None = None
    replies: tuple["Reply", ...] = ()


class Reply(Model):
    """A line of a dialogue."""

    text: Text
    by: Named | None = None


class Quotes(Section):
    """Quotations, one below the other."""

    items: tuple[Annotated[Quote, shorthand("text")], ...] = ()
