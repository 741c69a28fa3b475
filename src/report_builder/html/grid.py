"""Which heads a table's cells have, by the algorithm of the HTML standard (section 4.9.12.2)."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_MOST_COLUMNS, _MOST_ROWS = 1000, 65534  # what the standard lets a cell span
_ROW, _COLUMN = "Row", "Column"
_GROUPS = {"rowgroup": _ROW, "colgroup": _COLUMN, "row": _ROW, "col": _COLUMN}


@dataclass(frozen=True)
class Cell:
    """A cell: its element, the column and row it begins in, and over how many it goes."""

    element: Any
    column: int
    row: int
    across: int
    down: int

    @property
    def is_head(self) -> bool:
        """Whether the cell is a ``th``."""
        return bool(self.element.tag == "th")


class Grid:
    """A table's cells in their places. ``parent_of`` gives an element's parent."""

    def __init__(self, table: Any, parent_of: Callable[[Any], Any]) -> None:
        self.parent_of = parent_of
        self.rows = list(self._rows(table))
        self.left_in_group = self._count_left()
        self.places: dict[tuple[int, int], Cell] = {}
        self.cells: list[Cell] = []
        for number, row in enumerate(self.rows):
            self._place(number, row)
        data = [cell for cell in self.cells if not cell.is_head]
        self.data_rows = {y for cell in data for y in range(cell.row, cell.row + cell.down)}
        self.data_columns = {
            x for cell in data for x in range(cell.column, cell.column + cell.across)
        }
        self.columns = self._stacks()
        heads = (cell for cell in self.cells if cell.is_head)
        self.group_heads = [head for head in heads if head.element.get("scope") == "rowgroup"]

    @property
    def has_wide_cells(self) -> bool:
        """Whether a cell goes over more than one column."""
        return any(cell.across > 1 for cell in self.cells)

    def scopes(self, head: Cell) -> tuple[str, ...]:
        """Return what a head heads: ``Row``, ``Column`` or both."""
        given = _GROUPS.get(head.element.get("scope", "").lower())
        if given:
            return (given,)
        columns = range(head.column, head.column + head.across)
        heads_column = self.data_rows.isdisjoint(range(head.row, head.row + head.down))
        heads_row = not heads_column and self.data_columns.isdisjoint(columns)
        return (_COLUMN,) if heads_column else (_ROW,) if heads_row else ()

    def heads(self, cell: Cell) -> list[Cell]:
        """Return a cell's heads: those of its rows, then those of its columns."""
        if named := cell.element.get("headers", "").split():
            by_name = {c.element.get("id"): c for c in self.cells}
            return [by_name[name] for name in named if name in by_name]
        found: list[Cell] = []
        for row in range(cell.row, cell.row + cell.down):
            beside = [self.places.get((x, row)) for x in range(cell.column - 1, -1, -1)]
            found += self._scan(cell, beside, _ROW)
        for column in range(cell.column, cell.column + cell.across):
            rows, stack = self.columns[column]
            above = stack[: bisect_left(rows, cell.row)]
            found += self._scan(cell, reversed(above), _COLUMN)
        found += self._group_heads(cell)
        return [c for c in dict.fromkeys(found) if c is not cell and says_something(c.element)]

    def _scan(self, cell: Cell, cells: Iterable[Cell | None], scope: str) -> Iterator[Cell]:
        """Yield the heads that a cell meets in one direction.

        A head is hidden by one of the same place and size that stands nearer, where data lies
        between the two: a second row of heads takes over from the first.
        """
        hidden: set[tuple[int, int]] = set()
        block: list[Cell] = [cell] if cell.is_head else []
        last: Cell | None = None
        for other in cells:
            if other is None or other is last:
                continue
            last = other
            if not other.is_head:
                hidden.update(_extent(c, scope) for c in block)
                block = []
                continue
            block.append(other)
            if _extent(other, scope) not in hidden and scope in self.scopes(other):
                yield other

    def _group_heads(self, cell: Cell) -> Iterator[Cell]:
        """Yield heads of a whole group of rows that stand above or before a cell in it."""
        group = self.parent_of(self.rows[cell.row])
        for head in self.group_heads:
            here = self.parent_of(self.rows[head.row]) is group
            if here and head.row <= cell.row and head.column <= cell.column:
                yield head

    def _stacks(self) -> dict[int, tuple[list[int], list[Cell]]]:
        """Return each column's heads from top to bottom, with one data cell for any between."""
        stacks: dict[int, tuple[list[int], list[Cell]]] = defaultdict(lambda: ([], []))
        for cell in self.cells:
            for column in range(cell.column, cell.column + cell.across):
                rows, stack = stacks[column]
                if cell.is_head or not stack or stack[-1].is_head:
                    rows.append(cell.row)
                    stack.append(cell)
        return stacks

    def _rows(self, table: Any) -> Iterator[Any]:
        for row in table.iter("tr"):
            here = row
            while here is not None and here.tag != "table":
                here = self.parent_of(here)
            if here is table:
                yield row

    def _count_left(self) -> list[int]:
        """Return for each row how many rows its group has from there on."""
        seen: Counter[Any] = Counter()  # of the groups themselves: lxml makes each anew when asked
        left = []
        for row in reversed(self.rows):
            group = self.parent_of(row)
            seen[group] += 1
            left.append(seen[group])
        return left[::-1]

    def _place(self, number: int, row: Any) -> None:
        column = 0
        for element in row:
            if element.tag not in ("td", "th"):
                continue
            while (column, number) in self.places:
                column += 1
            across = min(_span(element.get("colspan")), _MOST_COLUMNS) or 1
            # No cell leaves its group of rows; 0 stands for all that are left of it.
            left = self.left_in_group[number]
            down = min(_span(element.get("rowspan")) or left, left, _MOST_ROWS)
            cell = Cell(element, column, number, across, down)
            for x in range(column, column + across):
                for y in range(number, number + down):
                    self.places.setdefault((x, y), cell)
            self.cells.append(cell)
            column += across


def _span(value: str | None) -> int:
    return int(value) if value and value.strip().isdecimal() else 1


def _extent(cell: Cell, scope: str) -> tuple[int, int]:
    return (cell.row, cell.down) if scope == _ROW else (cell.column, cell.across)


def says_something(element: Any) -> bool:
    """Tell whether a cell holds words or a picture."""
    return any(text.strip() for text in element.itertext()) or element.find(".//img") is not None
