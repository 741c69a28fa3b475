"""The columns of a wide table, shared among parts that fit."""

from __future__ import annotations

from itertools import pairwise

from lxml.html import HtmlElement

from report_builder.html.grid import Grid
from report_builder.writers.pdf.tables.measuring import Widths

_ROUNDS = 20  # halvings by which the least width is found


def grid_of(table: HtmlElement) -> Grid:
    """Return the cells of a table in their places."""
    return Grid(table, HtmlElement.getparent)


def row_heads(grid: Grid) -> list[int]:
    """Return the leading columns that name the rows: those of heads, else the first."""
    data = grid.data_rows
    heads = {c.column for c in grid.cells if c.is_head and c.row in data and c.across == 1}
    leading: list[int] = []
    while len(leading) in heads and len(leading) not in grid.data_columns:
        leading.append(len(leading))
    return leading or [0]


def shared(grid: Grid, widths: Widths, heads: list[int], room: float) -> list[list[int]] | None:
    """Share the columns that name no rows among parts, evenly among as few as there can be.

    Columns under one head stay together where they can. ``None`` says that a part of one column
    would be wider than the room.
    """
    free = room - widths.of(heads)
    columns = [number for number in range(len(widths.columns)) if number not in heads]
    groups = _groups(grid, columns)
    if any(_width(widths, group) > free for group in groups):
        groups = [[number] for number in columns]
    if not columns or any(_width(widths, group) > free for group in groups):
        return None
    fewest = len(_share(groups, widths, free))
    low, high = 0.0, free  # the least width that takes no more parts: none has a column alone
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        parts = _share(groups, widths, middle)
        if len(parts) <= fewest and all(_width(widths, part) <= free for part in parts):
            high = middle
        else:
            low = middle
    return _share(groups, widths, high)


def _share(groups: list[list[int]], widths: Widths, room: float) -> list[list[int]]:
    parts: list[list[int]] = [[]]
    for group in groups:
        if parts[-1] and _width(widths, parts[-1] + group) > room:
            parts.append([])
        parts[-1] += group
    return parts


def _width(widths: Widths, columns: list[int]) -> float:
    return sum(widths.columns[number] for number in columns)


def _groups(grid: Grid, columns: list[int]) -> list[list[int]]:
    """Return the columns, those together that have a head in common."""
    every = len(columns)
    over = [
        range(cell.column, cell.column + cell.across)
        for cell in grid.cells
        if cell.is_head and 1 < cell.across < every and cell.row not in grid.data_rows
    ]
    groups = [columns[:1]]
    for before, number in pairwise(columns):
        if any(before in span and number in span for span in over):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups
