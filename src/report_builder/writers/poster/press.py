"""The poster as a printer wants it: letters as outlines, edges to cut away, and printer's inks."""

from __future__ import annotations

import io
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import pikepdf
from fontTools.misc.transform import Transform
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.writers.poster.inks import Inks
from report_builder.writers.poster.lettering import Font, Text, UnknownTextError
from report_builder.writers.poster.sheet import POINTS, Sheet

_SLUG = 8.0  # millimetres around the bleed, for the marks
_MARK, _APART = 5.0, 2.0  # how long a mark is, and how far from the bleed, in millimetres
_THICK = 0.25  # points
_TAGS = {"BMC", "BDC", "EMC", "MP", "DP"}
_COLOURS = {"rg": "k", "RG": "K", "g": "k", "G": "K"}
_OTHER_COLOURS = {"cs", "CS", "sc", "SC", "scn", "SCN", "sh"}
_OF_A_READER = ("/StructTreeRoot", "/MarkInfo", "/Outlines", "/PageLabels", "/ViewerPreferences")
_LONG_AGO = "2000-01-01"  # PDF/X-4 wants a date; where the event has none it is always the same


def press(pdf: bytes, sheet: Sheet, *, marks: bool, inks: Inks | None, position: Position) -> bytes:
    """Return a poster's PDF as one for the printer: no fonts, no tags, a bleed, perhaps marks.

    With inks every colour is one of the press, and the file follows PDF/X-4; without, they stay
    RGB. ``pdf`` is one page whose lower left corner is the sheet's. What cannot be put in inks
    is a problem at ``position``.
    """
    corner = sheet.bleed + (_SLUG if marks else 0)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0].obj
        _Rewriter(document, inks, position).rewrite(page)
        moved = f"q 1 0 0 1 {corner * POINTS:.4f} {corner * POINTS:.4f} cm\n".encode()
        after = "\n".join(("\nQ", *(_crop_marks(sheet, corner, inks) if marks else ())))
        page.Contents = document.make_stream(moved + page.Contents.read_bytes() + after.encode())
        page.MediaBox = Array(sheet.box(corner, corner))
        page.BleedBox = Array(sheet.box(sheet.bleed, corner))
        page.TrimBox = Array(sheet.box(0, corner))
        _remove(page, ("/Annots", "/StructParents", "/Tabs"))
        _remove(document.Root, _OF_A_READER)
        _describe(document, inks)
        stream = io.BytesIO()
        document.save(stream, deterministic_id=True, compress_streams=True)
    return stream.getvalue()


class _Rewriter:
    """Changes what a page and the groups in it draw, so that a press can draw it."""

    def __init__(self, document: pikepdf.Pdf, inks: Inks | None, position: Position) -> None:
        self.document, self.inks, self.position = document, inks, position
        self.letters: dict[tuple[Any, int], Any] = {}
        self.done: set[tuple[int, int]] = set()

    def rewrite(self, holder: Any) -> None:
        """Change a page or group that holds resources and content."""
        resources = holder.get("/Resources", Dictionary())
        objects = resources.get("/XObject", Dictionary())
        for thing in objects.values():
            if thing.objgen not in self.done:
                self.done.add(thing.objgen)
                self._rewrite_object(thing)
        fonts = {name: Font(font) for name, font in resources.get("/Font", {}).items()}
        content = b"\n".join(self._drawn(holder, fonts, objects))
        if holder.get("/Type") == Name.Page:
            holder.Contents = self.document.make_stream(content)
        else:
            holder.write(content)
        _remove(resources, ("/Font", "/Properties"))
        resources.XObject = objects
        if self.inks:
            self._keep_to_inks(resources)

    def _rewrite_object(self, thing: Any) -> None:
        if thing.Subtype == Name.Form:
            self.rewrite(thing)
            if self.inks and "/CS" in thing.get("/Group", {}):
                thing.Group.CS = Name.DeviceCMYK
        elif self.inks and thing.get("/ColorSpace") != Name.DeviceGray:
            image = pikepdf.PdfImage(thing).as_pil_image()
            thing.write(self.inks.picture(image))
            thing.ColorSpace, thing.BitsPerComponent = Name.DeviceCMYK, 8
            _remove(thing, ("/DecodeParms", "/Decode"))

    def _drawn(self, holder: Any, fonts: Mapping[str, Font], objects: Any) -> Iterator[bytes]:
        text = Text(fonts)
        others: list[ContentStreamInstruction] = []  # written when a letter comes, or the end
        for instruction in pikepdf.parse_content_stream(holder):
            operands, code = list(instruction.operands), str(instruction.operator)
            if code in _TAGS:
                continue
            try:
                letters = text.letters(code, operands)
            except UnknownTextError as reason:
                message = f"The poster sets text in a way that is not known here: {reason}."
                raise failure(
                    "engine", self.position, message, "Compare its style sheet."
                ) from reason
            if letters is None:
                others.append(self._in_inks(code, operands))
                continue
            for font, number, place in letters:
                if name := self._letter(font, number, objects):
                    if others:
                        yield pikepdf.unparse_content_stream(others)
                        others = []
                    yield _use(name, place)
        yield pikepdf.unparse_content_stream(others)

    def _letter(self, font: Font, number: int, objects: Any) -> str | None:
        """Return the name of a letter's outline among a page's objects; none for a space."""
        key = (font.identity, number)
        if key not in self.letters:
            path, box = font.outline(number)
            self.letters[key] = path and (
                f"/Letter{len(self.letters)}",
                self.document.make_stream(
                    path, Type=Name.XObject, Subtype=Name.Form, BBox=Array(box)
                ),
            )
        if not self.letters[key]:
            return None
        name, outline = self.letters[key]
        objects[name] = outline
        return str(name)

    def _in_inks(self, code: str, operands: Sequence[Any]) -> ContentStreamInstruction:
        if self.inks and code in _OTHER_COLOURS:
            raise self._no_inks("a gradient or a pattern")
        if not self.inks or code not in _COLOURS:
            return ContentStreamInstruction(operands, Operator(code))
        given = [float(value) for value in operands]
        red, green, blue = given * 3 if len(given) == 1 else given
        inks = [round(share, 4) for share in self.inks.of(red, green, blue)]
        return ContentStreamInstruction(inks, Operator(_COLOURS[code]))

    def _keep_to_inks(self, resources: Any) -> None:
        _remove(resources, ("/Pattern", "/Shading", "/ColorSpace"))  # nothing uses them now
        for state in resources.get("/ExtGState", {}).values():
            if isinstance(state.get("/SMask"), Dictionary):
                raise self._no_inks("a mask")

    def _no_inks(self, what: str) -> ReportBuilderError:
        message = f"The poster has {what}, which cannot be put in the inks of the press."
        hint = "Use plain colours in the poster's template and logo, or print from outlines in RGB."
        return failure("print-colours", self.position, message, hint)


