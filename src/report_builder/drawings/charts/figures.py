"""What stands where in a chart: plain values that a template prints and a picture draws.

Lengths are hundredths of the room for bars, which lies after the labels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from report_builder.content.fields import Line
from report_builder.content.measures import Measure
from report_builder.content.sections.chart import MOST_LABELS, Chart
from report_builder.content.sections.survey import Survey
from report_builder.content.steps import is_rest, times
from report_builder.drawings.charts.amounts import Amounts
from report_builder.drawings.charts.looks import (
    Look,
    looks_of_bars,
    looks_of_lines,
    looks_of_pieces,
)
from report_builder.drawings.charts.measuring import Type, label_room
from report_builder.drawings.charts.placing import Bar, placed_bars, placed_pieces
from report_builder.templating.functions import TemplateFault
from report_builder.templating.resources import Resources, check_side
from report_builder.templating.words import direction

_SIZES = (6, 72)
_SHORT = 12  # rows that stay on one page
_LEAST_COLUMN = 10.5  # mm below the point of a line
_KEY = 2.2  # ems of the piece of line before the name of its series
_MISSING = "no data"


@dataclass(frozen=True)
class Row:
    """A label and its bars, in the order of the series."""

    label: Line
    number: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Named:
    """A series: its name, its look, and whether it is the one that matters most."""

    name: Line
    look: Look
    is_newest: bool


@dataclass(frozen=True)
class Figures:
    """A chart as it is drawn.

    ``form`` is ``bars``, ``grouped``, ``stack``, ``line`` (with a column a date), or ``turned`` (a
    line with a row a date). ``step`` and ``among_step`` are what labels and names of series are,
    if they are times. ``names`` is the room for labels, ``among`` that for the names of
    grouped series, in hundredths of the whole. ``zero`` is where bars begin.
    """

    form: str
    step: str
    among_step: str
    unit: str
    is_shares: bool
    series: tuple[Named, ...]
    rows: tuple[Row, ...]
    names: float
    among: float = 0
    zero: float = 0
    has_negative: bool = False
    has_above: bool = False
    is_short: bool = True
    is_mirrored: bool = False
    highest: Row | None = None
    lowest: Row | None = None


def chart_figures(
    section: object,
    width: float,
    size: float,
    missing: str = _MISSING,
    head: str = "",
    *,
    resources: Resources,
    language: str,
) -> Figures:
    """Return what stands where in a chart, ``width`` millimetres wide, of words in ``size`` points.

    ``missing`` is what is said where there is no number, ``head`` what stands above the labels.
    """
    chart = as_chart(section, "chart_figures")
    check_side(width)
    check_size(size, "chart_figures")
    theme = resources.theme
    of_type = Type(tuple(theme.font_families), size)
    language = chart.language or language
    return figures_of(chart, width, of_type, theme.colours, str(missing), language, str(head))


def figures_of(
    chart: Chart,
    width: float,
    words: Type,
    colours: Mapping[str, str],
    missing: str,
    language: str,
    head: str = "",
) -> Figures:
    """Return what stands where in a chart."""
    numbers = [value for series in chart.series for value in series.values]
    amounts = Amounts.of(numbers, chart.unit, language)
    rows = [
        Row(
            label,
            number,
            tuple(_bar(series.values[number], amounts, missing) for series in chart.series),
        )
        for number, label in enumerate(chart.labels)
    ]
    rows = _in_order(chart, rows)
    names = [series.name for series in chart.series]
    ends = [row for row in rows if row.bars[chart.newest].value is not None]
    ends.sort(key=lambda row: row.bars[chart.newest].value or 0, reverse=True)
    among = times(names)
    make = partial(
        Figures,
        step=chart.times[0] if chart.times else "",
        among_step=among[0] if among else "",
        is_shares=chart.is_shares,
        unit=amounts.heading,
        series=_named(chart, colours),
        is_mirrored=direction(language) == "rtl",
        highest=ends[0] if ends else None,
        lowest=ends[-1] if ends else None,
    )
    if chart.is_line:
        return _line(make, rows, [*names, *head.split()], width, words)
    share = label_room([*(row.label for row in rows), *head.split()], width, words)
    room = width * (1 - share / 100)
    if chart.kind == "stacked-bar":
        return _stack(partial(make, names=share), rows, room, words)
    beside = min(label_room(names, width, words, least=0), 28) if len(names) > 1 else 0.0
    room -= width * beside / 100
    return _bars(partial(make, names=share, among=beside), rows, room, words)


def _named(chart: Chart, colours: Mapping[str, str]) -> tuple[Named, ...]:
    """Return the series with their looks."""
    count, newest = len(chart.series), chart.newest
    names = [series.name for series in chart.series]
    if chart.kind == "stacked-bar":
        looks = looks_of_pieces(names, colours, is_ordered=chart.is_ordered)
    elif chart.is_line:
        looks = looks_of_lines(count, newest, colours)
    else:
        looks = looks_of_bars(count, newest, colours)
    return tuple(
        Named(name, look, number == newest)
        for number, (name, look) in enumerate(zip(names, looks, strict=True))
    )


def _stack(make: partial[Figures], rows: list[Row], room: float, words: Type) -> Figures:
    placed = placed_pieces([row.bars for row in rows], room, words)
    rows = [replace(row, bars=bars) for row, bars in zip(rows, placed, strict=True)]
    above = any(bar.is_above for bars in placed for bar in bars)
    return make(form="stack", rows=tuple(rows), has_above=above, is_short=len(rows) <= _SHORT)


def _bars(make: partial[Figures], rows: list[Row], room: float, words: Type) -> Figures:
    zero, placed = placed_bars([row.bars for row in rows], room, words)
    rows = [replace(row, bars=bars) for row, bars in zip(rows, placed, strict=True)]
    count = len(rows[0].bars)
    return make(
        form="grouped" if count > 1 else "bars",
        rows=tuple(rows),
        zero=zero,
        has_negative=any(bar.is_negative for bars in placed for bar in bars),
        is_short=len(rows) <= _SHORT and len(rows) * count <= 2 * _SHORT,
    )


def check_size(size: object, name: str) -> None:
    """Raise a fault of the template's for what is no size of words, in the function of a name."""
    if not isinstance(size, int | float) or not _SIZES[0] <= size <= _SIZES[1]:
        raise TemplateFault(f"“{name}” sets words in {_SIZES[0]} to {_SIZES[1]} points")


def as_chart(section: object, name: str) -> Chart:
    """Return a section as a chart, in the function of a name: a survey is one of its answers."""
    if isinstance(section, Chart):
        return section
    if not isinstance(section, Survey) or not section.answers:
        raise TemplateFault(f"“{name}” draws a section “type: chart”, or a survey, of the event")
    if len(section.answers) > MOST_LABELS:
        raise TemplateFault(f"“{name}” draws a survey of at most {MOST_LABELS} answers")
    return Chart(
        type="chart",
        language=section.language,
        caption=section.question,
        order="given" if section.keeps_order else "value",
        labels=[answer.text for answer in section.answers],
        series=[{"name": section.question, "values": [a.count for a in section.answers]}],
    )


def _bar(value: Measure | None, amounts: Amounts, missing: str) -> Bar:
    text = missing if value is None else amounts.write(value)
    return Bar(None if value is None else float(value), text)


def _in_order(chart: Chart, rows: list[Row]) -> list[Row]:
    if chart.keeps_order:
        return rows
    newest = chart.newest
    if chart.kind == "stacked-bar":
        totals = [round(sum(bar.value or 0 for bar in row.bars), 6) for row in rows]
        is_whole = chart.is_shares or len(set(totals)) == 1
    else:
        is_whole = True

    def size(row: Row) -> float:
        if not is_whole:
            return sum(bar.value or 0 for bar in row.bars)
        value = row.bars[newest].value
        return float("-inf") if value is None else value

    return sorted(rows, key=lambda row: (is_rest(row.label), -size(row)))


def _line(
    make: partial[Figures], rows: Sequence[Row], names: Sequence[str], width: float, words: Type
) -> Figures:
    """Return the figures of a line: a column a date, or a row where there are too many."""
    texts = [bar.text for row in rows for bar in row.bars]
    column = max(
        [_LEAST_COLUMN, *(words.width(t) + 2.5 for t in [*texts, *(r.label for r in rows)])]
    )
    key = words.em * _KEY if len(rows[0].bars) > 1 else 0
    heads = min(label_room(names, width, words, least=14) + key / width * 100, 30)
    if len(rows) * column <= width * (1 - heads / 100):
        return make(form="line", rows=tuple(rows), names=heads)
    return make(form="turned", rows=tuple(rows), names=heads, is_short=len(rows) <= _SHORT)
