"""What can be downloaded or watched."""

from report_builder.content.fields import Code, Marked, Model, Text, WebAddress
from report_builder.content.sections import Section


class Download(Model):
    """A document or video: where it is, what it is, how large or how long."""

    title: Marked
    web: WebAddress | None = None
    format: Code | None = None
    size: Code | None = None
    description: Text | None = None


class Downloads(Section):
    """Documents, slides, films and recordings, as links with a description."""

    in_briefing = False

    items: tuple[Download, ...] = ()
