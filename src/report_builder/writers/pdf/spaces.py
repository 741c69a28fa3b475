"""White space as a browser would show it, written out, so that all of it may be kept.

Where a line ends, a space that CSS collapses is not drawn, and two words stand together in the file
that a screen reader reads. In a document without superfluous space none needs collapsing.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from report_builder.writers.pdf.roles import is_block

# The hyphen of a divided word is one that every font has.
KEEP_SPACES = "body{white-space:pre-wrap;hyphenate-character:'-'}"
"""The style sheet for a document whose white space has been written out."""

_SPACES = re.compile(r"[ \t\n\r\f]+")
_VERBATIM = {"pre", "script", "style", "textarea", "title"}


def write_out_spaces(root: HtmlElement) -> None:
    """Leave one space between words, and none where a line begins or ends."""
    _Spaces().inside(root)


def _part_lines(verbatim: HtmlElement) -> None:
    """Let lines of code be kept apart by more than breaks, which nobody hears."""
    for part in verbatim.iter():
        part.text = part.text and part.text.replace("\n", " \n")
        if part is not verbatim:
            part.tail = part.tail and part.tail.replace("\n", " \n")


class _Spaces:
    """Walks a document; ``last`` is the text that may end in a space too many."""

    def __init__(self) -> None:
        self.at_start = True
        self.last: tuple[HtmlElement, str] | None = None

    def inside(self, element: HtmlElement) -> None:
        if element.tag in _VERBATIM:
            if element.tag == "pre":
                _part_lines(element)
            self.at_start, self.last = False, None
            return
        self.text(element, "text")
        for child in element:
            if child.tag == "br":
                self.break_line(child)
                self.text(child, "tail")
                continue
            block = isinstance(child.tag, str) and is_block(child)
            if block:
                self.end_line()
            if isinstance(child.tag, str):
                self.child(child)
            if block:
                self.end_line()
            self.text(child, "tail")

    def child(self, child: HtmlElement) -> None:
        if child.tag in ("img", "svg"):
            self.at_start, self.last = False, None
        else:
            self.inside(child)

    def text(self, element: HtmlElement, name: str) -> None:
        """Write out one piece of text: an element's own, or what follows it."""
        words = _SPACES.sub(" ", getattr(element, name) or "")
        if self.at_start:
            words = words.lstrip(" ")
        setattr(element, name, words)
        if words:
            self.at_start = words.endswith(" ")
            self.last = (element, name)

    def break_line(self, line_break: HtmlElement) -> None:
        """End a line within a text by a space: the words on both sides are two."""
        was_empty = self.at_start and not self.last
        self.end_line()
        before = line_break.getprevious()
        if was_empty:
            return
        if before is None:
            parent = line_break.getparent()
            parent.text = f"{parent.text or ''} "
        else:
            before.tail = f"{before.tail or ''} "

    def end_line(self) -> None:
        """Take the space from the end of a line."""
        if self.last:
            element, name = self.last
            setattr(element, name, getattr(element, name).rstrip(" "))
        self.at_start, self.last = True, None
