"""Phrases that run against the text around them: each is set apart as a whole.

Programs that read a PDF put a line's pieces in order by where they stand on the page. A phrase that
is a piece of its own keeps its words together, whichever way they run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from lxml.html import HtmlElement

from report_builder.html.letters import runs_to_left
from report_builder.html.nodes import UNSEEN, Node, put

LEFT, RIGHT = "ltr", "rtl"
_OPAQUE = "\ufffc"  # stands for what keeps its own direction within a line
# Kinds of characters, a letter for each that Unicode knows (UAX 9); the others are neutral.
_KINDS = {"L": "L", "R": "R", "AL": "R", "EN": "1", "AN": "1", "NSM": "m", "BN": "m", "ET": "e"}
_MARKS = {"LRI": "x", "RLI": "x", "FSI": "x", "PDI": "y"}
# From the first letter that runs against the text to the last, or to a number after it; or what
# marks of direction enclose.
_CONTRARY = {
    LEFT: re.compile("x[^xy]*y|R(?:[Rm1en]*[Rm1]e*)?"),
    RIGHT: re.compile("x[^xy]*y|L(?:[Lm1en]*[Lm1]e*)?"),
}
_OTHER = {LEFT: RIGHT, RIGHT: LEFT}
_PAIRS = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘", "»": "«"}


def set_apart(root: HtmlElement, is_block: Callable[[HtmlElement], bool]) -> None:
    """Put each contrary phrase of a document's body into a ``bdi`` element of its direction."""
    body = root.find("body")
    words = "".join(body.itertext())
    if runs_to_left(words) or root.get("dir") == RIGHT:
        for direction, line in list(_lines(body, root.get("dir", LEFT), is_block)):
            _set_apart(direction, line)


Line = list[Node | str]
"""The pieces of text of a line, and what stands for those that keep their own direction."""


def _lines(
    element: HtmlElement, direction: str, is_block: Callable[[HtmlElement], bool]
) -> Iterator[tuple[str, Line]]:
    """Yield the direction and the pieces of each paragraph in an element, were it one line."""
    line: Line = []
    direction = element.get("dir", direction)
    yield from _walk(element, direction, line, is_block)
    yield direction, line


def _walk(
    element: HtmlElement, direction: str, line: Line, is_block: Callable[[HtmlElement], bool]
) -> Iterator[tuple[str, Line]]:
    line.append(Node(element, "text"))
    for child in element:
        if not isinstance(child.tag, str) or child.tag in UNSEEN:
            line.append(_OPAQUE)
        elif is_block(child):
            yield direction, line[:]
            line.clear()
            yield from _lines(child, direction, is_block)
        elif child.get("dir") or child.get("role") == "doc-footnote":
            line.append(_OPAQUE)
            yield from _lines(child, direction, is_block)
        else:
            yield from _walk(child, direction, line, is_block)
        line.append(Node(child, "tail"))


def _set_apart(direction: str, line: Line) -> None:
    texts = [piece if isinstance(piece, str) else piece.text for piece in line]
    phrases = list(phrases_in("".join(texts), direction))
    end = sum(map(len, texts))
    for piece, text in zip(reversed(line), reversed(texts), strict=True):
        start = end - len(text)
        within = [(a - start, b - start) for a, b in phrases if start <= a and b <= end]
        if within and isinstance(piece, Node):
            put(piece, list(_pieces(text, within, direction)))
        end = start


def phrases_in(text: str, direction: str) -> Iterator[tuple[int, int]]:
    """Yield where each phrase begins and ends that runs against a direction."""
    kinds = "".join(_kind(character) for character in text)
    for found in _CONTRARY[direction].finditer(kinds):
        start, end = found.span()
        while text[end : end + 1] in _PAIRS and _is_open(text[start:end], text[end]):
            end += 1
        yield start, end


def _pieces(
    text: str, phrases: Sequence[tuple[int, int]], direction: str
) -> Iterator[str | HtmlElement]:
    done = 0
    for start, end in phrases:
        yield text[done:start]
        yield _isolated(text[start:end], direction)
        done = end
    yield text[done:]


def _isolated(phrase: str, direction: str) -> HtmlElement:
    bdi = HtmlElement()
    bdi.tag = "bdi"
    marked = _kind(phrase[0]) == "x"
    bdi.text = phrase[1:-1] if marked else phrase
    own = RIGHT if runs_to_left(phrase) else LEFT
    bdi.set("dir", own if marked else _OTHER[direction])
    bdi.set("class", _script(phrase))
    return bdi


def _script(phrase: str) -> str:
    """Return what Unicode calls the script of a phrase, for style sheets: “arabic”, “latin”."""
    letters = (c for c in phrase if unicodedata.category(c)[0] == "L")
    return unicodedata.name(next(letters, " "), "").partition(" ")[0].casefold()


def _is_open(phrase: str, closing: str) -> bool:
    """Tell whether a phrase has the other one of two marks, still without its second."""
    return phrase.count(_PAIRS[closing]) > phrase.count(closing)


def _kind(character: str) -> str:
    bidirectional = unicodedata.bidirectional(character)
    return _KINDS.get(bidirectional) or _MARKS.get(bidirectional) or "n"
