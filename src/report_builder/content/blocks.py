"""The blocks of a text's tokens, mended: lists that are none, numbers that skip, prose in code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from report_builder.content.markdown import markdown
from report_builder.content.pasted import Line
from report_builder.content.tags import paired

_LONE = (
    *("ordered_list_open", "list_item_open", "paragraph_open", "inline"),
    *("paragraph_close", "list_item_close", "ordered_list_close"),
)
_OF_QUOTATION = re.compile(r"^(?:\s*>)+")
_PROSE = re.compile(r"(?:\S+\s+){4,}\S+[.?!:]$")


def mended(tokens: Sequence[Token], lines: Sequence[Line]) -> list[Token]:
    """Return the tokens of lines as they are meant."""
    made: list[Token] = []
    for token in tokens:
        if token.children:
            token.children = paired(token.children)
        made += _as_prose(token) if token.type == "code_block" else [token]
        if token.level == 0 and tuple(one.type for one in made[-7:]) == _LONE:
            made[-7:] = _numbered_paragraph(made[-7:], lines)
    for number, token in enumerate(made):
        if token.type == "ordered_list_open":
            _count(made, number, lines[token.map[0]].kind if token.map else "")
    return made


def _as_prose(code: Token) -> list[Token]:
    """Return the paragraphs of an indented block that reads like prose, else the block."""
    lines = [line.strip() for line in code.content.split("\n") if line.strip()]
    if not all(_PROSE.match(line) for line in lines):
        return [code]
    made = []
    for line in lines:
        paragraph = markdown().parse(line)
        for token in paragraph:
            token.map = code.map
            token.level += code.level
            token.children = paired(token.children) if token.children else token.children
        made += paragraph
    return made


def _numbered_paragraph(tokens: Sequence[Token], lines: Sequence[Line]) -> list[Token]:
    """Return a list of one short item as a paragraph: “1. Welcome”, “2. Apologies”."""
    written = lines[tokens[0].map[0]].sign if tokens[0].map else ""
    sign = written or f"{tokens[1].info}{tokens[0].markup}"
    number = Token("text", "", 0, content=f"{sign} ")
    opened, inline, closed = tokens[2:5]
    opened.map = inline.map = tokens[0].map
    opened.hidden = closed.hidden = False
    inline.children = [number, *(inline.children or [])]
    return [opened, inline, closed]


def _count(tokens: Sequence[Token], opened: int, kind: str) -> None:
    """Let a list's items have the numbers that they are written with."""
    outer = tokens[opened]
    if kind:
        outer.attrSet("type", kind)
    items = []
    for token in tokens[opened + 1 :]:
        if token.level == outer.level and token.type == "ordered_list_close":
            break
        if token.type == "list_item_open" and token.level == outer.level + 1:
            items.append(token)
    numbers = [int(item.info) for item in items]
    if len(set(numbers)) == 1:
        return  # in Markdown, all may have the number of the first
    for item, before, number in zip(items[1:], numbers, numbers[1:], strict=False):
        if number != before + 1:
            item.attrSet("value", str(number))


def cells_of(row: str) -> int:
    """Return how many cells a line of a table has, in a quotation too."""
    cells = _OF_QUOTATION.sub("", row).strip().replace(r"\|", "")
    return len(cells.strip("|").split("|"))
