"""Where long words may be divided: addresses at their signs, and nothing is added to any word.

A line that ends in a hyphen costs that hyphen when the text is copied: one reader takes it for a
divided word's, another puts a strange character in its place. So an address is never divided after
a hyphen. Other words are divided where their line ends, and only where no line could hold them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import ceil

from lxml import html as lxml_html
from lxml.html import HtmlElement

LAST_RESORT = (
    "body{overflow-wrap:break-word}@page{overflow-wrap:break-word}pre{white-space:pre-wrap}"
    "img,svg{max-width:100%}"
)
"""The style sheet by which what is too wide for its column is made to fit it."""

_LONG = 20  # letters that every column can hold
_PIECE = 20  # letters of the pieces of a word that has no sign to be divided at
_COMPOUND = 40  # letters of words with hyphens that are divided as people expect
_WORD = re.compile(r"[^ \t\n\r\f\u200b]+")
_ADDRESS = re.compile(r"://|@|www\.|[_=]|[a-z]\.[a-z]{2}", re.IGNORECASE)
# After a stroke and its like, before a dot and its like; a hyphen begins a line, and never ends it.
_POINT = re.compile(
    r"(?<=[/?&=,;:|\\\u00a0\u202f])(?=\w)|(?<=[^\s/-])(?=[._@#%~+]\w)|(?<=\w)(?=-+\w)"
)
_SEVERABLE = re.compile("[0-9A-Za-z\u00c0-\u052f\u1e00-\u1fff]{2}")  # neither shapes the other
_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins"),
        *("kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strong", "sub"),
        *("sup", "time", "u", "var"),
    )
)
_CODE = frozenset({"code", "kbd", "pre", "samp"})
_UNSET = frozenset({"math", "script", "style", "svg", "textarea", "title"})


@dataclass
class _Piece:
    """Text where it stands in the tree, in an element or after it; and its words to be divided.

    A word is where it begins and ends in the text, and the places to break within.
    """

    element: HtmlElement
    is_tail: bool
    text: str
    words: list[tuple[int, int, list[int]]] = field(default_factory=list)

    def is_within(self, tags: frozenset[str]) -> bool:
        """Tell whether the text is in an element of such a kind."""
        return any(here.tag in tags for here in self._around())

    @property
    def from_right(self) -> bool:
        """Whether the text around is written from right to left."""
        return next((way for here in self._around() if (way := here.get("dir"))), "") == "rtl"

    def _around(self) -> Iterator[HtmlElement]:
        if not self.is_tail:
            yield self.element
        yield from self.element.iterancestors()


@dataclass
class _Run:
    """Text that goes on without a break of ours; a note's follows its number."""

    is_note: bool = False
    pieces: list[_Piece] = field(default_factory=list)


def soften(root: HtmlElement, *, every: bool = False) -> bool:
    """Give long words their places to break; with ``every``, also those that have no sign.

    Return whether there were any.
    """
    for run in (runs := _runs(root)):
        _find_words(run, every=every)
        for piece in run.pieces:
            if piece.words:
                _divide(piece)
    return any(piece.words for run in runs for piece in run.pieces)


def _runs(root: HtmlElement) -> list[_Run]:
    """Return the text in an element, run by run."""
    runs = [_Run()]

    def gather(element: HtmlElement, run: _Run) -> _Run:
        """Take the text in an element into a run, or into further ones; return the last."""
        if element.text:
            run.pieces.append(_Piece(element, False, element.text))
        for child in element:
            if child.get("role") == "doc-footnote":
                runs.append(note := _Run(is_note=True))
                gather(child, note)
            elif child.tag in _INLINE:
                run = gather(child, run)
            else:
                if isinstance(child.tag, str) and child.tag not in _UNSET:
                    runs.append(inner := _Run())
                    gather(child, inner)
                runs.append(run := _Run())
            if child.tail:
                run.pieces.append(_Piece(child, True, child.tail))
        return run

    gather(root, runs[0])
    return runs


