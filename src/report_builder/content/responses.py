"""What delegates answered, as it stands in an export of a survey or in the event itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationInfo

from report_builder.content.counts import counted
from report_builder.content.fields import (
    SCALAR,
    Line,
    Model,
    OneOrMore,
    Reader,
    existing_file,
    fault,
)
from report_builder.content.tables import SPREADSHEETS, Row, UnreadableTableError, read_table
from report_builder.problems import Position, advice, did_you_mean, error
from report_builder.settings.textfile import unprintable

# What Forms, Slido, Mentimeter and people call the columns of an export.
_ANSWERS = {
    *("response", "responses", "answer", "answers", "phrase", "phrases", "word", "words"),
    *("option", "options", "text", "comment", "comments", "idea", "ideas", "feedback"),
}
_COUNTS = {
    "count",
    "counts",
    "votes",
    "number of votes",
    "number of responses",
    "frequency",
    "times",
}
_ABOUT = {
    *("id", "no", "no.", "#", "number", "start time", "completion time", "last modified time"),
    *("email", "e-mail", "name", "user", "username", "participant", "voter", "date", "time"),
    *(
        "timestamp",
        "session",
        "language",
        "score",
        "total points",
        "quiz feedback",
        "%",
        "percentage",
    ),
}
_NOTHING = {"n/a", "na", "n.a", "none", "nil", "no answer", "no comment"}
_LARGEST_COUNT = 10_000_000  # more than a town; a longer number is a telephone number
EDGES = " \t.,;:!?…\"'“”‘’()[]{}–—-•*·"
"""What may stand around an answer without being part of it."""


@dataclass(frozen=True, slots=True)
class Response:
    """One answer as it was written, and how many people gave it."""

    text: str
    count: int
    position: Position


RESPONSES: dict[str, Any] = {
    "anyOf": [
        SCALAR,
        {"type": "array", "items": SCALAR},
        {
            "type": "object",
            "properties": {
                "file": SCALAR,
                "column": {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]},
                "count": SCALAR,
                "sheet": SCALAR,
            },
            "required": ["file"],
            "additionalProperties": False,
        },
    ]
}
"""What a JSON Schema says of answers."""


class Export(Model):
    """A file of answers, where it takes more than its name to read it."""

    file: Line
    column: OneOrMore[Line] = ()
    count: Line | None = None
    sheet: Line | None = None


@dataclass(frozen=True)
class _Columns:
    """Where a table holds what: the rows of answers, their columns, and the column of counts."""

    rows: list[Row]
    answers: list[int]
    count: int | None = None


def read_responses(value: object, info: ValidationInfo) -> tuple[Response, ...]:
    """Return the answers in a file of the event's folder, or in a list in the event itself."""
    if isinstance(value, (list, tuple)):
        lines = [Line.read(item) for item in value]
        return tuple(Response(line, 1, line.position) for line in lines)
    if isinstance(value, dict):
        export = Export.model_validate(value, context=info.context)
    else:
        export = Export.model_construct(file=Line.read(value))
    reader = Reader.of(info)
    name = existing_file(value["file"] if isinstance(value, dict) else value, info)
    if not name.casefold().endswith((".csv", ".tsv", ".txt", *SPREADSHEETS)):
        raise fault(
            "responses-format",
            f"“{name}” is neither a table (.csv) nor a workbook (.xlsx).",
            "Export the answers as CSV or Excel, or list them here.",
        )
    path = reader.folder / name
    try:
        rows = read_table(path, export.sheet)
    except UnreadableTableError as reason:
        place = Position(path.as_posix(), reason.line)
        reader.problems.append(error("responses-format", place, reason.message, reason.hint))
        return ()
    columns = _columns(rows, export, info)
    answers = tuple(_answers(columns, path.as_posix(), reader))
    if not answers and not reader.problems:
        raise fault(
            "responses-empty",
            f"“{name}” holds no answers.",
            "Leave “responses” empty until there are some.",
        )
    return answers


def _columns(rows: list[Row], export: Export, info: ValidationInfo) -> _Columns:
    """Find the columns of answers and counts by their headings, or by what the event names."""
    if not rows:
        return _Columns([], [])
    first, *others = rows
    heads = [_key(cell) for cell in first.cells]
    counts = next((i for i, head in enumerate(heads) if head in _COUNTS), None)
    if export.count:
        counts = _named(export.count, first, heads)
    if export.column:
        return _Columns(others, [_named(name, first, heads) for name in export.column], counts)
    asked = _key(str(info.data.get("question", "")))
    answers = [i for i, head in enumerate(heads) if head and head == asked]
    answers = answers or [i for i, head in enumerate(heads) if head in _ANSWERS][:1]
    if answers:
        return _Columns(others, answers, counts)
    if len(heads) == 1:
        return _Columns(rows, [0])
    rest = [i for i, head in enumerate(heads) if head not in _ABOUT and i != counts]
    if len(rest) == 1:
        return _Columns(others, rest, counts)
    raise fault(
        "responses-column",
        "The table has several columns, and none is headed as the one of the answers.",
        "Name it: responses: {file: …, column: …}. Its columns are: "
        + ", ".join(f"“{cell}”" for cell in first.cells if cell),
    )


def _named(name: Line, first: Row, heads: list[str]) -> int:
    """Return the column that the event names."""
    if _key(name) in heads:
        return heads.index(_key(name))
    raise fault(
        "responses-column",
        f"The table has no column “{name}”.",
        did_you_mean(name, first.cells) or f"Its columns are: {', '.join(first.cells)}.",
    )


def _key(head: str) -> str:
    return re.sub(r"[\s_]+", " ", head).strip(" :.?*").casefold()


def _answers(columns: _Columns, path: str, reader: Reader) -> Iterator[Response]:
    """Yield the answers; what is no answer is passed over, and reported once with its rows."""
    skipped: list[Row] = []
    for row in columns.rows:
        cells = [row.cells[i] for i in columns.answers if i < len(row.cells)]
        texts = [cell for cell in cells if _is_answer(cell)]
        if not texts:
            skipped.append(row)
            continue
        position = Position(path, row.number)
        count = _count(columns, row)
        if count is None:
            reader.problems.append(
                error(
                    "responses-count",
                    position,
                    f"“{row.cells[columns.count or 0]}” is not a number of people.",
                    "Write a whole number above 0, or delete the row.",
                )
            )
            continue
        for text in texts:
            if not text.isprintable():  # quickly said of most; it refuses some good ones too
                found = unprintable(text, path)
                reader.problems += [replace(p, position=position) for p in found]
            yield Response(text, count, position)
    if skipped:
        numbers = ", ".join(str(row.number) for row in skipped[:10])
        more = f" and {len(skipped) - 10} more" if len(skipped) > 10 else ""
        reader.problems.append(
            advice(
                "responses-skipped",
                Position(path, skipped[0].number),
                f"Passed over as no answer: row {numbers}{more}.",
                "Nothing needs doing, unless one of them is an answer.",
            )
        )


def _is_answer(cell: str) -> bool:
    return bool(cell.strip(EDGES)) and cell.strip(" .").casefold() not in _NOTHING


def _count(columns: _Columns, row: Row) -> int | None:
    """Return how many people gave a row's answer, or ``None`` where that is no number."""
    if columns.count is None or columns.count >= len(row.cells):
        return 1
    stated = row.cells[columns.count]
    number = counted(stated)
    return number if number and number <= _LARGEST_COUNT else None
