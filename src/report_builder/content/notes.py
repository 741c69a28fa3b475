"""Footnotes of a text: each is moved to where it is called, and its printer finds its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it.token import Token

BLOCKS = ("inline", "fence", "code_block")
"""The types of the tokens that hold words."""

Notes = Mapping[int, list[Token]]


def with_notes(tokens: Sequence[Token]) -> list[Token]:
    """Return a text's tokens with each footnote where it is called.

    A note that another note calls stands in it, between brackets; one that is called within a
    link follows the link, which would lead elsewhere.
    """
    notes: dict[int, list[Token]] = {}
    rest = []
    note: list[Token] | None = None
    for token in tokens:
        if token.type == "footnote_open":
            note = notes.setdefault(token.meta["id"], [])
        elif token.type == "footnote_close":
            note = None
        elif note is not None and token.type in BLOCKS:
            note += [_text(" ")] * bool(note)
            note += on_one_line(token)
        elif note is None and not token.type.startswith("footnote_"):
            rest.append(token)
    for token in rest if notes else ():
        token.children = list(_after_links(_called(token.children or (), notes, ())))
    return rest


def on_one_line(block: Token) -> list[Token]:
    """Return the words of a block, such as those of a note, which is one line of text."""
    if block.type != "inline":
        return [Token("code_inline", "code", 0, content=" ".join(block.content.split()))]
    return [_text(" ") if "break" in c.type else c for c in block.children or []]


def _called(tokens: Sequence[Token], notes: Notes, within: tuple[int, ...]) -> Iterator[Token]:
    """Yield tokens, and in place of each that calls a note the note."""
    for token in tokens:
        if token.type != "footnote_ref":
            yield token
            continue
        number = token.meta["id"]
        if number in within:  # a note that calls itself says nothing more
            continue
        words = _called(notes.get(number, []), notes, (*within, number))
        if within:
            yield from (_text(" ("), *words, _text(")"))
            continue
        attributes: dict[str, str | int | float] = {"class": "note", "role": "doc-footnote"}
        yield Token("span_open", "span", 1, attrs=attributes, info="note")
        yield from words
        yield Token("span_close", "span", -1, info="note")


def _after_links(tokens: Iterator[Token]) -> Iterator[Token]:
    """Yield tokens, with the notes that stand in a link behind it."""
    waiting: list[Token] = []
    in_link = in_note = False
    for token in tokens:
        is_edge = token.info == "note"
        in_note = token.nesting == 1 if is_edge else in_note
        if not (is_edge or in_note) and token.type in ("link_open", "link_close"):
            in_link = token.nesting == 1
        if in_link and (is_edge or in_note):
            waiting.append(token)
            continue
        yield token
        if not in_link and not in_note:
            yield from waiting
            waiting = []


def _text(words: str) -> Token:
    return Token("text", "", 0, content=words)
