"""Rules over a PDF's structure tree: what no standard minds, and what misleads those who listen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Position, Severity

if TYPE_CHECKING:
    from report_builder.readback.structure import Element

_QUOTED = 60  # characters of a heading that a message names
_HINT = "Mend it where the PDF was made, and make it anew; or mend its tags."


@dataclass(frozen=True)
class Tagged:
    """A PDF's structure tree, ``None`` where it has none, and where the PDF is."""

    tree: Element | None
    position: Position

    def all(self, role: str = "") -> list[Element]:
        """Return the elements of a role, or else all."""
        elements = self.tree.walk() if self.tree else ()
        return [element for element in elements if not role or element.role == role]


def _untagged(pdf: Tagged) -> Iterator[Finding]:
    if pdf.tree is None:
        message = "The file has no tags: a screen reader can only guess."
        hint = "Make it anew as a tagged PDF: in Word, Save As, PDF, Options, Structure tags."
        yield pdf.position, message, hint


def _pictures(pdf: Tagged) -> Iterator[Finding]:
    for figure in pdf.all("Figure"):
        if not figure.alternative:
            yield pdf.position, f"A picture has no alt text{_where(figure)}.", _HINT


def _tables(pdf: Tagged) -> Iterator[Finding]:
    for table in pdf.all("Table"):
        if not any(inner.role == "TH" for inner in table.walk()):
            yield pdf.position, f"A table has no heading cells{_where(table)}.", _HINT


def _lists(pdf: Tagged) -> Iterator[Finding]:
    for found in pdf.all("L"):
        if not any(inner.role in ("LI", "L") for inner in list(found.walk())[1:]):
            yield pdf.position, f"A list has no items{_where(found)}.", _HINT


def _links(pdf: Tagged) -> Iterator[Finding]:
    for link in pdf.all("Link"):
        if not link.text.strip():
            yield pdf.position, f"A link has no words{_where(link)}.", _HINT


def _heading_order(pdf: Tagged) -> Iterator[Finding]:
    before = 0
    for heading, level in _headings(pdf):
        if level > before + 1:
            words = heading.text.strip()[:_QUOTED]
            message = f"The heading “{words}” skips a level{_where(heading)}."
            yield pdf.position, message, _HINT
        before = level


def _no_headings(pdf: Tagged) -> Iterator[Finding]:
    if pdf.tree and not _headings(pdf):
        yield pdf.position, "The file has no headings to move by.", _HINT


def _headings(pdf: Tagged) -> list[tuple[Element, int]]:
    found = ((e, e.role[1:]) for e in pdf.all() if e.role[:1] == "H")
    return [(element, int(level)) for element, level in found if level.isdecimal()]


def _where(element: Element) -> str:
    return f" on page {element.page}" if element.page else ""


RULES: tuple[Rule[Tagged], ...] = (
    Rule("no-tags", Severity.ERROR, "PDFs have tags.", _untagged),
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _pictures),
    Rule("table-heads", Severity.ERROR, "Tables have heading cells.", _tables),
    Rule("list-items", Severity.ERROR, "Lists have items.", _lists),
    Rule("link-words", Severity.ERROR, "Links have words.", _links),
    Rule("heading-order", Severity.ERROR, "Headings do not skip a level.", _heading_order),
    Rule("no-headings", Severity.ERROR, "There are headings to move by.", _no_headings),
)
