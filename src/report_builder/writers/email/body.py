"""The body of a message: its subject, its words as HTML that needs no network, and as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import css_inline

from report_builder.checks.message import Parts, check_message
from report_builder.content.anchors import REFERS
from report_builder.html.plain import plain_text
from report_builder.problems import Problem
from report_builder.templating.renderer import Renderer

HTML, TEXT = "email.html.j2", "email.txt.j2"
_SOURCE = re.compile(r' data-source="[^"]*"')
_WITHIN = re.compile(r"""<a href="#[^"]*">(.*?)</a>""", re.DOTALL)
_REFERRING = re.compile(rf'<span {REFERS}="">(.*?)</span>')
_WORDS = r"(?:[^<]|<(?!/?span))*"
_NOTE = re.compile(
    r'<span class="note" role="doc-footnote">'
    rf"({_WORDS}(?:<span[^>]*>{_WORDS}</span>{_WORDS})*)</span>"
)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says: ``html`` and ``text`` are the same words in the same order."""

    subject: str
    html: str
    text: str
    language: str


def check_body(renderer: Renderer, values: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a body: its HTML, and where its text says something else."""
    html, text = _html(renderer, values), renderer.render(TEXT, **values)
    return check_message(Parts(html, text, *map(renderer.theme.path_of, (HTML, TEXT))))


def write_body(renderer: Renderer, values: Mapping[str, Any]) -> Body:
    """Return the body for one recipient; ``values`` are what the templates say of them."""
    html = _SOURCE.sub("", _html(renderer, values))
    text = renderer.render(TEXT, **values)
    return Body(
        _subject(html),
        _inliner().inline(html),
        re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        renderer.event.language,
    )


def _html(renderer: Renderer, values: Mapping[str, Any]) -> str:
    """Return a body's HTML; notes stand in brackets, and links to parts of a report are words."""
    html = renderer.render(HTML, **values)
    html = _WITHIN.sub(r"\1", _REFERRING.sub(r"\1", html))
    return _NOTE.sub(r" (\1)", html)


def _subject(html: str) -> str:
    """Return the title on one line, without the marks that keep words in their direction."""
    found = _TITLE.search(html)
    words = plain_text(found[1]) if found else ""
    return "".join(c for c in words if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)
