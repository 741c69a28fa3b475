"""What delegates answered, and the phrases that the answers come down to."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import ValidationInfo

from report_builder.content.fields import Line, Reader, existing_file, fault, file_text
from report_builder.content.source import unprintable
from report_builder.problems import Position, error

_HEADINGS = {"response", "responses", "answer", "answers", "phrase", "phrases", "word", "words"}
_DIGITS = 9  # of a count of people; more is a telephone number
_COUNTS = {"count", "counts", "number", "votes"}
_EDGES = " \t.,;:!?…\"'“”‘’()[]{}–—-•*·"


@dataclass(frozen=True, slots=True)
class Response:
    """One answer as it was written, and how many people gave it."""

    text: str
    count: int
    position: Position


@dataclass(frozen=True, slots=True)
class Phrase:
    """What the cloud draws: the commonest spelling of an answer, and how often it was given."""

    text: str
    count: int


def read_responses(value: object, info: ValidationInfo) -> tuple[Response, ...]:
    """Return the answers of a CSV file in the event's folder, or of a list in the event itself."""
    if isinstance(value, list):
        lines = [Line.read(item) for item in value]
        return tuple(Response(line, 1, line.position) for line in lines)
    name = existing_file(value, info)
    if not name.casefold().endswith(".csv"):
        raise fault(
            "responses-format",
            f"“{name}” is not a CSV file.",
            "Save the answers as “CSV UTF-8” in Excel, or list them here.",
        )
    return tuple(_read_csv(name, info))


def _read_csv(name: Line, info: ValidationInfo) -> Iterable[Response]:
    """Yield a CSV file's answers: its first column, and its count column where it has one."""
    reader = Reader.of(info)
    path = (reader.folder / name).as_posix()
    text = file_text(name, info)
    reader.problems.extend(unprintable(text, path))
    rows = csv.reader(io.StringIO(text))
    counted: int | None = None
    for number, row in enumerate(_until_broken(rows, path, reader), start=1):
        if number == 1 and row and row[0].strip().casefold() in _HEADINGS:
            heads = [head.strip().casefold() for head in row]
            counted = next((i for i, head in enumerate(heads) if head in _COUNTS), None)
            continue
        text = " ".join(row[0].split()) if row else ""
        if not text:
            continue
        position = Position(path, rows.line_num)
        count = row[counted].strip() if counted is not None and counted < len(row) else "1"
        if not count.isdecimal() or not 0 < int(count[:_DIGITS]) < 10 ** (_DIGITS - 1):
            reader.problems.append(
                error(
                    "responses-count",
                    position,
                    f"“{count}” is not a number of people.",
                    "Write a whole number above 0, or delete the row.",
                )
            )
            continue
        yield Response(text, int(count), position)


def _until_broken(rows: Iterator[list[str]], path: str, reader: Reader) -> Iterator[list[str]]:
    """Yield rows up to the first that cannot be read, and report that one."""
    try:
        yield from rows
    except csv.Error as reason:
        reader.problems.append(
            error(
                "responses-format",
                Position(path, getattr(rows, "line_num", 1)),
                f"The table cannot be read from here on ({reason}).",
                "Look for a quotation mark that is opened and never closed.",
            )
        )


def count_phrases(responses: Iterable[Response]) -> tuple[Phrase, ...]:
    """Return the phrases in the answers, the most frequent first, then in the order given.

    Answers that differ in capitals, spaces, Unicode form or punctuation at their ends are one
    phrase. Nothing else is merged: whether two wordings mean the same is for people to say.
    """
    spellings: dict[str, Counter[str]] = {}
    for response in responses:
        text = unicodedata.normalize("NFKC", response.text).strip(_EDGES)
        if text:
            spellings.setdefault(text.casefold(), Counter())[text] += response.count
    found = [Phrase(seen.most_common(1)[0][0], seen.total()) for seen in spellings.values()]
    return tuple(sorted(found, key=lambda phrase: -phrase.count))
