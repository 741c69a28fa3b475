"""Posters, stalls, films and displays that people could look at."""

from report_builder.content.fields import Text
from report_builder.content.sections import Section


class Exhibits(Section):
    """What was on display; the list may be empty where only the introduction is known."""

    in_briefing = False

    items: tuple[Text, ...] = ()
