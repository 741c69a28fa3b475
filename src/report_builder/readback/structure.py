"""The structure tree of any PDF, read back with its words: what a screen reader meets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from report_builder.readback.words import NOWHERE, Place, Words, inner, read_words

_PLACES = (pikepdf.Dictionary, pikepdf.Stream)  # pages and forms; a bad file names something else
_MOST_DEPTH = 200  # of a tree that may have been made to be endless
_MOST_NAMES = 10  # of roles that stand for each other, perhaps in a circle
_ROLES = """
    Document DocumentFragment Part Art Sect Div Aside BlockQuote Caption TOC TOCI Index NonStruct
    Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note
    FENote Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form Title
    Sub Em Strong Artifact
"""
_KNOWN = frozenset(_ROLES.split())


@dataclass(slots=True)
class Element:
    """A structure element: its type, what it says of itself, and its words and elements in order.

    ``notes`` are attributes that a listener hears of: language, scope, heads, numbering.
    ``page`` is the number of the page that it begins on, 0 where the file does not say.
    ``instead`` is what is said in place of its words. ``contents`` are the pieces of marked content
    that it holds itself, ``hidden`` the words in them that others are said for, each with those,
    ``objects`` what else it holds of a page, such as the places to click.
    ``place`` is its own; one that is ``again`` hangs in the tree for a second time, without kids.
    """

    role: str
    alternative: str = ""
    notes: dict[str, str] = field(default_factory=dict)
    kids: list[Element | str] = field(default_factory=list)
    links: int = 0
    page: int = 0
    instead: str = ""
    identifier: str = ""
    heads: tuple[str, ...] = ()
    contents: list[tuple[Place, int]] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)
    objects: list[Place] = field(default_factory=list)
    place: Place = NOWHERE
    again: bool = False

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
        if not isinstance(root, pikepdf.Dictionary):
            return None
        pages = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
        reader = _Reader(*read_words(file), pages, inner(root, "/RoleMap"))
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
    def __init__(self, said: Words, hidden: Words, pages: Mapping[Place, int], roles: Any) -> None:
        self.said, self.hidden, self.pages, self.roles = said, hidden, pages, roles
        self.heads: dict[str, str] = {}
        self.met: set[Place] = set()

    def kids(
        self, parent: Any, page: Any, deep: int, holder: Element | None = None
    ) -> list[Element | str]:
        given = parent.get("/K")
        if given is None or deep > _MOST_DEPTH:
            return []
        found: list[Element | str] = []
        for kid in given if isinstance(given, pikepdf.Array) else [given]:
            if holder:
                self.hold(holder, kid, page)
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

    def hold(self, holder: Element, kid: Any, page: Any) -> None:
        """Note what an element holds of a page, where a kid is that."""
        mark, thing = kid, None
        if isinstance(kid, pikepdf.Dictionary):
            page, mark = kid.get("/Stm", kid.get("/Pg", page)), kid.get("/MCID")
            thing = kid.get("/Obj") if kid.get("/Type") == "/OBJR" else None
        if isinstance(thing, _PLACES):
            holder.objects.append(thing.objgen)
        elif isinstance(mark, int) and isinstance(page, _PLACES):
            place = page.objgen, mark
            holder.contents.append(place)
            if place in self.hidden:
                holder.hidden.append((self.hidden[place], self.said[place]))

    def words(self, place: Any, mcid: int) -> str:
        return self.said.get((place.objgen, mcid), "") if isinstance(place, _PLACES) else ""

    def element(self, kid: Any, page: Any, deep: int) -> Element:
        page = kid.get("/Pg", page)
        element = Element(self.role(kid.S), _text(kid, "/Alt"), place=kid.objgen)
        if kid.is_indirect and kid.objgen in self.met:
            element.again = True
            return element
        self.met.add(kid.objgen)
        element.instead, element.identifier = _text(kid, "/ActualText"), _text(kid, "/ID")
        for name, key in (("lang", "/Lang"), ("says", "/E")):
            if key in kid:
                element.notes[name] = str(kid[key])
        element.heads = tuple(_heads(kid))
        element.notes.update(self.attributes(kid, element.heads))
        element.kids = self.kids(kid, page, deep, element)
        if isinstance(kid.get("/ActualText"), pikepdf.String):  # what it says, whatever it holds
            _say_instead(element)
        element.links = _links(kid)
        inner = (k.page for k in element.kids if isinstance(k, Element) and k.page)
        has_page = isinstance(page, pikepdf.Dictionary)
        element.page = self.pages.get(page.objgen, 0) if has_page else next(inner, 0)
        if element.identifier:
            self.heads[element.identifier] = element.text.strip()
        return element

    def role(self, name: Any) -> str:
        """Return the role that a name stands for, by the file's own map where it is none."""
        role = str(name)[1:]
        for _ in range(_MOST_NAMES):
            other = self.roles.get(f"/{role}") if role and role not in _KNOWN else None
            if not isinstance(other, pikepdf.Name):
                return role
            role = str(other)[1:]
        return role

    def attributes(self, kid: Any, heads: Sequence[str]) -> dict[str, str]:
        notes: dict[str, str] = {}
        for group in _groups(kid):
            for key in ("/Scope", "/ColSpan", "/RowSpan", "/ListNumbering"):
                if key in group:
                    notes[key[1:]] = str(group[key]).removeprefix("/")
        if heads:
            notes["Headers"] = " + ".join(self.heads.get(name, name) for name in heads)
        return notes


def _say_instead(element: Element) -> None:
    """Let an element say what is said in place of all that it holds, which it goes on to hold."""
    for kid in element.kids:
        for inside in kid.walk() if isinstance(kid, Element) else ():
            element.contents += inside.contents
            element.objects += inside.objects
    stands = "".join(kid if isinstance(kid, str) else kid.text for kid in element.kids)
    element.hidden = [(stands, element.instead)]
    element.kids = [element.instead]


def _text(kid: Any, key: str) -> str:
    """Return a text that an element says of itself; none where a bad file has something else."""
    given = kid.get(key)
    return str(given) if isinstance(given, pikepdf.String) else ""


def _groups(kid: Any) -> Iterator[Any]:
    """Yield an element's groups of attributes."""
    given = kid.get("/A")
    for group in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(group, pikepdf.Dictionary):
            yield group


def _heads(kid: Any) -> Iterator[str]:
    """Yield the names of the heads that a cell says it stands under."""
    for group in _groups(kid):
        names = group.get("/Headers")
        yield from map(_name, names if isinstance(names, pikepdf.Array) else ())


def _name(given: Any) -> str:
    return str(given) if isinstance(given, (pikepdf.String, pikepdf.Name)) else ""


def _links(kid: Any) -> int:
    given = kid.get("/K")
    kids = given if isinstance(given, pikepdf.Array) else [given]
    return sum(isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/OBJR" for k in kids)
