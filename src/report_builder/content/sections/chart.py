"""A chart drawn from numbers, which are printed as a table too."""

from typing import Literal

from pydantic import model_validator

from report_builder.content.fields import Line, Marked, Model, Text, fault
from report_builder.content.sections import Section


class Series(Model):
    """One colour of the chart: its name and a number for each label."""

    name: Marked
    values: tuple[float, ...]


class Chart(Section):
    """Bars: one a label, or several stacked. ``unit`` stands behind each number."""

    kind: Literal["bar", "stacked-bar"] = "bar"
    caption: Marked | None = None
    labels: tuple[Marked, ...]
    series: tuple[Series, ...]
    unit: Line | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> "Chart":
        for series in self.series:
            if len(series.values) != len(self.labels):
                raise fault(
                    "chart-values",
                    f"“{series.name}” has {len(series.values)} numbers, not {len(self.labels)}.",
                    "Give one number for each label.",
                )
            if min(series.values, default=0) < 0:
                raise fault("chart-values", "A bar cannot be shorter than nothing.", "Use a table.")
        if not self.series or not self.labels:
            raise fault("chart-values", "The chart has no numbers.", "Give labels and series.")
        return self
