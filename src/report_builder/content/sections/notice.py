"""Something that readers must not overlook."""

from report_builder.content.fields import Text
from report_builder.content.sections import Section


class Notice(Section):
    """A text in a box."""

    body: Text
