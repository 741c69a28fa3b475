"""HTML as plain text: what it says, and where its links lead."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import html as lxml_html
from lxml.html import HtmlElement

_BLOCKS = {"p", "div", "ul", "ol", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_BREAKS = {*_BLOCKS, "li", "tr", "br"}


@lru_cache(maxsize=1024)  # a message's words are the same for all but the name
def plain_text(html: str) -> str:
    """Return a piece of HTML as text: a line for a block or an item, a link's address after it."""
    root = lxml_html.fragment_fromstring(html, create_parent="div")
    text = _text(root)
    lines = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip()


def _text(element: HtmlElement) -> str:
    said = [(element.text or "").replace("\n", " ")]
    for number, child in enumerate(element, start=1):
        inner = _text(child) if isinstance(child.tag, str) else ""
        if child.tag in ("s", "del"):
            inner = ""  # plain text has no way to strike words out
        if child.get("role") == "doc-footnote":
            inner = f" ({inner})"
        if child.tag == "li":
            inner = f"{number}. {inner}" if element.tag == "ol" else f"- {inner}"
        if child.tag in _BREAKS:
            inner = f"\n{inner}\n"
        said += [inner, (child.tail or "").replace("\n", " ")]
    text = "".join(said)
    target = element.get("href", "") if element.tag == "a" else ""
    target = "" if target.startswith("#") else target  # a part of a document that is not at hand
    shown = target.removeprefix("mailto:").partition("?")[0]
    return f"{text} ({shown})" if shown and shown != text.strip() else text
