"""The structure tree of any PDF, read back with its words: what a screen reader meets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report_builder.readback.words import Place, Words, read_words

_PLACES = (pikepdf.Dictionary, pikepdf.Stream)  # pages and forms; a bad file names something else
_MOST_DEPTH = 200  # of a tree that may have been made to be endless


@dataclass(slots=True)
class Element:
    """A structure element: its type, what it says of itself, and its words and elements in order.

    ``notes`` are attributes that a listener hears of: language, scope, heads, numbering.
    ``page`` is the number of the page that it begins on, 0 where the file does not say.
    """

    role: str
    alternative: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    kids: list[Element | str] = field(default_factory=list)
    links: int = 0
    page: int = 0

    @property
    def text(self) -> str:
        """All words in it; a picture's are its alternative."""
        if self.alternative:
            return self.alternative
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def walk(self) -> Iterator[Element]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


def read_structure(pdf: bytes) -> Element | None:
    """Return a PDF's structure tree; ``None`` where the file has none."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        root = file.Root.get("/StructTreeRoot")
        if root is None:
            return None
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        reader = _Reader(read_words(file), pages)
        tops = [kid for kid in reader.kids(root, None, 0) if isinstance(kid, Element)]
        return tops[0] if len(tops) == 1 else Element("Document", kids=list(tops))


def outline(element: Element, deep: int = 0) -> str:
    """Return a tree as lines of text, an element each, its parts indented below it."""
    parts = [element.role]
    parts += [f"{name}={value}" for name, value in element.notes.items()]
    parts += ["link"] * element.links
    if element.alternative:
        parts.append(f"alt “{element.alternative}”")
    words = [kid for kid in element.kids if isinstance(kid, str)]
    if element.role == "Figure":
        words = []
    if words and len(words) == len(element.kids):
        parts.append(f"“{''.join(words)}”")
        return f"{'  ' * deep}{' '.join(parts)}\n"
    lines = f"{'  ' * deep}{' '.join(parts)}\n"
    for kid in element.kids:
        if isinstance(kid, Element):
            lines += outline(kid, deep + 1)
        elif kid.strip():
            lines += f"{'  ' * (deep + 1)}“{kid}”\n"
    return lines


class _Reader:
    def __init__(self, said: Words, pages: Mapping[Place, int]) -> None:
        self.said, self.pages = said, pages
        self.heads: dict[str, str] = {}

    def kids(self, parent: Any, page: Any, deep: int) -> list[Element | str]:
        given = parent.get("/K")
        if given is None or deep > _MOST_DEPTH:
            return []
        found: list[Element | str] = []
        for kid in given if isinstance(given, pikepdf.Array) else [given]:
            new = self.kid(kid, page, deep)
            if isinstance(new, str) and found and isinstance(found[-1], str):
                found[-1] += new
            elif new is not None:
                found.append(new)
        return found

    def kid(self, kid: Any, page: Any, deep: int) -> Element | str | None:
        if isinstance(kid, int):
            return self.words(page, kid)
        if not isinstance(kid, pikepdf.Dictionary):
            return None
        if isinstance(number := kid.get("/MCID"), int):
            return self.words(kid.get("/Stm", kid.get("/Pg", page)), number)
        return self.element(kid, page, deep + 1) if "/S" in kid else None

    def words(self, place: Any, mcid: int) -> str:
        return self.said.get((place.objgen, mcid), "") if isinstance(place, _PLACES) else ""

    def element(self, kid: Any, page: Any, deep: int) -> Element:
        page = kid.get("/Pg", page)
        element = Element(str(kid.S)[1:], str(kid.get("/Alt", "")))
        for name, key in (("lang", "/Lang"), ("says", "/E")):
            if key in kid:
                element.notes[name] = str(kid[key])
        element.notes.update(self.attributes(kid))
        element.kids = self.kids(kid, page, deep)
        if "/ActualText" in kid:  # what it says, whatever it holds
            element.kids = [str(kid.ActualText)]
        element.links = _links(kid)
        inner = (k.page for k in element.kids if isinstance(k, Element) and k.page)
        has_page = isinstance(page, pikepdf.Dictionary)
        element.page = self.pages.get(page.objgen, 0) if has_page else next(inner, 0)
        if "/ID" in kid:
            self.heads[str(kid.ID)] = element.text.strip()
        return element

    def attributes(self, kid: Any) -> dict[str, str]:
        notes: dict[str, str] = {}
        given = kid.get("/A")
        for group in given if isinstance(given, pikepdf.Array) else [given]:
            if not isinstance(group, pikepdf.Dictionary):
                continue
            for key in ("/Scope", "/ColSpan", "/RowSpan", "/ListNumbering"):
                if key in group:
                    notes[key[1:]] = str(group[key]).removeprefix("/")
            if isinstance(group.get("/Headers"), pikepdf.Array):
                names = [str(name) for name in group.Headers]
                notes["Headers"] = " + ".join(self.heads.get(name, name) for name in names)
        return notes


def _links(kid: Any) -> int:
    given = kid.get("/K")
    kids = given if isinstance(given, pikepdf.Array) else [given]
    return sum(isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/OBJR" for k in kids)
