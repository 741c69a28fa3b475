"""What stands at the head and foot of each page of a Word document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from report_builder.templating.logo import Logo
from report_builder.writers.docx.ooxml import element, field
from report_builder.writers.docx.pictures import put_picture
from report_builder.writers.docx.setting import Setting

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_HIGH, _WIDE = 12, 60  # millimetres of a logo at most
_BELOW = 4  # and what stands free below it
_NEAREST = Mm(5)  # to the paper's edge
_TWIP = 635  # units of length in a twentieth of a point


def set_furniture(setting: Setting, head: Mapping[str | None, str], *, is_own: bool) -> None:
    """Put the template's words at the head and foot of pages where the reference's do not fit.

    They fit a document that the reference document was made for, in the language that it is
    written in. A template gives others as ``<meta name="page-header" content="…">`` and
    ``<meta name="page-number" content="Page {page} of {pages}">``.
    """
    same_language = _language(setting.word) == setting.language
    for section in setting.word.sections:
        if (words := head.get("page-header")) and not (is_own and same_language):
            _set_line(section.header.paragraphs[0], words)
        for paragraph in section.footer.paragraphs if not same_language else ():
            if (words := head.get("page-number")) and paragraph._p.xpath(".//w:fldChar"):
                _set_line(paragraph, words)
    if logo := setting.resources.theme.logo:
        _sign(setting, logo)


def _sign(setting: Setting, logo: Logo) -> None:
    """Put the logo at the head of pages, at the end of its line, unless a picture is there."""
    section = setting.word.sections[0]
    is_apart = section.different_first_page_header_footer
    header = section.first_page_header if is_apart else section.header
    if header._element.xpath(".//w:drawing | .//w:pict"):
        return
    paragraph = header.paragraphs[0]
    paragraph.paragraph_format.line_spacing = 1.0  # a fixed height would cut it
    for stop in paragraph.style.element.xpath("./w:pPr/w:tabs/w:tab[not(@w:val='clear')]"):
        paragraph.paragraph_format.tab_stops.add_tab_stop(
            int(stop.get(qn("w:pos"))) * _TWIP, WD_TAB_ALIGNMENT.CLEAR
        )
    end = WD_TAB_ALIGNMENT.RIGHT
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(setting.text_width), end)
    if paragraph.text:
        paragraph.add_run("\t")
    high = min(_HIGH, _WIDE / logo.ratio)
    put_picture(setting, paragraph, logo.address, logo.alt, (high * logo.ratio, high))
    # So high that the text below begins where it did.
    room = section.top_margin - Mm(high + _BELOW)
    section.header_distance = max(min(section.header_distance, room), _NEAREST)


def _language(word: Any) -> str:
    found = word.styles.element.xpath("./w:docDefaults//w:lang/@w:val")
    return str(found[0]) if found else ""


def _set_line(paragraph: Any, words: str) -> None:
    """Put words, and fields for what stands in braces, in place of a paragraph's."""
    looks = paragraph._p.xpath("./w:r[w:t]/w:rPr")
    for child in list(paragraph._p):
        if child.tag != qn("w:pPr"):
            paragraph._p.remove(child)
    for part in re.split(r"(\{pages?\})", words):
        if part in _FIELDS:
            runs = list(field(_FIELDS[part], "1"))
        else:
            run = element("w:r")
            run.add_t(part)
            runs = [run] if part else []
        for run in runs:
            if looks:
                run.insert(0, deepcopy(looks[0]))
            paragraph._p.append(run)
