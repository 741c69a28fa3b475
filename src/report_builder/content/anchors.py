"""The names by which links lead to an event's parts, and what a link without words to one says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import unquote

from markdown_it.token import Token

from report_builder.content.markdown import tokens_of_line, words
from report_builder.content.slug import slug
from report_builder.settings.scalar import Scalar
from report_builder.settings.tree import Fields, Items, Leaf, Node

REFERS = "data-refers"
"""Marks what a link to a figure says: its caption, for which its number may stand."""

_FIGURES = {"chart", "table", "survey", "feedback"}
"""Kinds of section that are a figure or a table."""
_NAMED_BY = ("caption", "title", "question", "alt")
_PART = r"(?:figure|table|chart|graph|picture|photo|drawing|map|diagram|cloud)"
_HEADING = re.compile(r"^ {0,3}#{1,6} +(.*?)(?: +#+)? *$", re.MULTILINE)
_IN_ITS_PLACE = re.compile(rf"this|(?:this|the) {_PART}|", re.IGNORECASE)
_SEE = re.compile(r"see(?: here)?", re.IGNORECASE)
_WHERE = re.compile(r"here|above|below", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A part that links lead to: the words that it is known by, and whether it is a figure."""

    words: str
    is_figure: bool


Anchors = Mapping[str, Anchor]
"""Parts of an event by the names that links lead to them by."""


def anchors_of(event: Fields) -> dict[str, Anchor]:
    """Return the parts of an event, as its file has them, that are known by some words."""
    sections = event.nodes.get(Scalar("sections"))
    found: dict[str, Anchor] = {}
    for section in sections.nodes if isinstance(sections, Items) else ():
        for part in _groups(section):
            fields = {str(name): _text(node) for name, node in part.nodes.items()}
            named_by = next((fields[name] for name in _NAMED_BY if fields.get(name)), "")
            is_figure = part is not section or fields.get("type") in _FIGURES
            name = fields.get("id", "")
            if part is section and not name:
                name, named_by = slug(fields.get("title", "")), fields.get("title", "")
            if name and named_by:
                found.setdefault(name, Anchor(named_by, is_figure))
        for heading in _headings(section):
            found.setdefault(slug(heading), Anchor(heading, is_figure=False))
    return found


def with_references(tokens: Sequence[Token], anchors: Anchors) -> list[Token]:
    """Return a line's tokens in which links that say nothing say what they lead to."""
    made: list[Token] = []
    opened = -1
    for token in tokens:
        if token.type == "link_open":
            opened = len(made)
        elif token.type == "link_close" and opened >= 0:
            anchor = _led_to(str(made[opened].attrGet("href") or ""), anchors)
            said = words(made[opened + 1 :])
            if anchor and (form := _form(said, anchor)):
                made[opened + 1 :] = _refers(anchor, *form.split("{}"))
            opened = -1
        made.append(token)
    return made


def _form(said: str, anchor: Anchor) -> str:
    """Return how a link's words refer to a part, or nothing where they say enough by themselves."""
    if not said:
        return "{}"
    said = said.strip(" .!»>…")
    if not anchor.is_figure:
        return ""
    if _IN_ITS_PLACE.fullmatch(said):
        return "{}"
    if _SEE.fullmatch(said):
        return f"{said.split()[0]} {{}}"
    return f"{said} ({{}})" if _WHERE.fullmatch(said) else ""


def _refers(anchor: Anchor, before: str, after: str) -> Iterator[Token]:
    """Yield the tokens of words that refer to a part."""
    marks = [Token("span_open", "span", 1, attrs={REFERS: ""})], [Token("span_close", "span", -1)]
    opens, closes = marks if anchor.is_figure else ([], [])
    for part in (before, opens, anchor.words, closes, after):
        if isinstance(part, list):
            yield from part
        elif part:
            yield Token("text", "", 0, content=part)


def _led_to(target: str, anchors: Anchors) -> Anchor | None:
    name = unquote(target.removeprefix("#"))
    if not target.startswith("#") or not anchors:
        return None
    return anchors.get(name) or anchors.get(slug(name))


def _groups(node: Node) -> Iterator[Fields]:
    """Yield a section, and the groups in it that have names of their own."""
    if isinstance(node, Fields):
        yield node
    inner: Iterable[Node] = ()
    if isinstance(node, Fields):
        inner = node.nodes.values()
    elif isinstance(node, Items):
        inner = node.nodes
    for group in chain.from_iterable(map(_groups, inner)):
        if Scalar("id") in group.nodes:
            yield group


def _headings(node: Node) -> Iterator[str]:
    """Yield the words of each heading in the texts of a section."""
    match node:
        case Leaf(value=Scalar() as text):
            for found in _HEADING.finditer(text):
                yield words(tokens_of_line(found[1]))
        case Fields(nodes=fields):
            yield from chain.from_iterable(map(_headings, fields.values()))
        case Items(nodes=nodes):
            yield from chain.from_iterable(map(_headings, nodes))


def _text(node: Node) -> str:
    """Return the words of a single value."""
    text = node.text if isinstance(node, Leaf) else None
    return words(tokens_of_line(" ".join(text.split()))) if text else ""