def _remove(dictionary: Any, names: Sequence[str]) -> None:
    for name in names:
        if name in dictionary:
            del dictionary[name]


def _use(name: str, place: Transform) -> bytes:
    matrix = " ".join(f"{value:.5f}" for value in place)
    return f"q {matrix} cm {name} Do Q".encode()


def _crop_marks(sheet: Sheet, corner: float, inks: Inks | None) -> Iterator[str]:
    """Yield what draws two lines at each corner, which lead to where the sheet is cut."""
    left, bottom, right, top = sheet.box(0, corner)
    away, to = (sheet.bleed + _APART) * POINTS, (sheet.bleed + _APART + _MARK) * POINTS
    yield f"q {_THICK} w {'1 1 1 1 K' if inks else '0 G'}"
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            yield f"{x + outwards * away:.4f} {y:.4f} m {x + outwards * to:.4f} {y:.4f} l S"
            yield f"{x:.4f} {y + upwards * away:.4f} m {x:.4f} {y + upwards * to:.4f} l S"
    yield "Q"


def _describe(document: pikepdf.Pdf, inks: Inks | None) -> None:
    """Let a file say what it is: no longer one that follows PDF/UA; with inks, PDF/X-4."""
    info = document.docinfo
    title = str(info.get("/Title", ""))
    digits = re.sub(r"\D", "", str(info.get("/CreationDate", _LONG_AGO)))[:8]
    date = f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}T00:00:00Z"
    claims = ""
    if inks:
        for name in ("/CreationDate", "/ModDate"):
            info[name] = f"D:{digits}000000Z"
        info["/Trapped"] = Name("/False")
        document.Root.OutputIntents = Array([document.make_indirect(_intent(document, inks))])
        claims = _PDFX.format(date=date, document=uuid.uuid5(uuid.NAMESPACE_URL, title + date))
    packet = _XMP.format(title=escape(title), claims=claims).encode()
    document.Root.Metadata = document.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def _intent(document: pikepdf.Pdf, inks: Inks) -> Dictionary:
    """Return what says for which press a file is."""
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=inks.name,
        Info=inks.name,
        DestOutputProfile=document.make_stream(inks.profile, N=4),
    )


_PDFX = """ xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 pdfxid:GTS_PDFXVersion="PDF/X-4" pdf:Trapped="False" xmp:CreateDate="{date}"
 xmp:ModifyDate="{date}" xmp:MetadataDate="{date}" xmpMM:DocumentID="uuid:{document}"
 xmpMM:VersionID="1" xmpMM:RenditionClass="default" """

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"{claims}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
