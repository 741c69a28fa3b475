"""Text with, where there are some, pictures below it."""

from report_builder.content.fields import Text
from report_builder.content.picture import Picture
from report_builder.content.sections import Section


class Prose(Section):
    """Paragraphs and lists as Markdown, and pictures."""

    in_briefing = False

    body: Text | None = None
    pictures: tuple[Picture, ...] = ()
