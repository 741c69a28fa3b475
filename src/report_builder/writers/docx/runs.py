"""The text of one paragraph: runs, links and pictures, set from inline HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import html
from lxml.html import HtmlElement

from report_builder.writers.docx.ooxml import element, language_mark
from report_builder.writers.docx.pictures import add_picture
from report_builder.writers.docx.setting import Setting, bookmark, is_rtl, language_of, plain

INLINE = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i"}
INLINE |= {"img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong"}
INLINE |= {"sub", "sup", "time", "u", "var", "wbr"}
_EMPHASIS = {"b", "strong", "em", "i"}  # house style: weight, never italics, marks what matters
_CODE = {"code", "kbd", "samp"}
_STRUCK = {"del", "s"}
_SHIFTS = {"sub": "subscript", "sup": "superscript"}
_QUOTES = "“”"


@dataclass(frozen=True)
class Look:
    """How words are set: in which style, language and weight."""

    style: str = ""
    language: str = ""
    is_bold: bool = False
    is_struck: bool = False
    shift: str = ""
    keeps_space: bool = False


class Runs:
    """Sets the text of one paragraph, white space collapsed as a browser does.

    ``block`` is the element whose text it is, ``width`` what a picture may take.
    """

    def __init__(self, setting: Setting, paragraph: Any, block: HtmlElement, width: int) -> None:
        self.setting, self.paragraph, self.width = setting, paragraph, width
        language = language_of(block)
        keeps = block.tag == "pre"
        self.look = Look(language=language * (language != setting.language), keeps_space=keeps)
        self.space = True  # whether what was set last ends in white space
        self.parent = paragraph._p

    def add(self, inline: HtmlElement, look: Look | None = None) -> None:
        """Set an element's content; the paragraphs of a description become lines."""
        parts: list[HtmlElement | str] = [inline.text or ""]
        for child in inline.iterchildren():
            if child.tag == "p" and child.getprevious() is not None:
                parts.append(html.Element("br"))
            parts += [child, child.tail or ""]
        self.add_parts(parts, look)

    def add_parts(self, parts: Sequence[HtmlElement | str], look: Look | None = None) -> None:
        """Set text and inline elements in turn."""
        for part in parts:
            if isinstance(part, str):
                self.text(part, look or self.look)
            elif isinstance(part.tag, str):
                self.inline(part, look or self.look)

    def inline(self, inline: HtmlElement, look: Look) -> None:
        """Set one inline element in the look of what it stands in, and its own."""
        tag = inline.tag
        if language := inline.get("lang"):
            look = replace(look, language=language * (language != self.setting.language))
        if style := self.setting.style_of(inline, "", WD_STYLE_TYPE.CHARACTER):
            look = replace(look, style=style)
        end = self.mark(inline)
        if tag == "br":
            self.line_break()
        elif tag == "img":
            self.picture(inline)
        elif tag == "a" and inline.get("href"):
            self.link(inline, look)
        elif "note" in inline.get("class", "").split():
            self.between(" ()", inline, look)
        elif tag == "q":
            self.between(_QUOTES, inline, look)
        elif tag == "abbr":
            self.abbreviation(inline, look)
        elif tag in INLINE:
            self.add(inline, self.look_of(tag, look))
        elif tag == "p":
            self.add(inline, look)
        else:
            self.setting.refuse(inline)
        if end is not None:
            self.parent.append(end)

    def look_of(self, tag: str, look: Look) -> Look:
        """Return the look of words within an inline element of a kind."""
        if tag in _EMPHASIS:
            return replace(look, is_bold=True)
        if tag in _CODE:
            return replace(look, style=look.style or "Code")
        if tag in _STRUCK:
            return replace(look, is_struck=True)
        return replace(look, shift=_SHIFTS.get(tag, look.shift))

    def mark(self, inline: HtmlElement) -> Any:
        """Begin a place that links can lead to, if the element is one; return its end."""
        if not (name := inline.get("id")):
            return None
        start, end = self.setting.open_mark(name)
        self.parent.append(start)
        return end

    def between(self, marks: str, inline: HtmlElement, look: Look) -> None:
        """Set an element's content between two marks, of which the last is a single character."""
        self.text(marks[:-1], look)
        self.add(inline, look)
        self.text(marks[-1], look)

    def abbreviation(self, inline: HtmlElement, look: Look) -> None:
        """Set an abbreviation; the first time with what it is short for, which Word cannot hide."""
        self.add(inline, look)
        meaning, short = inline.get("title", ""), plain(inline)
        if meaning and short not in self.setting.explained:
            self.setting.explained.add(short)
            self.text(f" ({meaning})", look)

    def text(self, text: str, look: Look) -> None:
        """Set words as a run, without the space that a browser would not show."""
        if look.keeps_space:
            for number, line in enumerate(text.strip("\n").split("\n")):
                if number:
                    self.line_break()
                self.run(line.replace("\t", "    ").replace(" ", "\u00a0"), look)
            return
        words = re.sub(r"[ \t\n\r\f]+", " ", text)
        if self.space:
            words = words.lstrip(" ")
        if words:
            self.space = words.endswith(" ")
            self.run(words, look)

    def run(self, words: str, look: Look) -> None:
        """Set words as they are."""
        run = element("w:r")
        looks = element("w:rPr")
        if look.style in self.setting.styles:
            looks.append(element("w:rStyle", w_val=self.setting.styles[look.style].style_id))
        if look.is_bold:
            looks.append(element("w:b"))
            looks.append(element("w:bCs"))
        if look.is_struck:
            looks.append(element("w:strike"))
        if look.shift:
            looks.append(element("w:vertAlign", w_val=look.shift))
        if look.language:
            looks.extend(self.direction(look.language))
            looks.append(language_mark(look.language))
        if len(looks):
            run.append(looks)
        run.add_t(words)
        self.parent.append(run)

    def direction(self, language: str) -> list[Any]:
        """Return the mark of words that run the other way than the document's."""
        if is_rtl(language) == is_rtl(self.setting.language):
            return []
        return [element("w:rtl", w_val=int(is_rtl(language)))]

    def line_break(self) -> None:
        """Begin a new line in the same paragraph."""
        self._sign("w:br")

    def tab(self) -> None:
        """Move to the next tab stop."""
        self._sign("w:tab")

    def _sign(self, tag: str) -> None:
        run = element("w:r")
        run.append(element(tag))
        self.parent.append(run)
        self.space = True

    def link(self, anchor: HtmlElement, look: Look) -> None:
        """Set a link to an address, or to a place in the document."""
        target = anchor.get("href")
        link = element("w:hyperlink", w_history=1)
        if target.startswith("#"):
            link.set(qn("w:anchor"), bookmark(unquote(target[1:])))
        else:
            part = self.setting.word.part
            relation = part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), relation)
        outer, self.parent = self.parent, link
        outer.append(link)
        self.add(anchor, replace(look, style="Hyperlink"))
        self.parent = outer

    def picture(self, image: HtmlElement) -> None:
        """Set a picture in the line, within the link where it is one."""
        run = add_picture(self.setting, self.paragraph, image, self.width)
        if run is not None:
            self.parent.append(run)
            self.space = False
