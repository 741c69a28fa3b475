"""Tables of any number of columns, each set so that it stays on its page.

It happens to the HTML before that is set, so that tags, reading order and the lines of the content
follow; WeasyPrint is asked beforehand how wide everything comes out.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.html.document import Document
from report_builder.html.grid import Grid
from report_builder.problems import Position
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.breaks import soften
from report_builder.writers.pdf.prepare import prepare
from report_builder.writers.pdf.tables import across
from report_builder.writers.pdf.tables.choice import Case
from report_builder.writers.pdf.tables.columns import grid_of, row_heads
from report_builder.writers.pdf.tables.measuring import ROOM, TABLE, Measures, measure
from report_builder.writers.pdf.tables.numbers import align_numbers
from report_builder.writers.pdf.tables.shells import shell_of
from report_builder.writers.pdf.tables.wide import TIGHT, Wide

_SOFT = "soft"
_FEW_ROWS = 10  # of a table that is no page of its own
_SLACK = 0.1  # mm that rounding may take


def fit_tables(document: Document, resources: Resources) -> None:
    """Change a document so that each of its tables fits its page."""
    tables = document.root.find("body").xpath(".//table[not(ancestor::table)]")
    grids = {table: grid_of(table) for table in tables}
    for grid in grids.values():
        align_numbers(grid)
    if grids and (wide := _too_wide(document, resources, grids)):
        _choose(document, resources, wide)
        for one in wide:
            one.put()
        across.join(document.root)


def _too_wide(
    document: Document, resources: Resources, grids: Mapping[HtmlElement, Grid]
) -> list[Wide]:
    """Return the tables that are too wide, each with the ways in which it could be set."""
    trials = {t: [_room(f"{n}"), _named(t, f"{n}")] for n, t in enumerate(grids)}
    natural = _measured(document, resources, trials)
    wide = []
    for number, (table, grid) in enumerate(grids.items()):
        widths, room = natural.widths.get(f"{number}"), natural.rooms.get(f"{number}")
        if widths and room and widths.whole > room.width + _SLACK:  # a hidden one has neither
            wide.append(Wide(table, f"{number}", grid, row_heads(grid), room))
    sheets = (one.upright.sheet for one in wide)
    if sheet := next(((width, height) for width, height in sheets if width < height), None):
        style = lxml_html.Element("style")
        style.text = across.styles(sheet)
        document.root.find("head").append(style)
    tight = _measured(document, resources, {one.table: _trials(one) for one in wide})
    for one in wide:
        stays = len(one.grid.rows) <= _FEW_ROWS and not across.leads(one.table)
        case = Case(
            *(one.grid, one.heads, natural.widths[one.name]),
            tight.widths[f"{one.name}-{TIGHT}"],
            tight.widths.get(f"{one.name}-{_SOFT}", tight.widths[f"{one.name}-{TIGHT}"]),
            *(one.upright, tight.rooms.get(one.name) if sheet and one.upright.is_plain else None),
            stays=stays,
        )
        one.across, one.ways = case.across, case.ways()
    return wide


def _choose(document: Document, resources: Resources, wide: Iterable[Wide]) -> None:
    """Let each table take the first of its ways that fits.

    In parts a head that goes over several columns may ask for more room than it did over all of
    them: parts are measured again.
    """
    while wide:
        for one in wide:
            one.choose()
        wide = [one for one in wide if one.way.parts and one.grid.has_wide_cells]
        trials = {
            one.table: [_named(part, f"{one.name}-{n}") for n, part in enumerate(one.made)]
            for one in wide
        }
        found = _measured(document, resources, trials).widths
        wide = [
            one
            for one in wide
            if max(found[f"{one.name}-{n}"].whole for n in range(len(one.made)))
            > one.way.width + _SLACK
        ]


def _measured(
    document: Document, resources: Resources, trials: Mapping[HtmlElement, list[HtmlElement]]
) -> Measures:
    if not trials:
        return Measures({}, {})
    html = prepare(shell_of(document.root, trials))
    return measure(html, Position(document.path), resources)


def _trials(one: Wide) -> list[HtmlElement]:
    """Return what is measured of a table that is too wide: how narrow it gets, and other rooms."""
    page = lxml_html.Element("div", {"class": f"{across.ACROSS} {across.BEGINS} {across.ENDS}"})
    page.append(_room(one.name))
    tight = _named(one.table, f"{one.name}-{TIGHT}")
    tight.classes.add(TIGHT)
    soft = _named(tight, f"{one.name}-{_SOFT}")
    return [page, tight, soft] if soften(soft, every=True) else [page, tight]


def _named(table: HtmlElement, name: str) -> HtmlElement:
    named = copy.deepcopy(table)
    named.tail = None
    named.set(TABLE, name)
    return named


def _room(name: str) -> HtmlElement:
    return lxml_html.Element("div", {ROOM: name})
