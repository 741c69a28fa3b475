"""The rows of a table are read as they were written, or the table is refused at its line."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from report_builder.content.tables import (
    Row,
    UnreadableTableError,
    decode,
    delimiter_of,
    read_table,
)

WORDS = "Zoë – café\n"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
@pytest.mark.parametrize("words", [WORDS, "plain\n", "x\n" * 500])
def test_text_is_decoded_whichever_way_it_was_saved(encoding: str, words: str) -> None:
    assert decode(words.encode(encoding)) == words


def test_text_in_utf_16_of_either_order_and_with_a_mark_is_decoded() -> None:
    assert decode(b"\xff\xfe" + WORDS.encode("utf-16-le")) == WORDS
    assert decode(b"\xfe\xff" + WORDS.encode("utf-16-be")) == WORDS
    broken = decode(b"\xff\xfe" + "ab".encode("utf-16-le") + b"\0")
    assert broken == "ab\ufffd"
    assert decode("abcdef".encode("utf-16-le") + b"x") == "abcdef\ufffd"


def test_a_stray_zero_makes_no_utf_16() -> None:
    assert decode(b"abc\0") == "abc\0"  # a quarter is not more than a quarter
    assert decode(b"abc" * 200 + b"\0" * 500) == "abc" * 200 + "\0" * 500


def test_bytes_of_no_known_encoding_are_refused_at_their_line() -> None:
    with pytest.raises(UnreadableTableError) as caught:
        decode(b"a\nb\nc\x81\nd\n")
    assert caught.value.line == 3
    assert (
        caught.value.message == str(caught.value) == "The file is in an encoding that is not known."
    )
    assert caught.value.hint.startswith("In Excel save it as “CSV UTF-8")


@pytest.mark.parametrize(
    ("text", "headings", "sign"),
    [
        ("a,b\n1,2\n", (), ","),
        ("a;b\n1;2\n", (), ";"),
        ("a\tb\n1\t2\n", (), "\t"),
        ("a|b\n1|2\n", (), "|"),
        ("a\nb\n", (), None),
        ("", (), None),
        ("\n\n", (), None),
        ("Homes, and work\nBuses\nTrams\n", (), None),  # a comma of somebody's sentence
        ("Buses\nHomes, and work\nWarm, dry\n", (), None),
        ("a,b\n" + "1,2\n" * 7 + "1,2,3\n", (), ","),  # nearly all rows
        ("a,b\n" + "1,2\n" * 3 + "1,2,3\n", (), None),  # four fifths are too few
        ("a,b\n" + "1,2\n" * 4 + "1,2,3\n", (), ","),
        ("\na,b\n\n1,2\n\n\n", (), ","),  # empty rows say nothing
        ("a;b,c\n1;2\n3;4\n", (), ";"),
        ("a,b;c\n1,2;3\n4,5\n", (), ","),
        ("a,b;c\n1,2;3\n4,5;6\n", (), ","),  # the first of equals
        ("a,b;c\n" + "1,2;3\n" * 8 + "1;2\n", (), ";"),  # the best, not the first
        ('"a;b";c\n"d";e\n', (), ";"),
        ("a,b\n" + "1,2\n" * 199 + "1\n" * 900, (), ","),  # the first rows tell
        ("name;e-mail, at work\nA;a\n", ("name", "email"), ";"),
        ("Name,x;y;z\n", ("name",), ","),
        ('\n "NAME": ;x,y\n1,2\n', ("name",), ";"),
        ("x;y,name\r\n1;2\r\n", ("name",), ","),
        ("name\nA, B\n", ("name",), ","),
        ("who;what\n1;2\n", ("name",), ";"),
        ("a,name\nx;y;email;name\n", ("name", "email"), ","),  # the first line alone
        ("name,x;y;email;phone\n1\n", ("name", "email", "phone"), ";"),  # most of them
    ],
)
def test_the_sign_between_cells_is_found_out(
    text: str, headings: tuple[str, ...], sign: str | None
) -> None:
    assert delimiter_of(text, headings) == sign


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


def test_a_row_begins_at_its_line_whatever_stands_in_its_cells(table: Path) -> None:
    table.write_bytes(b'a,b\n"one\ntwo",  x  y \n\n , \n3,4\n\n')
    assert read_table(table) == [
        Row(1, ["a", "b"]),
        Row(2, ["one two", "x y"]),
        Row(6, ["3", "4"]),
    ]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_kind_of_line_end_ends_a_row(table: Path, end: bytes) -> None:
    table.write_bytes(end.join([b"a,b", b"1,2", b"3,4", b""]))
    assert [(row.number, row.cells) for row in read_table(table)] == [
        *((1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])),
    ]


def test_a_file_of_one_column_keeps_every_sign(table: Path) -> None:
    table.write_text("Homes, and work\nBuses; trams\n")
    assert [row.cells for row in read_table(table)] == [["Homes, and work"], ["Buses; trams"]]


def test_headings_that_are_known_decide(table: Path) -> None:
    table.write_text("name;e-mail, at work\nA;a\n")
    assert read_table(table, headings=("name",))[0].cells == ["name", "e-mail, at work"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'a,b\n"open,2\n3,4\n', 2),
        (b'a,b\n1,2\n\n3,"open\n', 4),
        (b'a,b\n1,2\n3,"open', 3),
        (b'"open', 1),
        (b'a,b\n1,"open\n\n\n', 2),
    ],
)
def test_a_quotation_mark_that_is_left_open_is_told_at_its_line(
    table: Path, content: bytes, line: int
) -> None:
    table.write_bytes(content)
    with pytest.raises(UnreadableTableError, match="opened and never closed") as caught:
        read_table(table)
    assert (caught.value.line, caught.value.hint) == (
        line,
        "Close it with the same mark, or delete it.",
    )


def test_a_row_that_cannot_be_read_is_told_at_its_line(table: Path) -> None:
    table.write_bytes(b"a\nb\n" + b"x" * 200_000 + b"\nc\n")
    with pytest.raises(UnreadableTableError, match="cannot be read from here on") as caught:
        read_table(table)
    assert (caught.value.line, caught.value.hint) == (
        3,
        "Close it with the same mark, or delete it.",
    )


def test_a_cell_that_is_too_long_for_one_sign_does_not_keep_others_from_being_tried(
    table: Path,
) -> None:
    table.write_bytes(b"a;b\n" + b";".join([b"x" * 100_000] * 2) + b"\n")
    assert [len(row.cells) for row in read_table(table)] == [2, 2]


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BOOK = workbook(
    ("Answers", [["a", "b"], [], [1, 2.5], [3.0, " x\n y "], [None, True]]),
    ("Other", [["c"]]),
)


@pytest.mark.parametrize("name", ["table.xlsx", "table.csv"])
def test_a_workbook_is_known_by_its_beginning_and_its_rows_by_their_numbers(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(BOOK)
    assert read_table(tmp_path / name) == [
        Row(1, ["a", "b"]),
        Row(3, ["1", "2.5"]),
        Row(4, ["3", "x y"]),
        Row(5, ["", "True"]),
    ]
    assert read_table(tmp_path / name, "Other") == [Row(1, ["c"])]


def test_rows_and_columns_that_are_empty_at_first_are_counted(table: Path) -> None:
    table.write_bytes(workbook(("Sheet", [[], [], [None, "a"]])))
    assert read_table(table) == [Row(3, ["", "a"])]


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(table: Path) -> None:
    table.write_bytes(BOOK)
    with pytest.raises(UnreadableTableError, match="no sheet “Othr”") as caught:
        read_table(table, "Othr")
    assert caught.value.hint == "Its sheets are: Answers, Other."
    assert caught.value.line == 1


@pytest.mark.parametrize("ending", ["xlsx", "xlsm", "xls", "ods"])
def test_a_workbook_that_is_none_is_told(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"table.{ending}"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(UnreadableTableError, match="damaged, or locked with a password") as caught:
        read_table(path)
    assert caught.value.hint.startswith("Open it in Excel and save it again as .xlsx")


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_that_is_damaged_is_told_whatever_it_is_called(
    table: Path, start: bytes
) -> None:
    table.write_bytes(start + b"a,b\n" * 20)
    with pytest.raises(UnreadableTableError, match="damaged, or locked with a password"):
        read_table(table)
