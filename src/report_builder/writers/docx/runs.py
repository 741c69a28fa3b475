"""The text of one paragraph: runs, links and pictures, set from inline HTML."""

from __future__ import annotations

import hashlib
import io
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from lxml.html import HtmlElement

from report_builder.checks.html import source_of
from report_builder.problems import Problem, ReportBuilderError, error
from report_builder.templating.pictures import SVG, UnusablePictureError, as_png
from report_builder.templating.resources import NotAllowedError, Resources
from report_builder.writers.docx.ooxml import describe_picture, element
from report_builder.writers.weasy import draw_svg

INLINE = {"a", "abbr", "b", "br", "cite", "code", "em", "i", "q", "small", "span", "strong", "time"}
INLINE |= {"img", "sub", "sup", "kbd", "s", "u", "mark", "del", "ins"}
_BOLD = {"b", "strong", "em", "i"}  # house style: weight, never italics, marks what matters


def plain(block: HtmlElement) -> str:
    """Return an element's words on one line."""
    return " ".join(block.text_content().split())


@dataclass
class Setting:
    """A Word document being set: what its blocks and runs share, and the problems met so far."""

    word: Any
    template: str
    resources: Resources
    problems: list[Problem] = field(default_factory=list)
    pictures: int = 0
    bookmarks: int = 0

    @property
    def text_width(self) -> int:
        """The width between the margins, in English Metric Units."""
        section = self.word.sections[0]
        return int(section.page_width - section.left_margin - section.right_margin)

    def refuse(self, block: HtmlElement, hint: str = "") -> None:
        """Note that Word has no equivalent of an element."""
        self.problems.append(
            error(
                "word-element",
                source_of(block, self.template),
                f"Word has no equivalent of this <{block.tag}>.",
                hint or "Use headings, paragraphs, lists, tables and pictures in a Word file.",
            )
        )


_SMALL = 40  # millimetres
_LONGEST_NAME = 40  # of a bookmark in Word


def bookmark(name: str) -> str:
    """Return the name of a place in the document as Word allows it."""
    if len(name) <= _LONGEST_NAME:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: _LONGEST_NAME - 9]}-{digest}"


class Runs:
    """Sets the text of one paragraph, white space collapsed as a browser does."""

    def __init__(self, setting: Setting, paragraph: Any) -> None:
        self.setting, self.paragraph = setting, paragraph
        self.space = True  # whether what was set last ends in white space
        self.parent = paragraph._p

    def add(self, inline: HtmlElement, **looks: Any) -> None:
        """Set an element's content; blocks within it (a cell's paragraphs) become lines."""
        parts: list[HtmlElement | str] = [inline.text or ""]
        for child in inline.iterchildren():
            parts += [child, child.tail or ""]
        self.add_parts(parts, **looks)

    def add_parts(self, parts: list[HtmlElement | str], **looks: Any) -> None:
        """Set text and inline elements in turn."""
        for part in parts:
            if isinstance(part, str):
                self.text(part, **looks)
            elif isinstance(part.tag, str):
                self.inline(part, looks)

    def inline(self, inline: HtmlElement, looks: dict[str, Any]) -> None:
        """Set one inline element in the looks of what it stands in, and its own."""
        tag = inline.tag
        if language := inline.get("lang"):
            looks = {**looks, "language": language}
        if tag == "br":
            self.line_break()
        elif tag == "img":
            self.picture(inline)
        elif tag == "a" and inline.get("href"):
            self.link(inline, looks)
        elif "note" in inline.get("class", "").split():
            self.text(" (", **looks)
            self.add(inline, **looks)
            self.text(")", **looks)
        elif tag in _BOLD:
            self.add(inline, **{**looks, "bold": True})
        elif tag in INLINE:
            self.add(inline, **looks)
        elif tag == "p":
            if inline.getprevious() is not None:
                self.line_break()
            self.add(inline, **looks)
        else:
            self.setting.refuse(inline)

    def text(self, text: str, *, bold: bool = False, style: str = "", language: str = "") -> None:
        """Set words as a run, without the space that a browser would not show."""
        words = re.sub(r"[ \t\n\r\f]+", " ", text)
        if self.space:
            words = words.lstrip(" ")
        if not words:
            return
        self.space = words.endswith(" ")
        run = element("w:r")
        looks = element("w:rPr")
        if style:
            looks.append(element("w:rStyle", w_val=style))
        if bold:
            looks.append(element("w:b"))
            looks.append(element("w:bCs"))
        if language:
            looks.append(element("w:lang", w_val=language))
        if len(looks):
            run.append(looks)
        run.add_t(words)
        self.parent.append(run)

    def line_break(self) -> None:
        """Begin a new line in the same paragraph."""
        run = element("w:r")
        run.append(element("w:br"))
        self.parent.append(run)
        self.space = True

    def tab(self) -> None:
        """Move to the next tab stop."""
        run = element("w:r")
        run.append(element("w:tab"))
        self.parent.append(run)
        self.space = True

    def link(self, anchor: HtmlElement, looks: dict[str, Any]) -> None:
        """Set a link to an address, or to a place in the document."""
        target = anchor.get("href")
        link = element("w:hyperlink", w_history=1)
        if target.startswith("#"):
            link.set(qn("w:anchor"), bookmark(unquote(target[1:])))
        else:
            part = self.setting.word.part
            relation = part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), relation)
        self.parent.append(link)
        self.parent = link
        self.add(anchor, **{**looks, "style": "Hyperlink"})
        self.parent = self.paragraph._p

    def picture(self, image: HtmlElement) -> None:
        """Set a picture in the line, with its alt text."""
        setting = self.setting
        position = source_of(image, setting.template)
        most = Emu(setting.text_width).mm
        if any(around.tag in ("li", "td", "th") for around in image.iterancestors()):
            most = min(most, _SMALL)  # a logo or a mark beside words
        try:
            content, media_type = setting.resources.read(image.get("src", ""))
            if media_type == SVG:
                png, width = draw_svg(content, most, position, setting.resources)
            else:
                png, width = as_png(content, most)
        except (NotAllowedError, UnusablePictureError, OSError) as reason:
            message = f"The document asks for “{image.get('src', '')}”: {reason}"
            hint = "Give a file's name in the event's folder, or “theme:NAME”."
            setting.problems.append(error("missing-file", position, message, hint))
            return
        except ReportBuilderError as reason:
            setting.problems += reason.problems
            return
        run = self.paragraph.add_run()
        drawing = run.add_picture(io.BytesIO(png), width=Mm(width))._inline
        self.parent.append(run._r)  # into the link, where the picture is one
        setting.pictures += 1
        describe_picture(drawing, setting.pictures, image.get("alt", ""))
