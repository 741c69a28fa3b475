"""A wide table in parts: groups of its columns, each a table of its own that names the rows."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence

from lxml.html import Element as new_element
from lxml.html import HtmlElement

from report_builder.html.grid import Cell, Grid


def parts_of(
    table: HtmlElement, grid: Grid, heads: list[int], groups: Iterable[Sequence[int]], title: HtmlElement
) -> list[HtmlElement]:
    """Return a table for each group of columns, with the heads of the rows before it.

    ``title`` says which part of how many one is: “part {part} of {parts}”.
    """
    parts, groups = [], list(groups)
    for number, columns in enumerate(groups, start=1):
        part = _part(table, grid, {*heads, *columns})
        _entitle(part, title, number, len(groups))
        if number > 1:
            unname(part)
        parts.append(part)
    return parts


def _part(table: HtmlElement, grid: Grid, columns: set[int]) -> HtmlElement:
    """Return a table of some columns of another."""
    part = _shell(table)
    groups: dict[HtmlElement, HtmlElement] = {table: part}
    for child in table:
        if child.tag in ("caption", "thead", "tbody", "tfoot"):
            groups[child] = copy.deepcopy(child) if child.tag == "caption" else _shell(child)
            part.append(groups[child])
    in_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        in_row.setdefault(cell.row, []).append(cell)
    down: list[tuple[HtmlElement, int, int]] = []  # cells that go over rows: first row, how many
    empty: list[int] = []
    for number, row in enumerate(grid.rows):
        cells = list(_cells(in_row.get(number, []), columns))
        if not cells:
            empty.append(number)  # cells from above fill the whole row
            continue
        kept = _shell(row)
        for cell, element in cells:
            kept.append(element)
            if cell.down > 1:
                down.append((element, cell.row, cell.down))
        groups[row.getparent()].append(kept)
    for element, first, rows in down:
        left = rows - sum(first <= number < first + rows for number in empty)
        element.set("rowspan", str(left))
    return part


def _cells(cells: list[Cell], columns: set[int]) -> Iterator[tuple[Cell, HtmlElement]]:
    """Yield the cells of a row that go over some columns, and what each is among these alone."""
    for cell in cells:
        over = sum(n in columns for n in range(cell.column, cell.column + cell.across))
        if not over:
            continue
        element = copy.deepcopy(cell.element)
        element.tail = None
        element.attrib.pop("colspan", None)
        if over > 1:
            element.set("colspan", str(over))
        yield cell, element


def _shell(element: HtmlElement) -> HtmlElement:
    """Return an element without what it holds."""
    return new_element(element.tag, dict(element.attrib))


def _entitle(part: HtmlElement, title: HtmlElement, number: int, parts: int) -> None:
    """Let a part's caption say which part it is."""
    said = copy.deepcopy(title)
    said.text = said.text.format(part=number, parts=parts)
    caption = part.find("caption")
    if caption is None:
        caption = new_element("caption")
        part.insert(0, caption)
        said.text = said.text[:1].upper() + said.text[1:]
    else:
        caption.tail = None
        said.text = f" ({said.text})"
    caption.append(said)


def unname(copied: HtmlElement) -> None:
    """Take from a copy what a document holds but once: names that links lead to, and notes."""
    for element in list(copied.iter()):
        element.attrib.pop("id", None)
        if element.get("role") == "doc-footnote":
            element.drop_tree()
