"""page-validation, let look at documents of any length that we make, in a room of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from report_builder.readback.memory import give_back

if TYPE_CHECKING:
    from page import ValidationFailure

# What a report of a thousand pages stays under. Bookmarks beside each other lead from one to the
# next, and looking at such a chain takes a time and a memory that grow with the square of it.
_LIMITS = {
    "max_input_size": 1 << 30,
    "max_decoded_stream_size": 1 << 29,
    "max_total_decoded_content_size": 1 << 32,
    "max_form_invocations": 1_000_000,
    "max_object_count": 8_388_607,  # as many as PDF/A allows
    "max_reference_depth": 8192,
    "max_table_span": 65_534,  # what HTML lets a cell span
    "max_table_grid_rows": 1_000_000,
    "max_table_grid_cells": 20_000_000,
}
_LARGE = 1 << 19  # bytes of a file
_STACK = 256 << 20  # it calls itself at every step of a chain before it looks at its limits


def failures_of(pdf: bytes, profile: str) -> list[ValidationFailure]:
    """Return what a PDF breaks of a profile (``ua1``, ``2a``), or raise what ``page`` raises."""
    import page  # takes its time, and only finished files need it

    found: list[ValidationFailure] = []
    raised: list[page.PageError] = []

    def look() -> None:
        try:
            limits = page.SafetyLimits(**_LIMITS)
            found.extend(page.validate_pdf_bytes(pdf, profile=profile, limits=limits).failures)
        except page.PageError as reason:
            raised.append(reason)

    before = threading.stack_size(_STACK)
    try:
        room = threading.Thread(target=look)
        room.start()
    finally:
        threading.stack_size(before)
    room.join()
    if len(pdf) > _LARGE:
        give_back()
    if raised:
        raise raised[0]
    return found
