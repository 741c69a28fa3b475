"""Each cell's heads are those that the HTML standard's algorithm finds, step by step."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from report_builder.choices import find_theme
from report_builder.html.document import parse_document
from report_builder.html.grid import Cell, Grid
from report_builder.readback.structure import read_structure
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.tables.numbers import align_numbers
from report_builder.writers.pdf.typeset import typeset

TABLES = {
    "plain": "<tr><th>A<th>B<tr><td>1<td>2",
    "row heads": "<tr><th><th>A<tr><th>x<td>1<tr><th>y<td>2",
    "two rows of heads": "<tr><th rowspan=2>W<th colspan=2>H<tr><th>O<th>N<tr><th>b<td>1<td>2",
    "heads of groups": "<thead><tr><th>W<th>H<tbody><tr><th colspan=2 scope=rowgroup>North"
    "<tr><th scope=row>b<td>1<tbody><tr><th colspan=2 scope=rowgroup>South<tr><th scope=row>d<td>2",
    "heads again below": "<tr><th>A<th>B<tr><td>1<td>2<tr><th>C<th>D<tr><td>3<td>4",
    "wider heads again": "<tr><th colspan=2>A<tr><td>1<td>2<tr><th>C<th>D<tr><td>3<td>4",
    "rows span": "<tr><th>W<th>Y<th>H<tr><th rowspan=2>b<td>24<td>1<tr><td>25<td>2",
    "rows span to the end": "<tr><th>W<th>H<tr><th rowspan=0>b<td>1<tr><td>2<tr><td>3",
    "columns span": "<tr><th>A<th>B<th>C<tr><td colspan=2>1<td>2<tr><td>3<td colspan=2>4",
    "both span": "<tr><th>A<th>B<th>C<tr><td rowspan=2 colspan=2>1<td>2<tr><td>3"
    "<tr><td>4<td>5<td>6",
    "head in the middle": "<tr><td>1<th>A<td>2<tr><td>3<th>B<td>4",
    "heads on both sides": "<tr><th>A<td>1<th>B<tr><th>C<td>2<th>D",
    "scopes given": "<tr><td>1<th scope=col>A<tr><th scope=row>x<td>2",
    "scope against its place": "<tr><th scope=row>A<td>1<tr><td>2<td>3",
    "empty heads": "<tr><th><th>A<tr><th><td>1",
    "no heads": "<tr><td>1<td>2",
    "only heads": "<tr><th>A<th>B<tr><th>C<th>D",
    "ragged": "<tr><th>A<th>B<th>C<tr><td>1<tr><td>2<td>3<td>4<td>5",
    "named": "<tr><th id=a>A<th id=b>B<tr><td headers='b a'>1<td headers='none'>2",
    "nested": "<tr><th>A<tr><td><table><tr><th>In<tr><td>x</table>",
    "cells of many rows": "<tr><th>A<th>B<tr><td rowspan=3>1<td>2<tr><td>3<tr><td>4",
    "feet": "<thead><tr><th>A<th>B<tbody><tr><td>1<td>2<tfoot><tr><th>sum<td>3",
}


def grid_of(rows: str) -> Grid:
    return Grid(lxml_html.fromstring(f"<table>{rows}</table>"), lambda element: element.getparent())


def test_several_columns_of_numbers_beside_names_are_equally_wide() -> None:
    def widths(rows: str) -> list[str | None]:
        align_numbers(grid := grid_of(rows))
        return [cell.element.get("style") for cell in grid.cells if cell.row == 0]

    head = "<tr><th>Ward<th>Agree<th>Neither agree nor disagree<th>No"
    even = "width: 20.00%"
    assert widths(f"{head}<tr><th>Park<td>1<td>22<td>3%") == [None, even, even, even]
    assert widths(f"{head}<tr><th>Park<td>1<td>22<td>few") == [None] * 4
    sized = head.replace("<th>No", "<th style='width: 9%'>No")
    assert widths(f"{sized}<tr><th>Park<td>1<td>22<td>3%") == [*[None] * 3, "width: 9%"]


def test_no_cell_leaves_its_group_of_rows() -> None:
    grid = grid_of("<thead><tr><th rowspan=9>A<th>B<tr><th>C<tbody><tr><td>1<td>2<tr><td>3<td>4")
    assert [(cell.column, cell.row, cell.down) for cell in grid.cells] == [
        *((0, 0, 2), (1, 0, 1), (1, 1, 1)),
        *((0, 2, 1), (1, 2, 1), (0, 3, 1), (1, 3, 1)),
    ]


def heads_by_the_standard(grid: Grid, cell: Cell) -> set[Any]:
    """Return a cell's heads, found slot by slot as section 4.9.12.2 tells it."""
    if names := cell.element.get("headers", "").split():
        return {c.element for c in grid.cells if c.element.get("id") in names}
    found: list[Cell] = []
    for y in range(cell.row, cell.row + cell.down):
        scan(grid, cell, cell.column, y, -1, 0, found)
    for x in range(cell.column, cell.column + cell.across):
        scan(grid, cell, x, cell.row, 0, -1, found)
    group = grid.rows[cell.row].getparent()
    for head in grid.cells:
        same = grid.rows[head.row].getparent() is group
        before = head.column < cell.column + cell.across and head.row < cell.row + cell.down
        if head.element.get("scope") == "rowgroup" and same and before:
            found.append(head)
    return {c.element for c in found if c.element.text_content().strip() and c is not cell}


