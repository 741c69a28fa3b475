"""Files that were made to end, to hold up or to fill the program that looks into them."""

from __future__ import annotations

import io
import zipfile
import zlib

_HEAD = "<</Type/Catalog/Pages 2 0 R{}>>"
_PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
_PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]{}>>"
_CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def raw_pdf(*objects: str | bytes, root: str = "", page: str = "") -> bytes:
    """Return a PDF of one page, with more objects from number 4 on."""
    parts, places, size = [b"%PDF-1.7\n"], [], 9
    for number, written in enumerate((_HEAD.format(root), _PAGES, _PAGE.format(page), *objects), 1):
        body = written if isinstance(written, bytes) else written.encode("latin-1")
        part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        places.append(size)
        parts.append(part)
        size += len(part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(places) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, rows))
    parts.append(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (count, size))
    return b"".join(parts)


def stream(content: bytes, entries: str = "") -> bytes:
    """Return an object that holds a stream, deflated."""
    packed = zlib.compress(content, 1)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>stream\n".encode()
    return head + packed + b"\nendstream"


def bookmarks(count: int) -> bytes:
    """Return a PDF of so many bookmarks, each beside the last."""
    rows = [f"<</Type/Outlines/First 5 0 R/Last {count + 4} 0 R/Count {count}>>"]
    for number in range(5, 5 + count):
        after = f"/Next {number + 1} 0 R" if number < 4 + count else ""
        before = f"/Prev {number - 1} 0 R" if number > 5 else ""
        rows.append(f"<</Title(b)/Parent 4 0 R/Dest[3 0 R/Fit]{before}{after}>>")
    return raw_pdf(*rows, root="/Outlines 4 0 R")


def tree_of_twins(deep: int) -> bytes:
    """Return a PDF of which each element holds the next one twice."""
    rows = ["<</Type/StructTreeRoot/K 5 0 R>>"]
    rows += [f"<</S/Div/K[{n + 1} 0 R {n + 1} 0 R]>>" for n in range(5, 5 + deep)]
    return raw_pdf(*rows, "<</S/P>>", root="/StructTreeRoot 4 0 R/MarkInfo<</Marked true>>")


def forms_of_twins(deep: int) -> bytes:
    """Return a PDF that draws forms, each of which draws the next one twice."""
    last = 4 + deep
    forms = [
        stream(
            b"/F Do /F Do" if number < last else b"",
            f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {number + 1} 0 R>>>>"
            if number < last
            else "/Type/XObject/Subtype/Form/BBox[0 0 9 9]",
        )
        for number in range(5, last + 1)
    ]
    page = "/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>"
    return raw_pdf(stream(b"/F Do"), *forms, page=page)


def map_of_letters(text: str) -> bytes:
    """Return a PDF with a font whose letters are said by a map."""
    page = "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    content = stream(b"/P <</MCID 0>> BDC BT /F 9 Tf (words) Tj ET EMC")
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
    root = "/StructTreeRoot 7 0 R"
    tree = ("<</K 8 0 R>>", "<</S/P/Pg 3 0 R/K 0>>")
    return raw_pdf(content, font, stream(text.encode()), *tree, page=page, root=root)


def page_in_a_circle() -> bytes:
    """Return a PDF of which the pages hold themselves, and the tree, too."""
    tree = "<</Type/StructTreeRoot/K 5 0 R/ParentTree<</Kids[4 0 R]>>>>"
    looped = "<</S/Div/K[5 0 R 5 0 R]/P 5 0 R>>"
    pdf = raw_pdf(tree, looped, root="/StructTreeRoot 4 0 R")
    return pdf.replace(b"/Kids[3 0 R]/Count 1", b"/Kids[2 0 R]/Count 9")


def word_file(document: bytes) -> bytes:
    """Return a Word file of which the text is some bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("word/document.xml", document)
    return made.getvalue()


HOSTILE = {
    "bookmarks.pdf": lambda: bookmarks(50_000),
    "twins.pdf": lambda: tree_of_twins(60),
    "forms.pdf": lambda: forms_of_twins(60),
    "ranges.pdf": lambda: map_of_letters("beginbfrange " + "<0000> <FFFF> <0000> " * 9_000),
    "lists.pdf": lambda: map_of_letters("beginbfrange " + "<01> <01> [" * 90_000),
    "blocks.pdf": lambda: map_of_letters("beginbfchar " * 90_000),
    "circle.pdf": page_in_a_circle,
    "page.pdf": lambda: raw_pdf(stream(b"0 " * 100_000_000), page="/Contents 4 0 R"),
    "objects.pdf": lambda: raw_pdf(*["<</A 4 0 R>>"] * 60_000),
    "spaces.docx": lambda: word_file(b" " * 100_000_000),
    "tags.docx": lambda: word_file(b"<a>" * 9_000_000),
    "laughs.docx": lambda: word_file(
        b'<!DOCTYPE a [<!ENTITY b "ha">'
        + b"".join(b'<!ENTITY b%d "%b">' % (n, b"&b%d;" % (n - 1) * 9) for n in range(1, 12))
        + b"]><a>&b11;</a>"
    ),
}
"""Files by their names, each made when it is wanted."""
