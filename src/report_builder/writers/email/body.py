"""The body of a message: its subject, its words as HTML that needs no network, and as text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import css_inline

from report_builder.checks.html import RULES, Page
from report_builder.html.document import parse_html
from report_builder.html.plain import plain_text
from report_builder.problems import Position, Problem, error
from report_builder.templating.renderer import Renderer

HTML, TEXT = "email.html.j2", "email.txt.j2"
_SOURCE = re.compile(r' data-source="[^"]*"')
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
    html, text = renderer.render(HTML, **values), renderer.render(TEXT, **values)
    # A mail program has fonts of its own: whether the theme's have every letter matters not.
    page = Page(parse_html(html), renderer.theme.path_of(HTML), [])
    problems = [problem for rule in RULES for problem in rule.problems(page)]
    for shown, read in zip_longest(_words(_body_text(html)), _words(text), fillvalue="the end"):
        if shown != read:
            message = f"The text of the message says “{read}” where its HTML says “{shown}”."
            hint = f"{HTML} and {TEXT} should say the same words in the same order."
            position = Position(renderer.theme.path_of(TEXT))
            problems.append(error("email-parts", position, message, hint))
            break
    return problems


def write_body(renderer: Renderer, values: Mapping[str, Any]) -> Body:
    """Return the body for one recipient; ``values`` are what the templates say of them."""
    html = _SOURCE.sub("", renderer.render(HTML, **values))
    text = renderer.render(TEXT, **values)
    return Body(
        _subject(html),
        _inliner().inline(html),
        re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        renderer.event.language,
    )


def _subject(html: str) -> str:
    """Return the title on one line, without the marks that keep words in their direction."""
    found = _TITLE.search(html)
    words = plain_text(found[1]) if found else ""
    return "".join(c for c in words if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


def _body_text(html: str) -> str:
    """Return what a reader of the HTML meets, with the addresses of links."""
    body = parse_html(html).find("body")
    for link in body.iter("a"):
        target = link.get("href", "")
        if target.startswith("mailto:") and "?" in target:
            link.set("href", target.partition("?")[0])
    from lxml import etree

    return plain_text(etree.tostring(body, encoding="unicode", method="html"))


def _words(text: str) -> list[str]:
    """Return the words and numbers of a text in one way to write them, without marks of lists."""
    lines = (re.sub(r"^\s*(?:\d+\.|[-*])\s", "", line) for line in text.split("\n"))
    return re.findall(r"\w+", unicodedata.normalize("NFKC", "\n".join(lines)).casefold())
