"""Letters of the world in a document: each word in one face, each emoji by its name.

What a text engine would do by itself, letter by letter, tears words apart: a name begins in one
face and goes on in another, a mark stands beside its letter, a family falls into its members.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from report_builder.html.directions import set_apart
from report_builder.html.emoji import emoji_in, is_keycap, name_of
from report_builder.html.nodes import nodes_in, put
from report_builder.templating.faces import emoji_family, stretches
from report_builder.writers.pdf.roles import is_block

SAYS = "data-says"
"""The attribute of an element that says something else than it shows."""

KEYS = f"[{SAYS}]{{border:.06em solid;border-radius:.2em;padding:0 .25em;margin:0 .1em}}"
"""The style sheet for the keys of a telephone."""


def set_letters(root: HtmlElement, families: Sequence[str]) -> None:
    """Put what needs a face, a name or a direction of its own into elements that say so."""
    set_apart(root, is_block)
    for node in list(nodes_in(root.find("body"))):
        if not node.text.isascii():
            pieces = list(_pieces(node.text, tuple(families), _language(node.element)))
            if pieces != [node.text]:
                put(node, pieces)


def _pieces(text: str, families: tuple[str, ...], language: str) -> Iterator[str | HtmlElement]:
    done = 0
    for start, end, characters in emoji_in(text):
        yield from _words(text[done:start], families)
        yield _emoji(characters, families, language)
        done = end
    yield from _words(text[done:], families)


def _words(text: str, families: tuple[str, ...]) -> Iterator[str | HtmlElement]:
    for part, family in stretches(text, families):
        yield _span(part, family) if family else part


def _emoji(characters: str, families: tuple[str, ...], language: str) -> HtmlElement:
    """Return an emoji as a picture that has a name."""
    picture = _span(characters, emoji_family(families))
    if is_keycap(characters):  # a font has a sign and an empty key beside it
        picture = _span(characters[0], "")
        picture.set(SAYS, characters)
    name, of_name = name_of(characters, language)
    picture.set("role", "img")
    picture.set("aria-label", name)
    if of_name != language:
        picture.set("lang", of_name)
    return picture


def _span(text: str, family: str) -> HtmlElement:
    span = HtmlElement()
    span.tag = "span"
    if family:
        span.set("style", f"font-family: '{family}'")
    span.text = text
    return span


def _language(element: HtmlElement) -> str:
    """Return the language that an element's words are in."""
    around = (here.get("lang") for here in (element, *element.iterancestors()))
    return next((language for language in around if language), "")
