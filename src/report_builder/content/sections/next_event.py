"""When people meet again."""

from report_builder.content.fields import Line, Marked, Text, WebAddress
from report_builder.content.sections import Section


class NextEvent(Section):
    """The next event: its name, and what is known of it."""

    name: Marked
    date: Line | None = None
    venue: Line | None = None
    web: WebAddress | None = None
    body: Text | None = None
