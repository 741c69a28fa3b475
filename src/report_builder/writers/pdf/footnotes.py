"""Footnotes that stand on another page, though they have room on their own: mended.

WeasyPrint compares where the last note ends with where their area ends, which is the same place. By
an error of rounding a note then seems too high, is put off to the next page, and in the end lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from report_builder.drawings.importing import import_weasyprint

_NOTHING = 1e-6  # pixels


@contextmanager
def whole_footnotes() -> Iterator[None]:
    """Let footnotes be too high only where they are, as long as this lasts."""
    import_weasyprint()
    from weasyprint import layout

    kind, set_block = layout.LayoutContext, layout.block_level_layout
    update = kind._update_footnote_area
    areas: list[Any] = []

    def noted(*args: Any, **named: Any) -> Any:
        made = set_block(*args, **named)
        areas.append(made[0])
        return made

    def is_too_high(context: Any) -> bool:
        areas.clear()
        if not update(context):
            return False
        area = areas[-1]
        return bool(_end(area.children[-1]) - _end(area) > _NOTHING)

    kind._update_footnote_area, layout.block_level_layout = is_too_high, noted
    try:
        yield
    finally:
        kind._update_footnote_area, layout.block_level_layout = update, set_block


def _end(box: Any) -> float:
    return float(box.position_y + box.margin_height() - box.margin_bottom)
