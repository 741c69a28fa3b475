"""Where WeasyPrint's lines end too soon or too late, mended.

In a document that keeps its spaces it takes the one that ends a line for part of its width, and so
breaks a link or a note's number before it; and of the places that ``wbr`` gives it forgets those
within an element, where what follows the element no longer fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from report_builder.drawings.importing import import_weasyprint


@contextmanager
def our_lines() -> Iterator[None]:
    """Let WeasyPrint break lines where they are full, as long as this lasts."""
    import_weasyprint()
    from weasyprint.layout import inline

    space_at_end, can_break = inline.trailing_whitespace_size, inline.can_break_inside

    def hanging_space(context: Any, box: Any) -> Any:
        space = _hanging_space(context, box)
        return space_at_end(context, box) if space is None else space

    inline.trailing_whitespace_size = hanging_space
    inline.can_break_inside = lambda box: can_break(box) or _has_a_place(box)
    try:
        yield
    finally:
        inline.trailing_whitespace_size, inline.can_break_inside = space_at_end, can_break


def _has_a_place(box: Any) -> bool:
    """Tell whether a box is one that lines may break after."""
    return box.element_tag == "wbr" and bool(box.style["white_space"] != "nowrap")


def _hanging_space(context: Any, box: Any) -> float | None:
    """Return how wide the space is that ends a line where spaces are kept; else ``None``.

    It hangs over the end of its line.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import split_first_line

    while isinstance(box, (boxes.LineBox, boxes.InlineBox)) and box.children:
        box = box.children[-1]
    if not isinstance(box, boxes.TextBox) or box.style["white_space"] != "pre-wrap":
        return None
    words = box.text.rstrip(" ")
    if not words or words == box.text:
        return None if words else float(box.width)
    _, _, _, width, _, _ = split_first_line(
        words, box.style, context, None, box.justification_spacing
    )
    return float(box.width - width)
