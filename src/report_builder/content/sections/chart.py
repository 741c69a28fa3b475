"""Numbers as bars, as parts of a whole, or as a line through time: one table, seen and heard."""

from functools import cached_property
from typing import Literal

from pydantic import model_validator

from report_builder.content.fields import Line, Marked, Model, Text, fault
from report_builder.content.measures import MaybeMeasure
from report_builder.content.opinions import is_scale
from report_builder.content.sections import Section
from report_builder.content.steps import Step, is_even, is_rest, steps, times

MOST_LABELS, MOST_TIMES, MOST_SERIES = 40, 60, 6
"""How many labels a chart may have, how many one through time, and how many series."""

_LINE_FROM = 5  # dates
_NO_DATES = ("weekday", "hour")  # they come again: bars compare them


class Series(Model):
    """What is counted: its name and a number for each label; “–” where there is none."""

    name: Marked
    values: tuple[MaybeMeasure, ...]


class Chart(Section):
    """Bars of one or more series, parts of a whole, or a line; ``by`` heads the labels.

    Bars stand by their values unless ``order`` is ``given`` or the labels are steps. ``scale``
    says whether series are steps from one end to the other, such as agree to disagree.
    """

    kind: Literal["bar", "stacked-bar", "line"] = "bar"
    order: Literal["given", "value"] | None = None
    scale: Literal["ordered", "categories"] | None = None
    caption: Marked | None = None
    by: Marked | None = None
    labels: tuple[Marked, ...]
    series: tuple[Series, ...]
    unit: Line | None = None
    source: Text | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> "Chart":
        if not self.series or not self.labels:
            raise fault("chart-values", "The chart has no numbers.", "Give labels and series.")
        for series in self.series:
            if len(series.values) != len(self.labels):
                counts = len(series.values), len(self.labels)
                raise fault(
                    "chart-values",
                    f"Numbers in “{series.name}”: {counts[0]}; labels: {counts[1]}.",
                    "Give one number for each label; “–” where there is none.",
                )
        if not any(value is not None for series in self.series for value in series.values):
            hint = "Give the numbers, or leave the section out until they are known."
            raise fault("chart-values", "The chart has no numbers.", hint)
        most = MOST_TIMES if self.is_line else MOST_LABELS
        for name, count, limit in (
            ("labels", len(self.labels), most),
            ("series", len(self.series), MOST_SERIES),
        ):
            if count > limit:
                raise fault(
                    "chart-size",
                    f"The chart has {count:,} {name}; nobody can compare more than {limit}.",
                    "Show those that matter, and put all of them into a section “type: table”.",
                )
        return self

    @cached_property
    def times(self) -> tuple[Step, tuple[int, ...]] | None:
        """Which times the labels are, and how they lie on a line."""
        return times(self.labels)

    @cached_property
    def step(self) -> Step | None:
        """What the labels are if they follow one another."""
        return steps(self.labels)

    @property
    def is_line(self) -> bool:
        """Whether it is a line through time: of five or more dates with as much between any two."""
        if self.kind != "bar":
            return self.kind == "line"
        found = self.times
        is_long = found is not None and len(self.labels) >= _LINE_FROM
        return is_long and found is not None and found[0] not in _NO_DATES and is_even(found[1])

    @property
    def is_ordered(self) -> bool:
        """Whether the series are steps of a scale."""
        names = [series.name for series in self.series]
        said = [name for name in names if not is_rest(name)]  # “don't know” is no step
        is_known = is_scale(names) or (len(names) - len(said) == 1 and is_scale(said))
        return self.scale == "ordered" or (self.scale is None and is_known)

    @property
    def keeps_order(self) -> bool:
        """Whether the labels stand as they are given; parts of a whole do unless it is asked."""
        if self.is_line or self.order is None:
            return self.is_line or self.kind == "stacked-bar" or self.step is not None
        return self.order == "given"

    @property
    def newest(self) -> int:
        """Which series the eye meets first: the newest of times, else the first."""
        names = [series.name for series in self.series]
        found = times(names)
        if found:
            return found[1].index(max(found[1]))
        return len(names) - 1 if steps(names) == "stage" else 0

    @property
    def is_shares(self) -> bool:
        """Whether the numbers are hundredths of something."""
        return (self.unit or "").strip().casefold() in ("%", "per cent", "percent", "٪")
