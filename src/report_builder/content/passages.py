"""The passages of a text that is to be told in short: its paragraphs, its lists, its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markdown_it.token import Token

from report_builder.content.markdown import words
from report_builder.content.notes import BLOCKS

_LISTS = ("bullet_list_open", "ordered_list_open")
_STOP = re.compile(r"(?:[;,]\s*(?:and|or))?(?<!\.\w)[.;,،；。۔।]*$")  # not that of “p.m.”


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in ``words``; or the ``items`` of a list or a table, which ``words`` lead to.

    ``are_sentences`` is whether the items are such, which can be told one by one.
    """

    words: str
    items: tuple[str, ...] = ()
    are_sentences: bool = False


def passages_of(tokens: Sequence[Token]) -> tuple[Passage, ...]:
    """Return a text's passages without headings and footnotes, unless it has nothing else."""
    found = tuple(_passages(tokens))
    return found or tuple(Passage(said) for token in tokens if (said := words_of(token)))


def words_of(token: Token) -> str:
    """Return the words of a block, without markup; ``""`` for what only stands around others."""
    if token.type not in BLOCKS:
        return ""
    if token.type == "inline":
        return words(token.children or ())
    return " ".join(token.content.split())


def _passages(tokens: Sequence[Token]) -> Iterator[Passage]:
    done = 0
    for before, (number, token) in pairwise([(0, Token("", "", 0)), *enumerate(tokens)]):
        if token.type == "footnote_block_open":
            return
        if number < done or before[1].type == "heading_open":
            continue
        if token.type in _LISTS or token.type == "table_open":
            done = _end(tokens, number)
            within = tokens[number + 1 : done]
            heading = words_of(tokens[number - 2]) if before[1].type == "heading_close" else ""
            made = _table(within) if token.type == "table_open" else _list(within, heading)
            if made.items:
                yield made
        elif said := words_of(token):
            yield Passage(said)


def _end(tokens: Sequence[Token], start: int) -> int:
    """Return where what a token opens is closed."""
    depth = 0
    for number in range(start, len(tokens)):
        depth += tokens[number].nesting
        if depth == 0:
            return number
    return len(tokens)


def _list(tokens: Sequence[Token], heading: str) -> Passage:
    items = _items(tokens)
    ended = sum(re.search(r"[.!?。！？۔।]$", item) is not None for item in items)
    return Passage(heading, tuple(map(without_stop, items)), 2 * ended > len(items))


def _items(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Return the items of a list, each as one line; those of a list in it stand in brackets."""
    items, number = [], 0
    while number < len(tokens):
        end = _end(tokens, number)
        items.append(_item(tokens[number + 1 : end]))
        number = end + 1
    return tuple(item for item in items if item)


def _item(tokens: Sequence[Token]) -> str:
    said, number = "", 0
    while number < len(tokens):
        token = tokens[number]
        if token.type in _LISTS:
            end = _end(tokens, number)
            inner = ", ".join(map(without_stop, _items(tokens[number + 1 : end])))
            said = f"{said.rstrip(':. ')} ({inner})" if said else inner
            number = end
        elif block := words_of(token):
            said = f"{said} {block}".strip()
        number += 1
    return said


def _table(tokens: Sequence[Token]) -> Passage:
    """Return the rows of a table as items that say what they are about.

    Of two columns, “Votes: Bus stop, 40; Crossing, 12”; of more, “Ward: Elm (Homes 12, Trees 3)”.
    """
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(words_of(token))
    heads, *lines = rows or [[]]
    shown = [cells for cells in lines if any(cells)]
    if len(heads) <= 2:
        lead = heads[-1] if heads else ""
        items = [", ".join(filter(None, cells)) for cells in shown]
    else:
        lead = heads[0]
        items = [_row(heads, cells) for cells in shown]
    return Passage(f"{lead}:" if lead else "", tuple(map(without_stop, items)))


def _row(heads: Sequence[str], cells: Sequence[str]) -> str:
    first, *others = cells
    pairs = zip(heads[1:], others, strict=False)
    said = ", ".join(f"{head} {cell}".strip() for head, cell in pairs if cell)
    return f"{first} ({said})" if first and said else first or said


def without_stop(words: str) -> str:
    """Return words without the stop that they end in, if it is not that of a short form."""
    return _STOP.sub("", words.strip())
