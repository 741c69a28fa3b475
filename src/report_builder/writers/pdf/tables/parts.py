"""A wide table in parts: groups of its columns, each a table of its own that names the rows."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.html.grid import Cell, Grid


def parts_of(
    table: HtmlElement,
    grid: Grid,
    heads: list[int],
    groups: Sequence[Sequence[int]],
    title: HtmlElement,
) -> list[HtmlElement]:
    """Return a table for each group of columns, with the heads of the rows before it.

    ``title`` says which part of how many one is: “part {part} of {parts}”.
    """
    parts, said = [], set[int]()
    for number, columns in enumerate(groups, start=1):
        part = _part(table, grid, {*heads, *columns}, said)
        _entitle(part, title, number, len(groups))
        parts.append(part)
        said |= {*heads, *columns}
    return parts


def _part(table: HtmlElement, grid: Grid, columns: set[int], said: set[int]) -> HtmlElement:
    """Return a table of some columns of another; ``said`` are those of the parts before it."""
    part = _shell(table, said)
    groups: dict[HtmlElement, HtmlElement] = {table: part}
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot"):
            groups[child] = _shell(child, said)
            part.append(groups[child])
        elif child.tag == "caption":
            part.append(_copy(child, is_said=bool(said)))
    in_row: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        in_row.setdefault(cell.row, []).append(cell)
    down: list[tuple[HtmlElement, int, int]] = []  # cells that go over rows: first row, how many
    empty: list[int] = []
    for number, row in enumerate(grid.rows):
        cells = list(_cells(in_row.get(number, []), columns, said))
        if not cells:
            empty.append(number)  # cells from above fill the whole row
            continue
        kept = _shell(row, said)
        for cell, element in cells:
            kept.append(element)
            if cell.down > 1:
                down.append((element, cell.row, cell.down))
        groups[row.getparent()].append(kept)
    for element, first, rows in down:
        left = rows - sum(first <= number < first + rows for number in empty)
        element.set("rowspan", str(left))
    return part


def _cells(
    cells: list[Cell], columns: set[int], said: set[int]
) -> Iterator[tuple[Cell, HtmlElement]]:
    """Yield the cells of a row that go over some columns, and what each is among these alone."""
    for cell in cells:
        own = range(cell.column, cell.column + cell.across)
        over = len(columns.intersection(own))
        if not over:
            continue
        element = _copy(cell.element, is_said=not said.isdisjoint(own))
        element.attrib.pop("colspan", None)
        element.attrib.pop("headers", None)  # names of what stands in one part alone
        if over > 1:
            element.set("colspan", str(over))
        yield cell, element


def _copy(element: HtmlElement, *, is_said: bool) -> HtmlElement:
    copied = copy.deepcopy(element)
    copied.tail = None
    if is_said:
        unname(copied)
    return copied


def _shell(element: HtmlElement, said: set[int]) -> HtmlElement:
    """Return an element without what it holds."""
    kept = {name: value for name, value in element.attrib.items() if name != "id" or not said}
    return lxml_html.Element(element.tag, kept)


def _entitle(part: HtmlElement, title: HtmlElement, number: int, parts: int) -> None:
    """Let a part's caption say which part it is."""
    said = copy.deepcopy(title)
    said.text = said.text.format(part=number, parts=parts)
    caption = part.find("caption")
    if caption is None:
        caption = lxml_html.Element("caption")
        part.insert(0, caption)
        said.text = said.text[:1].upper() + said.text[1:]
    else:
        said.text = f" ({said.text})"
    caption.append(said)


def unname(copied: HtmlElement) -> None:
    """Take from a copy what a document holds but once: names that links lead to, and notes."""
    for element in list(copied.iter()):
        element.attrib.pop("id", None)
        if element.get("role") == "doc-footnote":
            element.drop_tree()
