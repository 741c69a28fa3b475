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


def align_numbers(grid: Grid) -> None:
    """Mark the cells of columns in which nothing but numbers stands, and the heads of these."""
    columns: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.across == 1:
            columns.setdefault(cell.column, []).append(cell)
    for cells in columns.values():
        said = [_text(cell) for cell in cells if not cell.is_head]
        if not any(map(_NUMBER.fullmatch, said)):
            continue
        if all(_NUMBER.fullmatch(text) or _NONE.fullmatch(text) for text in said):
            for cell in cells:
                if not cell.is_head or cell.row not in grid.data_rows:
                    cell.element.classes.add(_CLASS)


def _text(cell: Cell) -> str:
    return " ".join(cell.element.text_content().split())
