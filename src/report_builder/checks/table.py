"""The table of all rules: over content, documents, finished files, clouds, messages and themes."""

from __future__ import annotations

from report_builder.checks import (
    cells,
    content,
    document,
    heard,
    length,
    message,
    met,
    page,
    pdf,
    placed,
    reading,
    reference,
    seen,
    signature,
    tags,
    theme,
    tied,
    word,
)
from report_builder.checks.rules import Entry
from report_builder.problems import Severity

_ROOMS: tuple[tuple[Entry, ...], ...] = (
    *(content.RULES, document.RULES, placed.RULES, length.RULES, message.RULES),
    *(page.RULES, pdf.RULES, pdf.CLAIM_RULES, reading.RULES, word.RULES),
    *(tags.RULES, cells.RULES, tied.RULES, heard.RULES, seen.RULES),
    *(signature.RULES, theme.RULES, theme.WORD_RULES, reference.RULES, met.FAULTS),
)
TABLE: tuple[Entry, ...] = tuple(entry for room in _ROOMS for entry in room)


def all_rules() -> list[Entry]:
    """Return every rule once, what matters most first.

    Several rules may share a code, where they look for one fault in several kinds of file.
    """
    once = {entry.code: entry for entry in reversed(TABLE)}
    return sorted(once.values(), key=lambda e: (list(Severity).index(e.severity), e.code))
