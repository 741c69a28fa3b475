"""Titles in lines: they break where a reader would pause, and no word stands alone at their end."""

from __future__ import annotations

import re
from html import unescape

_TAG = re.compile(r"<(/?)[^>]*>")
_HIDDEN = "\0"  # stands for what no line may end within: marks, and the words that they mark
_DASH = re.compile(r"\s(?:[–—-]|--)(?=\s)|——")
_PAUSES = (
    re.compile(r"[:：](?=\s)|：(?=\S)"),
    _DASH,
    re.compile(r"[?؟](?=\s)|？(?=\S)"),
)
"""Where a title is in two parts, the surest first."""
_NUMBERS = re.compile(r"\d\s*[–—-]+\s*\d")
_LONGEST_END = 24  # letters of two words that stay together; more may be too wide for their line


def parts_of(html: str) -> list[str]:
    """Return the one or two parts of a title's HTML: the second begins with the space between.

    No tag goes over from one to the other.
    """
    flat = _flat(html)
    for pause in _PAUSES:
        if pause is _DASH and len(_DASH.findall(flat)) > 1:
            continue  # two of them stand around words
        for found in pause.finditer(flat):
            before, after = flat[: found.end()], flat[found.end() :]
            is_span = _NUMBERS.match(flat[: found.end() + 8], found.start() - 1)
            if not is_span and before.strip(" :：–—-?؟？") and after.strip():
                return [html[: found.end()], html[found.end() :]]
    return [html]


def with_its_end_together(html: str) -> str:
    """Return a part's HTML in which no line breaks before the last word, if there are others."""
    words = list(re.finditer(r"\S+", _flat(html)))
    end = html[words[-2].start() :] if len(words) > 2 else ""
    if not end or len(unescape(end)) > _LONGEST_END or _HIDDEN in _flat(html)[words[-2].start() :]:
        return html
    return f'{html[: words[-2].start()]}<span class="together">{end}</span>'


def words_of_html(html: str) -> str:
    """Return the words of a line's HTML."""
    return unescape(_TAG.sub("", html))


def _flat(html: str) -> str:
    """Return HTML of the same length in which tags, and what they hold, are hidden."""
    flat, depth, end = [], 0, 0
    for tag in _TAG.finditer(html):
        text = html[end : tag.start()]
        flat += [_HIDDEN * len(text) if depth else text, _HIDDEN * len(tag[0])]
        depth += -1 if tag[1] else 0 if tag[0].startswith("<br") else 1
        end = tag.end()
    return "".join([*flat, html[end:]])
