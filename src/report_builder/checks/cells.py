"""Rules over the tables of a finished PDF: each cell is announced with its own heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report_builder.checks.finished import AGAIN, Finished, named, on_page, quoted
from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity

if TYPE_CHECKING:
    from report_builder.readback.structure import Element

_MOST_SPAN = 1000


@dataclass(frozen=True)
class _Cell:
    """A cell, and the rows and columns that it stands in."""

    element: Element
    rows: range
    columns: range

    def is_beside(self, other: _Cell) -> bool:
        """Tell whether two cells have a row or a column in common."""
        return _meet(self.rows, other.rows) or _meet(self.columns, other.columns)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _cells(table: Element) -> list[_Cell]:
    """Return the cells of a table at their places, as HTML would find them."""
    found: list[_Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, holder in enumerate(_rows(table)):
        column = 0
        for kid in holder.kids:
            if isinstance(kid, str) or kid.role not in ("TH", "TD"):
                continue
            while (row, column) in taken:
                column += 1
            high, wide = _span(kid, "RowSpan"), _span(kid, "ColSpan")
            cell = _Cell(kid, range(row, row + high), range(column, column + wide))
            if high > 1:
                taken |= {(r, c) for r in cell.rows for c in cell.columns}
            found.append(cell)
            column += wide
    return found


def _rows(holder: Element) -> Iterator[Element]:
    for kid in holder.kids:
        if not isinstance(kid, str):
            if kid.role == "TR":
                yield kid
            elif kid.role in ("THead", "TBody", "TFoot"):
                yield from _rows(kid)


def _span(cell: Element, key: str) -> int:
    given = cell.notes.get(key, "")
    return min(max(int(given), 1), _MOST_SPAN) if given.isdecimal() else 1


def _heads(pdf: Finished) -> Iterator[Finding]:
    """Find cells that name heads which are not there, are no heads, or belong to other cells."""
    found: dict[str, list[tuple[int, str]]] = {}
    for table in pdf.all("Table"):
        cells = _cells(table)
        heads = {cell.element.identifier: cell for cell in cells if cell.element.identifier}
        for cell in cells:
            wrong = [w for name in cell.element.heads if (w := _wrong(cell, heads.get(name)))]
            if wrong:
                place = cell.element.page or table.page, cell.element.text
                found.setdefault(wrong[0], []).append(place)
    for fault, places in found.items():
        message = f"The cell {named(places)} names a head that {fault}: it is announced wrongly."
        yield pdf.position, message, AGAIN


def _wrong(cell: _Cell, head: _Cell | None) -> str:
    """Return what is wrong with a head that a cell names, if anything is."""
    if head is None:
        return "is not in its table"
    if head.element.role != "TH":
        return "is tagged as a common cell"
    return "" if cell.is_beside(head) else "stands over other cells"


def _unsaid_scopes(pdf: Finished) -> Iterator[Finding]:
    """Find heads of which nothing says whether they head a row or a column."""
    for table in pdf.all("Table"):
        cells = [cell.element for cell in _cells(table)]
        named = {name for cell in cells for name in cell.heads}
        heads = [c for c in cells if c.role == "TH"]
        lost = [h for h in heads if "Scope" not in h.notes and h.identifier not in named]
        if lost and len(heads) < len(cells):
            message = (
                f"Nothing says what the head {quoted(lost[0].text)} of a table"
                f"{on_page(lost[0].page or table.page)} is the head of, its row or its column."
            )
            yield pdf.position, message, "Give its tag a Scope: Column, or Row."


def _scoped_cells(pdf: Finished) -> Iterator[Finding]:
    """Find heads of rows or columns that are tagged as cells like all others."""
    found = [(cell.page, cell.text) for cell in pdf.all("TD") if "Scope" in cell.notes]
    if found:
        message = (
            f"{named(found)} heads a row or a column of a table, and is tagged as a common cell:"
            " nobody hears it before what it heads."
        )
        yield pdf.position, message, "Tag it as a head (TH)."


RULES: tuple[Rule[Finished], ...] = (
    Rule("cell-heads", Severity.ERROR, "Cells are announced with their own heads.", _heads),
    Rule("head-scope", Severity.ERROR, "Heads say what they head.", _unsaid_scopes),
    Rule("head-as-cell", Severity.ERROR, "Heads of rows are tagged as heads.", _scoped_cells),
)
