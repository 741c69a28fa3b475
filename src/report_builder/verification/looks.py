"""The looks that are taken at a finished file; each tells what it finds, part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from report_builder.checks import cells, heard, seen, tags, tied
from report_builder.checks.finished import Finished
from report_builder.checks.pdf import PdfFile, check_foreign_pdf
from report_builder.checks.rules import hold
from report_builder.checks.word import check_word
from report_builder.problems import Position, advice
from report_builder.readback.sheet import read_sheets
from report_builder.readback.structure import read_structure
from report_builder.readback.ties import read_ties
from report_builder.verification.told import told, told_tree

Part = dict[str, Any]
"""What a look tells: ``problems``, ``claims``, ``tree``, ``press``."""

_ZIP = b"PK\x03\x04"


def looks_at(content: bytes) -> Mapping[str, Callable[[bytes, Position], Iterator[Part]]]:
    """Return the looks to take at a file by what each looks at."""
    if content.startswith(_ZIP):
        return {"the Word file": _word}
    return {"the standards": _standards, "the tags and pages": _pages}


def _word(content: bytes, position: Position) -> Iterator[Part]:
    yield {"problems": told(check_word(content, position))}


def _standards(content: bytes, position: Position) -> Iterator[Part]:
    pdf = PdfFile(content, position)
    yield {"claims": pdf.claims}
    if not read_ties(content).is_for_press:
        yield {"problems": told(check_foreign_pdf(pdf))}


def _pages(content: bytes, position: Position) -> Iterator[Part]:
    tree, ties = read_structure(content), read_ties(content)
    if ties.is_for_press:
        message = "This file is for a printing press: it has no tags, and its letters are drawings."
        hint = "Publish the file that it was made from, such as poster.pdf."
        yield {"press": True, "problems": told([advice("pdf-press", position, message, hint)])}
        return
    if tree:
        yield {"tree": told_tree(tree)}
    pdf = Finished(tree, ties, position)
    yield {"problems": told(hold((*tags.RULES, *cells.RULES, *tied.RULES), pdf))}
    painted = Finished(tree, ties, position, read_sheets(content))
    yield {"problems": told(hold((*heard.RULES, *seen.RULES), painted))}
