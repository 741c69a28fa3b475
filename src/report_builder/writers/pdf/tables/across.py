"""Pages that lie across: what stands on them, and the headings that they take along."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html as lxml_html
from lxml.html import HtmlElement

ACROSS, BEGINS, ENDS = "across", "across-begins", "across-ends"
"""The classes of what stands across the page, of the first of it and of the last."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LED_BY = {"intro", "lead-in"}  # the classes of lines that belong to what follows them
_SAYS_WHENCE = {"by", "source"}  # those of lines that belong to what stands before them
_LITTLE = 600  # characters that may be taken along


def styles(sheet: tuple[float, float]) -> str:
    """Return the style sheet for pages across, of a sheet whose width and height are given in mm.

    The page's other side comes from the theme: its margins, and what stands in them.
    """
    width, height = sheet
    return (
        f"@page {ACROSS}{{size:{height:.2f}mm {width:.2f}mm}}.{ACROSS}{{page:{ACROSS}}}"
        f".{BEGINS}{{break-before:page}}.{ENDS}{{break-after:page}}"
    )


def leads(block: HtmlElement) -> bool:
    """Tell whether nothing but headings stands before a block in its section."""
    here = block
    while here.tag not in ("section", "main", "body"):
        if _first_heading(here) is not None:
            return True
        if here.getprevious() is not None or (here.getparent().text or "").strip():
            return False
        here = here.getparent()
    return True


def set_across(blocks: Sequence[HtmlElement]) -> None:
    """Set blocks on pages across, with the headings before them, which would stay behind."""
    block = blocks[0]
    if len(blocks) > 1:
        block = lxml_html.Element("div")
        blocks[0].addprevious(block)
        block.extend(blocks)
    first, last = _with_headings(block)
    while (after := last.getnext()) is not None and not (_SAYS_WHENCE.isdisjoint(after.classes)):
        last = after
    here = first
    while here is not None:
        here.classes.add(ACROSS)
        here = None if here is last else here.getnext()
    first.classes.add(BEGINS)
    last.classes.add(ENDS)


def join(root: HtmlElement) -> None:
    """Let what stands across one after the other share its pages."""
    for last in root.find_class(ENDS):
        following = last.getnext()
        if following is not None and BEGINS in following.classes and not (last.tail or "").strip():
            last.classes.discard(ENDS)
            following.classes.discard(BEGINS)


def _with_headings(block: HtmlElement) -> tuple[HtmlElement, HtmlElement]:
    """Return the first and the last of the siblings that go across the page together."""
    here = block
    while True:
        first = _first_heading(here)
        if first is not None:
            return first, here
        parent = here.getparent()
        if here.getprevious() is not None or parent.tag in ("body", "main"):
            return block, block
        if (parent.text or "").strip():
            return block, block
        is_little = _length(parent) - _length(here) <= _LITTLE
        here = parent if is_little else _split_off(parent, here)


def _first_heading(element: HtmlElement) -> HtmlElement | None:
    """Return the first of the headings and the like that stand right before an element."""
    found, here = None, element.getprevious()
    while here is not None and not (here.tail or "").strip():
        if here.tag in _HEADINGS or not _LED_BY.isdisjoint(here.classes):
            found = here
        elif _SAYS_WHENCE.isdisjoint(here.classes):
            break
        here = here.getprevious()
    return found


def _split_off(parent: HtmlElement, first: HtmlElement) -> HtmlElement:
    """Put the first child of a block into a block of its own before it, and return that."""
    before = lxml_html.Element(parent.tag, dict(parent.attrib))
    parent.attrib.pop("id", None)
    parent.addprevious(before)
    before.append(first)
    before.tail, parent.text, first.tail = None, first.tail, None
    return before


def _length(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))


def outdented(blocks: Sequence[HtmlElement], before: float, after: float) -> HtmlElement:
    """Put blocks into one as wide as the page, from what is left (mm) before and after them."""
    around = lxml_html.Element("div", {"class": "as-wide-as-the-page"})
    around.set("style", f"clear:both;margin-inline:{-before:.2f}mm {-after:.2f}mm")
    blocks[0].addprevious(around)
    around.extend(blocks)
    return around
