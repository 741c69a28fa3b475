"""Answers come out the same, whichever program exported them and however it wrote the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from report_builder.checks.content import check_content
from report_builder.content.loader import load
from report_builder.content.phrases import Phrase
from report_builder.problems import Problem

QUESTION = "What matters most, to you?"
ANSWERS = [
    "Good homes",
    "Café, benches",
    "Good homes",
    'A "third" place',
    "Green space",
    "good homes",
]
PHRASES = [
    Phrase("Good homes", 3),
    Phrase("Café, benches", 1),
    Phrase('A "third" place', 1),
    Phrase("Green space", 1),
]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
Table = list[list[str]]

LAYOUTS: dict[str, Table] = {
    "one column": [[answer] for answer in ANSWERS],
    "one column with a heading": [["Response"], *([answer] for answer in ANSWERS)],
    "forms": [
        ["ID", "Start time", "Completion time", "Email", "Name", QUESTION],
        *([str(n), "12/14/23 10:01:02", "12/14/23 10:02:03", "anonymous", "", answer]
          for n, answer in enumerate(ANSWERS, start=1)),
    ],
    "slido": [["Option", "Votes"], ["Good homes", "3"], ["Café, benches", "1"],
              ['A "third" place', "1"], ["Green space", "1"]],
    "mentimeter": [["#", "Words", "Number of responses"], ["1", "Good homes", "3"],
                   ["2", "Café, benches", "1"], ["3", 'A "third" place', "1"],
                   ["4", "Green space", "1"]],
}  # fmt: skip


def written(table: Table, encoding: str, delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(table)
    return stream.getvalue().encode(encoding)


@pytest.fixture
def read(event: Callable[..., Path]) -> Callable[..., tuple[list[Phrase], list[Problem]]]:
    """Read a file of answers as an event does; return its phrases and the problems."""

    def call(name: str, raw: bytes, how: str = "{}") -> tuple[list[Phrase], list[Problem]]:
        responses = how.replace("{}", name)
        folder = event(
            f"title: T\nsections:\n  - type: feedback\n    question: {QUESTION}\n"
            f"    responses: {responses}\nbriefing: {{purpose: x, lead_officer: X, wards: x,"
            " contact: X, portfolio_holder: a, implications: {legal: x}}\npeople: {a: A}\n"
        )
        (folder / name).write_bytes(raw)
        loaded = load(folder)
        found = loaded.event.sections[0].phrases if loaded.event else []
        problems = [p for p in check_content(loaded) if p.code != "cloud-flat"]
        return list(found), problems

    return call


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_export_gives_the_same_phrases(
    read: Callable[..., tuple[list[Phrase], list[Problem]]],
    layout: str,
    encoding: str,
    delimiter: str,
) -> None:
    found, problems = read("answers.csv", written(LAYOUTS[layout], encoding, delimiter))
    assert found == PHRASES
    assert problems == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_workbook_gives_the_same_phrases(
    read: Callable[..., tuple[list[Phrase], list[Problem]]], layout: str
) -> None:
    workbook = openpyxl.Workbook()
    for row in LAYOUTS[layout]:
        workbook.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    stream = io.BytesIO()
    workbook.save(stream)
    assert read("answers.xlsx", stream.getvalue()) == (PHRASES, [])


def test_several_columns_and_a_sheet_can_be_named(
    read: Callable[..., tuple[list[Phrase], list[Problem]]],
) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Data")
    for row in (["Who", "Thing one", "Thing two"], ["a", "Homes", "Work"], ["b", "Work", None]):
        sheet.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    how = "{file: {}, sheet: Data, column: [Thing one, Thing two]}"
    assert read("answers.xlsx", stream.getvalue(), how) == (
        [Phrase("Work", 2), Phrase("Homes", 1)],
        [],
    )


def test_a_comma_in_an_answer_without_quotes_is_kept(
    read: Callable[..., tuple[list[Phrase], list[Problem]]],
) -> None:
    found, _ = read(
        "answers.csv", b"response\nHomes, and work\nGreen space\nBuses, too, and trams\n"
    )
    assert [phrase.text for phrase in found] == [
        "Homes, and work",
        "Green space",
        "Buses, too, and trams",
    ]


def test_what_is_no_answer_is_passed_over_and_named_by_row(
    read: Callable[..., tuple[list[Phrase], list[Problem]]],
) -> None:
    found, problems = read("answers.csv", b"id,answer\n1,Homes\n2,\n3,n/a\n4,N/A.\n5,Work\n")
    assert [phrase.text for phrase in found] == ["Homes", "Work"]
    (problem,) = problems
    assert problem.code == "responses-skipped"
    assert problem.message == "Passed over as no answer: row 3, 4, 5."
    assert (problem.position.path.rpartition("/")[2], problem.position.line) == ("answers.csv", 3)


@pytest.mark.parametrize(
    ("raw", "how", "code", "words"),
    [
        (b"a,b,c\n1,2,3\n", "{}", "responses-column", "Its columns are: “a”, “b”, “c”"),
        (b"a,b\n1,2\n", "{file: {}, column: B}", None, ""),
        (b"Reply,b\n1,2\n", "{file: {}, column: Replies}", "responses-column", "“Reply”"),
        (b'answer\nb\n"a\nc\n', "{}", "responses-format", "Close it"),
        (b"\x81\x8d\n", "{}", "responses-format", "CSV UTF-8"),
        (b"answer,count\na,many\n", "{}", "responses-count", "whole number"),
        (b"answer,count\na," + b"9" * 5000 + b"\n", "{}", "responses-count", "whole number"),
    ],
)
def test_a_table_that_cannot_be_understood_is_a_problem(
    read: Callable[..., tuple[list[Phrase], list[Problem]]],
    raw: bytes,
    how: str,
    code: str | None,
    words: str,
) -> None:
    _, problems = read("answers.csv", raw, how)
    assert [problem.code for problem in problems] == ([code] if code else [])
    assert all(words in problem.hint for problem in problems)


def test_a_workbook_that_is_none_is_a_problem(
    read: Callable[..., tuple[list[Phrase], list[Problem]]],
) -> None:
    _, (problem,) = read("answers.xlsx", b"words")
    assert problem.code == "responses-format"
    assert "password" in problem.hint
