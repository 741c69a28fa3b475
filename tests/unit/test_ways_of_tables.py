"""A table set in another way says all that it said, and each cell keeps its heads."""

from __future__ import annotations

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.writers.pdf.tables.across import BEGINS, ENDS, join, leads, set_across
from report_builder.writers.pdf.tables.columns import grid_of, row_heads, shared
from report_builder.writers.pdf.tables.measuring import Widths
from report_builder.writers.pdf.tables.numbers import align_numbers
from report_builder.writers.pdf.tables.parts import parts_of
from report_builder.writers.pdf.tables.rows import rows_of

TABLE = """<table id="t"><caption id="c">Answers</caption>
<thead><tr><th rowspan="2">Area</th><th colspan="2">In person</th><th colspan="2">Online</th></tr>
<tr><th>Yes</th><th>No</th><th>Yes</th>
<th id="n">No<i role="doc-footnote">Note.</i></th></tr></thead>
<tbody><tr><th>North</th><td>1</td><td colspan="2">2</td><td>3</td></tr>
<tr><th rowspan="2">South</th><td>4</td><td rowspan="2">5</td><td rowspan="2">6</td><td>7</td></tr>
<tr><td>8</td><td>9</td></tr></tbody></table>"""


def element(html: str) -> HtmlElement:
    return lxml_html.fragment_fromstring(html)


def title() -> HtmlElement:
    return element("<span>part {part} of {parts}</span>")


def said(part: HtmlElement) -> list[list[str]]:
    return [[cell.text_content() for cell in row] for row in part.iter("tr")]


def parts(html: str, *groups: list[int]) -> list[HtmlElement]:
    table = element(html)
    return parts_of(table, grid_of(table), [0], groups, title())


def test_each_part_has_the_heads_of_its_rows_and_columns() -> None:
    first, second = parts(TABLE, [1, 2], [3, 4])
    assert said(first) == [
        ["Area", "In person"],
        ["Yes", "No"],
        ["North", "1", "2"],
        ["South", "4", "5"],
        ["8"],
    ]
    assert said(second) == [
        ["Area", "Online"],
        ["Yes", "NoNote."],
        ["North", "2", "3"],
        ["South", "6", "7"],
        ["9"],
    ]
    for part in (first, second):
        grid = grid_of(part)
        assert {cell.column + cell.across for cell in grid.cells} == {1, 2, 3}
    south = grid_of(second).cells[-1]
    assert [head.element.text for head in grid_of(second).heads(south)] == ["South", "No", "Online"]


def test_a_name_and_a_note_stay_where_they_stood_and_stand_once() -> None:
    made = parts(TABLE, [1, 2], [3, 4])
    assert [part.xpath("count(descendant-or-self::*[@id])") for part in made] == [2, 1]
    assert [part.xpath("count(.//*[@role])") for part in made] == [0, 1]


def test_a_caption_says_which_part_it_is() -> None:
    assert [part.findtext("caption/span") for part in parts(TABLE, [1, 2], [3, 4])] == [
        " (part 1 of 2)",
        " (part 2 of 2)",
    ]
    (only,) = parts("<table><tr><td>1</td><td>2</td></tr></table>", [1])
    assert only.find("caption").text_content() == "Part 1 of 1"


def test_a_row_that_cells_from_above_fill_is_left_out() -> None:
    html = "<table><tr><th rowspan=2>A</th><td rowspan=2>1</td><td>2</td></tr><tr><td>3</td></tr>"
    first, second = parts(html, [1], [2])
    assert said(first) == [["A", "1"]]
    assert first.xpath("//@rowspan") == ["1", "1"]
    assert said(second) == [["A", "2"], ["3"]]


def test_columns_are_shared_evenly_and_those_under_one_head_stay_together() -> None:
    table = element(TABLE)
    widths = Widths((20, 30, 30, 30, 30), 1)
    assert shared(grid_of(table), widths, [0], 100) == [[1, 2], [3, 4]]
    assert shared(grid_of(table), widths, [0], 111.5) == [[1, 2], [3, 4]]
    assert shared(grid_of(table), widths, [0], 60) == [[1], [2], [3], [4]]
    assert shared(grid_of(table), widths, [0], 50) is None
    plain = element(f"<table><tr>{'<td>1</td>' * 8}</tr></table>")
    assert shared(grid_of(plain), Widths((10,) * 8, 0), [0], 70) == [[1, 2, 3, 4], [5, 6, 7]]


