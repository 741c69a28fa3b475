"""A table of data."""

from typing import Annotated

from pydantic import model_validator

from report_builder.content.fields import Before, Marked, Model, Text, fault, shorthand
from report_builder.content.sections import Section

_MOST_IN_BRIEFING = 8  # columns


class Cell(Model):
    """A cell; ``across`` and ``down`` say over how many columns and rows it goes."""

    text: Marked | None = None
    across: int = 1
    down: int = 1


def _empty_cells(value: object) -> object:
    if isinstance(value, (list, tuple)):
        # A cell that holds 0 is not empty.
        return [{} if cell is None or cell == "" else cell for cell in value]
    return value


Row = Annotated[
    tuple[Annotated[Cell, shorthand("text")], ...], Before(_empty_cells, lambda schema: schema)
]


class Table(Section):
    """Rows under the heads of their columns; with ``row_heads`` the first cell heads its row."""

    in_briefing = False

    caption: Marked | None = None
    columns: tuple[Marked, ...]
    rows: tuple[Row, ...] = ()
    row_heads: bool = True
    source: Text | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether a briefing has room for its columns."""
        return len(self.columns) <= _MOST_IN_BRIEFING

    @model_validator(mode="after")
    def _is_a_grid(self) -> "Table":
        if not self.columns:
            hint = "Name them in “columns”, or delete the section."
            raise fault("table-width", "The table has no columns.", hint)
        width, covered = len(self.columns), [0] * len(self.rows)
        for number, row in enumerate(self.rows):
            covered[number] += sum(cell.across for cell in row)
            for below in range(number + 1, len(self.rows)):
                covered[below] += sum(c.across for c in row if number + c.down > below)
            if covered[number] != width:
                raise fault(
                    "table-width",
                    f"Row {number + 1} has {covered[number]} cells, and there are {width} columns.",
                    'Write an empty cell as "", or say how far one goes with “across”.',
                )
        return self
