"""The colours of a reference document: those of the shipped theme follow the theme that is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docx.opc.part import XmlPart
from docx.oxml.ns import qn

from report_builder.settings.raw import raw_values
from report_builder.templating.chain import DEFAULT, THEME_FILE, shipped_templates

# Where colours stand: of words, of grounds, of rules, of shapes.
_PLACES = {(qn("w:color"), qn("w:val")), (qn("a:srgbClr"), "val")}
_NAMES = {qn("w:fill"), qn("w:color")}


def recolour(word: Any, colours: Mapping[str, str]) -> None:
    """Put a theme's colours in place of the shipped theme's, wherever a Word file has those.

    The shipped reference document was made in them. What an officer has given another colour in
    Word stays as it is.
    """
    changed = {
        before: colours[name].removeprefix("#").upper()
        for before, name in _shipped().items()
        if name in colours and colours[name].removeprefix("#").upper() != before
    }
    for part in word.part.package.iter_parts() if changed else ():
        for element in part.element.iter() if isinstance(part, XmlPart) else ():
            for name, value in element.attrib.items():
                is_colour = (element.tag, name) in _PLACES or name in _NAMES
                if is_colour and value.upper() in changed:
                    element.set(name, changed[value.upper()])


def _shipped() -> Mapping[str, str]:
    """Return the name of each of the shipped theme's colours; the first where several are alike."""
    written = raw_values(shipped_templates() / DEFAULT / THEME_FILE)["colours"]
    found: dict[str, str] = {}
    for name, value in written.items():
        found.setdefault(value.removeprefix("#").upper(), name)
    return found
