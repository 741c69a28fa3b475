"""The messages to take away."""

from report_builder.content.fields import Text
from report_builder.content.sections import Section


class KeyMessages(Section):
    """A short list, repeated at the front of the report and in the briefing."""

    items: tuple[Text, ...] = ()
