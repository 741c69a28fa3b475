"""What a chart makes of labels, numbers and units, in words that people use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from report_builder.content.loader import load
from report_builder.content.measures import Measure
from report_builder.content.opinions import is_scale
from report_builder.content.sections.chart import Chart
from report_builder.content.steps import is_even, is_rest, steps, times
from report_builder.drawings.charts.amounts import Amounts
from report_builder.drawings.charts.looks import looks_of_pieces

FOLLOW = """
2016|2017|2018
2019/20|2020/21
2025|2024
November|December|January
styczeń|luty|marzec
Mon|Tue|Wed
Q1 2024|Q2 2024
14 December 2023|21 December 2023
9am|10am|12pm|1pm
Under 18|18 to 34|35 to 54|75 and over
1 to 5|6 to 10|11 and more|Don't know
None|1|2|3 or more
Reception|Year 1|Year 2
£0 to £10,000|£10,000 to £20,000|Over £20,000
Before|After
Now|Proposed
Low income|Middle income|High income
Daily|Weekly|Monthly|Never
Strongly agree|Agree|Neither agree nor disagree|Disagree|Strongly disagree
Very good|Good|Poor|Don't know
Yes|Not sure|No
Never|Rarely|Sometimes|Often|Always
بہت متفق|متفق|غیر متفق
Zdecydowanie tak|Raczej tak|Trudno powiedzieć|Raczej nie|Zdecydowanie nie
Bodlon iawn|Bodlon|Anfodlon
"""
FOLLOW_NOT = """
Northgate|Millfield|Harbour
Ward 3|Ward 1|Ward 2
Route 7|Route 3
On foot|By bus|Other
High Street|Low Road
Good access to the park|Bad lighting
No cars|More buses
Less traffic|More trees|Safe crossings
10 surgeries|20 shops|5 parks
Women|Men
"""


@pytest.mark.parametrize("labels", FOLLOW.split("\n")[1:-1])
def test_labels_that_follow_one_another_are_known(labels: str) -> None:
    assert steps(labels.split("|")), labels


@pytest.mark.parametrize("labels", FOLLOW_NOT.split("\n")[1:-1])
def test_names_are_not_taken_for_steps(labels: str) -> None:
    assert steps(labels.split("|")) is None, labels


@pytest.mark.parametrize(
    ("labels", "even"),
    [
        ("2016|2017|2018", True),
        ("2001|2011|2021", True),
        ("2001|2011|2021|2022", False),
        ("2018|2017|2016", False),
        ("November|December|January|February", True),
        ("January|March|April", False),
        ("Sat|Sun|Mon", True),
    ],
)
def test_a_line_knows_what_is_between_its_points(labels: str, even: bool) -> None:
    found = times(labels.split("|"))
    assert found is not None
    assert is_even(found[1]) == even


@pytest.mark.parametrize(
    "word", ["Other", "other reasons", "Don't know", "Prefer not to say", "Inne"]
)
def test_what_is_left_comes_last(word: str) -> None:
    assert is_rest(word)
    assert not is_rest("Otherton")


@pytest.mark.parametrize(
    ("names", "looks"),
    [
        ("Strongly agree|Agree|Neither|Disagree|Strongly disagree", "1 2 3 4 5"),
        ("Strongly disagree|Disagree|Neither|Agree|Strongly agree", "5 4 3 2 1"),
        ("Very good|Good|Poor", "1 2 4"),
        ("Yes|No", "2 4"),
        ("Agree|Disagree|Don't know", "2 4 white"),
        ("Fully|Partly|Hardly|No", "1 2 4 5"),
    ],
)
def test_opinions_have_the_colours_of_their_side(names: str, looks: str) -> None:
    colours = dict.fromkeys(("ink", *(f"ramp-{n}" for n in range(1, 6))), "#112233")
    found = looks_of_pieces(names.split("|"), colours, is_ordered=True)
    assert [look.name.removeprefix("ramp-") for look in found] == looks.split()


def test_categories_are_no_scale() -> None:
    assert not is_scale(["Car parks", "Crossings", "School streets"])
    assert not is_scale(["Good", "Very good"])  # one end alone


@pytest.mark.parametrize(
    ("numbers", "unit", "language", "written"),
    [
        (["12.50", "8"], None, "en-GB", "12.50 8.00"),
        (["1234567"], None, "en-GB", "1,234,567"),
        (["1234567"], None, "pl", "1\u00a0234\u00a0567"),
        (["7.5"], "%", "en-GB", "7.5%"),
        (["7.5"], "%", "pl", "7,5%"),
        (["7.5"], "%", "fr", "7,5\u00a0%"),
        (["-3"], "%", "en-GB", "−3%"),
        (["4500"], "£", "en-GB", "£4,500"),
        (["-4.5"], "£", "en-GB", "−£4.50"),
        (["4.5"], "£m", "en-GB", "£4.5m"),
        (["4500"], "€", "pl", "4\u00a0500\u00a0€"),
        (["12"], "µg/m³", "en-GB", "12\u00a0µg/m³"),
        (["21"], "°C", "en-GB", "21°C"),
        (["5"], "thousand pounds", "en-GB", "5"),
        (["0"], "£", "en-GB", "£0"),
        (["-3"], None, "ur", "\u200e−3"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    numbers: list[str], unit: str | None, language: str, written: str
) -> None:
    measures = [Measure.read(number) for number in numbers]
    amounts = Amounts.of(measures, unit, language)
    said = [amounts.write(number) for number in measures if number is not None]
    assert said == (written.split(" ") if " " in written else [written])


@pytest.mark.parametrize("text", ["–", "-", "n/a", "..", None])
def test_what_is_not_known_is_no_number(text: str | None) -> None:
    assert Measure.read(text) is None


def some(count: int, **fields: Any) -> dict[str, Any]:
    series = [{"name": "People", "values": list(range(1, count + 1))}]
    return {"type": "chart", "labels": [f"W{n}x" for n in range(count)], "series": series, **fields}


def test_a_thousand_rows_are_refused_with_what_to_do() -> None:
    with pytest.raises(ValidationError, match=r"1,000 labels; nobody can compare more than 40"):
        Chart(**some(1000))
    assert len(Chart(**some(40)).labels) == 40


def test_an_item_left_empty_is_no_data(event: Callable[[str], Path]) -> None:
    text = """\
title: A day
sections:
  - type: chart
    labels: [a, b, c, d]
    series:
      - name: People
        values:
          - 4
          -
          - null
          - ~
"""
    loaded = load(event(text))
    assert loaded.problems == ()
    assert loaded.event is not None
    (chart,) = loaded.event.sections
    assert chart.series[0].values == (4, None, None, None)


def test_an_item_left_empty_is_a_fault_elsewhere(event: Callable[[str], Path]) -> None:
    text = (
        "title: A day\nsections: [{type: chart, labels: [a, ~], series: [{name: P, values: [1]}]}]"
    )
    assert "empty-item" in [problem.code for problem in load(event(text)).problems]
