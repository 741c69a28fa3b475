"""What the text draws on."""

from report_builder.content.fields import Text
from report_builder.content.sections import Section


class References(Section):
    """A numbered list of sources."""

    in_briefing = False

    items: tuple[Text, ...] = ()