@pytest.mark.parametrize(
    ("row", "heads"),
    [
        ("<th>a</th><td>1</td>", [0]),
        ("<th>a</th><th>b</th><td>1</td>", [0, 1]),
        ("<td>a</td><td>1</td>", [0]),
        ("<td>1</td><th>a</th>", [0]),
    ],
)
def test_the_first_columns_name_the_rows(row: str, heads: list[int]) -> None:
    assert row_heads(grid_of(element(f"<table><tr>{row}</tr></table>"))) == heads


def test_rows_become_names_with_values_under_the_heads_of_their_columns() -> None:
    table = element(TABLE)
    rows = rows_of(table, grid_of(table), [0])
    assert rows.xpath("string(p)") == "Answers"
    north, south, _ = rows.find_class("row")
    assert north.xpath("string(p)") == "Area: North"
    assert [[kid.text_content() for kid in pair] for pair in south.findall("dl/div")] == [
        ["Yes, In person", "4"],
        ["No, In person", "5"],
        ["Yes, Online", "6"],
        ["No, Online", "7"],
    ]
    assert rows.text_content().count("Note.") == 1


def test_rows_say_all_that_a_table_says() -> None:
    heads_alone = element("<table><tr><th>A</th><th>B</th></tr></table>")
    assert rows_of(heads_alone, grid_of(heads_alone), [0]).text_content() == "A, B"
    group = element(
        "<table><tr><th>A<th>B</tr><tr><td>1<td>2</tr><tr><th colspan=2>More</tr><tr><td>3<td></tr>"
    )
    assert rows_of(group, grid_of(group), [0]).text_content() == "A: 1B2MoreA: 3B–"


@pytest.mark.parametrize(
    ("values", "are_numbers"),
    [
        (["1", "20", "1,300"], True),
        (["46%", "+45", "–"], True),
        (["£1.50", "(3)", "n/a"], True),
        (["10 000", "1.000,5", "0"], True),
        (["01582 546000", "01582 546001"], False),
        (["1", "two"], False),
        (["", "–"], False),
        (["12 January", "3 May"], False),
    ],
)
def test_columns_of_numbers_are_told(values: list[str], are_numbers: bool) -> None:
    rows = "".join(f"<tr><th>x</th><td>{value}</td></tr>" for value in values)
    table = element(f"<table><thead><tr><th>A</th><th>B</th></tr></thead>{rows}</table>")
    align_numbers(grid_of(table))
    marked = {cell.text_content() for cell in table.find_class("number")}
    assert marked == ({"B", *values} if are_numbers else set())


SECTION = "<section><h2>Title</h2>{}</section>"


def across(html: str) -> tuple[HtmlElement, list[str]]:
    """Set the table in some HTML across; return the root, and what is set so."""
    root = lxml_html.document_fromstring(f"<body><main>{html}</main></body>")
    set_across([root.find(".//table")])
    return root, [element.tag for element in root.find_class("across")]


TINY = "<table><tr><td>1</td></tr></table>"


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        (SECTION.format(TINY), ["h2", "table"]),
        (SECTION.format(f"<div>{TINY}</div><p class=by>Source</p>"), ["h2", "div", "p"]),
        (SECTION.format(f"<div>{TINY}<p>{'Long. ' * 200}</p></div>"), ["h2", "div"]),
        (SECTION.format(f"<div><p>Before.</p>{TINY}</div>"), ["table"]),
        (f"<section><p class=lead-in>How?</p>{TINY}</section>", ["p", "table"]),
        (f"<section>{TINY}</section>", ["table"]),
    ],
)
def test_a_table_across_takes_its_headings_along(html: str, tags: list[str]) -> None:
    root, found = across(html)
    assert found == tags
    assert "Long." not in "".join(e.text_content() for e in root.find_class("across"))
    assert [len(root.find_class(name)) for name in (BEGINS, ENDS)] == [1, 1]


def test_what_stands_across_in_succession_shares_its_pages() -> None:
    root = lxml_html.document_fromstring(f"<body><main>{TINY}{TINY}</main></body>")
    for table in root.findall(".//table"):
        set_across([table])
    join(root)
    assert [len(root.find_class(name)) for name in (BEGINS, ENDS)] == [1, 1]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (SECTION.format(TINY), True),
        (SECTION.format(f"<div>{TINY}</div>"), True),
        (SECTION.format(f"<div><p>Text.</p>{TINY}</div>"), False),
        (SECTION.format(f"<figure></figure><div>{TINY}</div>"), False),
    ],
)
def test_a_table_leads_its_section_or_stands_in_its_text(html: str, expected: bool) -> None:
    assert leads(element(html).find(".//table")) is expected
