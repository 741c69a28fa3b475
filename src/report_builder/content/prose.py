"""What of a Markdown text its readers read as words: no addresses, code, marks or padding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markdown_it.token import Token

from report_builder.content.sentences import inner_sentences
from report_builder.content.text import Text

BLANK = "\0"
"""What stands in a text's prose for each character that is no part of it."""

_ADDRESS = re.compile(
    r"(?:https?://|www\.|ftp://)[^\s<>|]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|(?<![\w@.-])(?:[a-z\d-]+\.)+(?:org|com|net|uk|eu|gov|io|info|edu|wales|cymru|example)\b"
    r"(?:/[^\s<>|]*)?"
)
_AFTER_ADDRESS = ".,;:!?'\"”’»)]*_"
_TARGET = re.compile(
    r"(?<=\])\(\s*(?:<[^>\n]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+[\"'(][^\n]*?)?\s*\)"
)
_NOT_READ = (
    re.compile(r"<(?:https?|mailto|tel):[^>\n]*>"),
    re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)"),  # code
    _TARGET,
    re.compile(r"^ {0,3}\[[^\]\n]+\]:\s", re.MULTILINE),  # what defines a link or a note
    re.compile(r"\[\^[^\]\n]+\]"),  # what calls a note
    re.compile(r"(?<=\])\{lang=[^}\n]*\}"),
    re.compile(r"(?<=\])\[[^\]\n]*\]"),  # the name of a link's address
    re.compile(r"<!--.*?-->", re.DOTALL),
)
_MARK = re.compile(
    r"^[ \t]*(?:(?:[-*+•‣▪●○◦·\uf0a7\uf0b7]|\d{1,9}[.)]|#{1,6}|>"
    r"|[§Øüvqo](?=\t)|\(?\w{1,5}[.)](?=\t))[ \t]+|\[[ xX]\][ \t]+)*"
)
_ROW = re.compile(r"\s*\|.*\|\s*$")  # it may be one of a table that lacks its rule
_PADDING = re.compile(r"[ \t]*(?<!\\)\|[ \t]*|^[ \t]+|[ \t]+$|[ \t]{3,}|\t")


def without_addresses(source: str) -> str:
    """Return a text with `BLANK` in place of the addresses of links, web pages and mail."""
    return _ADDRESS.sub(_blank_address, _TARGET.sub(_blank, source))


@lru_cache(maxsize=512)
def prose_of(text: Text) -> str:
    """Return a text as it is written, with `BLANK` in place of all that is no words of it."""
    source = str(text.scalar)
    for pattern in _NOT_READ:
        source = pattern.sub(_blank, source)
    source = _ADDRESS.sub(_blank_address, source)
    lines = [_MARK.sub(_blank, line) for line in source.split("\n")]
    for token in text.tokens:
        if token.map and token.type in ("fence", "code_block"):
            first, last = token.map
            lines[first:last] = [BLANK * len(line) for line in lines[first:last]]
        elif token.map and token.type == "table_open":
            first, last = token.map
            lines[first:last] = [_cells_of(line) for line in lines[first:last]]
    return "\n".join(_cells_of(line) if _ROW.match(line) else line for line in lines)


def prose_sentences(text: Text, language: str = "en") -> Iterator[tuple[int, str]]:
    """Yield each sentence of a text, on one line, and where in its source it begins.

    None goes beyond the paragraph, the heading, the item of a list or the cell that it stands in.
    """
    prose = prose_of(text)
    for start, end in _blocks(text.tokens, prose):
        block = prose[start:end].replace(BLANK, " ")
        for begins, ends in inner_sentences(block, language):
            yield start + begins, " ".join(block[begins:ends].split())


def _blocks(tokens: Sequence[Token], prose: str) -> Iterator[tuple[int, int]]:
    """Yield where in the source each block of words stands."""
    starts = [0]
    for line in prose.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    in_table = False
    for token in tokens:
        if token.type in ("table_open", "table_close"):
            in_table = token.nesting > 0
        if token.type == "tr_open" and token.map:
            yield from _cells(prose, starts[token.map[0]], starts[token.map[1]] - 1)
        if token.type == "inline" and token.map and not in_table:
            yield starts[token.map[0]], min(starts[token.map[1]] - 1, len(prose))


def _cells(prose: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for cell in re.finditer(rf"[^{BLANK}\n]+", prose[start:end]):
        yield start + cell.start(), start + cell.end()


def _cells_of(row: str) -> str:
    """Return a table's row without what stands between its cells, and nothing of its rule."""
    read = _PADDING.sub(_blank, row)
    return BLANK * len(read) if set(read) <= {BLANK, "-", ":"} else read


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", BLANK, found[0])


def _blank_address(found: re.Match[str]) -> str:
    address = found[0].rstrip(_AFTER_ADDRESS)
    return BLANK * len(address) + found[0][len(address) :]
