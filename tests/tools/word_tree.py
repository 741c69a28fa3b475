"""What a screen reader meets: as the HTML says, and as LibreOffice reads the Word file.

Both are lists of events, a tuple each: what it is, then its words without white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from report_builder.html.document import parse_html
from report_builder.readback.structure import Element
from report_builder.writers.docx.tables import head_count, rows_of

Event = tuple[str, ...]
_INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup"}
_INLINE |= {"bdi", "del", "ins", "kbd", "mark", "s", "u"}
_TEXTS = {"p", "figcaption", "caption", "pre", "summary"}
_WITHIN_LINES = ("Link", "Span", "Figure", "Code")
_COMPLEX = re.compile(r"[\u0590-\u109f\u2e80-\u9fff\ufb1d-\ufdff\ufe70-\ufefc]")


def expected(html: str) -> list[Event]:
    """Return the events of a document's HTML, as a Word file can hold them."""
    body = parse_html(html).find("body")
    return [event for event in _blocks(body, 0, []) if event[-1]]


def found(tree: Element) -> list[Event]:
    """Return the events of a tagged PDF that LibreOffice made of a Word file."""
    return [event for event in _elements(tree, 0) if event[-1]]


def languages(html: str) -> list[tuple[str, str]]:
    """Return the words that are in another language than the document, with that language."""
    root = parse_html(html)
    marked = []
    for element in root.find("body").iter():
        language = isinstance(element.tag, str) and element.get("lang")
        inner = element.xpath(".//*[@lang]") if language else ()
        if language and language != root.get("lang") and not inner:
            marked.append((language, _squeezed(_words(element))))
    return marked


def _blocks(parent: HtmlElement, depth: int, labels: list[str]) -> Iterator[Event]:
    loose = parent.text or ""
    kind = ("LI", str(depth)) if labels else ("P",)
    for child in parent.iterchildren():
        if not isinstance(child.tag, str) or child.tag in _INLINE or child.tag == "img":
            loose += _words(child) if isinstance(child.tag, str) else ""
            for picture in child.iter("img"):
                yield "Figure", _squeezed(picture.get("alt", ""))
        else:
            is_text = child.tag == "p" and labels
            if loose.strip() or is_text:
                text = loose if loose.strip() else _words(child)
                yield (*kind, _squeezed(_label(labels) + text))
                kind = ("P",)
            if not is_text or loose.strip():
                yield from _block(child, depth)
            loose = ""
        loose += child.tail or ""
    if loose.strip():
        yield (*kind, _squeezed(_label(labels) + loose))


def _label(labels: list[str]) -> str:
    return labels.pop() if labels else ""


def _block(block: HtmlElement, depth: int) -> Iterator[Event]:
    tag = block.tag
    if tag == "nav" and block.get("role") == "doc-toc":
        for child in block:
            if child.tag not in ("ul", "ol"):
                yield from _block(child, depth)
        for link in block.iter("a"):
            yield "TOCI", _squeezed(_words(link))
    elif re.fullmatch(r"h[1-6]", tag):
        yield tag.upper(), _squeezed(_words(block))
    elif tag in _TEXTS:
        for image in block.iter("img"):
            if image.get("alt"):
                yield "Figure", _squeezed(image.get("alt"))
        yield "P", _squeezed(_words(block))
    elif tag in ("ul", "ol"):
        count = int(block.get("start", 1))
        for item in block.iterchildren("li"):
            label = f"{count}." if tag == "ol" else "•"
            yield from _blocks(item, depth + 1, [label])
            count += 1
    elif tag == "dl":
        yield from _terms(block)
    elif tag == "table":
        for caption in block.iterfind("caption"):
            yield "P", _squeezed(_words(caption))
        yield from _rows(block)
    else:
        yield from _blocks(block, depth, [])


def _terms(block: HtmlElement) -> Iterator[Event]:
    line = ""
    for part in block.iter("dt", "dd"):
        if part.tag == "dt" and line:
            yield "P", _squeezed(line)
            line = ""
        line += _words(part)
    yield "P", _squeezed(line)


def _rows(table: HtmlElement) -> Iterator[Event]:
    heads = head_count(table)
    for number, row in enumerate(rows_of(table)):
        yield "TR", str(len(row))
        for cell in row:
            is_head = number < heads or cell.tag == "th"
            yield "TH" if is_head else "TD", _squeezed(_words(cell)) or "nothing"


def _words(element: HtmlElement) -> str:
    """Return an element's words as Word has them: notes in brackets, quotations in marks."""
    if "hidden" in element.attrib:
        return ""
    inner = element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            inner += _words(child)
        inner += child.tail or ""
    if "note" in element.get("class", "").split():
        return f" ({inner})"
    return f"“{inner}”" if element.tag == "q" else inner


def _elements(element: Element, depth: int) -> Iterator[Event]:
    role = element.role
    if re.fullmatch(r"H[1-6]|TOCI", role):
        yield role, _squeezed(_spoken(element))
    elif role == "Figure":
        yield "Figure", _squeezed(element.alternative)
    elif role == "TR":
        yield "TR", str(len(element.kids))
        for cell in element.kids:
            assert isinstance(cell, Element)
            yield cell.role, _squeezed(_spoken(cell)) or "nothing"
    elif role == "LBody":
        kids = [kid for kid in element.kids if isinstance(kid, Element)]
        own = [kid for kid in kids if kid.role != "L"]
        yield from (event for kid in own for event in _figures(kid))
        yield "LI", str(depth), _squeezed("".join(_spoken(kid) for kid in own))
        for kid in kids:
            if kid.role == "L":
                yield from _elements(kid, depth)
    elif element.kids and all(isinstance(k, str) or k.role in _WITHIN_LINES for k in element.kids):
        yield from _figures(element)
        yield "P", _squeezed(_spoken(element))
    else:
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from _elements(kid, depth + (role == "L"))


def _figures(element: Element) -> Iterator[Event]:
    for kid in element.walk():
        if kid.role == "Figure":
            yield "Figure", _squeezed(kid.alternative)


def _spoken(element: Element) -> str:
    """Return an element's words without what stands for its pictures."""
    if element.role == "Figure":
        return ""
    return "".join(kid if isinstance(kid, str) else _spoken(kid) for kid in element.kids)


def _squeezed(text: str) -> str:
    """Return a text without white space; of one in Arabic, Indic or Chinese letters, the others.

    LibreOffice leaves some of these letters unnamed in the PDF, and all in the order of drawing.
    """
    words = re.sub(r"[\s\u200b-\u200f\u2066-\u2069\u00ad\ufeff]+", "", text)
    return "ع" + "".join(sorted(_COMPLEX.sub("", words))) if _COMPLEX.search(words) else words
