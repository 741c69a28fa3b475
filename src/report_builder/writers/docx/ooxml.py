"""The parts of WordprocessingML that python-docx has no name for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip archive can hold
_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_SHARP = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{}"/></a:ext></a:extLst>'
)
# The properties of a paragraph that are set here, in the order of the schema.
_ORDER = (
    *("w:keepNext", "w:pageBreakBefore", "w:numPr", "w:pBdr", "w:shd", "w:tabs", "w:bidi"),
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:textDirection", "w:outlineLvl"),
    *("w:rPr", "w:sectPr", "w:pPrChange"),
)


def element(tag: str, **attributes: object) -> Any:
    """Return a new element; an attribute ``w_val`` is written as ``w:val``."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(name.replace("_", ":", 1)), str(value))
    return made


def language_mark(language: str) -> Any:
    """Return the mark of a language; Word asks for it apart for three kinds of letters."""
    return element("w:lang", w_val=language, w_eastAsia=language, w_bidi=language)


def insert(properties: Any, child: Any) -> None:
    """Put a property of a paragraph where the schema has it, in place of one of its name."""
    tag = f"w:{child.tag.rpartition('}')[2]}"
    for old in properties.findall(child.tag):
        properties.remove(old)
    properties.insert_element_before(child, *_ORDER[_ORDER.index(tag) + 1 :])


def field(code: str, cached: str) -> Iterator[Any]:
    """Yield the runs of a field such as PAGE, with what to show until Word counts it."""
    for kind in ("begin", "code", "separate", "text", "end"):
        run = element("w:r")
        if kind == "code":
            instruction = element("w:instrText")
            instruction.text = f" {code} "
            instruction.set(qn("xml:space"), "preserve")
            run.append(instruction)
        elif kind == "text":
            text = element("w:t")
            text.text = cached
            run.append(text)
        else:
            run.append(element("w:fldChar", w_fldCharType=kind))
        yield run


def sharpen(drawing: Any, relation: str) -> None:
    """Let an inline picture be drawn from an SVG part; its pixels serve where that is unknown."""
    (blip,) = drawing.iter(qn("a:blip"))
    blip.append(parse_xml(_SHARP.format(relation)))


def describe_picture(drawing: Any, number: int, alt: str) -> None:
    """Give an inline picture its alt text, or mark it as decorative where there is none."""
    properties = drawing.docPr
    properties.set("id", str(number))
    properties.set("name", f"Picture {number}")
    properties.set("descr", alt)
    if not alt:
        properties.append(parse_xml(_DECORATIVE))


def same_bytes(package: bytes) -> bytes:
    """Return a zip package whose bytes depend on its content alone, not on when it was made."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name))
    return stream.getvalue()
