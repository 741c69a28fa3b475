"""Where each box of a page stands among the others, as the rules over pages ask for it.

It knows WeasyPrint from inside, as the engine does.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from report_builder.readback.painted import Kind, Place, Sheet, Thing

MM = 25.4 / 96
"""Millimetres in a CSS pixel."""

_HEADS = {"h1", "h2", "h3", "h4", "h5", "h6", "caption", "dt", "thead"}
_STAY = ("avoid", "avoid-page")
_NEW_PAGE = ("page", "always", "left", "right", "recto", "verso")
_BY_HAND = ("absolute", "fixed")
_COLLAPSING = ("normal", "nowrap", "pre-line")


class Places:
    """The boxes of a document's pages, page after page."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.by_box: dict[int, tuple[Place, Any]] = {}
        self.grounds: dict[int, Place] = {}
        self._order = {element: number for number, element in enumerate(root.iter())}
        self._before: Any = None
        self._there: set[int] = set()  # the elements on the page

    def of(self, box: Any) -> tuple[Place, Any]:
        """Return where a box stands, and in which line."""
        return self.by_box.get(id(box), (Place(), None))

    def sheet(self, page: Any, number: int) -> Sheet:
        """Return the next page, empty but for its tables, and take the places of its boxes."""
        width, height = page.margin_width() * MM, page.margin_height() * MM
        left, top = page.content_box_x() * MM, page.content_box_y() * MM
        area = (left, top, left + page.width * MM, top + page.height * MM)
        sheet = Sheet(number, (width, height), area)
        there, self._there = self._there, set()
        self.by_box, self.grounds = {}, {id(page.background): Place(part="@page")}
        self.grounds[id(page.canvas_background)] = Place(element=self.root, order=0)
        for child in page.children:
            self._walk(child, Place(), None, sheet)
        sheet.is_begun = self._before is not None and is_begun(
            self._before, page, there, self._there
        )
        self._before = page
        return sheet

    def _walk(self, box: Any, parent: Place, line: Any, sheet: Sheet) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox):
            self.by_box[id(box)] = parent, line
            return
        if isinstance(box, boxes.LineBox):
            place, line = parent, box
        else:
            place = self._place(box, parent)
            self._there.add(id(box.element))
        self.by_box[id(box)] = place, line
        if box.background is not None:
            self.grounds[id(box.background)] = place
        if isinstance(box, boxes.TableBox) and parent.parent is not None:
            sheet.things.append(_table(box, parent.parent))
        for group in getattr(box, "column_groups", ()):
            for inner in (group, *group.children):
                if inner.background is not None:
                    self.grounds[id(inner.background)] = self._place(inner, place)
        for child in getattr(box, "children", ()):
            self._walk(child, place, line, sheet)

    def _place(self, box: Any, parent: Place) -> Place:
        from weasyprint.formatting_structure import boxes

        style, element = box.style, box.element
        name, colons, pseudo = (box.element_tag or "").partition("::")
        is_margin = isinstance(box, boxes.MarginBox)
        part = parent.part if element in (None, parent.element) else ""
        place = Place(
            parent=parent,
            tag=name,
            element=parent.element if element is None else element,
            part=box.at_keyword if is_margin else f"::{pseudo}" if colons else part,
            order=self._order.get(element, parent.order),
            flows=parent.flows and not is_margin and _flows(box),
            bleeds=parent.bleeds or (type(box) is not boxes.InlineBox and _bleeds(box)),
            is_marker=parent.is_marker or pseudo == "marker",
            column=parent.column,
            holder=parent.holder,
            head=parent.head,
            beside=parent.element if box.is_floated() and parent.flows else parent.beside,
            collapses=style["white_space"] in _COLLAPSING,
        )
        holders = (boxes.BlockBox, boxes.TableCellBox, boxes.InlineBlockBox)
        if isinstance(box, holders) and name not in ("", "html", "body"):
            left = box.padding_box_x() * MM
            place.column, place.holder = (left, left + box.padding_width() * MM), name
        stays = isinstance(box, boxes.BlockBox) and style["break_after"] in _STAY
        if not colons and not place.head and (stays or name in _HEADS):
            place.head = name
        return place


def is_begun(before: Any, page: Any, then: Container[int], there: Container[int]) -> bool:
    """Tell whether a page begins where somebody wanted one to begin.

    ``then`` and ``there`` are the identities of the elements of the page before and of this one:
    what goes on from there keeps its style, what it says of its beginning included.
    """
    begins = any(
        box.style["break_before"] in _NEW_PAGE and id(box.element) not in then
        for box in _edge(page, 0)
    )
    ends = any(
        box.style["break_after"] in _NEW_PAGE and id(box.element) not in there
        for box in _edge(before, -1)
    )
    return begins or ends or page.page_type.name != before.page_type.name


def _flows(box: Any) -> bool:
    from weasyprint.formatting_structure import boxes

    style = box.style
    by_hand = style["position"] in _BY_HAND or bool(style["transform"])
    return not by_hand and not isinstance(box, boxes.FootnoteAreaBox)


def _bleeds(box: Any) -> bool:
    sides = (box.margin_left, box.margin_right)
    is_out = any(isinstance(side, int | float) and side < 0 for side in sides)
    return is_out and not box.is_floated()


def _table(box: Any, around: Place) -> Thing:
    left, top = box.border_box_x() * MM, box.border_box_y() * MM
    rect = (left, top, left + box.border_width() * MM, top + box.border_height() * MM)
    place = Place(around, box.element_tag or "", box.element, flows=around.flows)
    place.column, place.holder = around.column, around.holder
    words = "" if box.element is None else " ".join(box.element.itertext())
    return Thing(Kind.TABLE, rect, rect, place, text=words)


def _edge(page: Any, which: int) -> Iterator[Any]:
    """Yield the boxes that a page begins (0) or ends (-1) with, from the outermost in."""
    from weasyprint.formatting_structure import boxes

    here = next((box for box in page.children if box.element_tag == "html"), None)
    while here is not None and not isinstance(here, boxes.LineBox | boxes.TextBox):
        yield here
        children = [c for c in getattr(here, "children", ()) if c.is_in_normal_flow()]
        here = children[which] if children else None
