"""What a document's style sheets and drawings print beside its own words, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from typing import Any, NamedTuple

import tinycss2
from lxml import etree

from report_builder.problems import Position
from report_builder.templating.resources import DRAWN, NotAllowedError, Resources

_SHEETS = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_ADDRESSES = re.compile(r"""(?:href|src|data)=["']([^"'#]+)|url\(["']?([^"')#]+)""")
_CSS = "text/css"
_TEXT = re.compile(rb"<(?:\w+:)?text\b")
_HOLDING_TEXT = (".css", ".svg")
_DEEPEST = 8  # style sheets that use others


class Printed(NamedTuple):
    """A text that a style sheet or a drawing prints, and where it stands."""

    text: str
    position: Position


def printed(html: str, position: Position, resources: Resources) -> list[Printed]:
    """Return what the style sheets and drawings that a document uses print.

    ``position`` is that of a style sheet in the document itself. What cannot be read is left out:
    that is said where it is used.
    """
    reader = _Reader(resources)
    for sheet in _SHEETS.findall(html):
        reader.read_sheet(sheet, position, 0, is_own=True)
    for found in _ADDRESSES.findall(html):
        reader.read(unescape("".join(found)), 0)
    return reader.found


class _Reader:
    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self.found: list[Printed] = []
        self.seen: set[str] = set()

    def read(self, address: str, deep: int) -> None:
        """Read a file that is used, once; pictures of pixels are no text."""
        name = address.strip()
        may_hold = name.startswith(DRAWN) or name.casefold().endswith(_HOLDING_TEXT)
        if name in self.seen or deep > _DEEPEST or not may_hold:
            return
        self.seen.add(name)
        with suppress(NotAllowedError, OSError, ValueError, etree.XMLSyntaxError):
            content, media_type = self.resources.read(name)
            if media_type == _CSS:
                self.read_sheet(content.decode(), Position(self.resources.place(name)), deep)
            elif _TEXT.search(content):
                self.read_drawing(etree.fromstring(content), self.resources.place(name))

    def read_sheet(self, css: str, at: Position, deep: int, *, is_own: bool = False) -> None:
        """Read the texts of a style sheet, whatever it prints them as."""
        for token in _tokens(tinycss2.parse_component_value_list(css)):
            if token.type == "url" or (token.type == "string" and token.value.endswith(".css")):
                self.read(token.value, deep + 1)
            elif token.type == "string" and not token.value.isascii():
                place = Position(at.path, token.source_line, token.source_column)
                self.found.append(Printed(token.value, at if is_own else place))

    def read_drawing(self, root: Any, path: str) -> None:
        """Read the words of a drawing."""
        for element in root.iter("{*}text"):
            place = Position(path, element.sourceline or 1)
            self.found.append(Printed("".join(element.itertext()), place))


def _tokens(tokens: Any) -> Iterator[Any]:
    """Yield the tokens of a style sheet, and those within others."""
    for token in tokens:
        yield token
        if token.type == "function":
            yield from _tokens(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _tokens(token.content)
