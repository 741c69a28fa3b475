"""The rows of a CSV file or Excel workbook, whichever program wrote it."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from report_builder.sources import note

DELIMITERS = ",;\t|"
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
_SAMPLE = 200  # rows that tell how a file is written
_NEVER = "\x1f"  # a sign that no answer holds
_END = "\x1eend\x1e"
_MEND = "Close it with the same mark, or delete it."


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line of the file that it begins on, counted from 1, and its cells."""

    number: int
    cells: list[str]


class UnreadableTableError(Exception):
    """A table cannot be read; ``line`` is where reading ended."""

    def __init__(self, message: str, hint: str, line: int = 1) -> None:
        super().__init__(message)
        self.message, self.hint, self.line = message, hint, line


def read_table(path: Path, sheet: str | None = None, headings: Collection[str] = ()) -> list[Row]:
    """Return a file's rows, empty ones left out, or raise why it cannot be read.

    The encoding (UTF-8, UTF-16, Windows-1252) and the sign between cells of a CSV file are
    found out, the sign by the ``headings`` that are known, in small letters, where there are any.
    ``sheet`` names one of a workbook's sheets; without it the first is read.
    """
    raw = note(path).read_bytes()
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or path.suffix in SPREADSHEETS:
        rows = _workbook_rows(raw, sheet)
    else:
        text = decode(raw)
        rows = _text_rows(text, delimiter_of(text, headings) or _NEVER)
    return [row for row in rows if any(row.cells)]


def decode(raw: bytes) -> str:
    """Return text from bytes of UTF-8 or UTF-16, with or without a mark, or of Windows-1252."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    if raw.count(0, 0, 400) > len(raw[:400]) // 4:  # every second byte of English in UTF-16
        return raw.decode("utf-16-be" if raw[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as reason:
        line = raw.count(b"\n", 0, reason.start) + 1
        raise UnreadableTableError(
            "The file is in an encoding that is not known.",
            "In Excel save it as “CSV UTF-8 (Comma delimited)”, or as a workbook (.xlsx).",
            line,
        ) from reason


def delimiter_of(text: str, headings: Collection[str] = ()) -> str | None:
    """Return the sign between the cells of a CSV file, or ``None`` where it has one column."""
    return _between_headings(text, headings) or _delimiter(text)


def _text_rows(text: str, delimiter: str) -> Iterator[Row]:
    # A last row of our own shows whether a quotation mark before it is still open.
    marked = f"{text.rstrip()}\n{_END}\n"
    rows = csv.reader(io.StringIO(marked, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for cells in rows:
            if cells == [_END]:
                return
            if cells and cells[-1].rstrip("\n").endswith(_END):
                raise UnreadableTableError(
                    "A quotation mark is opened and never closed.", _MEND, begins
                )
            yield Row(begins, [" ".join(cell.split()) for cell in cells])
            begins = rows.line_num + 1
    except csv.Error as reason:
        message = f"The table cannot be read from here on ({reason})."
        raise UnreadableTableError(message, _MEND, begins) from reason


def _between_headings(text: str, headings: Collection[str]) -> str | None:
    """Return the sign that splits the first line into most of the headings that are known."""
    first = text.lstrip().partition("\n")[0].casefold()
    found = {
        sign: sum(cell.strip(' "\r:') in headings for cell in first.split(sign))
        for sign in DELIMITERS
    }
    best = max(found, key=lambda sign: found[sign])
    return best if found[best] else None


def _delimiter(text: str) -> str | None:
    """Return the sign between a file's cells.

    It splits the first row into more than one cell, and nearly all others into as many. In a
    file of one column no sign does: there a comma belongs to what somebody wrote.
    """
    best: tuple[float, str] | None = None
    for delimiter in DELIMITERS:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            widths = [len(cells) for cells, _ in zip(rows, range(_SAMPLE), strict=False) if cells]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        share = Counter(widths)[widths[0]] / len(widths)
        if share > 0.8 and (best is None or share > best[0]):
            best = (share, delimiter)
    return best[1] if best else None


def _workbook_rows(raw: bytes, sheet: str | None) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = workbook.sheet_names
        if sheet is not None and sheet not in names:
            raise UnreadableTableError(
                f"The workbook has no sheet “{sheet}”.", f"Its sheets are: {', '.join(names)}."
            )
        page = workbook.get_sheet_by_name(sheet or names[0])
        rows = page.to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError) as reason:
        raise UnreadableTableError(
            "The workbook cannot be read; it is damaged, or locked with a password.",
            "Open it in Excel and save it again as .xlsx, without a password.",
        ) from reason
    for number, cells in enumerate(rows, start=1):
        yield Row(number, [_cell(cell) for cell in cells])


def _cell(value: object) -> str:
    """Return a cell's value as it looks: whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())
