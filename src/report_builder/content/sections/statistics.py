"""Numbers that matter, each with what it counts."""

from report_builder.content.fields import Marked, Model, Text
from report_builder.content.sections import Section


class Statistic(Model):
    """A number as it is to be printed, its unit included; of how many it is, and who says so."""

    value: Marked
    label: Marked
    base: Marked | None = None
    source: Text | None = None


class Statistics(Section):
    """Numbers side by side."""

    items: tuple[Statistic, ...] = ()
