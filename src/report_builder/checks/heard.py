"""Rules over what of a finished PDF's pages is heard: every word once, none of the furniture."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from report_builder.checks.finished import AGAIN, Finished, named, on_page, others, plain, quoted
from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity

if TYPE_CHECKING:
    from report_builder.readback.sheet import Box, Sheet, Thing
    from report_builder.readback.structure import Element

_WORDS, _LETTERS = 3, 12  # that a piece has at least, to be more than a number or a mark
_MARGIN = 0.12  # of a page's height, at its head and at its foot, where furniture stands
_NEAR = 2.5  # lines that are no further apart, in the size of their letters, are one piece
_SAME = 2.0  # points: what is no further away is at the same place
_MANY = 3  # pages on which furniture repeats itself
_BLOCKS = {"P", "L", "Table", "BlockQuote", "Sect", "Part", "Art", "Div", "H1", "H2", "H3", "H4"}


def _untied(pdf: Finished) -> Iterator[Finding]:
    """Find words on a page that no tag holds."""
    found = [
        (place[0], " ".join(thing.words for thing in things))
        for place, things in pdf.marked.items()
        if pdf.tree and place not in pdf.blocks
    ]
    if found:
        message = f"{named(found)} is in no tag: nobody who listens hears it."
        yield pdf.position, message, "Add it to the tags, where it is to be read."


def _decorated(pdf: Finished) -> Iterator[Finding]:
    """Find words of the text that are marked as decoration."""
    pieces = [(sheet, piece) for sheet in pdf.sheets for piece in _decorations(sheet)]
    pages = defaultdict(set)
    for sheet, piece in pieces:
        pages[_shape(piece)].add(sheet.number)
    found = []
    for sheet, piece in pieces if pdf.tree else ():
        words = " ".join(" ".join(thing.words for thing in piece).split())
        is_said = plain(words) in pdf.said or len(pages[_shape(piece)]) > 1
        is_text = len(words.split()) >= _WORDS and len(plain(words)) >= _LETTERS
        if is_text and not is_said and not _is_at_edge(piece, sheet):
            found.append((sheet.number, words))
    if found:
        message = f"{named(found)} is marked as decoration (Artifact): nobody who listens hears it."
        yield pdf.position, message, "Tag it as what it is, where it is to be read."


def _decorations(sheet: Sheet) -> Iterator[list[Thing]]:
    """Yield the words of a page that are marked as decoration, in pieces that stand together."""
    piece: list[Thing] = []
    for thing in sheet.texts:
        near = piece and abs(thing.box[1] - piece[-1].box[1]) <= _NEAR * max(thing.size, 1)
        if piece and not (thing.is_artifact and near):
            yield piece
            piece = []
        if thing.is_artifact:
            piece.append(thing)
    if piece:
        yield piece


def _shape(piece: list[Thing]) -> str:
    """Return the words of a piece, whatever number the page has."""
    return re.sub(r"\d+", "0", plain(" ".join(thing.words for thing in piece)))


def _is_at_edge(piece: list[Thing], sheet: Sheet) -> bool:
    """Tell whether a piece stands at a page's head or foot, beyond all that is heard."""
    low, high = min(t.box[1] for t in piece), max(t.box[3] for t in piece)
    heard = [t.box for t in sheet.texts if not t.is_artifact]
    margin = _MARGIN * (sheet.box[3] - sheet.box[1])
    over = low > sheet.box[3] - margin and all(box[3] <= low + _SAME for box in heard)
    under = high < sheet.box[1] + margin and all(box[1] >= high - _SAME for box in heard)
    return over or under


def _furniture(pdf: Finished) -> Iterator[Finding]:
    """Find running heads and page numbers that are read within the text."""
    places = defaultdict(set)  # of words that are marked as decoration
    spoken: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for sheet in pdf.sheets if pdf.tree else ():
        for thing in sheet.texts:
            key = _shape([thing]), round(thing.box[1] / _SAME)
            if not key[0]:
                continue
            if thing.is_artifact:
                places[key].add(sheet.number)
            elif _stands_alone(thing, sheet, pdf):
                spoken[key].setdefault(sheet.number, thing.words)
    for (shape, up), pages in spoken.items():
        drawn = set().union(*(places.get((shape, up + step), ()) for step in (-1, 0, 1)))
        if drawn - pages.keys() or len(pages) >= _MANY:
            message = (
                f"{named(sorted(pages.items()))} belongs to the page, not to the text, and is read"
                " in the middle of it."
            )
            yield pdf.position, message, "Mark running heads and page numbers as artifacts."


