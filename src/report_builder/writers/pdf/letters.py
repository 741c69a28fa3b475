"""Letters of the world in a document: each word in one face, each emoji by its name.

What a text engine would do by itself, letter by letter, tears words apart: a name begins in one
face and goes on in another, a mark stands beside its letter, a family falls into its members.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from report_builder.html.directions import set_apart
from report_builder.html.emoji import Emoji, blotted, emoji_in, name_of
from report_builder.html.nodes import nodes_in, put
from report_builder.templating.faces import stretches
from report_builder.templating.fonts import emoji_family
from report_builder.writers.pdf.roles import is_block

_FACE = "font-family"


def set_letters(root: HtmlElement, families: Sequence[str]) -> None:
    """Put what needs a face, a name or a direction of its own into elements that say so."""
    set_apart(root, is_block)
    for node in list(nodes_in(root.find("body"))):
        if node.text.isascii():
            continue
        language = _language(node.element)
        if node.place == "text" and _FACE in node.element.get("style", ""):
            pictures = list(emoji_in(node.text))
            if pictures and not blotted(node.text, pictures).strip():
                _name(node.element, pictures, language)
            continue
        pieces = list(_pieces(node.text, tuple(families), language))
        if pieces != [node.text]:
            put(node, pieces)


def _pieces(text: str, families: tuple[str, ...], language: str) -> Iterator[str | HtmlElement]:
    done = 0
    for found in emoji_in(text):
        yield from _words(text[done : found.start], families)
        picture = _span(found.characters, emoji_family(families))
        _name(picture, [found], language)
        yield picture
        done = found.end
    yield from _words(text[done:], families)


def _words(text: str, families: tuple[str, ...]) -> Iterator[str | HtmlElement]:
    for part, family in stretches(text, families):
        yield _span(part, family) if family else part


def _name(element: HtmlElement, pictures: Sequence[Emoji], language: str) -> None:
    """Make a picture that has a name of an element that holds nothing but emoji."""
    names = [name_of(picture.characters, language) for picture in pictures]
    element.set("role", "img")
    element.set("aria-label", ", ".join(name for name, _ in names))
    if (of_names := names[0][1]) != language:
        element.set("lang", of_names)


def _span(text: str, family: str) -> HtmlElement:
    span = HtmlElement()
    span.tag = "span"
    if family:
        span.set("style", f"{_FACE}: '{family}'")
    span.text = text
    return span


def _language(element: HtmlElement) -> str:
    """Return the language that an element's words are in."""
    around = (here.get("lang") for here in (element, *element.iterancestors()))
    return next((language for language in around if language), "")