def _find_words(run: _Run, *, every: bool) -> None:
    """Tell the pieces of a run which of their words are to be divided, and where.

    A word of which a part stands in an element of its own, a bracket before a link for one, is
    never divided as a last resort: WeasyPrint takes it for one that does not begin its line.
    """
    ends = list(accumulate(len(piece.text) for piece in run.pieces))
    placed = list(zip(run.pieces, [0, *ends], ends, strict=False))
    for found in _WORD.finditer("".join(piece.text for piece in run.pieces)):
        begin, end = found.span()
        if end - begin <= _PIECE and "-" not in found[0]:
            continue
        over = [part for part in placed if part[1] < end and begin < part[2]]
        is_glued = len(over) > 1 or (run.is_note and begin == 0)
        is_code = over[0][0].is_within(_CODE)
        places = [begin + n for n in _places(found[0], every=every or is_glued, is_code=is_code)]
        if is_glued and not places and _FROM_RIGHT.search(found[0]):
            places = [first for _, first, _ in over if first > begin]  # its letters stay joined
        for piece, first, last in over if places else ():
            within = [place - first for place in places if first <= place < last]
            piece.words.append((max(begin - first, 0), min(end, last) - first, within))


def _places(word: str, *, every: bool, is_code: bool) -> Iterator[int]:
    """Yield where a word may be divided; nothing where that is left to the last resort."""
    is_address = "-" in word and (is_code or _ADDRESS.search(word))
    if len(word) <= (_PIECE if every else _LONG) and not is_address:
        return
    points = [point.start() for point in _POINT.finditer(word)]
    if not points and not every:
        return
    pieces = list(pairwise([0, *points, len(word)]))
    is_compound = bool(points) and all(word[point] == "-" for point in points)
    longest = max(end - start for start, end in pieces)
    if is_compound and not is_address and len(word) <= _COMPOUND and longest <= _PIECE:
        return  # it is divided after its hyphens, as in any book
    for start, end in pieces:
        if start:
            yield start
        parts = ceil((end - start) / _PIECE)
        for number in range(1, parts):
            place = start + ceil((end - start) * number / parts)
            if _SEVERABLE.fullmatch(word[place - 1 : place + 1]):
                yield place


def _divide(piece: _Piece) -> None:
    """Write a piece of text anew, with its places to break."""
    nodes: list[HtmlElement] = [lxml_html.Element("span")]  # stands for what is before the text
    end = 0
    for begin, stop, places in piece.words:
        _append(nodes, piece.text[end:begin])
        word: list[HtmlElement] = [lxml_html.Element("span")]
        for start, last in pairwise(dict.fromkeys([begin, *places, stop])):
            if start in places:
                word.append(lxml_html.Element("wbr"))
            if "-" in piece.text[start:last]:
                word.append(lxml_html.Element("nobr"))
                word[-1].text = piece.text[start:last]
            else:
                _append(word, piece.text[start:last])
        if len(word) > 1 and piece.from_right and not _FROM_RIGHT.search(piece.text[begin:stop]):
            word[0].set("dir", "ltr")  # WeasyPrint would set its parts from right to left
            word[0].text, word[0].tail = word[0].tail, None
            word[0].extend(word[1:])
            nodes.append(word[0])
        else:
            _append(nodes, word[0].tail or "")
            nodes += word[1:]
        end = stop
    _append(nodes, piece.text[end:])
    first, element = nodes.pop(0).tail, piece.element
    if piece.is_tail:
        holder, place = element.getparent(), element.getparent().index(element) + 1
        element.tail = first
    else:
        holder, place = element, 0
        element.text = first
    for number, node in enumerate(nodes):
        holder.insert(place + number, node)


def _append(nodes: list[HtmlElement], text: str) -> None:
    if text:
        nodes[-1].tail = (nodes[-1].tail or "") + text
