"""Semantic HTML as a Word document, set in the styles of a reference document."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from lxml.html import HtmlElement

from report_builder.checks.html import parse_html, source_of
from report_builder.problems import Problem, ReportBuilderError, error
from report_builder.templating.resources import NotAllowedError, Resources
from report_builder.writers.docx.ooxml import describe_picture, element, same_bytes
from report_builder.writers.pictures import as_png

_CONTAINERS = {"main", "section", "article", "header", "footer", "div", "aside", "nav", "address"}
_HEADINGS = {f"h{level}": f"Heading {level}" for level in range(1, 7)}
_INLINE = {"a", "abbr", "b", "br", "cite", "code", "em", "i", "q", "small", "span", "strong", "time"}
_BOLD = {"b", "strong", "em", "i"}  # house style: weight, never italics, marks what matters
_UNDATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001  # a document says no zone


def write_docx(html: str, template: str, reference: Path, resources: Resources) -> bytes:
    """Return the Word file of a document. The same document gives the same bytes.

    A class names a style: ``class="key-message"`` is set in *Key Message* where the reference
    document has it. An element that Word has no equivalent for is a problem.
    """
    return _Writer(parse_html(html), template, reference, resources).document()


class _Writer:
    def __init__(
        self, root: HtmlElement, template: str, reference: Path, resources: Resources
    ) -> None:
        self.root, self.template, self.resources = root, template, resources
        self.word = docx.Document(str(reference))
        self.body = self.word.element.body
        for child in list(self.body):  # the specimen text; sectPr holds paper and margins
            if child.tag != qn("w:sectPr"):
                self.body.remove(child)
        self.styles = {style.name: style for style in self.word.styles}
        self.problems: list[Problem] = []
        self.pictures = 0

    def document(self) -> bytes:
        self.properties()
        self.blocks(self.root.find("body"))
        if self.problems:
            raise ReportBuilderError(self.problems)
        stream = io.BytesIO()
        self.word.save(stream)
        return same_bytes(stream.getvalue())

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
        date = head.get("dcterms.created")
        core.created = core.modified = dt.datetime.fromisoformat(date) if date else _UNDATED
        for defaults in self.word.styles.element.iter(qn("w:docDefaults")):
            for marked in defaults.iter(qn("w:lang")):
                marked.set(qn("w:val"), language)

    # Blocks

    def blocks(self, parent: HtmlElement) -> None:
        """Set every block in an element; text between blocks becomes a paragraph."""
        loose: list[HtmlElement | str] = [parent.text or ""]
        for child in parent.iterchildren():
            if isinstance(child.tag, str) and child.tag not in _INLINE and child.tag != "img":
                self.loose_paragraph(loose)
                loose = []
                self.block(child)
            elif isinstance(child.tag, str):
                loose.append(child)
            loose.append(child.tail or "")
        self.loose_paragraph(loose)

    def loose_paragraph(self, parts: list[HtmlElement | str]) -> None:
        if any(not isinstance(part, str) or part.strip() for part in parts):
            _Runs(self, self.paragraph("Normal")).add_parts(parts)

    def block(self, block: HtmlElement) -> None:
        tag = block.tag
        if tag in _CONTAINERS:
            self.blocks(block)
        elif tag in _HEADINGS:
            self.text(block, _HEADINGS[tag])
        elif tag in ("p", "figcaption", "blockquote", "caption"):
            if tag == "blockquote" and block.find("p") is not None:
                self.blocks(block)
            else:
                style = {"p": "Normal", "blockquote": "Quotation"}.get(tag, "Caption")
                self.text(block, style)
        elif tag in ("ul", "ol"):
            self.list(block, level=0)
        elif tag == "dl":
            self.terms(block)
        elif tag == "table":
            self.table(block)
        elif tag == "figure":
            self.figure(block)
        else:
            self.refuse(block)

    def refuse(self, block: HtmlElement) -> None:
        self.problems.append(
            error(
                "word-element",
                source_of(block, self.template),
                f"Word has no equivalent of <{block.tag}>.",
                "Use headings, paragraphs, lists, tables and pictures in what becomes a Word file.",
            )
        )

    def text(self, block: HtmlElement, default: str) -> None:
        _Runs(self, self.paragraph(self.style_of(block, default))).add(block)

    def paragraph(self, style: str) -> Any:
        return self.word.add_paragraph(style=self.styles[style])

    def style_of(self, block: HtmlElement, default: str) -> str:
        """Return the paragraph style that a class of the element names, else the default."""
        for name in block.classes:
            style = self.styles.get(name.replace("-", " ").title())
            if style is not None and style.type == WD_STYLE_TYPE.PARAGRAPH:
                return str(style.name)
        return default

    def list(self, block: HtmlElement, level: int) -> None:
        """Set a list in the style of its kind; every numbered list starts anew."""
        default = "List Number" if block.tag == "ol" else "List Bullet"
        style = self.style_of(block, default)
        number = self.new_numbering(style, int(block.get("start", "1"))) if block.tag == "ol" else None
        for item in block.iterchildren("li"):
            paragraph = self.paragraph(style)
            if level or number is not None:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = level
                properties.get_or_add_numId().val = (
                    number if number is not None else self.numbering_of(style)
                )
            first = item.find("p")
            if first is not None and not (item.text or "").strip():
                _Runs(self, paragraph).add(first)
            else:
                first = None
                parts: list[HtmlElement | str] = [item.text or ""]
                for child in item.iterchildren():
                    if child.tag in _INLINE:
                        parts.append(child)
                    parts.append(child.tail or "")
                _Runs(self, paragraph).add_parts(parts)
            for child in item.iterchildren():
                if child.tag in ("ul", "ol"):
                    self.list(child, level + 1)
                elif child is not first and child.tag not in _INLINE:
                    self.block(child)

    def numbering_of(self, style: str) -> int:
        return int(self.styles[style].element.pPr.numPr.numId.val)

    def new_numbering(self, style: str, start: int) -> int:
        """Return a new list like the style's, counting from ``start``."""
        numbering = self.word.part.numbering_part.element
        own = numbering.num_having_numId(self.numbering_of(style))
        number = numbering.add_num(own.abstractNumId.val)
        number.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(number.numId)

    def terms(self, block: HtmlElement) -> None:
        """Set each term and its description on a line: the term bold, then a tab."""
        style = self.style_of(block, "Meta")
        rows = [child for child in block.iter("dt", "dd")]
        for term, description in zip(rows[::2], rows[1::2], strict=True):
            runs = _Runs(self, self.paragraph(style))
            runs.add(term, bold=True)
            runs.tab()
            runs.add(description)

    def figure(self, block: HtmlElement) -> None:
        for child in block.iterchildren():
            if child.tag == "img":
                paragraph = self.paragraph(self.style_of(block, "Picture"))
                _Runs(self, paragraph).picture(child)
            else:
                self.block(child)

    def table(self, block: HtmlElement) -> None:
        """Set a table whose heading row repeats, and whose rows do not break across pages."""
        rows = [list(row.iterchildren("th", "td")) for row in block.iter("tr")]
        heads = len(list(block.iterfind("thead/tr")))
        columns = max(len(row) for row in rows)
        caption = block.find("caption")
        if caption is not None:
            self.text(caption, "Caption")
        table = self.word.add_table(rows=0, cols=columns)
        table.style = self.styles[self.style_name_of_table(block)]
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
                _Runs(self, paragraph).add(cell)
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
            column.w = width
        self.describe_table(table._tbl.tblPr, caption, rows[0])

    def style_name_of_table(self, block: HtmlElement) -> str:
        for name in block.classes:
            style = self.styles.get(name.replace("-", " ").title())
            if style is not None and style.type == WD_STYLE_TYPE.TABLE:
                return str(style.name)
        return "Council Table"

    def describe_table(
        self, properties: Any, caption: HtmlElement | None, heads: list[HtmlElement]
    ) -> None:
        look = properties.find(qn("w:tblLook"))
        for name, value in {"firstRow": 1, "firstColumn": 0, "noHBand": 1, "noVBand": 1}.items():
            look.set(qn(f"w:{name}"), str(value))
        look.set(qn("w:val"), "0620")
        names = ", ".join(_plain(head) for head in heads)
        title = _plain(caption) if caption is not None else names
        described = element("w:tblDescription", w_val=f"Columns: {names}.")
        look.addnext(described)
        look.addnext(element("w:tblCaption", w_val=title))

    def column_widths(self, rows: list[list[HtmlElement]]) -> list[Emu]:
        """Share the text's width among columns by the length of what they hold."""
        columns = max(len(row) for row in rows)
        lengths = [
            min(max(max(len(_plain(row[i])) for row in rows if i < len(row)), 18), 60)
            for i in range(columns)
        ]
        return [Emu(self.text_width * length // sum(lengths)) for length in lengths]

    @property
    def text_width(self) -> int:
        section = self.word.sections[0]
        return int(section.page_width - section.left_margin - section.right_margin)


class _Runs:
    """Sets the text of one paragraph, white space collapsed as a browser does."""

    def __init__(self, writer: _Writer, paragraph: Any) -> None:
        self.writer, self.paragraph = writer, paragraph
        self.space = True  # whether what was set last ends in white space
        self.parent = paragraph._p
        self.pending = ""

    def add(self, inline: HtmlElement, **looks: Any) -> None:
        """Set an element's content; blocks within it (a cell's paragraphs) become lines."""
        parts: list[HtmlElement | str] = [inline.text or ""]
        for child in inline.iterchildren():
            parts += [child, child.tail or ""]
        self.add_parts(parts, **looks)

    def add_parts(self, parts: list[HtmlElement | str], **looks: Any) -> None:
        for part in parts:
            if isinstance(part, str):
                self.text(part, **looks)
            elif isinstance(part.tag, str):
                self.inline(part, looks)

    def inline(self, inline: HtmlElement, looks: dict[str, Any]) -> None:
        tag = inline.tag
        if language := inline.get("lang"):
            looks = {**looks, "language": language}
        if tag == "br":
            self.line_break()
        elif tag == "img":
            self.picture(inline)
        elif tag == "a" and inline.get("href"):
            self.link(inline, looks)
        elif tag in _BOLD:
            self.add(inline, **{**looks, "bold": True})
        elif tag in _INLINE:
            self.add(inline, **looks)
        elif tag == "p":
            if inline.getprevious() is not None:
                self.line_break()
            self.add(inline, **looks)
        else:
            self.writer.refuse(inline)

    def text(self, text: str, *, bold: bool = False, style: str = "", language: str = "") -> None:
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
        if language:
            looks.append(element("w:lang", w_val=language))
        if len(looks):
            run.append(looks)
        run.add_t(words)
        self.parent.append(run)

    def line_break(self) -> None:
        run = element("w:r")
        run.append(element("w:br"))
        self.parent.append(run)
        self.space = True

    def tab(self) -> None:
        run = element("w:r")
        run.append(element("w:tab"))
        self.parent.append(run)
        self.space = True

    def link(self, anchor: HtmlElement, looks: dict[str, Any]) -> None:
        target = anchor.get("href")
        link = element("w:hyperlink", w_history=1)
        if target.startswith("#"):
            link.set(qn("w:anchor"), target[1:])
        else:
            part = self.writer.word.part
            relation = part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), relation)
        self.parent.append(link)
        self.parent = link
        self.add(anchor, **{**looks, "style": "Hyperlink"})
        self.parent = self.paragraph._p

    def picture(self, image: HtmlElement) -> None:
        writer = self.writer
        try:
            content, media_type = writer.resources.read(image.get("src"))
        except (NotAllowedError, OSError) as reason:
            writer.problems.append(
                error("missing-file", source_of(image, writer.template), str(reason))
            )
            return
        fonts = writer.resources.theme.font_families
        png, width = as_png(content, media_type, Emu(writer.text_width).mm, fonts)
        drawing = self.paragraph.add_run().add_picture(io.BytesIO(png), width=Mm(width))._inline
        writer.pictures += 1
        describe_picture(drawing, writer.pictures, image.get("alt", ""))


def _plain(block: HtmlElement) -> str:
    return " ".join(block.text_content().split())
