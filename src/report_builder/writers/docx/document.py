"""Semantic HTML as a Word document, set in the styles of a reference document."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from docx.oxml.ns import qn
from lxml.html import HtmlElement

from report_builder.checks.reference import LISTS
from report_builder.html.document import Document, source_of, whole_source_of
from report_builder.problems import Position, ReportBuilderError
from report_builder.readback.extent import Extent
from report_builder.templating.resources import Resources
from report_builder.writers.docx.colours import recolour
from report_builder.writers.docx.furniture import set_furniture
from report_builder.writers.docx.lists import Lists, whole
from report_builder.writers.docx.ooxml import element, field, insert, language_mark, same_bytes
from report_builder.writers.docx.reference import open_reference
from report_builder.writers.docx.runs import INLINE, Runs
from report_builder.writers.docx.setting import (
    Place,
    Setting,
    has_break_before,
    is_rtl,
    language_of,
)
from report_builder.writers.docx.tables import set_table

_CONTAINERS = {"main", "section", "article", "header", "footer", "div", "aside", "nav", "address"}
_CONTAINERS |= {"details", "figure", "hgroup", "search", "body"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TEXTS = {"figcaption": "Caption", "caption": "Caption", "pre": "Code Block", "summary": "Lead In"}
_UNSAID = {"script", "style", "template"}
_LISTED = "contents-range"  # the bookmark around the headings that the contents list
_CONTENTS = r'TOC \b {} \o "{}-{}" \n \h \z \u'
_LONGEST_PROPERTY = 255
_UNDATED = dt.datetime(2000, 1, 1)  # a document says no zone


@dataclass(frozen=True)
class WordDocument:
    """A finished Word file, how long it is, and where its paragraphs came from, in their order.

    ``reference`` is where its styles came from.
    """

    content: bytes
    extent: Extent
    sources: tuple[Position, ...]
    reference: Position


def write_docx(
    document: Document, reference: Path, resources: Resources, *, is_own: bool = True
) -> WordDocument:
    """Return the Word file of a document. The same document gives the same bytes.

    A class names a style: ``class="key-message"`` is set in *Key Message* where the reference
    document has it. An element that Word has no equivalent for is a problem. Unless the
    reference document is the document's own, the template says what stands at the head of pages.
    """
    writer = Writer(document, reference, resources)
    content = writer.document(is_own=is_own)
    word, known = writer.word, writer.setting.sources
    sources = (known.get(p, Position(document.path)) for p in writer.body.iter(qn("w:p")))
    extent = Extent(word.element, word.styles.element, writer.setting.wholes)
    return WordDocument(content, extent, tuple(sources), Position(reference.as_posix()))


class Writer:
    """One document being set: walks its blocks, and keeps the problems that it meets."""

    def __init__(self, document: Document, reference: Path, resources: Resources) -> None:
        self.root = document.root
        self.word = open_reference(reference)
        recolour(self.word, resources.theme.colours)
        self.body = self.word.element.body
        for child in list(self.body):  # the specimen text; sectPr holds paper and margins
            if child.tag != qn("w:sectPr"):
                self.body.remove(child)
        self.setting = Setting(self.word, document.path, resources, self.root.get("lang", ""))
        self.lists = Lists(self.setting)
        self.listed: list[str] = []

    def document(self, *, is_own: bool) -> bytes:
        """Return the finished file, or raise its problems."""
        head = {meta.get("name"): meta.get("content", "") for meta in self.root.iter("meta")}
        set_furniture(self.setting, head, is_own=is_own)
        self.properties(head)
        self.blocks(self.root.find("body"), Place(self.word, self.setting.text_width))
        if self.listed and not self.setting.problems:
            self.mark_listed()
        if self.setting.problems:
            raise ReportBuilderError(self.setting.problems)
        stream = io.BytesIO()
        self.word.save(stream)
        return same_bytes(stream.getvalue())

    def properties(self, head: dict[str | None, str]) -> None:
        """Take title, language, author, subject and date from the document's head."""
        language = self.setting.language
        core = self.word.core_properties
        core.title = _property(self.root.findtext("head/title") or "")
        core.language = language
        core.author = core.last_modified_by = _property(head.get("author", ""))
        core.subject = _property(head.get("description", ""))
        core.keywords = core.comments = ""
        core.revision = 1
        date = re.fullmatch(r"\d{4}-\d\d-\d\d", head.get("dcterms.created", ""))
        core.created = core.modified = dt.datetime.fromisoformat(date[0]) if date else _UNDATED
        for defaults in self.word.styles.element.iter(qn("w:docDefaults")):
            for marked in list(defaults.iter(qn("w:lang"))):
                marked.getparent().replace(marked, language_mark(language))
            if is_rtl(language):
                self.from_right_to_left(defaults)

    def from_right_to_left(self, defaults: Any) -> None:
        """Let all text run from right to left where nothing else is said."""
        for marked in defaults.iter(qn("w:lang")):
            marked.addprevious(element("w:rtl"))
        for looks in defaults.iter(qn("w:pPr")):
            looks.insert(0, element("w:bidi"))

    # Blocks

    def blocks(self, parent: HtmlElement, place: Place, first: Any = None) -> None:
        """Set an element's content: each run of text as a paragraph, each block by its kind.

        ``first`` is a paragraph that waits for the first text, that of a list's item or a cell.
        The further paragraphs of an item are lines of it: others would end the list.
        """
        runs = None if first is None else Runs(self.setting, first, parent, place.width)
        begun = False
        for part in _parts(parent):
            is_text = isinstance(part, list) or part.tag == "p"
            if runs is not None and is_text and (place.level >= 0 or not begun):
                if begun:
                    runs.line_break()
                runs.add_parts(part) if isinstance(part, list) else runs.inline(part, runs.look)
                begun = True
                continue
            if runs is not None and not begun:
                first._p.getparent().remove(first._p)  # a block stands in its stead
            runs = None
            if isinstance(part, list):
                paragraph = self.paragraph(place, place.text, parent)
                Runs(self.setting, paragraph, parent, place.width).add_parts(part)
            else:
                self.block(part, place)

    def block(self, block: HtmlElement, place: Place) -> None:
        """Set one block by its kind."""
        tag = block.tag
        self.note(block)
        if has_break_before(block):
            self.setting.waiting.append(element("w:pageBreakBefore"))
        if tag in _HEADINGS:
            # Whatever its class: screen readers move from heading to heading.
            self.text(block, place, self.heading(_HEADINGS[tag]))
        elif tag == "p" or tag in _TEXTS:
            style = self.setting.style_of(block, _TEXTS.get(tag, place.text))
            self.text(block, place, style)
        elif tag == "nav" and block.get("role") == "doc-toc":
            self.contents(block, place)
        elif tag == "blockquote":
            self.blocks(block, replace(place, text=self.setting.style_of(block, "Quotation")))
        elif tag == "figure":
            self.blocks(block, replace(place, text=self.setting.style_of(block, "Picture")))
        elif tag in ("ul", "ol", "menu"):
            self.set_list(block, place)
        elif tag == "dl":
            self.terms(block, place)
        elif tag == "table":
            if (caption := block.find("caption")) is not None:
                self.text(caption, place, "Caption")
            set_table(self.setting, block, place, self.fill)
        elif tag == "hr":
            rule = element("w:pBdr")
            rule.append(element("w:top", w_val="single", w_sz=4, w_space=6, w_color="auto"))
            self.setting.waiting.append(rule)
        elif tag in _CONTAINERS:
            self.blocks(block, replace(place, text=self.setting.style_of(block, place.text)))
        else:
            self.setting.refuse(block)

    def fill(self, cell: HtmlElement, place: Place) -> None:
        """Set what a table's cell holds; a cell that holds nothing keeps its empty paragraph."""
        first = place.parent.paragraphs[0]
        self.note(cell)
        self.dress(first, cell)
        self.blocks(cell, place, first)
        if not place.parent.paragraphs:
            place.parent.add_paragraph(style=first.style)

    def text(self, block: HtmlElement, place: Place, style: str) -> None:
        """Set a block of text as a paragraph in a style."""
        paragraph = self.paragraph(place, style, block)
        Runs(self.setting, paragraph, block, place.width).add(block)

    def paragraph(self, place: Place, style: str, block: HtmlElement) -> Any:
        """Return a new paragraph in a style, or in plain text where there is no such style."""
        if place.level >= 0 and style == "Normal":
            style = "List Continue"
        known = self.setting.styles.get(style, self.setting.styles["Normal"])
        paragraph = place.parent.add_paragraph(style=known)
        if place.level >= 0 and style in ("List Continue", "Code Block"):
            insert(paragraph._p.get_or_add_pPr(), self.lists.indent(place.number, place.level))
        if block.tag == "figure" and block.find("figcaption") is not None:
            paragraph.paragraph_format.keep_with_next = block[0].tag != "figcaption"
        elif block.tag == "figure" and _tag_after(block) == "table":  # which says it in numbers
            paragraph.paragraph_format.keep_with_next = True
        self.dress(paragraph, block)
        return paragraph

    def note(self, block: HtmlElement) -> None:
        """Let links to an element's id lead to the paragraph that is set next."""
        if name := block.get("id"):
            self.setting.names.append(name)

    def dress(self, paragraph: Any, block: HtmlElement) -> None:
        """Note where a paragraph came from, and give it what waits for it and its direction."""
        setting, own = self.setting, paragraph._p
        setting.sources[own] = source_of(block, setting.template)
        setting.wholes[own] = whole_source_of(block, setting.template)
        for name in setting.names:
            setting.places[name] = own
            for mark in setting.open_mark(name):
                own.append(mark)
        from_right = is_rtl(language_of(block))
        if from_right != is_rtl(setting.language):
            setting.waiting.append(element("w:bidi", w_val=int(from_right)))
        for property_ in setting.waiting:
            insert(own.get_or_add_pPr(), property_)
        setting.names.clear()
        setting.waiting.clear()

    def heading(self, level: int) -> str:
        """Return the style of a heading, or of the lowest that the reference document has."""
        names = (f"Heading {number}" for number in range(level, 0, -1))
        return next(name for name in names if name in self.setting.styles)

    def contents(self, block: HtmlElement, place: Place) -> None:
        """Set a list of contents as a field without page numbers, which cannot become untrue.

        Word fills it anew from the headings of the same levels between the first and the last
        that it names. Where it names others than headings it is set as the list that it is.
        """
        links = block.xpath(".//li/a[starts-with(@href, '#')]")
        named = [self.root.get_element_by_id(unquote(a.get("href")[1:]), None) for a in links]
        levels = [_HEADINGS[h.tag] for h in named if h is not None and h.tag in _HEADINGS]
        if not levels or len(levels) != len(block.findall(".//li")):
            self.blocks(block, place)
            return
        for child in block.iterchildren():
            if child.tag not in ("ul", "ol"):
                self.block(child, place)
        self.listed = [there.get("id") for there in named]
        code = _CONTENTS.format(_LISTED, min(levels), max(levels))
        begin, instruction, separate, _, end = field(code, "")
        for number, (link, level) in enumerate(zip(links, levels, strict=True)):
            paragraph = self.paragraph(place, f"toc {level}", link)
            for run in (begin, instruction, separate) if number == 0 else ():
                paragraph._p.append(run)
            Runs(self.setting, paragraph, block, place.width).add_parts([link])
        paragraph._p.append(end)
        self.end_list(place)

    def mark_listed(self) -> None:
        """Mark the part of the document whose headings the contents list."""
        start, end = self.setting.open_mark(_LISTED)
        paragraphs = [self.setting.places[name] for name in self.listed]
        in_order = [p for p in self.body.iter(qn("w:p")) if p in paragraphs]
        in_order[0].insert_element_before(start, "w:bookmarkStart", "w:r", "w:hyperlink")
        in_order[-1].append(end)

    def set_list(self, block: HtmlElement, place: Place) -> None:
        """Set a list in the style of its kind; every numbered list starts anew."""
        level, lists = place.level + 1, self.lists
        if level > lists.deepest(block):
            self.setting.refuse(block, f"Lists go {level} levels deep in Word.", "Use a table.")
            return
        style = lists.style_of(block)
        number = lists.number(block, level, place.number)
        for item in block.iterchildren():
            if not isinstance(item.tag, str) or item.tag in _UNSAID:
                continue
            if item.tag != "li" or "reversed" in block.attrib:
                self.setting.refuse(item)
                continue
            if block.tag == "ol" and (value := whole(item.get("value"), -1)) >= 0:
                number = lists.anew(block, level, value)
            self.note(item)
            paragraph = self.paragraph(place, style, item)
            if level or number != lists.of_style(style):
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = level
                properties.get_or_add_numId().val = number
            self.blocks(item, replace(place, level=level, number=number, text="Normal"), paragraph)
        if level == 0 and style in LISTS:
            self.end_list(place)

    def end_list(self, place: Place) -> None:
        """Let as much room follow a list as follows plain text."""
        for last in place.parent.paragraphs[-1:]:
            last.paragraph_format.space_after = self.setting.styles[
                place.text
            ].paragraph_format.space_after

    def terms(self, block: HtmlElement, place: Place) -> None:
        """Set each term and its descriptions on a line: the term bold, then a tab."""
        style = self.setting.style_of(block, "Meta")
        runs, described = None, False
        for part in block.xpath("./dt | ./dd | ./div/dt | ./div/dd"):
            self.note(part)
            if part.tag == "dd" and any(
                isinstance(p, HtmlElement) and p.tag != "p" for p in _parts(part)
            ):
                self.blocks(part, place)  # more than a line has room for
                runs = None
                continue
            if part.tag == "dt" or runs is None:
                runs = Runs(self.setting, self.paragraph(place, style, part), part, place.width)
                described = False
            if part.tag == "dt":
                runs.add(part, replace(runs.look, is_bold=True))
                continue
            if described:
                runs.line_break()
            else:
                runs.tab()
            runs.add(part)
            described = True


def _parts(parent: HtmlElement) -> Iterator[HtmlElement | list[HtmlElement | str]]:
    """Yield an element's blocks, and the text between them where there is any."""
    loose: list[HtmlElement | str] = [parent.text or ""]
    for child in parent.iterchildren():
        if child.tag in _UNSAID or "hidden" in child.attrib:
            pass
        elif isinstance(child.tag, str) and child.tag not in INLINE:
            if _says(loose):
                yield loose
            yield child
            loose = []
        elif isinstance(child.tag, str):
            loose.append(child)
        loose.append(child.tail or "")
    if _says(loose):
        yield loose


def _tag_after(block: HtmlElement) -> object:
    following = block.getnext()
    return None if following is None else following.tag


def _says(parts: list[HtmlElement | str]) -> bool:
    return any(not isinstance(part, str) or part.strip() for part in parts)


def _property(text: str) -> str:
    """Return what a file says of itself, as long as Office takes it."""
    return text if len(text) <= _LONGEST_PROPERTY else f"{text[: _LONGEST_PROPERTY - 1]}…"
