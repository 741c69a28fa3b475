"""Where we reach into WeasyPrint: it sets the pages, and we say what each piece of them is.

Everything here relies on how one release works inside. Beside it only these do: `lines`, `floats`
and `footnotes`, which mend where these stand; `fit`, which asks how pages are filled, and
`tables.measuring`, how wide tables are; `said` and `drawn_words`; and the recorder of what is
painted with its places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pydyf

from report_builder.drawings.importing import import_weasyprint
from report_builder.html.letters import runs_to_left
from report_builder.problems import Position, failure
from report_builder.writers.pdf.drawn_words import whole_words
from report_builder.writers.pdf.origins import Origins
from report_builder.writers.pdf.said import Sayings
from report_builder.writers.pdf.tagger import Fragment, Furniture, Kind, Tagger
from report_builder.writers.pdf.tree import Annotation, Content, Tag, write_tree

KNOWN = "70.0"
"""The release of WeasyPrint that this module knows."""

_HYPHEN, _SOFT_HYPHEN = "-", "\xad"
_POINTS = 0.75  # in a CSS pixel
_PANGO_UNITS = 1000 / 1024
_REPEATED = ("thead", "tfoot")
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
def our_tags(origins: Origins, *, pdf2: bool) -> Iterator[None]:
    """Let WeasyPrint write our structure tree in place of its own, as long as this lasts.

    What each part of the file came from is noted in ``origins``.
    """
    import_weasyprint()
    import weasyprint
    from weasyprint import pdf as inside
    from weasyprint.draw import text as drawing

    hold_to_known(weasyprint.__version__)
    theirs, build_fonts = inside.add_tags, inside.build_fonts_dictionary
    draw, sayings = drawing.draw_first_line, Sayings()

    def draw_exactly(stream: Any, box: Any, *others: Any) -> Any:
        _correct_offsets(box.pango_layout)
        with sayings.drawing(box, stream) as telling:
            return draw(telling, _Visible(box) if box.text.isspace() else box, *others)

    def build_mapped(pdf: Any, *others: Any) -> Any:
        written = build_fonts(pdf, *others)
        sayings.map_codes(pdf)
        return written

    inside.add_tags = _Document.add_tags_for(origins, sayings, pdf2=pdf2)
    inside.build_fonts_dictionary, drawing.draw_first_line = build_mapped, draw_exactly
    drawing.int = _thousandth  # in place of the built-in one, in that module alone
    try:
        with whole_words():
            yield
    finally:
        inside.add_tags, inside.build_fonts_dictionary = theirs, build_fonts
        drawing.draw_first_line = draw
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

    def __init__(
        self, pdf: Any, document: Any, streams: list[Any], origins: Origins, sayings: Sayings
    ) -> None:
        self.pdf, self.document, self.streams = pdf, document, streams
        self.origins, self.sayings = origins, sayings
        self.marks = self._marks()

    @classmethod
    def add_tags_for(cls, origins: Origins, sayings: Sayings, *, pdf2: bool) -> Callable[..., None]:
        """Return what WeasyPrint calls to tag a document."""

        def add_tags(pdf: Any, document: Any, _version: Any, streams: list[Any]) -> None:
            painted = cls(pdf, document, streams, origins, sayings)
            tagger = Tagger(painted.root(), pdf2=pdf2)
            for number in range(len(streams)):
                tagger.add_page(painted.fragments(number))
                painted.forget(number)
            origins.read(tagger.root, tagger.parents)
            painted.write(tagger, pdf2)

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

    def forget(self, number: int) -> None:
        """Let go of the boxes of a page, which take most of the memory of a long document."""
        page = self.document.pages[number]
        page._page_box.children = page.links = ()
        self.streams[number]._tags.clear()

    def write(self, tagger: Tagger, pdf2: bool) -> None:
        """Write the structure tree, and mark as artifacts what is not in it."""
        tree, artifacts = tagger.finish(), tagger.artifacts
        said = {(k.page, k.mcid) for tag in tree.walk() for k in tag.kids if isinstance(k, Content)}
        furniture = {(content.page, content.mcid): kind for content, kind in artifacts.contents}
        for page, marks in enumerate(self.marks):
            for mcid in marks:
                if (page, mcid) not in said:
                    self._make_artifact(page, mcid, furniture.get((page, mcid)))
        for annotation in artifacts.links:
            self._page(annotation.page)["Annots"].remove(annotation.dictionary.reference)
        written = write_tree(tree, self.pdf, self.pdf.page_references, pdf2=pdf2)
        for tag, dictionary in written.items():
            self.origins.elements[dictionary.number] = tagger.element_of(tag), ""
        self.pdf.catalog["PageLabels"] = pydyf.Dictionary(
            {"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])}
        )
        if pdf2:
            self._lead_to_elements(tree, written)
        else:
            self._say_both_standards()

    def _marks(self) -> list[dict[int, tuple[Any, int, int]]]:
        """Return for each page the stream and the place of each piece of marked content.

        The last number is how many pieces begin before it there. A page and the groups that it
        draws give their pieces numbers together.
        """
        found: list[dict[int, tuple[Any, int, int]]] = [{} for _ in self.streams]
        pages = {id(stream._tags): number for number, stream in enumerate(self.streams)}
        for stream in self.pdf.objects:
            page = pages.get(id(getattr(stream, "_tags", None)))
            if page is None:
                continue
            places = (place for place, part in enumerate(stream.stream) if part == b"BDC")
            for number, place in enumerate(places):
                if isinstance(stream.stream[place - 1], dict):
                    mcid = stream.stream[place - 1].get("MCID")
                    if mcid is not None:
                        found[page][mcid] = (stream, place, number)
        return found

    def _fragment(self, box: Any, page: int, margin: str = "") -> Fragment:
        from weasyprint.formatting_structure.boxes import MarginBox
        from weasyprint.layout.absolute import AbsolutePlaceholder

        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        margin = box.at_keyword if isinstance(box, MarginBox) else margin
        content = None
        if box.link_annotation:
            self.origins.elements[box.link_annotation.number] = box.element, ""
        stream = self.streams[page]
        if marked := stream._tags.pop(box, None):
            where, place, number = self.marks[page][marked["mcid"]]
            self.origins.elements[where.number, number] = (
                box.element,
                margin or box.element_tag or "",
            )
            if (words := self._words_if_other(box)) is not None:
                where.stream[place - 1]["ActualText"] = pydyf.String(words)
            group = None if where is stream else where
            content = Content(page, marked["mcid"], group, _logical(box))
        return Fragment(
            kind=_kind(box),
            page=page,
            element=box.element,
            part=box.element_tag or "",
            content=content,
            link=Annotation(page, box.link_annotation) if box.link_annotation else None,
            bounds=self._bounds(box, page) if content else None,
            list_style=_list_style(box),
            repeats=_repeats(box),
            furniture=_furniture(box, self.document.pages[page].height),
            children=[self._fragment(c, page, margin) for c in getattr(box, "children", ())],
        )

    def _words_if_other(self, box: Any) -> str | None:
        """Return what a text says where its glyphs, in the order they are drawn, do not.

        Letters from right to left are left alone: programs turn them round, and would do so with
        what we say of them, too.
        """
        if _kind(box) is not Kind.TEXT or runs_to_left(box.text):
            return None
        text: str = box.text
        around = "" if box.element is None else "".join(box.element.itertext())
        if text.endswith(_HYPHEN) and around and text not in around:
            return text.removesuffix(_HYPHEN).replace(_SOFT_HYPHEN, "")  # a word goes on below
        # The space at the end of Latin words is drawn at their left.
        turned = box.style["direction"] == "rtl"
        return text if turned or not self.sayings.is_said(box) else None

    def _bounds(self, box: Any, page: int) -> tuple[float, float, float, float] | None:
        if _kind(box) is not Kind.PICTURE:
            return None
        height = self.document.pages[page].height
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, height - top - box.height, left + box.width, height - top)
        x0, y0, x1, y1 = (round(edge * _POINTS, 2) for edge in edges)
        return x0, y0, x1, y1

    def _make_artifact(self, page: int, mcid: int, furniture: Furniture | None) -> None:
        stream, place, _ = self.marks[page][mcid]
        values = {"Type": "/Pagination" if furniture else "/Layout"}
        if furniture and furniture.value:
            values["Subtype"] = f"/{furniture.value}"
        stream.stream[place - 2] = "/Artifact"
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
        return Kind.MARGIN
    if box.is_leader:
        return Kind.LEADER
    if isinstance(box, boxes.ReplacedBox):
        return Kind.PICTURE
    return Kind.TEXT if isinstance(box, boxes.TextBox) else Kind.BOX


def _logical(box: Any) -> str:
    """Return a line that runs from right to left as it is read; nothing for others."""
    return box.text if _kind(box) is Kind.TEXT and runs_to_left(box.text) else ""


def _repeats(box: Any) -> bool:
    """Tell whether a box stands on every page, or on each that a table goes on over."""
    from weasyprint.formatting_structure import boxes

    return _is_fixed(box) or (
        isinstance(box, boxes.TableRowGroupBox) and box.element_tag in _REPEATED
    )


def _is_fixed(box: Any) -> bool:
    return bool(box.style and box.style["position"] == "fixed")


def _furniture(box: Any, height: float) -> Furniture | None:
    """Return what a box is to pages as high as that, where it is no part of what they say."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.MarginBox):
        ends = {"@top": Furniture.HEADER, "@bottom": Furniture.FOOTER}
        return ends.get(box.at_keyword.partition("-")[0], Furniture.SIDE)
    if not _is_fixed(box):
        return None
    middle = (box.position_y + box.margin_height() / 2) / height
    if middle < 1 / 3:
        return Furniture.HEADER
    return Furniture.FOOTER if middle > 2 / 3 else Furniture.WATERMARK


def _list_style(box: Any) -> str:
    style = box.style["list_style_type"] if box.element_tag in ("ul", "ol") and box.style else ""
    return style if isinstance(style, str) else ""
