"""A table that is too wide for its column, and what stands for it on the page."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.html.grid import Grid
from report_builder.writers.pdf.breaks import soften
from report_builder.writers.pdf.tables.across import outdented, set_across
from report_builder.writers.pdf.tables.choice import Way
from report_builder.writers.pdf.tables.measuring import Room
from report_builder.writers.pdf.tables.parts import parts_of
from report_builder.writers.pdf.tables.rows import rows_of

TIGHT = "tight"
"""The class of tables with less room beside their words."""

_SHORT = "short"  # the class of what stays on one page
_FEW_ROWS = 9
_TITLE = "table-part"
_ENGLISH = "part {part} of {parts}"


@dataclass
class Wide:
    """A table that is too wide; ``name`` is what it is measured by.

    ``heads`` are its columns that name the rows. ``upright`` is the room that it stands in,
    ``across`` that on a page across, where it could stand on one.
    """

    table: HtmlElement
    name: str
    grid: Grid
    heads: list[int]
    upright: Room
    across: Room | None = None
    ways: Iterator[Way] = field(default_factory=lambda: iter(()))

    def choose(self) -> None:
        """Take the next of the ways to set it."""
        self.way = next(self.ways)
        self.made = self._made(self.way)

    def _made(self, way: Way) -> list[HtmlElement]:
        if way.as_rows:
            made = [rows_of(self.table, self.grid, self.heads)]
        elif way.parts:
            made = parts_of(self.table, self.grid, self.heads, way.parts, title_of(self.table))
        else:
            made = [copy.deepcopy(self.table)]
            made[0].tail = None
        for table in made:
            if way.is_tight and not way.as_rows:
                table.classes.add(TIGHT)
            if way.is_soft:
                soften(table, every=True)
        return made

    def put(self) -> None:
        """Put what was made of it in its place; nothing that it says is lost."""
        lost = _letters(self.table) - sum(map(_letters, self.made), Counter())
        assert not lost, f"a table set in another way has lost {lost}"  # noqa: S101  # a bug
        blocks = self.made
        if self.way.parts:
            blocks = [lxml_html.Element("div", {"class": "table-part"}) for _ in self.made]
            for block, made in zip(blocks, self.made, strict=True):
                block.append(made)
            if len(self.grid.rows) <= _FEW_ROWS:
                for block in blocks[1:]:
                    block.classes.add(_SHORT)
        self.table.getparent().classes.discard(_SHORT)  # together they are not
        for block in blocks:
            self.table.addprevious(block)
        self.table.drop_tree()
        room = self.across if self.way.is_across else self.upright
        if room and self.way.width > room.width:
            blocks = [outdented(blocks, room.before, room.after)]
        if self.way.is_across:
            set_across(blocks)


def _letters(element: HtmlElement) -> Counter[str]:
    return Counter("".join(element.text_content().split()))


def title_of(table: HtmlElement) -> HtmlElement:
    """Return what a part of a table is called, in the words that the document gives."""
    root = table.getroottree().getroot()
    title = lxml_html.Element("span")
    found = root.find(f"head/meta[@name='{_TITLE}']")
    title.text = _ENGLISH if found is None else found.get("content")
    around = next((lang for a in table.iterancestors() if (lang := a.get("lang"))), None)
    if found is None or around != root.get("lang"):
        spoken = {"lang": "en", "dir": "ltr"} if found is None else root.attrib
        title.attrib.update({name: spoken[name] for name in ("lang", "dir") if name in spoken})
    return title
