"""The Markdown that content is written in: what it knows, and what it leaves as words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, lheading
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from report_builder.content.tags import paired, take_tag
from report_builder.problems import Position

# A link may lead to a page, an address, a telephone or a place in the same document.
LINK = re.compile(r"(https?://[^\s/]|mailto:[^\s@]+@[^\s@]|tel:\+?[\d-]|#.)", re.IGNORECASE)
_MARKING = re.compile(r"[*_`~<&\[\]\\]")
_LINK_WITH_NOTE = re.compile(
    r"\[((?:[^\[\]]*\[\^[^\[\]\s]+\])+[^\[\]]*)\]\(((?:https?:|mailto:|tel:|#)[^\s()]*)\)"
)
_UNDERLINE = 3  # signs under a heading; fewer end a letter, or stand for nothing
# Comments, what Word puts into pages for itself, and invisible signs that only get in the way.
_UNSAID = re.compile(
    r"(?P<code>^[ ]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ ]*(?P=fence)[`~]*[ ]*$|\Z)"
    r"|(?<![`\\])(?P<tick>`+)(?!`)(?:(?!\n\s*\n).)+?(?<!`)(?P=tick)(?!`))"
    r"|[ \t]*<!--(?:(?!<!--).)*?-->|<!doctype[^<>]*>|<!\[(?:if|endif)[^\]]*\]>"
    r"|</?(?:[ovwm]|st1):\w+[^<>]*>|[\u00ad\ufeff\ufffc]",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Loose:
    """Words that are printed as they are, what is left out of them, and what finds their place."""

    words: str
    left_out: tuple[str, ...]
    at: Callable[[str], Position]

    @classmethod
    def of(cls, tokens: Iterable[Token], at: Callable[[str], Position]) -> Loose:
        """Return what is loose in a line's tokens; code, pictures and notes are gaps."""
        words, left_out = [], []
        for token in tokens:
            is_break = "break" in token.type
            words.append(token.content if token.type == "text" else "\n" if is_break else "\ufffc")
            left_out += [token.info] if token.type == "left_out" and token.info else []
        return cls("".join(words), tuple(left_out), at)


class Inline(Markup):
    """The HTML of a single line, which knows the line's words."""

    words: str = ""

    @classmethod
    def of(cls, html: Markup, words: str) -> Inline:
        """Return a line's HTML with its words."""
        made = cls(html)
        made.words = words
        return made


def said(text: str) -> str:
    """Return a text without comments and what is pasted unseen; it keeps its lines."""
    return _UNSAID.sub(_gap, text)


def _gap(found: re.Match[str]) -> str:
    """Return what stands in place of something unsaid: its line ends, and one of two spaces."""
    if found["code"]:
        return found[0]
    between = found[0][0] in " \t" and found.string[found.end() : found.end() + 1].strip()
    return "\n" * found[0].count("\n") or (" " if between else "")


@lru_cache(maxsize=1)
def markdown() -> MarkdownIt:
    """Return what reads texts, and renders their tokens."""
    parser = _parser().use(footnote_plugin).enable("table")
    parser.inline.ruler.before("link", "link_with_note", _link_with_note)
    return parser.use(attrs_plugin, after=["span_close"], spans=True, allowed=["lang"])


@lru_cache(maxsize=1)
def markdown_of_lines() -> MarkdownIt:
    """Return what reads the words of a single line, in which no block begins."""
    parser = _parser()
    return parser.use(attrs_plugin, after=["span_close"], spans=True, allowed=["lang"])


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    parser.inline.ruler.before("emphasis", "times", _times)
    parser.inline.ruler.before("autolink", "tag", take_tag)
    parser.block.ruler.at("lheading", _underlined, {"alt": []})
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    parser.validateLink = _any_link  # type: ignore[method-assign]  # the checks judge links
    return parser


def _any_link(url: str) -> bool:  # noqa: ARG001  # the parser asks by this name
    return True


def _code(_self: Any, tokens: Sequence[Token], number: int, _options: Any, _env: Any) -> str:
    token = tokens[number]
    source = token.attrGet("data-source")
    at = Markup(' data-source="{}"').format(source) if source else Markup()
    return Markup("<pre{}><code>{}</code></pre>\n").format(at, token.content.rstrip("\n"))


