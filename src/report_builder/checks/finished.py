"""A finished PDF as its rules look at it: its tree, its pages, and how the two are tied."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from report_builder.problems import Position, printable

if TYPE_CHECKING:
    from report_builder.readback.sheet import Sheet, Thing
    from report_builder.readback.structure import Element
    from report_builder.readback.ties import Ties
    from report_builder.readback.words import Place

_QUOTED = 60  # characters of what a message names
_LISTED = 12  # pages that a message lists
_INLINE = {"Span", "Strong", "Em", "Sub", "Link", "Quote", "Code", "Reference", "Lbl", "NonStruct"}
AGAIN = "Mend it where the PDF was made, and make it anew; or mend its tags."


@dataclass(frozen=True)
class Finished:
    """A PDF's tree, ``None`` where it has none, its pages and ties, and where the PDF is."""

    tree: Element | None
    ties: Ties
    position: Position
    sheets: Sequence[Sheet] = ()

    def all(self, *roles: str) -> list[Element]:
        """Return the elements of some roles, or else all."""
        return [element for element in self._elements if not roles or element.role in roles]

    @cached_property
    def _elements(self) -> list[Element]:
        return list(self.tree.walk()) if self.tree else []

    @cached_property
    def numbers(self) -> dict[Place, int]:
        """The numbers of the pages by their places."""
        return {place: number for number, place in enumerate(self.ties.pages, start=1)}

    @cached_property
    def blocks(self) -> dict[tuple[int, int], Element]:
        """The paragraph, or other block, of each piece of marked content."""
        found: dict[tuple[int, int], Element] = {}
        waiting = [(self.tree, self.tree)] if self.tree else []
        while waiting:
            element, block = waiting.pop()
            block = block if element.role in _INLINE else element
            for place, mark in element.contents:
                found[self.numbers.get(place, 0), mark] = block
            waiting += [(kid, block) for kid in element.kids if not isinstance(kid, str)]
        return found

    @cached_property
    def marked(self) -> dict[tuple[int, int], list[Thing]]:
        """The words of each piece of marked content, by its page and number."""
        found = defaultdict(list)
        for sheet in self.sheets:
            for thing in sheet.texts:
                if thing.mark >= 0 and not thing.inside and not thing.is_artifact:
                    found[sheet.number, thing.mark].append(thing)
        return found

    @cached_property
    def in_tables(self) -> set[tuple[int, int]]:
        """The marked content that stands in tables, by its page and number."""
        return {
            (self.numbers.get(place, 0), mark)
            for table in self.all("Table")
            for element in table.walk()
            for place, mark in element.contents
        }

    @cached_property
    def said(self) -> str:
        """The letters of all that the tree says."""
        return plain(self.tree.text) if self.tree else ""

    def painted(self, element: Element) -> Iterator[tuple[int, Thing]]:
        """Yield the words that an element paints, each with its page; its notes stand elsewhere."""
        if element.role in ("Note", "FENote"):
            return
        for place, mark in element.contents:
            number = self.numbers.get(place, 0)
            for thing in self.marked.get((number, mark), ()):
                yield number, thing
        for kid in element.kids:
            if not isinstance(kid, str):
                yield from self.painted(kid)


def plain(words: str) -> str:
    """Return the letters and digits of words, small, and nothing else."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).casefold())


def quoted(words: str) -> str:
    """Return the beginning of words, as a message names them."""
    clean = " ".join(printable(words).split())
    return f"“{clean[:_QUOTED]}…”" if len(clean) > _QUOTED else f"“{clean}”"


def named(found: Sequence[tuple[int, str]]) -> str:
    """Return the first words of what was found, and on which pages there is more of it."""
    page, words = next((one for one in found if one[1].strip()), found[0])
    return f"{quoted(words) if words.strip() else 'without words'}{on_page(page)}{others(found)}"


def others(found: Sequence[tuple[int, str]]) -> str:
    """Return how many more were found than one, and on which pages; nothing where there is one."""
    if len(found) == 1:
        return ""
    pages = sorted({number for number, _ in found if number})
    listed = ", ".join(map(str, pages[:_LISTED])) + (" …" if len(pages) > _LISTED else "")
    on = f" on page{'s' if len(pages) > 1 else ''} {listed}" if pages else ""
    return f" (and {len(found) - 1} more{on})"


def on_page(number: int) -> str:
    """Return “ on page 3”, or nothing where the page is not known."""
    return f" on page {number}" if number else ""
