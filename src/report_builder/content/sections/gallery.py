"""Photos of the day."""

from report_builder.content.picture import Picture
from report_builder.content.sections import Section


class Gallery(Section):
    """Pictures, one below the other."""

    in_briefing = False

    items: tuple[Picture, ...] = ()
