"""What can be downloaded or watched."""

from report_builder.content.fields import Line, Model, Text, WebAddress
from report_builder.content.sections import Section


class Download(Model):
    """A document or video: where it is, what it is, how large or how long."""

    title: Line
    web: WebAddress | None = None
    format: Line | None = None
    size: Line | None = None
    description: Text | None = None


class Downloads(Section):
    """Documents, slides, films and recordings, as links with a description."""

    in_briefing = False

    items: tuple[Download, ...] = ()
