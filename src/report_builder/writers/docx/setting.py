"""What all parts of a Word document being set share: the file, the problems, the numbers."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from lxml.html import HtmlElement

from report_builder.html.document import inner_source_of
from report_builder.problems import Position, Problem, error
from report_builder.templating.resources import Resources
from report_builder.templating.words import direction
from report_builder.writers.docx.ooxml import element

_LONGEST_NAME = 40  # of a bookmark in Word


@dataclass
class Setting:
    """A Word document being set.

    ``sources`` says which line of the content each paragraph came from, ``wholes`` that of the row
    or item that it is part of, ``places`` which paragraph an id names; ``waiting`` are properties
    of the next paragraph, ``names`` its ids.
    """

    word: Any
    template: str
    resources: Resources
    language: str
    problems: list[Problem] = field(default_factory=list)
    explained: set[str] = field(default_factory=set)
    sources: dict[Any, Position] = field(default_factory=dict)
    wholes: dict[Any, Position] = field(default_factory=dict)
    places: dict[str, Any] = field(default_factory=dict)
    waiting: list[Any] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    pictures: int = 0
    bookmarks: int = 0

    def __post_init__(self) -> None:
        self.styles = {style.name: style for style in self.word.styles}
        section = self.word.sections[0]
        self.text_width = int(section.page_width - section.left_margin - section.right_margin)
        self.text_height = int(section.page_height - section.top_margin - section.bottom_margin)

    def style_of(
        self, block: HtmlElement, default: str, kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH
    ) -> str:
        """Return the style of a kind that a class of the element names, else the default."""
        for name in block.classes:
            style = self.styles.get(name.replace("-", " ").title())
            if style is not None and style.type == kind:
                return str(style.name)
        return default

    def open_mark(self, name: str) -> tuple[Any, Any]:
        """Return the beginning and the end of a place that links can lead to."""
        self.bookmarks += 1
        start = element("w:bookmarkStart", w_id=self.bookmarks, w_name=bookmark(name))
        return start, element("w:bookmarkEnd", w_id=self.bookmarks)

    def refuse(self, block: HtmlElement, message: str = "", hint: str = "") -> None:
        """Note that Word has no equivalent of an element."""
        self.problems.append(
            error(
                "word-element",
                inner_source_of(block, self.template),
                message or f"Word has no equivalent of this <{block.tag}>.",
                hint or "Use headings, paragraphs, lists, tables and pictures in a Word file.",
            )
        )


@dataclass(frozen=True)
class Place:
    """Where blocks are set: in the body or a cell, how wide, in which style plain text is.

    ``level`` is how deep the list is that they stand in, -1 outside all lists; ``number`` is that
    list.
    """

    parent: Any
    width: int
    text: str = "Normal"
    level: int = -1
    number: int = 0


def bookmark(name: str) -> str:
    """Return the name of a place in the document as Word allows it."""
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - 9]}-{digest}"


def plain(block: HtmlElement) -> str:
    """Return an element's words on one line."""
    return " ".join(block.text_content().split())


def language_of(block: HtmlElement) -> str:
    """Return the language of an element, as it or what it stands in says."""
    found = (around.get("lang") for around in (block, *block.iterancestors()))
    return next((language for language in found if language), "")


def is_rtl(language: str) -> bool:
    """Tell whether a language is written from right to left."""
    return bool(language) and direction(language) == "rtl"


def has_break_before(block: HtmlElement) -> bool:
    """Tell whether an element is to begin a page."""
    style = block.get("style", "").replace(" ", "")
    return "break-before:page" in style or "page-break-before:always" in style
