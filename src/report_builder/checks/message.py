"""Rules over the two bodies of a message: its HTML, and its text, which says the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from lxml import etree

from report_builder.checks import html
from report_builder.checks.html import Page
from report_builder.checks.rules import Finding, Rule, hold
from report_builder.html.document import parse_html
from report_builder.html.plain import plain_text
from report_builder.problems import Position, Problem, Severity


@dataclass(frozen=True)
class Parts:
    """The two bodies of a message, and the paths of the templates that they were made from."""

    html: str
    text: str
    html_template: str
    text_template: str


def check_message(parts: Parts) -> list[Problem]:
    """Return what is wrong with a message's HTML, and where its text says something else."""
    # A mail program has fonts of its own: whether the theme's have every letter matters not.
    page = Page(parse_html(parts.html), parts.html_template, [])
    return [*hold(html.RULES, page), *hold(RULES, parts)]


def _differences(parts: Parts) -> Iterator[Finding]:
    shown_words, read_words = _words(_body_text(parts.html)), _words(parts.text)
    for shown, read in zip_longest(shown_words, read_words, fillvalue="the end"):
        if shown != read:
            message = f"The text of the message says “{read}” where its HTML says “{shown}”."
            hint = "Let the two templates say the same words in the same order."
            yield Position(parts.text_template), message, hint
            return


def _body_text(source: str) -> str:
    """Return what a reader of the HTML meets, with the addresses of links."""
    body = parse_html(source).find("body")
    for link in body.iter("a"):
        target = link.get("href", "")
        if target.startswith("mailto:") and "?" in target:
            link.set("href", target.partition("?")[0])
    return plain_text(etree.tostring(body, encoding="unicode", method="html"))


def _words(text: str) -> list[str]:
    """Return the words and numbers of a text in one way to write them, without marks of lists."""
    lines = (re.sub(r"^\s*(?:\d+\.|[-*])\s", "", line) for line in text.split("\n"))
    return re.findall(r"\w+", unicodedata.normalize("NFKC", "\n".join(lines)).casefold())


RULES: tuple[Rule[Parts], ...] = (
    Rule("email-parts", Severity.ERROR, "A message says the same twice.", _differences),
)
