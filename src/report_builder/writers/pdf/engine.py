"""Where we reach into WeasyPrint: it sets the pages, and we say what each piece of them is.

Everything here relies on how one release works inside. Beside it only `lines`, which mends where
lines break, and `tables.measuring`, which asks how wide tables are, do so.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from report_builder.drawings.importing import import_weasyprint
from report_builder.problems import Position, failure
from report_builder.writers.pdf.tagger import Artifacts, Fragment, Kind, Tagger
from report_builder.writers.pdf.tree import Annotation, Content, Tag, write_tree

KNOWN = "70.0"
"""The release of WeasyPrint that this module knows."""

_HYPHEN, _SOFT_HYPHEN = "-", "\xad"
_POINTS = 0.75  # in a CSS pixel
_PANGO_UNITS = 1000 / 1024
_MARKS = {"Mn", "Mc"}
# Scripts of South and South-East Asia, in which a vowel may be drawn before the letter it follows.
_REORDERED = re.compile("[\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")
_UNHEARD = "\u200b"
# PDF/A wants to be told what the property is by which a file says that it is PDF/UA.
_UA_IN_A = """
<rdf:Description rdf:about=""
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


@contextmanager
def our_tags(*, pdf2: bool) -> Iterator[None]:
    """Let WeasyPrint write our structure tree in place of its own, as long as this lasts."""
    import_weasyprint()
    import weasyprint
    from weasyprint import pdf as inside
    from weasyprint.draw import text as drawing

    hold_to_known(weasyprint.__version__)
    theirs, draw = inside.add_tags, drawing.draw_first_line

    def draw_exactly(stream: Any, box: Any, *others: Any) -> Any:
        _correct_offsets(box.pango_layout)
        drawn = draw(stream, _Visible(box) if box.text.isspace() else box, *others)
        if any(unicodedata.category(character) in _MARKS for character in box.text):
            for font in stream._fonts.values():
                _say_marks(font, box.text)
        return drawn

    inside.add_tags, drawing.draw_first_line = _Document.add_tags_for(pdf2), draw_exactly
    drawing.int = _thousandth  # in place of the built-in one, in that module alone
    try:
        yield
    finally:
        inside.add_tags, drawing.draw_first_line = theirs, draw
        del drawing.int


def hold_to_known(version: str) -> None:
    """Raise a problem where another release of WeasyPrint is installed."""
    if version != KNOWN:
        raise failure(
            "engine",
            Position("weasyprint"),
            f"WeasyPrint {version} is installed, and only {KNOWN} is known.",
            f"Run: pip install weasyprint=={KNOWN}",
        )


def _thousandth(value: float) -> Decimal:
    """Return a number with three decimals.

    WeasyPrint cuts the space between two letters to a whole thousandth of an em, which is a tenth
    of a millimetre a letter on a poster. Where it wants whole numbers, a decimal becomes one.
    """
    return Decimal(value).quantize(Decimal("0.001"))


def _say_marks(font: Any, text: str) -> None:
    """Let each glyph of a font say its own letter: a base and its mark, and not both the mark's.

    A glyph that no letter has by itself says nothing that is heard.
    """
    glyphs = _glyphs(font.file_content, font.index)
    for letter in set(text):
        number = glyphs.get(ord(letter))
        if number in font.to_unicode:
            font.to_unicode[number] = letter
    for number, said in font.to_unicode.items():
        font.to_unicode[number] = said or _UNHEARD


@lru_cache(maxsize=16)
def _glyphs(content: bytes, index: int) -> dict[int, int]:
    """Return the number of the glyph that a font has for each code point."""
    with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
        return {code: font.getGlyphID(name) for code, name in font.getBestCmap().items()}


def _correct_offsets(layout: Any) -> None:
    """Let WeasyPrint move letters as far as the font says: it takes 1024 of Pango's units for 1000.

    The line is asked for just as WeasyPrint is about to, so that it gets the same one.
    """
    from weasyprint.text.ffi import ffi, pango

    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    line, _ = layout.get_first_line()
    run = line.runs[0]
    while run != ffi.NULL:
        glyphs = run.data.glyphs
        for glyph in glyphs.glyphs[0 : glyphs.num_glyphs]:
            glyph.geometry.x_offset = round(glyph.geometry.x_offset * _PANGO_UNITS)
            glyph.geometry.y_offset = round(glyph.geometry.y_offset * _PANGO_UNITS)
        run = run.next


