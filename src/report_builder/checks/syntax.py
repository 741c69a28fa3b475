"""Rules over how texts are written: what looks like Markdown is, and stands where it may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.blocks import cells_of
from report_builder.content.fields import Marked
from report_builder.content.markdown import Loose, marks_in
from report_builder.content.tags import KNOWN
from report_builder.problems import Severity

_TAG = re.compile(rf"</?(?:{'|'.join(sorted(KNOWN))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]+)\](?P<gap>\s*)(?P<open>\(?)\s*"
    r"(?P<target>(?:https?://|www\.|mailto:|tel:)[^\s()]*)(?P<rest>\s*\)?)"
)
_TURNED = re.compile(r"\((?P<words>[^()]+)\)\[(?P<target>(?:https?://|www\.|mailto:)[^\s\[\]]*)\]")
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]\d^][^\[\]]*)\]\[(?P<target>[^\[\]\d^][^\[\]]*)\]")
_NOTE = re.compile(r"\[\^[^\]\s]+\]|\^\[")
_UNCLOSED = re.compile(r"(?<![\w*~])(?:\*\*|~~)(?=[^\W\d_]{2})|(?<=\w)~~(?![\w~])")
_ROW = re.compile(r"^[ ]{0,3}\|.+\|[ ]*$|^[^|\n]*\S \| \S.*$", re.MULTILINE)
_TABBED = re.compile(r"^.*\S\t+\S.*$", re.MULTILINE)
_BULLETS_IN_LINE = re.compile(
    r"(?:^|:)\s*(?P<sign>[•▪‣●])\s[^•▪‣●\n]+?\s(?P=sign)\s"
    r"|:\s+(?P<dash>[-–*])\s(?=[^\W\d])[^:\n]+?\s(?P=dash)\s(?=[^\W\d])",
    re.MULTILINE,
)
_BLOCK = re.compile(r"^#{1,6}\s+(?=\S)|!\[[^\]]*\]\([^)]*\)")


def _words(case: Case) -> Iterator[Loose]:
    """Yield what is printed as words: of the texts, and of the lines that may be marked."""
    for text in case.texts:
        yield from text.loose
    for line in case.loaded.lines:
        if isinstance(line, Marked):
            yield line.loose


def _comments(case: Case) -> Iterator[Finding]:
    plain = (line.loose for line in case.loaded.lines if not isinstance(line, Marked))
    for loose in (*_words(case), *plain):
        if "<!--" in loose.words:
            hint = "End it with “-->”, or delete it."
            yield loose.at("<!--"), "A comment begins here and has no end.", hint


def _html(case: Case) -> Iterator[Finding]:
    hint = "Delete it; texts know **bold**, ~~struck~~, lists and [links](https://…)."
    for loose in _words(case):
        for tag in loose.left_out:
            message = f"“{tag}” is left out: how words look is the theme's affair."
            yield loose.at(tag), message, hint
        for found in _TAG.finditer(loose.words):
            if f"<{found[0][2:-1]}" in loose.words and found[0][1] == "/":
                continue  # its beginning is named
            yield loose.at(found[0]), f"“{found[0]}” would be printed as it stands.", hint


def _links(case: Case) -> Iterator[Finding]:
    for loose in _words(case):
        for found in (*_LINK.finditer(loose.words), *_TURNED.finditer(loose.words)):
            target = found["target"].rstrip(".,;")
            target = f"https://{target}" if target.startswith("www.") else target
            hint = f"Write it without spaces: [{found['words']}]({target})."
            yield loose.at(found[0]), f"“{found[0]}” looks like a link, and is none.", hint
        for found in _REFERENCE.finditer(loose.words):
            message = f"“{found[0]}” refers to an address that is not given."
            yield loose.at(found[0]), message, f"Write the address: [{found['words']}](https://…)."


def _unclosed(case: Case) -> Iterator[Finding]:
    for loose in _words(case):
        for found in _UNCLOSED.finditer(loose.words):
            shown = loose.words[found.start() :].split("\n")[0][:30].rstrip()
            hint = f"Write “{found[0]}” at both ends of the words, without a space inside."
            yield loose.at(shown), f"“{shown}” is printed with its signs.", hint


def _notes(case: Case) -> Iterator[Finding]:
    for loose in _words(case):
        for found in _NOTE.finditer(loose.words):
            hint = "Notes stand in texts: call one there, and write “[^1]: …” below it."
            yield loose.at(found[0]), f"“{found[0]}” calls a note, and there is none.", hint


def _uncalled_notes(case: Case) -> Iterator[Finding]:
    for text in case.texts:
        for label, position in text.uncalled_notes:
            hint = f"Write [^{label}] behind the words that it belongs to, or delete it."
            yield position, f"The note “{label}” is called nowhere, and is not printed.", hint


def _tables(case: Case) -> Iterator[Finding]:
    for loose in _words(case):
        rows = [row.strip() for row in _ROW.findall(loose.words)]
        if [row.count("|") for row in rows[1:] if row.count("|") == rows[0].count("|")]:
            hint = f"Write this line below its heads: {'|---' * cells_of(rows[0])}|"
            message = "Lines with “|” between words look like a table, and are none."
            yield loose.at(rows[0]), message, hint
        cells = [row.strip().split("\t") for row in _TABBED.findall(loose.words)]
        if len(cells) > 1 and len({len(row) for row in cells}) == 1:
            heads = f"| {' | '.join(cells[0])} |"
            hint = f"Write “|” in place of each Tab: {heads} and below it {'|---' * len(cells[0])}|"
            message = "Lines with Tabs between words, as in a spreadsheet, run on as one paragraph."
            yield loose.at(cells[0][0]), message, hint


def _wide_rows(case: Case) -> Iterator[Finding]:
    for text in case.texts:
        for cells, heads, position in text.wide_rows:
            message = f"The row has {cells} cells, and the table {heads} columns: the rest is lost."
            yield position, message, "Give the table as many heads; “\\|” is a stroke in a cell."


def _bullets(case: Case) -> Iterator[Finding]:
    for loose in _words(case):
        if found := _BULLETS_IN_LINE.search(loose.words):
            sign = found["sign"] or found["dash"]
            message = f"A list is written in one line, with “{sign}” between its items."
            hint = "Begin a line with “- ” for each item."
            yield loose.at(found[0].lstrip(":").strip()), message, hint


def _plain(case: Case) -> Iterator[Finding]:
    """Find marks where only words are printed: in names, roles, places and alt texts."""
    for line in case.loaded.lines:
        if isinstance(line, Marked):
            found = _BLOCK.search(line.written)
            marks = found[0].strip() if found else ""
        else:
            marks = marks_in(line)
        if marks:
            hint = "Write the words alone."
            yield line.position, f"“{marks}” is Markdown, which this field does not know.", hint


RULES: tuple[Rule[Case], ...] = (
    Rule("comment", Severity.ERROR, "Comments have an end.", _comments),
    Rule("html", Severity.WARNING, "Texts hold no HTML that is not set.", _html),
    Rule("link-form", Severity.WARNING, "What looks like a link is one.", _links),
    Rule("markdown", Severity.WARNING, "Marks are of Markdown, and where it is known.", _unclosed),
    Rule("markdown", Severity.WARNING, "Marks are of Markdown, and where it is known.", _plain),
    Rule("note-missing", Severity.WARNING, "Notes that are called are there.", _notes),
    Rule("note-uncalled", Severity.ERROR, "Notes are called.", _uncalled_notes),
    Rule(
        "table-rule",
        Severity.WARNING,
        "Tables have a line below their heads, and strokes between cells.",
        _tables,
    ),
    Rule("table-cells", Severity.ERROR, "Rows have no more cells than their table.", _wide_rows),
    Rule("fake-list", Severity.WARNING, "What looks like a list is one.", _bullets),
)
