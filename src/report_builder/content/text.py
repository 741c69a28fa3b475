"""Markdown that knows its line, and renders itself as HTML where a template prints it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from report_builder.content.sentences import first_sentence, is_ended
from report_builder.problems import Position
from report_builder.settings.scalar import Scalar

# A link may lead to a page, an address, a telephone or a place in the same document.
LINK = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@[^\s@]|tel:\+?[\d-]|#.)", re.IGNORECASE)

_OF_WORDS = ("inline", "fence", "code_block")


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


class Text:
    """A Markdown text. Printed by a template it is HTML; ``plain`` is its words alone."""

    def __init__(self, scalar: Scalar) -> None:
        self.scalar = scalar
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
        tokens = _with_notes(deepcopy(self._tokens))
        headings = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
        shift = level + 1 - min(headings, default=1)
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
            begins = token.nesting >= 0 and token.type != "inline"
            if token.map and begins and self.scalar.position.path:
                token.attrSet("data-source", str(self._line_position(token.map[0])))
        _tighten(tokens)
        return _render(tokens)

    @cached_property
    def inline(self) -> Markup:
        """The text for a list item, cell or caption: a single paragraph has no block around it."""
        tokens = _with_notes(deepcopy(self._tokens))
        if [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]:
            return _render(tokens[1:2])
        return self.under(3)

    @property
    def at(self) -> Markup:
        """The ``data-source`` attribute for an element that a template makes of the text."""
        return source_attribute(self.scalar.position)

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The words of each paragraph, heading, list item, cell and code block, without markup."""
        return tuple(_words(token) for token in self._tokens if token.type in _OF_WORDS)

    @cached_property
    def _tokens(self) -> list[Token]:
        """What the text consists of, to read only: what is to be printed is made of a copy."""
        return _markdown().parse(self.scalar)

    @property
    def tokens(self) -> Sequence[Token]:
        """What the text consists of, to read only."""
        return self._tokens

    @property
    def plain(self) -> str:
        """The text's words alone, on one line."""
        return " ".join(self.paragraphs)

    def brief(self, words: int = 40) -> str:
        """Return the first sentence; where it ends in a colon, with the list that follows.

        No more than ``words`` words: whole list items, then whole words, and “…” where
        something was left out.
        """
        first, *rest = self._told or ("",)
        brief = first_sentence(first)
        if not brief.endswith(":") or not rest:
            return _cut(brief, words)
        for number, item in enumerate(rest):
            longer = f"{brief}{';' if number else ''} {item}"
            if len(longer.split()) > words:
                return f"{brief}; …" if number else _cut(longer, words)
            brief = longer
        return brief if is_ended(brief) else f"{brief}."

    @property
    def _told(self) -> tuple[str, ...]:
        """The text's words without its headings, unless it has nothing else."""
        told = [
            _words(token)
            for before, token in pairwise([Token("", "", 0), *self._tokens])
            if token.type in _OF_WORDS and before.type != "heading_open"
        ]
        return tuple(told) or self.paragraphs

    @property
    def links(self) -> Iterator[Link]:
        """Every link and picture in the text, with its place."""
        for block in self._tokens:
            if block.type != "inline" or block.map is None:
                continue
            start = self._offset(block.map[0])
            open_link: tuple[str, list[str]] | None = None
            for token in block.children or []:
                if token.type == "link_open":
                    open_link = (str(token.attrGet("href") or ""), [])
                elif token.type == "link_close" and open_link:
                    text = "".join(open_link[1])
                    yield self._link(text, open_link[0], start, is_picture=False)
                    open_link = None
                elif token.type == "image":
                    target = str(token.attrGet("src") or "")
                    yield self._link(token.content, target, start, is_picture=True)
                    if open_link:  # a picture's alt text is what its link says
                        open_link[1].append(token.content)
                elif open_link:
                    open_link[1].append(token.content)

    def _link(self, text: str, target: str, start: int, *, is_picture: bool) -> Link:
        found = self.scalar.find(f"[{text}]", start)
        return Link(text, target, self.scalar.at(found if found >= 0 else start), is_picture)

    def _offset(self, line: int) -> int:
        offset = 0
        for _ in range(line):
            offset = self.scalar.find("\n", offset) + 1
        while self.scalar[offset : offset + 1] == " ":
            offset += 1
        return offset

    def _line_position(self, line: int) -> Position:
        return self.scalar.at(self._offset(line))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    # Raw HTML is printed as it stands: what a text may look like is the theme's affair.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").use(footnote_plugin)
    parser.use(attrs_plugin, after=["span_close"], spans=True, allowed=["lang"])
    parser.validateLink = _any_link  # type: ignore[method-assign]  # the checks judge links
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001  # the parser asks by this name
    return True


def _render(tokens: list[Token]) -> Markup:
    _unlink_empty(tokens)
    markdown = _markdown()
    html = markdown.renderer.render(tokens, markdown.options, {}).strip()
    return Markup(html)  # noqa: S704  # raw HTML in texts is off, everything else is escaped


def _with_notes(tokens: list[Token]) -> list[Token]:
    """Return a text's tokens with each footnote where it is called: its printer finds its place."""
    notes: dict[int, list[Token]] = {}
    rest = []
    note: list[Token] | None = None
    for token in tokens:
        if token.type == "footnote_open":
            note = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            note = None
        elif note is not None and token.type == "inline":
            # A note is set as one line of text: its own line ends are spaces.
            space = Token("text", "", 0, content=" ")
            children = token.children or []
            note += [space] * bool(note) + [space if "break" in c.type else c for c in children]
        elif note is None and not token.type.startswith("footnote_"):
            rest.append(token)
    for token in rest if notes else ():
        token.children = [new for child in token.children or () for new in _called(child, notes)]
    return rest


def _called(token: Token, notes: dict[int, list[Token]]) -> list[Token]:
    """Return a token, or the whole note where the token calls one."""
    if token.type != "footnote_ref":
        return [token]
    attributes: dict[str, str | int | float] = {"class": "note", "role": "doc-footnote"}
    opened = Token("span_open", "span", 1, attrs=attributes)
    return [opened, *notes[token.meta["id"]], Token("span_close", "span", -1)]


def _unlink_empty(tokens: list[Token]) -> None:
    """Print a link whose address is missing, or not one, as its text: it leads nowhere."""
    for token in tokens:
        children, dead = [], False
        for child in token.children or []:
            if child.type == "link_open":
                dead = not LINK.match(str(child.attrGet("href") or ""))
            if not (dead and child.type in ("link_open", "link_close")):
                children.append(child)
        if token.children:
            token.children = children


def _tighten(tokens: list[Token]) -> None:
    """Take the paragraph from list items that hold only one: ``<li>text``, not ``<li><p>text``."""
    for index, token in enumerate(tokens):
        if token.type != "paragraph_open" or tokens[index - 1].type != "list_item_open":
            continue
        close = next(i for i in range(index, len(tokens)) if tokens[i].type == "paragraph_close")
        after = tokens[close + 1].type
        if after in ("list_item_close", "bullet_list_open", "ordered_list_open"):
            token.hidden = tokens[close].hidden = True


def _words(token: Token) -> str:
    if token.type != "inline":
        return " ".join(token.content.split())
    breaks = ("softbreak", "hardbreak")
    words = (" " if child.type in breaks else child.content for child in token.children or [])
    return " ".join("".join(words).split())


def _cut(text: str, words: int) -> str:
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words]).rstrip(",;:") + " …"
