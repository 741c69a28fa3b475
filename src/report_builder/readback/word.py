"""A Word file read again: its parts as trees of XML."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = {
    "w": _W,
    "r": RELATIONS,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "dc": "http://purl.org/dc/elements/1.1/",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class NotAWordFileError(ValueError):
    """The file is no Word document, or is damaged."""


@dataclass(frozen=True)
class WordFile:
    """A Word document's parts as trees of XML."""

    parts: dict[str, Any]
    names: frozenset[str]

    @classmethod
    def read(cls, content: bytes) -> WordFile:
        """Return a file's parts, or raise `NotAWordFileError`."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = frozenset(archive.namelist())
                wanted = [name for name in names if name.endswith((".xml", ".rels"))]
                parts = {name: etree.fromstring(archive.read(name), _SAFE) for name in wanted}
        except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, NotImplementedError) as reason:
            raise NotAWordFileError(str(reason)) from reason
        if "word/document.xml" not in parts:
            raise NotAWordFileError("it holds no document")
        return cls(parts, names)

    @property
    def document(self) -> Any:
        """The text itself."""
        return self.parts["word/document.xml"]

    @staticmethod
    def within(element: Any, path: str) -> list[Any]:
        """Return what an XPath finds from an element on."""
        return list(element.xpath(path, namespaces=_NAMES))

    def find(self, path: str, part: str = "word/document.xml") -> list[Any]:
        """Return what an XPath finds in a part."""
        tree = self.parts.get(part)
        return list(tree.xpath(path, namespaces=_NAMES)) if tree is not None else []

    @cached_property
    def texts(self) -> list[Any]:
        """The text, and what stands in headers, footers and notes."""
        kinds = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
        return [tree for name, tree in sorted(self.parts.items()) if kinds.fullmatch(name)]

    @cached_property
    def styles(self) -> dict[str, Any]:
        """The styles by their names in the file."""
        return {value_of(s, "styleId"): s for s in self.find("//w:style", "word/styles.xml")}

    def heading_level(self, paragraph: Any) -> int:
        """Return a paragraph's level as a heading, 0 where it is none."""
        style = self.styles.get(property_of(paragraph, "pStyle"))
        name = property_of(style, "name", "") if style is not None else ""
        found = re.fullmatch(r"heading (\d)", name.lower())
        return int(found[1]) if found else 0

    def is_listed(self, paragraph: Any) -> bool:
        """Tell whether Word numbers a paragraph or gives it a bullet."""
        style = self.styles.get(property_of(paragraph, "pStyle"))
        holders = [paragraph] if style is None else [paragraph, style]
        return any(xpath(holder, "./w:pPr/w:numPr") for holder in holders)


def xpath(element: Any, path: str) -> Any:
    """Return what an XPath finds from an element on, by the usual prefixes."""
    return element.xpath(path, namespaces=_NAMES)


def value_of(element: Any, name: str) -> str:
    """Return an attribute of an element in Word's own name space, else ``""``."""
    return str(element.get(f"{{{_W}}}{name}", ""))


def property_of(element: Any, name: str, default: str = "", inside: str = "pPr") -> str:
    """Return the value of a property that an element, or its group of properties, states."""
    found = xpath(element, f"./w:{name}/@w:val | ./w:{inside}/w:{name}/@w:val")
    return str(found[0]) if found else default


def words_of(element: Any) -> str:
    """Return the words in an element."""
    return "".join(xpath(element, ".//w:t/text()")).strip()
