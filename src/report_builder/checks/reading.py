"""What a document's HTML promises its readers, and whether the PDF's structure tree keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.html.document import source_of
from report_builder.html.letters import heard
from report_builder.problems import Position, Problem, Severity
from report_builder.readback.origins import Origin

if TYPE_CHECKING:
    from report_builder.readback.structure import Element

# Elements that are read as one piece, and what they are called in a structure tree.
_ROLES = {
    "p": "P",
    "pre": "P",
    "td": "TD",
    "th": "TH",
    "li": "LBody",
    "dd": "LBody",
    "dt": "Lbl",
    "figcaption": "Caption",
    "caption": "Caption",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}
PIECES = frozenset(_ROLES.values())
"""The structure types of what is read as one piece; each is read for itself."""

_NOTES = ("Note", "FENote")
_NOTE = "doc-footnote"
# Read apart from the piece they stand in: a marker, a number of a note, and the note itself.
_APART = {"Lbl", *_NOTES}


_HINT = (
    "The style sheet hides or moves it: compare it with the shipped one, or mark what is not to be"
    " read with the attribute “hidden”."
)
HIDES: Mapping[str, re.Pattern[str]] = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "content": re.compile(""),
    "position": re.compile("absolute|fixed|running"),
    "float": re.compile("footnote"),
    "order": re.compile("[1-9]"),
    "flex-direction": re.compile("reverse"),
    "flex-flow": re.compile("reverse"),
}
"""What of a style can keep words from being read, or let them be read elsewhere."""

_QUOTED = 60  # characters of a piece that a message names


StyleOf = Callable[[HtmlElement], Origin | None]
"""Tells where the theme hides or moves an element, if it does."""


@dataclass(frozen=True)
class Piece:
    """Something that is read as one: its element, where that comes from, what it is, its words."""

    element: HtmlElement
    position: Position
    role: str
    words: str


def promised(root: HtmlElement, template: str) -> list[Piece]:
    """Return the pieces of a document in the order in which they are to be read, and its notes."""
    return [
        Piece(element, source_of(element, template), role, words)
        for element in root.find("body").iter(etree.Element)
        if (role := _role(element)) and not _is_unsaid(element)
        if (words := " ".join("".join(_words(element)).split()))
    ]


@dataclass(frozen=True)
class Reading:
    """What a document promises, the structure tree that is to keep it, and who knows its style."""

    pieces: Sequence[Piece]
    tree: Element | None
    style_of: StyleOf = lambda _element: None


def check_reading(
    pieces: Sequence[Piece], tree: Element | None, style_of: StyleOf = Reading.style_of
) -> list[Problem]:
    """Return a problem for each piece that the structure tree lacks, or has in another order.

    It stands where the theme hides or moves the piece, if ``style_of`` knows of such a place.
    """
    return hold(RULES, Reading(pieces, tree, style_of))


def _out_of_order(reading: Reading) -> Iterator[Finding]:
    found = list(_pieces(reading.tree)) if reading.tree else []
    elements = reading.tree.walk() if reading.tree else ()
    notes = [_bare("".join(_said(element))) for element in elements if element.role in _NOTES]
    here = 0
    for piece in reading.pieces:
        wanted, place = _bare(piece.words), here
        if piece.role in _NOTES:  # read where they are called, which is checked with the tags
            if any(_keeps(piece.role, wanted, piece.role, note) for note in notes):
                continue
            place = len(found)
        while place < len(found) and not _keeps(piece.role, wanted, *found[place]):
            place += 1
        if place < len(found):
            here = place + 1
            continue
        words = piece.words[:_QUOTED]
        message = f"A screen reader would not meet “{words}” where it stands"
        if style := reading.style_of(piece.element):
            yield style.position, f"{message}, by “{style.style}”.", _HINT
        else:
            yield piece.position, f"{message}.", _HINT


def _keeps(role: str, wanted: str, found_role: str, found: str) -> bool:
    """Tell whether a piece of the tree says what is wanted; style sheets may add words to it."""
    if role != found_role:
        return False
    if any(unicodedata.bidirectional(c) in ("R", "AL") for c in wanted):
        # The order within a line that runs both ways is only guessed when it is read back.
        return Counter(wanted) <= Counter(found)
    rest = iter(found)
    return wanted in found or all(c in rest for c in wanted)


def _role(element: HtmlElement) -> str:
    """Return what an element is read as; none where it is an entry of the contents."""
    if _is_note(element):
        return _NOTES[0]
    parent = element.getparent()
    if element.tag == "li" and any(
        a.get("role") == "doc-toc" for a in element.iterancestors("nav")
    ):
        return ""
    if element.tag == "figcaption" and not _is_picture(parent):
        return "P"
    return _ROLES.get(element.tag, "")


def _is_note(element: HtmlElement) -> bool:
    return bool(element.get("role") == _NOTE)


def _is_picture(figure: HtmlElement | None) -> bool:
    return figure is not None and len([i for i in figure.iter("img") if i.get("alt")]) == 1


def _is_unsaid(element: HtmlElement) -> bool:
    return any(
        here.get("aria-hidden") == "true" or here.get("hidden") is not None
        for here in (element, *element.iterancestors())
    )


def _words(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        elif not _is_apart(child):
            yield from _words(child)
        yield child.tail or ""


def _is_apart(element: HtmlElement) -> bool:
    """Tell whether an element's words are no part of what is said around it."""
    unread = not isinstance(element.tag, str) or element.tag == "svg" or element.tag in _ROLES
    return unread or _is_unsaid(element) or _is_note(element)


def _pieces(element: Element) -> Iterator[tuple[str, str]]:
    """Yield the role and the words of each element of a tree that may be a piece."""
    for inner in element.walk():
        if inner.role in PIECES:
            yield inner.role, _bare("".join(_said(inner)))


def _said(element: Element) -> Iterator[str]:
    for kid in element.kids:
        if isinstance(kid, str):
            yield kid
        elif kid.role not in _APART and kid.role not in PIECES:
            yield from _said(kid)


def _bare(words: str) -> str:
    """Return words without what typesetting changes: spaces, capitals, and letters that join."""
    joined = unicodedata.normalize("NFKC", heard(words)).casefold()
    return "".join(c for c in joined if unicodedata.category(c) not in ("Zs", "Cc", "Cf"))


RULES: tuple[Rule[Reading], ...] = (
    Rule("reading-order", Severity.ERROR, "PDFs are read in the order of content.", _out_of_order),
)
