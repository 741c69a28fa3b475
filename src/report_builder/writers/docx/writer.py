"""Semantic HTML as a Word document, set in the styles of a reference document."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.shared import Emu
from lxml.html import HtmlElement

from report_builder.checks.html import parse_html
from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.templating.resources import Resources
from report_builder.writers.docx.ooxml import element, same_bytes
from report_builder.writers.docx.runs import INLINE, Runs, Setting, bookmark, plain
from report_builder.writers.pdf.tables import Grid

_CONTAINERS = {"main", "section", "article", "header", "footer", "div", "aside", "nav", "address"}
# Word files go three levels deep; what stands lower in HTML is set as the lowest of them.
_HEADINGS = {f"h{level}": f"Heading {min(level, 3)}" for level in range(1, 7)}
STYLES = {
    *("Normal", "Heading 1", "Heading 2", "Heading 3", "List Bullet", "List Number", "Meta"),
    *("Caption", "Picture", "Quotation", "Table Heading", "Table Text", "Council Table"),
    *("Hyperlink", "Key Message", "Lead In"),
}
"""The styles that every reference document must have; classes may name others."""

_TEXTS = {"p": "Normal", "figcaption": "Caption", "caption": "Caption", "pre": "Normal"}
_DEEPEST = 2  # lists have three levels, counted from 0
_UNDATED = dt.datetime(2000, 1, 1)  # a document says no zone


def write_docx(
    html: str, template: str, reference: Path, resources: Resources, header: str = ""
) -> bytes:
    """Return the Word file of a document. The same document gives the same bytes.

    A class names a style: ``class="key-message"`` is set in *Key Message* where the reference
    document has it. An element that Word has no equivalent for is a problem. ``header`` stands
    at the head of each page in place of the reference document's words.
    """
    writer = Writer(parse_html(html), template, reference, resources)
    if header:
        writer.head_pages(header)
    return writer.document()


def open_reference(path: Path) -> Any:
    """Return the reference document, or raise a problem if it cannot serve as one."""
    position = Position(path.as_posix())
    try:
        word = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as reason:
        message = "The reference document is not a Word file (.docx), or it is damaged."
        hint = "Save it again in Word as “Word Document (*.docx)”."
        raise failure("word-reference", position, message, hint) from reason
    missing = STYLES - {style.name for style in word.styles}
    if missing:
        message = f"The reference document lacks styles: {', '.join(sorted(missing))}."
        hint = "Make styles of these names in Word, or copy them from the shipped briefing.docx."
        raise failure("word-reference", position, message, hint)
    return word


class Writer:
    """One document being set: walks its blocks, and keeps the problems that it meets."""

    def __init__(
        self, root: HtmlElement, template: str, reference: Path, resources: Resources
    ) -> None:
        self.root = root
        self.word = open_reference(reference)
        self.body = self.word.element.body
        for child in list(self.body):  # the specimen text; sectPr holds paper and margins
            if child.tag != qn("w:sectPr"):
                self.body.remove(child)
        self.styles = {style.name: style for style in self.word.styles}
        self.setting = Setting(self.word, template, resources)

    def document(self) -> bytes:
        """Return the finished file, or raise its problems."""
        self.properties()
        self.blocks(self.root.find("body"))
        if self.setting.problems:
            raise ReportBuilderError(self.setting.problems)
        stream = io.BytesIO()
        self.word.save(stream)
        return same_bytes(stream.getvalue())

    def head_pages(self, words: str) -> None:
        """Put words at the head of each page."""
        for section in self.word.sections:
            runs = section.header.paragraphs[0].runs
            for run in runs[1:]:
                run.text = ""
            runs[0].text = words

    def properties(self) -> None:
        """Take title, language, author, subject and date from the document's head."""
        head = {meta.get("name"): meta.get("content", "") for meta in self.root.iter("meta")}
        language = self.root.get("lang", "")
        core = self.word.core_properties
        core.title = self.root.findtext("head/title") or ""
        core.language = language
        core.author = core.last_modified_by = head.get("author", "")
        core.subject = head.get("description", "")
        core.keywords = core.comments = ""
        core.revision = 1
        date = re.fullmatch(r"\d{4}-\d\d-\d\d", head.get("dcterms.created", ""))
        core.created = core.modified = dt.datetime.fromisoformat(date[0]) if date else _UNDATED
        for defaults in self.word.styles.element.iter(qn("w:docDefaults")):
            for marked in defaults.iter(qn("w:lang")):
                marked.set(qn("w:val"), language)
            if self.root.get("dir") == "rtl":
                self.from_right_to_left(defaults, language)

    def from_right_to_left(self, defaults: Any, language: str) -> None:
        """Let all text run from right to left where nothing else is said."""
        for marked in defaults.iter(qn("w:lang")):
            marked.set(qn("w:bidi"), language)
            marked.addprevious(element("w:rtl"))
        for looks in defaults.iter(qn("w:pPr")):
            looks.insert(0, element("w:bidi"))

    # Blocks

    def blocks(self, parent: HtmlElement, first: Any = None, level: int = -1) -> None:
        """Set an element's content: each run of text as a paragraph, each block by its kind.

        ``first`` is a paragraph that waits for the first text, that of a list item; ``level``
        is how deep the list is that the content stands in.
        """
        loose: list[HtmlElement | str] = [parent.text or ""]
        for child in parent.iterchildren():
            if not isinstance(child.tag, str) or child.tag in INLINE:
                loose += (
                    [child, child.tail or ""] if isinstance(child.tag, str) else [child.tail or ""]
                )
                continue
            first = self.loose_paragraph(loose, first)
            if first is not None and child.tag == "p":
                Runs(self.setting, first).add(child)
                first = None
                loose = [child.tail or ""]
                continue
            if first is not None:  # an item that begins with a block has no text of its own
                self.body.remove(first._p)
                first = None
            if child.tag in ("ul", "ol"):
                self.set_list(child, level + 1)
            else:
                self.block(child)
            loose = [child.tail or ""]
        self.loose_paragraph(loose, first)

    def loose_paragraph(self, parts: list[HtmlElement | str], first: Any = None) -> Any:
        """Set text that stands between blocks, if there is any, as a paragraph.

        Return the paragraph that still waits for text, if there is one.
        """
        if not any(not isinstance(part, str) or part.strip() for part in parts):
            return first
        paragraph = self.paragraph("Normal") if first is None else first
        Runs(self.setting, paragraph).add_parts(parts)
        return None

    def block(self, block: HtmlElement) -> None:
        """Set one block by its kind."""
        tag = block.tag
        if tag in _CONTAINERS:
            self.blocks(block)
        elif tag in _HEADINGS:
            self.text(block, _HEADINGS[tag])
        elif tag in _TEXTS:
            self.text(block, _TEXTS[tag])
        elif tag == "blockquote":
            self.quotation(block)
        elif tag in ("ul", "ol"):
            self.set_list(block, level=0)
        elif tag == "dl":
            self.terms(block)
        elif tag == "table":
            self.table(block)
        elif tag == "figure":
            self.figure(block)
        else:
            self.setting.refuse(block)

    def quotation(self, block: HtmlElement) -> None:
        """Set a quotation's paragraphs in its style."""
        paragraphs = block.findall("p")
        for part in paragraphs or [block]:
            self.text(part, "Quotation")
        for other in block.iterchildren():
            if paragraphs and other.tag != "p":
                self.block(other)

    def text(self, block: HtmlElement, default: str) -> None:
        """Set a block of text as a paragraph; links can lead to it by its id."""
        paragraph = self.paragraph(self.style_of(block, default))
        Runs(self.setting, paragraph).add(block)
        if name := block.get("id"):
            self.setting.bookmarks += 1
            number = self.setting.bookmarks
            start = element("w:bookmarkStart", w_id=number, w_name=bookmark(name))
            paragraph._p.insert_element_before(start, "w:r", "w:hyperlink")
            paragraph._p.append(element("w:bookmarkEnd", w_id=number))

    def paragraph(self, style: str) -> Any:
        """Return a new paragraph in a style."""
        return self.word.add_paragraph(style=self.styles[style])

    def style_of(
        self, block: HtmlElement, default: str, kind: WD_STYLE_TYPE = WD_STYLE_TYPE.PARAGRAPH
    ) -> str:
        """Return the style of a kind that a class of the element names, else the default."""
        for name in block.classes:
            style = self.styles.get(name.replace("-", " ").title())
            if style is not None and style.type == kind:
                return str(style.name)
        return default

    def set_list(self, block: HtmlElement, level: int) -> None:
        """Set a list in the style of its kind; every numbered list starts anew."""
        style = "List Number" if block.tag == "ol" else self.style_of(block, "List Bullet")
        number = self.numbering_of(style)
        if number is None:  # the class names a style that is no list's
            style = "List Bullet"
            number = self.numbering_of(style)
        if block.tag == "ol":
            start = block.get("start", "1")
            number = self.new_numbering(style, level, int(start) if start.isdecimal() else 1)
        for item in block.iterchildren("li"):
            paragraph = self.paragraph(style)
            if level or block.tag == "ol":
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = min(level, _DEEPEST)
                properties.get_or_add_numId().val = number
            self.blocks(item, paragraph, level)
        for other in block.iterchildren():
            if isinstance(other.tag, str) and other.tag != "li":
                self.setting.refuse(other)

    def numbering_of(self, style: str) -> int | None:
        """Return the list that paragraphs of a style belong to, if they do to any."""
        found = self.styles[style].element.find(f".//{qn('w:numId')}")
        return None if found is None else int(found.val)

    def new_numbering(self, style: str, level: int, start: int) -> int:
        """Return a new list like the style's, counting from ``start`` at a level."""
        numbering = self.word.part.numbering_part.element
        own = numbering.num_having_numId(self.numbering_of(style))
        number = numbering.add_num(own.abstractNumId.val)
        number.add_lvlOverride(ilvl=min(level, _DEEPEST)).add_startOverride(start)
        return int(number.numId)

    def terms(self, block: HtmlElement) -> None:
        """Set each term and its descriptions on a line: the term bold, then a tab."""
        style = self.style_of(block, "Meta")
        runs = None
        for part in block.iter("dt", "dd"):
            if part.tag == "dt" or runs is None:
                runs = Runs(self.setting, self.paragraph(style))
            if part.tag == "dd":
                runs.tab()
            runs.add(part, bold=part.tag == "dt")

    def figure(self, block: HtmlElement) -> None:
        """Set a picture and what stands with it."""
        for child in block.iterchildren():
            if child.tag == "img":
                paragraph = self.paragraph(self.style_of(block, "Picture"))
                Runs(self.setting, paragraph).picture(child)
            elif isinstance(child.tag, str):
                self.block(child)

    def table(self, block: HtmlElement) -> None:
        """Set a table whose heading row repeats, and whose rows do not break across pages."""
        rows = self.rows_of(block)
        if not any(rows) or block.find(".//table") is not None:
            self.setting.refuse(block, "A table in Word needs cells, and no table within them.")
            return
        heads = len(list(block.iterfind("thead/tr")))
        columns = max(len(row) for row in rows)
        caption = block.find("caption")
        if caption is not None:
            self.text(caption, "Caption")
        table = self.word.add_table(rows=0, cols=columns)
        table.style = self.styles[self.style_of(block, "Council Table", WD_STYLE_TYPE.TABLE)]
        table.autofit = False
        widths = self.column_widths(rows)
        for number, row in enumerate(rows):
            set_row = table.add_row()
            properties = set_row._tr.get_or_add_trPr()
            properties.append(element("w:cantSplit"))
            if number < heads:
                properties.append(element("w:tblHeader"))
            for cell, width, target in zip(row, widths, set_row.cells, strict=False):
                target.width = width
                paragraph = target.paragraphs[0]
                head = number < heads or cell.tag == "th"
                paragraph.style = self.styles["Table Heading" if head else "Table Text"]
                paragraph.paragraph_format.keep_with_next = number < len(rows) - 1 or None
                Runs(self.setting, paragraph).add(cell)
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        self.describe_table(table._tbl.tblPr, caption, rows[0])

    def rows_of(self, table: HtmlElement) -> list[list[HtmlElement]]:
        """Return a table's cells row by row; one that spans several places stands in each.

        Merged cells confuse those who listen; the words are true of every place that they cover.
        """
        grid = Grid(table, lambda element: element.getparent())
        width = max((column for column, _ in grid.places), default=-1) + 1
        found = [[grid.places.get((x, y)) for x in range(width)] for y in range(len(grid.rows))]
        return [[cell.element for cell in row if cell is not None] for row in found]

    def describe_table(
        self, properties: Any, caption: HtmlElement | None, heads: list[HtmlElement]
    ) -> None:
        """Give a table its name and its columns' names for screen readers."""
        look = properties.find(qn("w:tblLook"))
        for name, value in {"firstRow": 1, "firstColumn": 0, "noHBand": 1, "noVBand": 1}.items():
            look.set(qn(f"w:{name}"), str(value))
        look.set(qn("w:val"), "0620")
        names = ", ".join(plain(head) for head in heads)
        title = plain(caption) if caption is not None else names
        described = element("w:tblDescription", w_val=f"Columns: {names}.")
        look.addnext(described)
        look.addnext(element("w:tblCaption", w_val=title))

    def column_widths(self, rows: list[list[HtmlElement]]) -> list[Emu]:
        """Share the text's width among columns by the length of what they hold."""
        columns = max(len(row) for row in rows)
        lengths = [
            min(max(max(len(plain(row[i])) for row in rows if i < len(row)), 18), 60)
            for i in range(columns)
        ]
        return [Emu(self.setting.text_width * length // sum(lengths)) for length in lengths]
