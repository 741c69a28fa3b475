"""Where WeasyPrint's lines end too soon or too late, mended.

In a document that keeps its spaces it takes the one that ends a line for part of its width, and so
breaks a link or a note's number before it; and of the places that ``wbr`` gives it forgets those
within an element, where what follows the element no longer fits. After words that run against their
line that space stands on the side where the line goes on, and pushes them over its end.
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
    lay_out = inline.get_next_linebox

    def hanging_space(context: Any, box: Any) -> Any:
        space = _hanging_space(context, box)
        return space_at_end(context, box) if space is None else space

    def next_line(context: Any, *others: Any, **named: Any) -> Any:
        line, resume_at = lay_out(context, *others, **named)
        if line is not None:
            _keep_within(context, line)
        return line, resume_at

    inline.trailing_whitespace_size = hanging_space
    inline.can_break_inside = lambda box: can_break(box) or _has_a_place(box)
    inline.get_next_linebox = next_line
    try:
        yield
    finally:
        inline.trailing_whitespace_size, inline.can_break_inside = space_at_end, can_break
        inline.get_next_linebox = lay_out


def _keep_within(context: Any, line: Any) -> None:
    """Move the words that end a line, and run against it, to where the space after them stands."""
    box = _last(line)
    direction = line.style["direction"]
    if box.style["direction"] != direction and (space := _hanging_space(context, box)):
        box.translate(space if direction == "rtl" else -space)


def _last(box: Any) -> Any:
    """Return what stands last in a line."""
    from weasyprint.formatting_structure import boxes

    while isinstance(box, (boxes.LineBox, boxes.InlineBox)) and box.children:
        box = box.children[-1]
    return box


def _has_a_place(box: Any) -> bool:
    """Tell whether a box is one that lines may break after."""
    return box.element_tag == "wbr" and bool(box.style["white_space"] != "nowrap")


def _hanging_space(context: Any, box: Any) -> float | None:
    """Return how wide the space is that ends a line where spaces are kept; else ``None``.

    It hangs over the end of its line.
    """
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import split_first_line

    box = _last(box)
    if not isinstance(box, boxes.TextBox) or box.style["white_space"] != "pre-wrap":
        return None
    words = box.text.rstrip(" ")
    if not words or words == box.text:
        return None if words else float(box.width)
    _, _, _, width, _, _ = split_first_line(
        words, box.style, context, None, box.justification_spacing
    )
    return float(box.width - width)
