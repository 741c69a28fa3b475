"""A wide table as blocks: each row's name, and its values under the heads of their columns."""

from __future__ import annotations

import copy

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.html.grid import Cell, Grid, says_something
from report_builder.writers.pdf.roles import is_block
from report_builder.writers.pdf.tables.parts import unname

_SHORT = 6  # values of a row that stays on one page
_NOTHING = "–"
_KEPT = ("data-source", "lang", "dir")  # what a cell, or its row, says of its words


def rows_of(table: HtmlElement, grid: Grid, heads: list[int]) -> HtmlElement:
    """Return a block for each row of a table, under the table's caption."""
    return _Rows(grid, heads).of(table)


class _Rows:
    """Writes the rows of a table; ``said`` are the elements whose words stand somewhere already."""

    def __init__(self, grid: Grid, heads: list[int]) -> None:
        self.grid, self.heads = grid, heads
        self.said: set[HtmlElement] = set()

    def of(self, table: HtmlElement) -> HtmlElement:
        """Return the blocks of a table."""
        around = lxml_html.Element("div", {"class": "rows"})
        if (caption := table.find("caption")) is not None:
            around.append(self.saying("p", "rows-title", [caption]))
        in_row: dict[int, list[Cell]] = {}
        for cell in self.grid.cells:
            for number in range(cell.row, cell.row + cell.down):
                in_row.setdefault(number, []).append(cell)
        began = False
        for number in range(len(self.grid.rows)):
            cells = sorted(in_row.get(number, []), key=lambda cell: cell.column)
            if number in self.grid.data_rows:
                began = True
                around.append(self.row(cells, number))
            elif cells and (began or len(cells) == 1):  # what heads the rows below
                around.append(self.saying("p", "rows-title", [cell.element for cell in cells]))
        unsaid = (cell.element for cell in self.grid.cells if cell.element not in self.said)
        if left := [element for element in unsaid if says_something(element)]:
            around.append(self.saying("p", "rows-title", left))  # of a table without rows, for one
        return around

    def row(self, cells: list[Cell], number: int) -> HtmlElement:
        """Return the block of a row."""
        names = [cell for cell in cells if cell.column in self.heads]
        values = [cell for cell in cells if cell.column not in self.heads]
        block, pairs = lxml_html.Element("div", {"class": "row"}), lxml_html.Element("dl")
        if len(values) <= _SHORT:
            block.set("class", "row short")
        block.append(self.name(names, number))
        for cell in values:
            pair = lxml_html.Element("div")
            pair.append(self.saying("dt", "", self.heads_above(cell, number)))
            pair.append(self.saying("dd", "", [cell.element]))
            pairs.append(pair)
        if len(pairs):
            block.append(pairs)
        return block

    def name(self, cells: list[Cell], number: int) -> HtmlElement:
        """Return what a row is called: what its first cells say, each after its head."""
        is_line = not any(is_block(child) for cell in cells for child in cell.element)
        block = lxml_html.Element("p" if is_line else "div", {"class": "row-name"})
        for cell in cells:
            if above := self.heads_above(cell, number):
                block.append(self.saying("span", "", above))
                block[-1].tail = ": "
            block.append(self.saying("span", "", [cell.element]))
            block[-1].tail = ", " if cell is not cells[-1] else None
        return block

    def heads_above(self, cell: Cell, number: int) -> list[HtmlElement]:
        """Return the heads of a cell's columns, which stand above its row."""
        is_name = cell.column in self.heads
        return [
            head.element
            for head in self.grid.heads(cell)
            if head.row < number
            and is_name == (head.column in self.heads)
            and not (is_name and head.across > len(self.heads))
        ]

    def saying(self, tag: str, kind: str, elements: list[HtmlElement]) -> HtmlElement:
        """Return an element with the words of others, and commas between."""
        is_paragraph = tag == "p" and not any(is_block(c) for e in elements for c in e)
        block = lxml_html.Element(tag if tag != "p" or is_paragraph else "div")
        if kind:
            block.set("class", kind)
        for number, element in enumerate(elements):
            inner = copy.deepcopy(element)
            if element in self.said:
                unname(inner)
            self.said.add(element)
            kept = {name: value for name in _KEPT if (value := _source(element, name))}
            said = block
            if len(elements) == 1:
                block.attrib.update(kept)
            else:
                said = lxml_html.Element("span", kept)
                said.tail = ", " if number < len(elements) - 1 else None
                block.append(said)
            said.text = inner.text
            said.extend(list(inner))
        if not says_something(block):
            block.text = _NOTHING
        return block


def _source(element: HtmlElement, name: str) -> str | None:
    """Return what a cell says of itself, or its row does."""
    parent = element.getparent()
    return element.get(name) or (parent.get(name) if parent.tag == "tr" else None)
