"""What each HTML element is in a PDF's structure tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SVG = "{http://www.w3.org/2000/svg}svg"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
STRUCK = {"s", "del"}

_GROUPS = {
    "article": "Art",
    "aside": "Sect",
    "details": "Sect",
    "div": "Div",
    "fieldset": "Sect",
    "footer": "Div",
    "form": "Sect",
    "header": "Div",
    "hgroup": "Div",
    "main": "Part",
    "nav": "Sect",
    "search": "Sect",
    "section": "Sect",
}
_BLOCKS = {
    "address": "P",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "center": "P",
    "dd": "LBody",
    "dl": "L",
    "dt": "Lbl",
    "figcaption": "Caption",
    "figure": "Figure",
    "legend": "P",
    "li": "LI",
    "ol": "L",
    "p": "P",
    "pre": "P",
    "summary": "P",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
    **{heading: heading.upper() for heading in HEADINGS},
}
_INLINE = {
    "b": "Strong",
    "code": "Code",
    "del": "Span",
    "em": "Em",
    "i": "Em",
    "kbd": "Code",
    "q": "Quote",
    "s": "Span",
    "samp": "Code",
    "strong": "Strong",
}
NEEDS_PARAGRAPHS = {"Art", "BlockQuote", "Div", "Document", "Part", "Sect"}
"""Types that hold no text of their own: text directly in them is a paragraph."""

_PICTURES = {"img", "object", "embed", SVG}


def is_block(element: Any) -> bool:
    """Tell whether an element is a block, or holds one and so is none of a line's parts."""
    return any(child.tag in _BLOCKS or child.tag in _GROUPS for child in element.iter())


def is_picture(element: Any) -> bool:
    """Tell whether an element is a picture that says something."""
    hidden = element.get("role") in ("presentation", "none") or element.get("aria-hidden") == "true"
    if element.tag not in _PICTURES or hidden:
        return False
    return bool(element.tag != "img" or element.get("alt", "x").strip())


def is_named(element: Any) -> bool:
    """Tell whether an element is text that is said by a name, as an emoji is."""
    return bool(element.tag == "span" and element.get("role") == "img")


def is_contents(element: Any) -> bool:
    """Tell whether an element is a table of contents."""
    return bool(element.tag == "nav" and element.get("role") == "doc-toc")


def alternative(element: Any) -> str:
    """Return the words that stand for a picture."""
    title = element.findtext("{http://www.w3.org/2000/svg}title") if element.tag == SVG else ""
    return " ".join((element.get("aria-label") or title or element.get("alt") or "").split())


def text_of(element: Any) -> str:
    """Return an element's words, and those that stand for its pictures."""
    return " ".join("".join(_texts(element)).split())


def role_of(element: Any, parent: Any, *, pdf2: bool) -> str | None:
    """Return an element's structure type, or ``None`` where it has none of its own.

    ``parent`` is the element's parent.
    """
    tag = element.tag
    if tag == "figure":
        return "Figure" if _is_one_picture(element) else "Div"
    if tag == "figcaption":
        return "Caption" if parent is not None and _is_one_picture(parent) else "P"
    if tag == "aside" and pdf2:
        return "Aside"
    if tag in ("li", "dt", "dd"):
        return _BLOCKS[tag] if _is_listed(tag, parent) else "Div"
    if tag == "div" and parent is not None and parent.tag == "dl":
        return None
    if tag in _GROUPS:
        return _GROUPS[tag]
    if tag in _BLOCKS:
        role = _BLOCKS[tag]
        return "Div" if role == "P" and _holds_blocks(element) else role
    if tag == "a":
        return "Link" if element.get("href") else None
    if tag == "abbr" and element.get("title"):
        return "Span"
    return _INLINE.get(tag) or ("Span" if element.get("lang") or is_named(element) else None)


def _holds_blocks(element: Any) -> bool:
    return any(is_block(child) for child in element)


def _is_listed(tag: str, parent: Any) -> bool:
    wanted = ("ul", "ol", "menu") if tag == "li" else ("dl", "div")
    return parent is not None and parent.tag in wanted


def _is_one_picture(figure: Any) -> bool:
    if figure.tag != "figure" or figure.find(".//table") is not None:
        return False
    return sum(is_picture(element) for element in figure.iter()) == 1


def _texts(element: Any) -> Iterator[str]:
    if is_picture(element):
        yield alternative(element)
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _texts(child)
        yield child.tail or ""