def _stands_alone(thing: Thing, sheet: Sheet, pdf: Finished) -> bool:
    """Tell whether words at the head or foot of a page are all that their tag holds."""
    margin = _MARGIN * (sheet.box[3] - sheet.box[1])
    place, element = (sheet.number, thing.mark), pdf.blocks.get((sheet.number, thing.mark))
    if element is None or place in pdf.in_tables:
        return False
    at_edge = thing.box[3] < sheet.box[1] + margin or thing.box[1] > sheet.box[3] - margin
    return at_edge and len(plain(element.text)) <= len(plain(thing.words)) + _LETTERS


def _wordless(pdf: Finished) -> Iterator[Finding]:
    """Find lines, areas of colour and spaces that are tagged as text, and say nothing."""
    drawn = defaultdict(set)
    for sheet in pdf.sheets:
        for thing in sheet.things:
            drawn[sheet.number, thing.mark].add("" if thing.words.strip() else thing.kind)
    found = []
    for element in pdf.all("P", "H1", "H2", "H3", "H4"):
        if not (plain(element.text) or element.instead or any(e.links for e in element.walk())):
            marks = {(pdf.numbers.get(p, 0), m) for e in element.walk() for p, m in e.contents}
            kinds = {kind for mark in marks for kind in drawn.get(mark, ())}
            if kinds and kinds <= {"area", "line", "text"}:
                found.append((element.page, ""))
    if found:
        message = (
            f"A line, an area or a space{on_page(found[0][0])}{others(found)} is tagged as text:"
            " a screen reader stops there and says nothing."
        )
        yield pdf.position, message, "Mark it as an artifact."


def _out_of_order(pdf: Finished) -> Iterator[Finding]:
    """Find what is read before something that stands above it, or on an earlier page."""
    for holder in pdf.all():
        if holder.role in ("Table", "TR", "TOCI", "Figure"):
            continue
        kids = [k for k in holder.kids if not isinstance(k, str) and k.role in _BLOCKS]
        spread = [_spread(pdf, kid) for kid in kids]
        for place in range(1, len(kids)):
            before, here = spread[place - 1], spread[place]
            if before and here and _stands_before(here, before):
                message = (
                    f"{quoted(kids[place].text)}{on_page(min(here))} is read after"
                    f" {quoted(kids[place - 1].text)}{on_page(min(before))}, and stands before it."
                )
                yield pdf.position, message, AGAIN
                break


def _spread(pdf: Finished, element: Element) -> dict[int, Box]:
    """Return where an element's words stand, page by page."""
    found: dict[int, Box] = {}
    for number, thing in pdf.painted(element):
        left, bottom, right, top = found.get(number, thing.box)
        box = thing.box
        found[number] = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
    return found


def _stands_before(here: dict[int, Box], before: dict[int, Box]) -> bool:
    """Tell whether one thing ends where, or above where, the other begins."""
    last, first = max(here), min(before)
    if last != first:
        return last < first
    one, other = here[last], before[first]
    common = min(one[2], other[2]) - max(one[0], other[0])
    return one[1] >= other[3] - _SAME and common > min(one[2] - one[0], other[2] - other[0]) / 2


RULES: tuple[Rule[Finished], ...] = (
    Rule("unheard", Severity.ERROR, "Every word of a page is heard.", _untied),
    Rule("unheard", Severity.ERROR, "Every word of a page is heard.", _decorated),
    Rule("furniture", Severity.WARNING, "Running heads are not read in the text.", _furniture),
    Rule("tagged-empty", Severity.WARNING, "What says nothing is not tagged.", _wordless),
    Rule("page-order", Severity.WARNING, "What stands first is read first.", _out_of_order),
)
