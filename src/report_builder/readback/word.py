"""A Word file read again: its parts as trees of XML, its paragraphs with where they came from."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

from report_builder.problems import Position

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMES = {
    "w": _W,
    "r": RELATIONS,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "dc": "http://purl.org/dc/elements/1.1/",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "rel": _PACKAGE,
}
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(etree.XMLSyntaxError, OSError),
)
_OFF = ("0", "false", "off", "none")
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pc": 12.0}
_MOST_BYTES = 30_000_000  # of all its XML: a report of a thousand pages has a tenth of it
_MOST_STYLES = 20  # that are based on each other: one that is based on itself ends there


class TooLargeError(ValueError):
    """The file would take more memory than a document can need."""


class NotAWordFileError(ValueError):
    """The file is no Word document, or is damaged, or locked."""


@dataclass(frozen=True)
class WordFile:
    """A Word document's parts as trees of XML.

    ``position`` is the file's, or that of the template it was made from; ``sources`` are those of
    its paragraphs in their order, where the file is one of ours, and ``dressed_by`` the reference
    document that its styles came from.
    """

    parts: dict[str, Any]
    names: frozenset[str]
    position: Position
    sources: Sequence[Position] = ()
    dressed_by: Position | None = None

    @classmethod
    def read(
        cls,
        content: bytes,
        position: Position,
        sources: Sequence[Position] = (),
        dressed_by: Position | None = None,
    ) -> WordFile:
        """Return a file's parts, or raise `NotAWordFileError`."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                names = frozenset(archive.namelist())
                wanted = [name for name in names if name.endswith((".xml", ".rels"))]
                if sum(archive.getinfo(name).file_size for name in wanted) > _MOST_BYTES:
                    raise TooLargeError
                parts = {name: etree.fromstring(archive.read(name), _SAFE) for name in wanted}
        except _UNREADABLE as reason:
            raise NotAWordFileError(str(reason)) from reason
        word = cls(parts, names, position, sources, dressed_by)
        if word.name not in parts:
            raise NotAWordFileError("it holds no document")
        return word

    @cached_property
    def name(self) -> str:
        """The name of the part that holds the text: Word on the web calls it otherwise."""
        path = f"/rel:Relationships/rel:Relationship[@Type='{RELATIONS}/officeDocument']/@Target"
        named = self.find(path, "_rels/.rels")
        return str(named[0]).lstrip("/") if named else "word/document.xml"

    @property
    def document(self) -> Any:
        """The text itself."""
        return self.parts[self.name]

    @staticmethod
    def within(element: Any, path: str) -> list[Any]:
        """Return what an XPath finds from an element on."""
        return list(element.xpath(path, namespaces=_NAMES))

    def find(self, path: str, part: str = "") -> list[Any]:
        """Return what an XPath finds in a part, by default in the text."""
        tree = self.parts.get(part or self.name)
        return list(tree.xpath(path, namespaces=_NAMES)) if tree is not None else []

    @cached_property
    def targets(self) -> set[str]:
        """What the text can refer to: pictures, addresses, and whatever else is beside it."""
        folder, file = posixpath.split(self.name)
        return set(self.find("/rel:Relationships/*/@Id", f"{folder}/_rels/{file}.rels"))

    @cached_property
    def texts(self) -> list[Any]:
        """The text, and what stands in headers, footers and notes."""
        kinds = re.compile(r"word/(header\d*|footer\d*|footnotes|endnotes)\.xml")
        others = [tree for name, tree in sorted(self.parts.items()) if kinds.fullmatch(name)]
        return [self.document, *others]

    @cached_property
    def paragraphs(self) -> list[Any]:
        """The paragraphs of the text, those of tables, too."""
        return self.find("//w:body//w:p")

    @cached_property
    def _places(self) -> dict[Any, Position]:
        if not self.sources:
            return {}
        return dict(zip(self.paragraphs, self.sources, strict=True))

    def at(self, element: Any) -> Position:
        """Return where an element came from: its paragraph, or the first that it holds."""
        for path in ("ancestor-or-self::w:p", ".//w:p"):
            for paragraph in xpath(element, path):
                if paragraph in self._places:
                    return self._places[paragraph]
        return self.position

    def words_at(self, position: Position) -> str:
        """Return the words of the first paragraph that came from a place and has any."""
        words = (words_of(p) for p in self.paragraphs if self._places.get(p) == position)
        return next(filter(None, words), "")

    @cached_property
    def styles(self) -> dict[str, Any]:
        """The styles by their names in the file."""
        return {value_of(s, "styleId"): s for s in self.find("//w:style", "word/styles.xml")}

    def style_name(self, paragraph: Any) -> str:
        """Return the name that Word shows of a paragraph's style."""
        style = self.styles.get(property_of(paragraph, "pStyle"))
        return property_of(style, "name") if style is not None else ""

    def chain(self, element: Any) -> Iterator[Any]:
        """Yield a paragraph, its style, and the styles that this one is based on."""
        yield element
        name = property_of(element, "pStyle")
        for _ in range(_MOST_STYLES):
            style = self.styles.get(name)
            if style is None:
                return
            yield style
            name = property_of(style, "basedOn")

    def heading_level(self, paragraph: Any) -> int:
        """Return a paragraph's level as a heading, 0 where it is none."""
        for holder in self.chain(paragraph):
            level = property_of(holder, "outlineLvl")
            if level.isdecimal():
                return int(level) + 1 if int(level) < 9 else 0  # 9 is text
            found = re.fullmatch(r"heading (\d)", property_of(holder, "name").lower())
            if found:
                return int(found[1])
        return 0

    def is_listed(self, paragraph: Any) -> bool:
        """Tell whether Word numbers a paragraph or gives it a bullet."""
        for holder in self.chain(paragraph):
            if numbering := xpath(holder, "./w:pPr/w:numPr"):
                return property_of(numbering[0], "numId") != "0"  # which takes the style's away
        return False


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


def is_on(mark: Any, name: str = "val") -> bool:
    """Tell whether a mark that may be switched off is on; it is where it says nothing."""
    return value_of(mark, name) not in _OFF


def points(measure: str, bare: float = 1 / 20) -> float | None:
    """Return a measure in points; ``None`` where it is none.

    Word writes ``11906``, of which one is ``bare`` points; others write ``595.3pt`` or ``21cm``.
    """
    found = re.fullmatch(r"(-?\d+(?:\.\d+)?)(pt|in|mm|cm|pc|)", measure.strip())
    return float(found[1]) * {**_POINTS, "": bare}[found[2]] if found else None


def words_of(element: Any) -> str:
    """Return the words in an element."""
    return "".join(xpath(element, ".//w:t/text() | .//m:t/text()")).strip()
