"""Markdown that knows its line, and renders itself as HTML where a template prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

from markdown_it.token import Token
from markupsafe import Markup

from report_builder.content.anchors import Anchors, with_references
from report_builder.content.blocks import cells_of, mended
from report_builder.content.markdown import Loose, copied, html_of, links_of, markdown, said
from report_builder.content.notes import BLOCKS, on_one_line, with_notes
from report_builder.content.passages import Passage, passages_of, words_of
from report_builder.content.pasted import Line, as_markdown
from report_builder.content.slug import slug
from report_builder.content.told import Told
from report_builder.problems import Position
from report_builder.settings.scalar import Scalar


def source_attribute(position: Position) -> Markup:
    """Return the HTML attribute that ties an element to the line it came from, if to any."""
    if not position.path:
        return Markup()
    return Markup(' data-source="{}"').format(position)


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture in a Markdown text."""

    text: str
    target: str
    position: Position
    is_picture: bool


_AROUND_ONE = {
    f"{block}_{end}"
    for block in ("paragraph", "list_item", "bullet_list")
    for end in ("open", "close")
}


class Text:
    """A Markdown text. Printed by a template it is HTML; ``plain`` is its words alone.

    ``anchors`` are the parts of the event that its links may lead to.
    """

    def __init__(self, scalar: Scalar, anchors: Anchors | None = None) -> None:
        self.scalar, self._anchors = scalar, anchors or {}
        self._blocks: dict[int, Markup] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.scalar == other.scalar

    def __hash__(self) -> int:
        return hash(self.scalar)

    def __repr__(self) -> str:
        return f"Text({str(self.scalar)!r})"

    def __html__(self) -> str:
        """Return the text as HTML blocks below a section's heading."""
        return self.under(2)

    def under(self, level: int) -> Markup:
        """Return HTML blocks whose headings begin one level below a heading's level."""
        if level not in self._blocks:
            self._blocks[level] = self._under(level)
        return self._blocks[level]

    def _under(self, level: int) -> Markup:
        tokens = with_notes(copied(self._tokens))
        headings = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
        shift = level + 1 - min(headings, default=1)
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
            begins = token.nesting >= 0 and token.type != "inline"
            if token.map and begins and self.scalar.position.path:
                token.attrSet("data-source", str(self._line_position(token.map[0])))
        _tighten(tokens)
        return html_of(tokens)

    @cached_property
    def inline(self) -> Markup:
        """The text for a list item, cell or caption: a single paragraph has no block around it.

        Nor has a single bullet, which is left over from the list that it was pasted from.
        """
        tokens = with_notes(copied(self._tokens))
        lines = [token for token in tokens if token.type == "inline"]
        around = {token.type for token in tokens if token.type != "inline"}
        if len(lines) == 1 and around <= _AROUND_ONE:
            return html_of(lines)
        return self.under(3)

    @cached_property
    def line(self) -> Markup:
        """The text as one line, for a heading: its paragraphs follow each other."""
        tokens = with_notes(copied(self._tokens))
        lines = (html_of(on_one_line(token)) for token in tokens if token.type in BLOCKS)
        return Markup(" ").join(lines)

    @property
    def at(self) -> Markup:
        """The ``data-source`` attribute for an element that a template makes of the text."""
        return source_attribute(self.scalar.position)

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The words of each paragraph, heading, list item, cell and code block, without markup."""
        found = (words_of(token) for token in self._tokens if token.type in BLOCKS)
        return tuple(words for words in found if words)

    @property
    def uncalled_notes(self) -> Iterator[tuple[str, Position]]:
        """The names of notes that nothing calls, and where they stand."""
        for name, number in self._parsed[1].get("footnotes", {}).get("refs", {}).items():
            if number < 0:
                yield name[1:], self._place(0, f"[^{name[1:]}]:")

    @property
    def wide_rows(self) -> Iterator[tuple[int, int, Position]]:
        """The rows that have more cells than their table has heads: both numbers, and where."""
        for number, table in enumerate(self._tokens):
            if table.type != "table_open" or not table.map:
                continue
            head = next(
                n for n, t in enumerate(self._tokens) if n > number and t.type == "tr_close"
            )
            heads = sum(token.type == "th_open" for token in self._tokens[number:head])
            for line in range(table.map[0] + 2, table.map[1]):
                cells = cells_of(self.scalar[self._starts[line] :].partition("\n")[0])
                if cells > heads:
                    yield cells, heads, self._line_position(line)

    @property
    def _tokens(self) -> list[Token]:
        """What the text consists of, to read only: what is to be printed is made of a copy."""
        return self._parsed[0]

    @cached_property
    def _parsed(self) -> tuple[list[Token], dict[str, Any]]:
        """What the text consists of, and what the parser knows of it besides."""
        lines, wrong = as_markdown(said(self.scalar)), True
        while wrong:
            known: dict[str, Any] = {}
            tokens = markdown().parse("\n".join(line.words for line in lines), known)
            items = {t.map[0] for t in tokens if t.type == "list_item_open" and t.map}
            # What was to begin an item and does not is printed as it was written.
            wrong = any(line.sign and n not in items for n, line in enumerate(lines))
            if wrong:
                lines = [
                    line.as_written if line.sign and n not in items else line
                    for n, line in enumerate(lines)
                ]
        tokens = _at_home(mended(tokens, lines), lines)
        for token in tokens:
            if token.children:
                token.children = with_references(token.children, self._anchors)
        return tokens, known

    @property
    def tokens(self) -> Sequence[Token]:
        """What the text consists of, to read only."""
        return self._tokens

    @property
    def plain(self) -> str:
        """The text's words alone, on one line."""
        return " ".join(self.paragraphs)

    def told(self, words: int = 40, language: str = "en") -> Told:
        """Return the sentences that tell most, word for word and whole, with no heading.

        No more than ``words`` words, unless a clause would be cut; whole items of a list.
        """
        from report_builder.content.telling import told  # it compiles many patterns

        return told(self._passages, words, language)

    @cached_property
    def _passages(self) -> tuple[Passage, ...]:
        return passages_of(self._tokens)

    @property
    def anchors(self) -> Iterator[str]:
        """The names by which links can lead to the text's headings."""
        for opened, inline in pairwise(self._tokens):
            if opened.type == "heading_open":
                yield slug(words_of(inline))

    @property
    def loose(self) -> Iterator[Loose]:
        """What is printed as words in each of the text's lines, and where they stand."""
        for block in self._tokens:
            if block.type == "inline" and block.map:
                start = self._offset(block.map[0])
                yield Loose.of(block.children or (), partial(self._place, start))

    def _place(self, start: int, words: str) -> Position:
        found = self.scalar.find(words, start)
        return self.scalar.at(found if found >= 0 else start)

    @property
    def links(self) -> Iterator[Link]:
        """Every link and picture in the text, with its place."""
        for block in self._tokens:
            if block.type != "inline" or block.map is None:
                continue
            start = self._offset(block.map[0])
            for words_of_link, target, is_picture in links_of(block.children or ()):
                yield self._link(words_of_link, target, start, is_picture=is_picture)

    def _link(self, text: str, target: str, start: int, *, is_picture: bool) -> Link:
        ways = (f"[{text}]({target})", f"[{text}]", f"]({target})")
        found = next((n for way in ways if (n := self.scalar.find(way, start)) >= 0), start)
        return Link(text, target, self.scalar.at(found), is_picture)

    def _offset(self, line: int) -> int:
        offset = self._starts[line]
        while self.scalar[offset : offset + 1] == " ":
            offset += 1
        return offset

    @cached_property
    def _starts(self) -> list[int]:
        """Where each of the text's own lines begins in it."""
        return [0, *(found.end() for found in re.finditer("\n", self.scalar))]

    def _line_position(self, line: int) -> Position:
        return self.scalar.at(self._offset(line))


def _at_home(tokens: list[Token], lines: Sequence[Line]) -> list[Token]:
    """Return the tokens of lines, each with the numbers of the lines that these were."""
    for token in tokens:
        if token.map:
            first, end = token.map
            token.map = [lines[first].origin, lines[max(end, first + 1) - 1].origin + 1]
    return tokens


def _tighten(tokens: list[Token]) -> None:
    """Take the paragraph from list items that hold only one: ``<li>text``, not ``<li><p>text``."""
    for index, token in enumerate(tokens):
        if token.type != "paragraph_open" or tokens[index - 1].type != "list_item_open":
            continue
        close = next(i for i in range(index, len(tokens)) if tokens[i].type == "paragraph_close")
        after = tokens[close + 1].type
        if after in ("list_item_close", "bullet_list_open", "ordered_list_open"):
            token.hidden = tokens[close].hidden = True
