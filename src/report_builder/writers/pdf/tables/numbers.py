"""Columns of numbers, which are read from their last digits."""

from __future__ import annotations

import re

from report_builder.html.grid import Cell, Grid

_NUMBER = re.compile(
    r"[(+\-\u2212\u2013]?\s?[£€$¥]?\s?"
    r"(0|[1-9]\d*|[1-9]\d{0,2}([,. \u00a0\u202f’]\d{3})+)([.,]\d+)?"
    r"\s?(%|[a-z]{1,2})?\)?",
    re.IGNORECASE,
)
_NONE = re.compile(r"(-|–|—|\*|n/?a|x|\.\.)?", re.IGNORECASE)
_CLASS = "number"
_SEVERAL = 3  # columns, from which on they look uneven
_NAMES = 2  # times as much room as a column of numbers, for what the rows are called


def align_numbers(grid: Grid) -> None:
    """Mark the cells of columns in which nothing but numbers stands, and the heads of these.

    Several such columns beside the names of rows get the same width.
    """
    columns: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.across == 1:
            columns.setdefault(cell.column, []).append(cell)
    numbers = []
    for cells in columns.values():
        said = [_text(cell) for cell in cells if not cell.is_head]
        if not any(map(_NUMBER.fullmatch, said)):
            continue
        if all(_NUMBER.fullmatch(text) or _NONE.fullmatch(text) for text in said):
            numbers.append(cells)
            for cell in cells:
                if not cell.is_head or cell.row not in grid.data_rows:
                    cell.element.classes.add(_CLASS)
    is_sized = any(cell.element.get("style") for cell in grid.cells)
    if len(numbers) >= _SEVERAL and len(columns) == len(numbers) + 1 and not is_sized:
        for cells in numbers:
            cells[0].element.set("style", f"width: {100 / (len(numbers) + _NAMES):.2f}%")


def _text(cell: Cell) -> str:
    return " ".join(cell.element.text_content().split())
