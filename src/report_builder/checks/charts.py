"""Rules over charts and surveys: none shows what its numbers do not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.measures import Measure
from report_builder.content.sections.chart import Chart, Series
from report_builder.content.sections.survey import Survey
from report_builder.content.steps import is_even, times
from report_builder.problems import Severity

_WHOLE, _ROUNDING = 100.0, 1.0
_FULL = 100.0
_APART = 50  # times that one series is larger than another until its bars are no bars any more
_AVERAGE = re.compile(
    r"\b(?:average|median|(?:^|the )mean|mean (?:of|number|score|time|age|level|wait\w*))\b|°|[µμ]g"
    r"|\b(?:cyfartaledd|średni\w*|medi[ae])\b|اوسط|গড়",
    re.IGNORECASE,
)
_UNIT_IN_NAME = re.compile(
    r"\((%|[£$€]\w*|°[CF]|[µμ]g/m³|k?g|k?m|mm|cm|kWh|tonnes|hours|minutes|days|people)\)|([£$€%])"
)


def _charts(case: Case) -> Iterator[Chart]:
    for section in case.event.sections if case.event else ():
        if isinstance(section, Chart):
            yield section


def _surveys(case: Case) -> Iterator[Survey]:
    for section in case.event.sections if case.event else ():
        if isinstance(section, Survey):
            yield section


def _wholes(case: Case) -> Iterator[Finding]:
    """Find pieces that make no whole: shares of another sum, averages, numbers below nothing."""
    for chart in _charts(case):
        if chart.kind != "stacked-bar":
            continue
        below = [number for number in _numbers(chart) if number < 0]
        for number in below:
            yield (
                number.position,
                f"A part of a whole cannot be less than nothing, and this is {_said(number)}.",
                "Write “kind: bar”: its bars go to both sides of a zero line.",
            )
        if below:
            continue
        if chart.is_shares:
            yield from _shares_of_wholes(chart)
        elif average := _average(chart):
            yield (
                (chart.caption or chart.labels[0]).position,
                f"Averages (“{average}”) cannot be added up, as stacked bars do.",
                "Write “kind: bar”: each number gets a bar of its own.",
            )


def _shares_of_wholes(chart: Chart) -> Iterator[Finding]:
    for row, label in enumerate(chart.labels):
        numbers = [series.values[row] for series in chart.series]
        known = [number for number in numbers if number is not None]
        total = round(sum(known), 3)
        is_short = len(known) == len(numbers) and total < _WHOLE - _ROUNDING
        if not known or not (is_short or total > _WHOLE + _ROUNDING):
            continue
        said = f"The shares of “{label}” make {total:g}%, not 100%."
        if is_short:
            yield (
                label.position,
                said,
                "Add what is missing, such as “No answer”; or mend a number.",
            )
        else:
            hint = "Mend a number; or write “kind: bar” if people could choose several answers."
            yield label.position, said, hint


def _lines(case: Case) -> Iterator[Finding]:
    """Find lines over what is no time: what is between two of their points says nothing."""
    for chart in _charts(case):
        if chart.kind != "line":
            continue
        first = chart.labels[0]
        if len(chart.labels) < 2:
            yield first.position, "A line needs two points.", "Write “kind: bar”."
        elif chart.times is None:
            wrong = next((label for label in chart.labels if not _is_time(chart, label)), first)
            message = (
                f"“{wrong}” is no year, month or day, and lines lead from one time to another."
            )
            yield wrong.position, message, "Write “kind: bar”."
        elif not is_even(chart.times[1]):
            message = "The times do not follow one another evenly: the line would bend by itself."
            hint = "Put them in order and add those left out, with “–” for numbers; or “kind: bar”."
            yield first.position, message, hint


def _is_time(chart: Chart, label: str) -> bool:
    others = [times([other]) for other in chart.labels]
    kinds = Counter(found[0] for found in others if found)
    found = times([label])
    return bool(found and kinds and found[0] == kinds.most_common(1)[0][0])


def _sizes(case: Case) -> Iterator[Finding]:
    """Find series that no one scale suits."""
    for chart in _charts(case):
        if chart.kind == "stacked-bar" or len(chart.series) < 2:
            continue
        units = {series.name: unit for series in chart.series if (unit := _unit(series))}
        if len(set(units.values())) > 1:
            said = " and ".join(f"“{name}”" for name in list(units)[:2])
            message = f"{said} are counted in different units, and drawn on one scale."
            yield chart.series[1].name.position, message, "Make a chart for each."
            continue
        highest = {series.name: _highest(series) for series in chart.series}
        seen = {name: size for name, size in highest.items() if size}
        if len(seen) > 1 and max(seen.values()) > _APART * min(seen.values()):
            small, large = min(seen, key=seen.__getitem__), max(seen, key=seen.__getitem__)
            message = f"“{small}” is too small beside “{large}”: its bars cannot be seen."
            yield small.position, message, "Make a chart for each, or give both in a table."


def _shares(case: Case) -> Iterator[Finding]:
    """Find shares of more than all."""
    for chart in _charts(case):
        numbers = list(_numbers(chart))
        if chart.kind == "stacked-bar" or not chart.is_shares or any(n < 0 for n in numbers):
            continue
        for number in numbers:
            if number > _FULL:
                message = f"{_said(number)}% is more than all."
                hint = "Mend it; or say in “unit” what it is a share of: “% of target”."
                yield number.position, message, hint


def _labels(case: Case) -> Iterator[Finding]:
    for chart in _charts(case):
        for names in (chart.labels, tuple(series.name for series in chart.series)):
            seen: set[str] = set()
            for name in names:
                if name.casefold() in seen:
                    yield name.position, f"“{name}” stands twice.", "Tell the two apart."
                seen.add(name.casefold())


def _counts(case: Case) -> Iterator[Finding]:
    """Find more answers than people who answered."""
    for survey in _surveys(case):
        place = survey.question.position
        total = sum(answer.count for answer in survey.answers)
        for answer in survey.answers:
            if answer.count < 0:
                message = f"Nobody can be counted less than never: {answer.count}."
                yield answer.text.position, message, "Write 0, or leave the answer out."
            elif survey.base is not None and answer.count > survey.base:
                message = f"{answer.count:,} chose “{answer.text}”, and {survey.base:,} answered."
                yield answer.text.position, message, "Mend the count, or “base”."
        if survey.multiple and survey.base is None and survey.answers:
            message = "Shares need to know of how many people, where each chose several answers."
            yield place, message, "Add “base”: how many people answered."
        over = survey.base is not None and total > survey.base
        if (
            over
            and not survey.multiple
            and all(a.count <= (survey.base or 0) for a in survey.answers)
        ):
            message = f"The answers make {total:,}, and {survey.base:,} people answered."
            hint = (
                "Add “multiple: true” if people could choose several; or mend a count, or “base”."
            )
            yield place, message, hint


def _numbers(chart: Chart) -> Iterator[Measure]:
    for series in chart.series:
        yield from (value for value in series.values if value is not None)


def _highest(series: Series) -> float:
    return max((abs(value) for value in series.values if value is not None), default=0)


def _unit(series: Series) -> str:
    found = _UNIT_IN_NAME.search(series.name)
    return (found[1] or found[2]) if found else ""


def _average(chart: Chart) -> str:
    """Return the word by which numbers are averages; nothing where none says so.

    “Average” alone may be an answer between good and poor.
    """
    names = [series.name for series in chart.series if " " in series.name]
    found = (_AVERAGE.search(words) for words in (chart.unit, chart.caption, *names) if words)
    return next((match[0] for match in found if match), "")


def _said(number: float) -> str:
    return f"{number:g}".replace("-", "−")


RULES = (
    Rule("chart-whole", Severity.ERROR, "Stacked bars are parts of a whole.", _wholes),
    Rule("chart-line", Severity.ERROR, "Lines run through time.", _lines),
    Rule("chart-scale", Severity.WARNING, "Series suit one scale.", _sizes),
    Rule("chart-share", Severity.WARNING, "Shares are parts of all.", _shares),
    Rule("chart-label", Severity.WARNING, "Labels of a chart differ.", _labels),
    Rule("survey-count", Severity.ERROR, "Nobody answers more often than asked.", _counts),
)
