"""Tables in a Word document: heading rows that repeat, whole rows, widths from what they hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt
from lxml.html import HtmlElement

from report_builder.html.grid import Grid
from report_builder.readback.extent import text_width
from report_builder.writers.docx.ooxml import element
from report_builder.writers.docx.setting import Place, Setting, is_rtl, plain

_NARROWEST = Mm(12)
_SHORT = 12  # rows, which stay together on a page
_PADDING = Mm(4)
_SIZE = 12  # points

Row = Sequence[HtmlElement]


def set_table(
    setting: Setting, block: HtmlElement, place: Place, fill: Callable[[HtmlElement, Place], None]
) -> None:
    """Set a table; ``fill`` sets what a cell holds, its first paragraph being there already."""
    rows, heads = rows_of(block), head_count(block)
    if not any(rows) or block.find(".//table") is not None:
        setting.refuse(block, hint="A table in Word needs cells, and no table within them.")
        return
    columns = max(len(row) for row in rows)
    if columns * _NARROWEST > place.width:
        most = place.width // _NARROWEST
        message = f"A table of {columns} columns is too wide for the page; {most} fit at most."
        setting.refuse(block, message, "Split it, or turn it so that its columns become rows.")
        return
    widths = column_widths(rows, place.width)
    table = place.parent.add_table(0, columns, **_full_width(place))
    table.style = setting.styles[setting.style_of(block, "Council Table", WD_STYLE_TYPE.TABLE)]
    table.autofit = False
    if is_rtl(setting.language):
        table._tbl.tblPr.insert_element_before(element("w:bidiVisual"), "w:tblW", "w:tblLayout")
    for number, row in enumerate(rows):
        set_row = table.add_row()
        properties = set_row._tr.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if number < heads:
            properties.append(element("w:tblHeader"))
        keeps = number < len(rows) - 1 and (len(rows) <= _SHORT or number <= heads)
        for cell, width, target in zip(row, widths, set_row.cells, strict=False):
            target.width = width
            style = cell_style(setting, cell, is_head=number < heads or cell.tag == "th")
            target.paragraphs[0].style = setting.styles[style]
            fill(cell, Place(target, width - _PADDING, style))
            for paragraph in target.paragraphs if keeps else ():
                paragraph.paragraph_format.keep_with_next = True
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    _describe(table._tbl.tblPr, block.find("caption"), rows, heads)


def rows_of(table: HtmlElement) -> list[list[HtmlElement]]:
    """Return a table's cells row by row; one that spans several places stands in each.

    Merged cells confuse those who listen; the words are true of every place that they cover.
    """
    grid = Grid(table, lambda element: element.getparent())
    width = max((column for column, _ in grid.places), default=-1) + 1
    found = [[grid.places.get((x, y)) for x in range(width)] for y in range(len(grid.rows))]
    return [[cell.element for cell in row if cell is not None] for row in found]


def head_count(table: HtmlElement) -> int:
    """Return how many rows at the top are heads: those that say so, or hold nothing else."""
    if said := table.findall("thead/tr"):
        return len(said)
    count = 0
    for row in table.iter("tr"):
        if row.find("td") is not None:
            break
        count += 1
    return count


def cell_style(setting: Setting, cell: HtmlElement, *, is_head: bool) -> str:
    """Return the style of a cell's text: ``class="number"`` is *Number*, or *Number Heading*."""
    if not is_head:
        return setting.style_of(cell, "Table Text")
    for name in cell.classes:
        if (style := f"{name.replace('-', ' ').title()} Heading") in setting.styles:
            return style
    return "Table Heading"


def column_widths(rows: Sequence[Row], width: int) -> list[Emu]:
    """Share a width among columns: each gets its longest word, then the short ones all they want.

    What is left goes to the long ones; where all have what they want, to each its part.
    """
    count = max(len(row) for row in rows)
    columns = [[row[i] for row in rows if i < len(row)] for i in range(count)]
    texts = [[plain(cell) for cell in column] for column in columns]
    least = [max((_wide(w) for t in column for w in t.split()), default=0) for column in texts]
    least = [max(floor, _NARROWEST) for floor in least]
    if sum(least) > width:  # long words are broken; nobody gets less than the narrowest
        least = [_NARROWEST] * count
    wants = [
        max(max(_wide(text) for text in column) - floor, 0)
        for column, floor in zip(texts, least, strict=True)
    ]
    spare, given = width - sum(least), [0] * count
    for done, i in enumerate(sorted(range(count), key=wants.__getitem__)):
        given[i] = min(wants[i], spare // (count - done))
        spare -= given[i]
    return [
        Emu(floor + more + spare * floor // sum(least))
        for floor, more in zip(least, given, strict=True)
    ]


def _wide(text: str) -> int:
    return int(Pt(text_width(text, _SIZE, is_bold=True))) + _PADDING


def _full_width(place: Place) -> dict[str, Any]:
    """Return what a body's own way to add a table asks for, and a document's does not."""
    return {} if hasattr(place.parent, "core_properties") else {"width": place.width}


def _describe(
    properties: Any, caption: HtmlElement | None, rows: Sequence[Row], heads: int
) -> None:
    """Give a table its name and its columns' names for screen readers."""
    look = properties.find(qn("w:tblLook"))
    first = int(all(row[0].tag == "th" for row in rows[heads:] if row))
    for name, value in {"firstRow": 1, "firstColumn": first, "noHBand": 1, "noVBand": 1}.items():
        look.set(qn(f"w:{name}"), str(value))
    look.set(qn("w:val"), "06A0" if first else "0620")
    names = ", ".join(plain(head) for head in rows[max(heads - 1, 0)])
    title = plain(caption) if caption is not None else names
    described = element("w:tblDescription", w_val=f"Columns: {names}.")
    look.addnext(described)
    look.addnext(element("w:tblCaption", w_val=title))