def _link_with_note(state: StateInline, silent: bool) -> bool:
    """Take a link whose words call a note as a link: Markdown has no brackets within brackets."""
    found = _LINK_WITH_NOTE.match(state.src, state.pos)
    if found is None or silent:
        return False
    inside: list[Token] = []
    state.md.inline.parse(found[1], state.md, state.env, inside)
    state.push("link_open", "a", 1).attrSet("href", found[2])
    state.tokens += inside
    state.push("link_close", "a", -1)
    state.pos = found.end()
    return True


def _times(state: StateInline, silent: bool) -> bool:
    """Keep the star between two numbers, which multiplies them: 2*3*4."""
    here, source = state.pos, state.src
    if source[here] != "*" or not (
        source[:here][-1:].isdigit() and source[here + 1 :][:1].isdigit()
    ):
        return False
    if not silent:
        state.pending += "*"
    state.pos += 1
    return True


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a line with a line of signs below it as a heading, where it can be meant as one."""
    before, type_ = len(state.tokens), state.parentType
    if not lheading(state, start, end, silent):
        return False
    signs = state.getLines(state.line - 1, state.line, 0, False).strip()
    if len(signs) >= _UNDERLINE and "\n" not in state.tokens[-2].content:
        return True
    del state.tokens[before:]
    state.line, state.parentType = start, type_
    return False


def copied(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens that can be changed while these stay as they are."""
    return [
        token.copy(
            attrs=dict(token.attrs),
            children=None if token.children is None else copied(token.children),
        )
        for token in tokens
    ]


def tokens_of_line(line: str) -> list[Token]:
    """Return what a single line consists of; of a picture there are only its words."""
    if not _MARKING.search(line):
        return [Token("text", "", 0, content=line)]
    (inline,) = markdown_of_lines().parseInline(line)
    tokens = paired(inline.children or ())
    return [Token("text", "", 0, content=t.content) if t.type == "image" else t for t in tokens]


def words(tokens: Sequence[Token]) -> str:
    """Return what a line's tokens say, without what is struck out in them."""
    found, struck = [], 0
    for token in tokens:
        struck += token.nesting * (token.tag == "s")
        if not struck:
            found.append(" " if "break" in token.type else token.content)
    return " ".join("".join(found).split())


def marks_in(line: str) -> str:
    """Return the first words of a line that Markdown would not print as they stand."""
    tokens = tokens_of_line(line)
    if all(token.type == "text" or token.markup == "autolink" for token in tokens):
        return ""
    opened = next(n for n, token in enumerate(tokens) if token.type != "text")
    words = tokens[opened].content or next((t.content for t in tokens[opened:] if t.content), "")
    return words if tokens[opened].type == "code_inline" else _around(line, words)


def _around(line: str, words: str) -> str:
    """Return words with the signs that stand around them in a line."""
    found = re.search(rf"\S*{re.escape(words)}[^\s]*", line)
    return found[0] if found else words


def links_of(tokens: Iterable[Token]) -> Iterator[tuple[str, str, bool]]:
    """Yield the words and the target of every link and picture, and whether it is a picture."""
    going: tuple[str, list[str]] | None = None
    for token in tokens:
        if token.type == "link_open":
            going = (str(token.attrGet("href") or ""), [])
        elif token.type == "link_close" and going:
            yield "".join(going[1]), going[0], False
            going = None
        elif token.type == "image":
            yield token.content, str(token.attrGet("src") or ""), True
            if going:  # a picture's alt text is what its link says
                going[1].append(token.content)
        elif going:
            going[1].append(token.content)


def html_of(tokens: Sequence[Token]) -> Markup:
    """Return tokens as HTML."""
    _unlink_empty(tokens)
    parser = markdown()
    html = parser.renderer.render(list(tokens), parser.options, {}).strip()
    return Markup(html)  # noqa: S704  # raw HTML in texts is off, everything else is escaped


def _unlink_empty(tokens: Sequence[Token]) -> None:
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
