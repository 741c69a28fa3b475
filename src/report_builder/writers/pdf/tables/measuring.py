"""How wide tables are, and the room they have: WeasyPrint is asked, with the theme's own styles.

It reaches into WeasyPrint, as `engine` does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from report_builder.drawings.weasy import opened
from report_builder.problems import Position
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.engine import hold_to_known
from report_builder.writers.pdf.prepare import STYLES

TABLE, ROOM = "data-table", "data-room"
"""The attributes that name a table, and an empty block that stands where one might."""

_PLAIN = ("html", "body", "main", "section", "article", "div")
_MM = 25.4 / 96  # in a CSS pixel
_POINTS = 0.75


@dataclass(frozen=True)
class Widths:
    """How narrow a table's columns can get with no word broken, in mm, and what is around them."""

    columns: tuple[float, ...]
    around: float

    def of(self, chosen: list[int]) -> float:
        """Return how narrow a table of some of the columns can get."""
        return sum(self.columns[number] for number in chosen) + self.around

    @property
    def whole(self) -> float:
        """How narrow the table can get."""
        return sum(self.columns) + self.around


@dataclass(frozen=True)
class Room:
    """The room of a block, in mm: its width, and what is left of its page before and after it.

    ``is_plain`` says that nothing is drawn around it that a wider block would run over.
    """

    width: float
    before: float
    after: float
    is_plain: bool
    sheet: tuple[float, float]
    letters: float

    @property
    def page(self) -> float:
        """The width of the page's own area."""
        return self.before + self.width + self.after


@dataclass(frozen=True)
class Measures:
    """The widths of tables, and rooms, by the names that a document gives them."""

    widths: dict[str, Widths]
    rooms: dict[str, Room]


def measure(html: str, position: Position, resources: Resources) -> Measures:
    """Return the widths of the tables that a document names, and the rooms.

    Tables are measured and left out; what is set is the rest of the document.
    """
    with opened(html, position, resources, STYLES) as (document, settings):
        import weasyprint
        from weasyprint import DEFAULT_OPTIONS
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Document
        from weasyprint.formatting_structure.build import build_formatting_structure
        from weasyprint.layout import layout_document

        hold_to_known(weasyprint.__version__)
        options = {**DEFAULT_OPTIONS, **settings}
        counters = CounterStyle()
        context = Document._build_layout_context(
            document, options.pop("font_config"), counters, {}, options
        )
        root = build_formatting_structure(
            *(document.etree_element, context.style_for, context.get_image_from_uri),
            *(document.base_url, context.target_collector, counters, context.footnotes),
        )
        widths = dict(_take_tables(context, root))
        rooms = dict(_rooms(layout_document(document, root, context)))
    return Measures(widths, rooms)


def _take_tables(context: Any, box: Any) -> Iterator[tuple[str, Widths]]:
    """Yield the widths of the tables in a box, and take them out of it."""
    from weasyprint.layout.preferred import table_and_columns_preferred_widths

    kept = []
    for child in box.children:
        name = child.element.get(TABLE) if child.is_table_wrapper else None
        if name is None:
            kept.append(child)
            if hasattr(child, "children"):
                yield from _take_tables(context, child)
            continue
        narrowest, _, columns, *_ = table_and_columns_preferred_widths(context, child, outer=False)
        columns = tuple(width * _MM for width in columns)
        yield name, Widths(columns, narrowest * _MM - sum(columns))
    box.children = kept


def _rooms(pages: Any) -> Iterator[tuple[str, Room]]:
    for page in pages:
        yield from _rooms_in(page, page, is_plain=True)


def _rooms_in(page: Any, box: Any, *, is_plain: bool) -> Iterator[tuple[str, Room]]:
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if not isinstance(child, boxes.BlockLevelBox) or isinstance(child, boxes.MarginBox):
            continue
        if child.element is not None and (name := child.element.get(ROOM)):
            left = child.content_box_x() - page.content_box_x()
            right = page.width - left - child.width
            before, after = (right, left) if child.style["direction"] == "rtl" else (left, right)
            yield (
                name,
                Room(
                    *(child.width * _MM, before * _MM, after * _MM),
                    is_plain=is_plain,
                    sheet=(page.margin_width() * _MM, page.margin_height() * _MM),
                    letters=child.style["font_size"] * _POINTS,
                ),
            )
        elif isinstance(child, boxes.ParentBox):
            yield from _rooms_in(page, child, is_plain=is_plain and _is_plain(child))


def _is_plain(box: Any) -> bool:
    """Tell whether a box draws nothing beside its content, and stands in the flow of the page."""
    drawn = box.background or box.style["border_left_width"] or box.style["border_right_width"]
    return box.element_tag in _PLAIN and not drawn and not box.is_floated()
