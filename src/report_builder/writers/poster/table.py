"""The phrases of a cloud as a table, with what was counted as what."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from report_builder.content.phrases import Phrase

_HEAD = ("phrase", "count", "written as", "rows", "merged by")


def write_table(phrases: Iterable[Phrase]) -> bytes:
    """Return phrases as CSV, most frequent first, a row each.

    ``written as`` names the answers that were counted as the phrase and how often each was
    given, ``rows`` where they stand in the file of answers, and ``merged by`` who said that those
    which differ in more than capitals, spaces and punctuation mean the same.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(_HEAD)
    for phrase in phrases:
        written = "; ".join(f"{s.text} ({s.count})" for s in phrase.spellings)
        rows = ", ".join(map(str, sorted({row for s in phrase.spellings for row in s.rows})))
        merged = "; ".join(sorted({s.approved_by for s in phrase.spellings if s.approved_by}))
        writer.writerow(map(_safe, (phrase.text, str(phrase.count), written, rows, merged)))
    # Excel takes a CSV file for UTF-8 only when it begins with this mark.
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _safe(text: str) -> str:
    """Return a cell that a spreadsheet shows as text: a delegate's “=…” is never a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