def scan(grid: Grid, cell: Cell, x: int, y: int, dx: int, dy: int, found: list[Cell]) -> None:
    opaque: list[Cell] = []
    in_block, block = (True, [cell]) if cell.is_head else (False, [])
    while True:
        x, y = x + dx, y + dy
        if x < 0 or y < 0:
            return
        current = grid.places.get((x, y))
        if current is None:
            continue
        if current.is_head:
            in_block = True
            block.append(current)
            if dx == 0:
                blocked = any(
                    (c.column, c.across) == (current.column, current.across) for c in opaque
                )
                blocked = blocked or not is_column_head(grid, current)
            else:
                blocked = any((c.row, c.down) == (current.row, current.down) for c in opaque)
                blocked = blocked or not is_row_head(grid, current)
            if not blocked:
                found.append(current)
        elif in_block:
            in_block = False
            opaque += block
            block = []


def has_data(grid: Grid, columns: range | None, rows: range | None) -> bool:
    return any(
        not cell.is_head
        for (x, y), cell in grid.places.items()
        if (columns is None or x in columns) and (rows is None or y in rows)
    )


def is_column_head(grid: Grid, head: Cell) -> bool:
    scope = head.element.get("scope", "")
    rows = range(head.row, head.row + head.down)
    return scope in ("col", "colgroup") or (not scope and not has_data(grid, None, rows))


def is_row_head(grid: Grid, head: Cell) -> bool:
    scope = head.element.get("scope", "")
    columns = range(head.column, head.column + head.across)
    auto = not scope and not is_column_head(grid, head) and not has_data(grid, columns, None)
    return scope in ("row", "rowgroup") or auto


@pytest.mark.parametrize("rows", TABLES.values(), ids=TABLES)
def test_heads_are_those_of_the_standard(rows: str) -> None:
    grid = grid_of(rows)
    assert grid.cells
    for cell in grid.cells:
        if not cell.is_head:
            ours = {head.element for head in grid.heads(cell)}
            assert ours == heads_by_the_standard(grid, cell), cell.element.text


cells = st.builds(
    lambda tag, across, down, scope: f"<{tag} colspan={across} rowspan={down}{scope}>x</{tag}>",
    st.sampled_from(["td", "td", "th"]),
    st.integers(1, 3),
    st.integers(0, 3),
    st.sampled_from(["", "", " scope=row", " scope=col"]),
)
tables = st.lists(
    st.lists(cells, max_size=4).map(lambda row: f"<tr>{''.join(row)}</tr>"), max_size=5
)


@settings(max_examples=300, deadline=None)
@given(rows=tables.map("".join))
def test_heads_of_any_table_are_those_of_the_standard(rows: str) -> None:
    grid = grid_of(rows)
    # Cells that lie over each other are an error of the table, and mean nothing.
    assume(sum(cell.across * cell.down for cell in grid.cells) == len(grid.places))
    for cell in grid.cells:
        if not cell.is_head:
            assert {h.element for h in grid.heads(cell)} == heads_by_the_standard(grid, cell)


# No PDF is made of these: one has no heads, the rows of the other differ in length.
PUBLISHED = {name: rows for name, rows in TABLES.items() if name not in ("no heads", "ragged")}


@pytest.mark.parametrize("rows", PUBLISHED.values(), ids=PUBLISHED)
def test_a_pdf_announces_them(rows: str, tmp_path: Path) -> None:
    numbered = number_cells(rows)
    html = f'<html lang="en-GB"><head><title>T</title></head><body><table>{numbered}</table></body>'
    resources = Resources(tmp_path, find_theme("default", tmp_path))
    tree = read_structure(typeset(parse_document(html, "report.html.j2"), resources))
    assert tree is not None
    announced = {
        element.text.strip(): set(filter(None, element.notes.get("Headers", "").split(" + ")))
        for element in tree.walk()
        if element.role == "TD"
    }
    table = lxml_html.document_fromstring(html).find(".//table")
    grid = Grid(table, lambda element: element.getparent())
    for cell in grid.cells:
        if not cell.is_head and cell.element.find(".//table") is None:
            heads = {h.text_content().strip() for h in heads_by_the_standard(grid, cell)}
            assert announced[cell.element.text_content().strip()] == heads


def number_cells(rows: str) -> str:
    """Return rows in which each cell says something else, so that it can be told apart."""
    count = itertools.count(1)
    return re.sub(r"(<td[^>]*>)", lambda match: f"{match[1]}cell {next(count)} ", rows)
