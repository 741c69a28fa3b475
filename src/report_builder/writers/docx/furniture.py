"""What stands at the head and foot of each page of a Word document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn

from report_builder.writers.docx.ooxml import element, field
from report_builder.writers.docx.setting import Setting

_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}


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