class _Visible:
    """A text box of spaces alone, which WeasyPrint would not draw: it keeps two words apart."""

    text = "spaces"

    def __init__(self, box: Any) -> None:
        self._box = box

    def __getattr__(self, name: str) -> Any:
        return getattr(self._box, name)


class _Document:
    """A document that WeasyPrint has painted, and the PDF that it is about to write."""

    def __init__(self, pdf: Any, document: Any, streams: list[Any]) -> None:
        self.pdf, self.document, self.streams = pdf, document, streams
        self.marks = self._marks()

    @classmethod
    def add_tags_for(cls, pdf2: bool) -> Callable[..., None]:
        """Return what WeasyPrint calls to tag a document."""

        def add_tags(pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
            painted = cls(pdf, document, streams)
            tagger = Tagger(painted.root(), pdf2=pdf2)
            for number in range(len(streams)):
                tagger.add_page(painted.fragments(number))
            painted.write(tagger.finish(), tagger.artifacts, pdf2)

        return add_tags

    def root(self) -> Any:
        """Return the document's ``html`` element."""
        boxes = self.document.pages[0]._page_box.children
        return next(box.element for box in boxes if box.element_tag == "html")

    def fragments(self, number: int) -> list[Fragment]:
        """Return what stands on a page, in the order of its boxes."""
        return [
            self._fragment(box, number) for box in self.document.pages[number]._page_box.children
        ]

    def write(self, tree: Tag, artifacts: Artifacts, pdf2: bool) -> None:
        """Write the structure tree, and mark as artifacts what is not in it."""
        for content, kind in artifacts.contents:
            self._make_artifact(content.page, content.mcid, kind)
        used = {(k.page, k.mcid) for tag in tree.walk() for k in tag.kids if isinstance(k, Content)}
        for page, marks in enumerate(self.marks):
            for mcid in [mcid for mcid in marks if (page, mcid) not in used]:
                self._make_artifact(page, mcid, "")
        for annotation in artifacts.links:
            self._page(annotation.page)["Annots"].remove(annotation.dictionary.reference)
        written = write_tree(tree, self.pdf, self.pdf.page_references, pdf2=pdf2)
        self.pdf.catalog["PageLabels"] = pydyf.Dictionary(
            {"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])}
        )
        if pdf2:
            self._lead_to_elements(tree, written)
        else:
            self._say_both_standards()

    def _marks(self) -> list[dict[int, tuple[Any, int]]]:
        """Return for each page the stream and the place of each piece of marked content.

        A page and the groups that it draws number their pieces together.
        """
        found: list[dict[int, tuple[Any, int]]] = [{} for _ in self.streams]
        pages = {id(stream._tags): number for number, stream in enumerate(self.streams)}
        for stream in self.pdf.objects:
            page = pages.get(id(getattr(stream, "_tags", None)))
            if page is None:
                continue
            for place, part in enumerate(stream.stream):
                if part == b"BDC" and isinstance(stream.stream[place - 1], dict):
                    mcid = stream.stream[place - 1].get("MCID")
                    if mcid is not None:
                        found[page][mcid] = (stream, place)
        return found

    def _fragment(self, box: Any, page: int) -> Fragment:
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        content = None
        stream = self.streams[page]
        if marked := stream._tags.pop(box, None):
            where, place = self.marks[page][marked["mcid"]]
            if (words := _words_if_other(box)) is not None:
                where.stream[place - 1]["ActualText"] = pydyf.String(words)
            content = Content(page, marked["mcid"], None if where is stream else where)
        return Fragment(
            kind=_kind(box),
            page=page,
            element=box.element,
            part=box.element_tag or "",
            content=content,
            link=Annotation(page, box.link_annotation) if box.link_annotation else None,
            bounds=self._bounds(box, page) if content else None,
            list_style=_list_style(box),
            children=[self._fragment(child, page) for child in getattr(box, "children", ())],
        )

    def _bounds(self, box: Any, page: int) -> tuple[float, float, float, float] | None:
        if _kind(box) is not Kind.PICTURE:
            return None
        height = self.document.pages[page].height
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, height - top - box.height, left + box.width, height - top)
        x0, y0, x1, y1 = (round(edge * _POINTS, 2) for edge in edges)
        return x0, y0, x1, y1

    def _make_artifact(self, page: int, mcid: int, kind: str) -> None:
        stream, place = self.marks[page][mcid]
        stream.stream[place - 2] = "/Artifact"
        values = {"Type": "/Pagination", "Subtype": f"/{kind}"} if kind else {"Type": "/Layout"}
        stream.stream[place - 1] = pydyf.Dictionary(values)

    def _page(self, number: int) -> Any:
        return self.pdf.objects[int(self.pdf.page_references[number].split()[0])]

    def _lead_to_elements(self, tree: Tag, written: dict[Tag, Any]) -> None:
        """Let links and bookmarks lead to elements, as PDF/UA-2 asks, and not to places."""
        named = {tag.name: written[tag].reference for tag in tree.walk() if tag.name}
        headings = [
            written[t].reference for t in tree.walk() if t.role[:1] == "H" and t.role[1:].isdigit()
        ]
        outlines = []
        for item in self.pdf.objects:
            if not isinstance(item, dict):
                continue
            if item.get("Subtype") == "/Link" and "Dest" in item:
                target = named.get(item["Dest"].string, named.get("", written[tree].reference))
                item["Dest"] = pydyf.Array([target, "/Fit"])
            elif "Title" in item and "Dest" in item:
                outlines.append(item)
        for item, heading in zip(outlines, headings, strict=False):
            item["Dest"] = pydyf.Array([heading, "/Fit"])
        self.pdf.catalog.get("Names", {}).pop("Dests", None)

    def _say_both_standards(self) -> None:
        """Let the metadata of a PDF/A file say that it is PDF/UA too, and be plain to read."""
        metadata = self.document.metadata
        describe, include = metadata.generate_rdf_metadata, metadata.include_in_pdf

        def describe_both(*arguments: Any) -> bytes:
            rdf: bytes = describe(*arguments)
            end = b"</rdf:RDF>"
            return rdf.replace(end, _UA_IN_A.encode() + end)

        def include_plain(*arguments: Any) -> None:
            *others, _compress = arguments
            include(*others, False)

        metadata.generate_rdf_metadata, metadata.include_in_pdf = describe_both, include_plain


def _kind(box: Any) -> Kind:
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox):
        return Kind.HEADER if box.at_keyword.startswith("@top") else Kind.FOOTER
    if box.is_leader:
        return Kind.LEADER
    if isinstance(box, boxes.ReplacedBox):
        return Kind.PICTURE
    return Kind.TEXT if isinstance(box, boxes.TextBox) else Kind.BOX


def _words_if_other(box: Any) -> str | None:
    """Return what a text says where that is not what its glyphs say in the order they are drawn."""
    if _kind(box) is not Kind.TEXT:
        return None
    text: str = box.text
    around = "" if box.element is None else "".join(box.element.itertext())
    if text.endswith(_HYPHEN) and around and text not in around:
        return text.removesuffix(_HYPHEN).replace(_SOFT_HYPHEN, "")  # a word goes on below
    if _REORDERED.search(text):
        return text
    if box.style["direction"] == "rtl":
        # The space at the end of Latin words is drawn at their left. Letters from right to left
        # are left alone: programs turn them round, and would do so with what we say of them, too.
        kinds = {unicodedata.bidirectional(character) for character in text}
        return text if kinds.isdisjoint({"R", "AL", "AN"}) else None
    return None


def _list_style(box: Any) -> str:
    style = box.style["list_style_type"] if box.element_tag in ("ul", "ol") and box.style else ""
    return style if isinstance(style, str) else ""
