"""Pictures in a Word document, fitted to their place, with their alternative text."""

from __future__ import annotations

import io
import re
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Emu, Mm
from lxml.html import HtmlElement

from report_builder.drawings.pictures import SVG, UnusablePictureError, fit_for_word
from report_builder.drawings.refused import refused
from report_builder.drawings.svg import can_stay, draw_svg
from report_builder.html.document import source_of
from report_builder.templating.resources import NotAllowedError
from report_builder.writers.docx.ooxml import describe_picture, sharpen
from report_builder.writers.docx.setting import Setting

_SMALL = 40  # millimetres: a logo or a mark beside words
_TALLEST = 0.8  # of the page, so that a caption has room below
_MILLIMETRES = re.compile(r"(?<![\w-])width: *(\d+(?:\.\d+)?)mm")


def add_picture(setting: Setting, paragraph: Any, image: HtmlElement, width: int) -> Any:
    """Return the run of a picture at most so many units wide; ``None`` after a problem."""
    position = source_of(image, setting.template)
    wide, high = Emu(width).mm, Emu(setting.text_height).mm * _TALLEST
    if any(around.tag in ("li", "td", "th") for around in image.iterancestors()):
        wide = min(wide, _SMALL)
    if given := _MILLIMETRES.search(image.get("style", "")):
        wide = min(wide, max(float(given[1]), 1))
    address = image.get("src", "")
    try:
        return put_picture(setting, paragraph, address, image.get("alt", ""), (wide, high))
    except (NotAllowedError, UnusablePictureError, OSError) as reason:
        setting.problems.append(refused(address, reason, position))
        return None


def put_picture(
    setting: Setting, paragraph: Any, address: str, alt: str, most: tuple[float, float]
) -> Any:
    """Return the run of a file's picture, no larger than ``most`` millimetres; raise what is wrong.

    The paragraph may stand in the document's body, or at the head or foot of its pages.
    """
    content, media_type = setting.resources.read(address)
    if media_type == SVG:
        made, width_mm = draw_svg(content, *most, setting.resources)
    else:
        made, width_mm = fit_for_word(content, *most)
    run = paragraph.add_run()
    drawing = run.add_picture(io.BytesIO(made), width=Mm(width_mm))._inline
    setting.pictures += 1
    describe_picture(drawing, setting.pictures, alt)
    if media_type == SVG and can_stay(content):
        name = PackURI(f"/word/media/drawing{setting.pictures}.svg")
        part = Part(name, SVG, content, setting.word.part.package)
        sharpen(drawing, paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE))
    return run._r
