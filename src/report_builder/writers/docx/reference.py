"""A theme's reference document: the styles, header and footer that Word files are set in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from report_builder.problems import Position, failure

LISTS = ("List Bullet", "List Number")
STYLES = {
    *("Normal", "Heading 1", "Heading 2", "Heading 3", *LISTS, "List Continue", "Meta"),
    *("Caption", "Picture", "Quotation", "Table Heading", "Table Text", "Council Table"),
    *("Hyperlink", "Key Message", "Lead In"),
}
"""The styles that every reference document must have; classes may name others."""


def open_reference(path: Path) -> Any:
    """Return the reference document, or raise a problem if it cannot serve as one."""
    position = Position(path.as_posix())
    try:
        word = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as reason:
        message = "The reference document is not a Word file (.docx), or it is damaged."
        hint = "Save it again in Word as “Word Document (*.docx)”."
        raise failure("word-reference", position, message, hint) from reason
    styles = {style.name: style for style in word.styles}
    if missing := STYLES - styles.keys():
        message = f"The reference document lacks styles: {', '.join(sorted(missing))}."
        hint = "Make styles of these names in Word, or copy them from the shipped briefing.docx."
        raise failure("word-reference", position, message, hint)
    for name in LISTS:
        if not styles[name].element.xpath(".//w:numId"):
            message = f"The style “{name}” has no bullet or number."
            hint = f"In Word: Modify the style {name}, Format, Numbering; choose one, and save."
            raise failure("word-reference", position, message, hint)
    return word
