"""Tags of HTML in texts: which are set, which are left out, and which are words like others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

_SET = {name: name for name in ("strong", "em", "s", "sub", "sup", "br", "a", "code")}
_SET |= {"b": "strong", "i": "em", "del": "s", "strike": "s"}
_LEFT_OUT = {"span", "font", "u", "small", "big", "center", "mark", "ins", "tt"}
KNOWN = {
    *(*_SET, *_LEFT_OUT, "p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "thead", "tbody"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "img", "hr", "script", "style", "iframe", "video", "pre"),
    *("html", "body", "head", "meta", "link", "blockquote", "dl", "dt", "dd", "input", "button"),
}
"""The elements of HTML that people write into texts."""

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)/?>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"'“”]?([^\s\"'“”>]+)", re.IGNORECASE)


def take_tag(state: StateInline, silent: bool) -> bool:
    """Note a tag; `paired` says what becomes of it."""
    found = _TAG.match(state.src, state.pos)
    if found is None or found[2].lower() not in _SET.keys() | _LEFT_OUT:
        return False
    if not silent:
        token = state.push("tag", found[2].lower(), 0)
        token.content, token.info = found[0], found[1]
        if href := _HREF.search(found[3]):
            token.attrSet("href", href[1])
    state.pos = found.end()
    return True


def paired(tokens: Sequence[Token]) -> list[Token]:
    """Return a line's tokens with tags set, left out, or as the words that they are."""
    made = list(tokens)
    opened: list[int] = []
    for number, token in enumerate(made):
        if token.type != "tag":
            continue
        if token.tag == "br":
            made[number] = Token("hardbreak", "br", 0)
        elif not token.info:
            opened.append(number)
        elif opened and made[opened[-1]].tag == token.tag:
            first = opened.pop()
            if _is_whole(made[first + 1 : number]):
                made[first], made[number] = _pair(made[first])
    return [
        Token("text", "", 0, content=token.content) if token.type == "tag" else token
        for token in made
    ]


def _is_whole(tokens: Sequence[Token]) -> bool:
    """Tell whether what is opened in tokens is closed in them, too."""
    depth = 0
    for token in tokens:
        depth += token.nesting
        if depth < 0:
            return False
    return depth == 0


def _pair(opened: Token) -> tuple[Token, Token]:
    name = _SET.get(opened.tag)
    if name is None or (name == "a" and not opened.attrGet("href")):
        return _left_out(opened.content), _left_out("")
    kind = {"a": "link", "code": "html_code"}.get(name, name)
    first = Token(f"{kind}_open", name, 1, attrs=dict(opened.attrs))
    return first, Token(f"{kind}_close", name, -1)


def _left_out(source: str) -> Token:
    return Token("left_out", "", 0, hidden=True, info=source)
