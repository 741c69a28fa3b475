"""Floats whose text goes on over the next page, though it was set anew there: mended.

WeasyPrint notes which of a page's floats end on the next one. Where it then moves all that a float
stands beside to that page, it sets the float there as a whole, and its end once more upon it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from report_builder.drawings.importing import import_weasyprint


@contextmanager
def whole_floats() -> Iterator[None]:
    """Let floats go on over a page only where they began, as long as this lasts."""
    import_weasyprint()
    from weasyprint.layout import page as layout

    make_page = layout.make_page

    def make(context: Any, *others: Any, **named: Any) -> Any:
        made = make_page(context, *others, **named)
        if noted := context.broken_out_of_flow:
            begun = set(map(id, made[0].descendants()))
            for box in [box for box in noted if id(box) not in begun]:
                del noted[box]
        return made

    layout.make_page = make
    try:
        yield
    finally:
        layout.make_page = make_page
