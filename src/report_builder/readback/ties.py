"""What a PDF says beside its pages and tree: language, bookmarks, links, and the tree's index."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from report_builder.readback.words import NOWHERE, Place, inner

# Of a file that may have been made to be endless: parts of an index, and bookmarks.
_MOST_NODES, _MOST_BOOKMARKS = 100_000, 5_000


@dataclass(frozen=True)
class Spot:
    """A place to click: the page it is on, what it says of itself, and where it leads."""

    page: int
    place: Place
    says: str
    target: str


@dataclass(frozen=True)
class Ties:
    """How the parts of a PDF are tied together.

    ``pages`` are the pages' places in order. ``owners`` are, by the index of the tree, the element
    of each piece of marked content, ``holders`` those of what else a page holds; both are empty
    where the file has no index. ``lets_read`` says that no lock
    keeps screen readers out, ``is_for_press`` that it was made for a printer alone.
    """

    title: str
    language: str
    pages: tuple[Place, ...]
    bookmarks: tuple[str, ...]
    spots: tuple[Spot, ...]
    owners: dict[tuple[Place, int], Place]
    holders: dict[Place, Place]
    lets_read: bool
    is_for_press: bool


def read_ties(pdf: bytes) -> Ties:
    """Return what a PDF says beside its pages and its tree."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        index = dict(_index(inner(inner(file.Root, "/StructTreeRoot"), "/ParentTree")))
        pages = [(page.obj, number) for number, page in enumerate(file.pages, start=1)]
        owners: dict[tuple[Place, int], Place] = {}
        spots: list[Spot] = []
        tied: dict[Place, Place] = {}
        for page, number in pages:
            entries = index.get(_number(page, "/StructParents"))
            if isinstance(entries, pikepdf.Array):
                for mark, owner in enumerate(entries):
                    if isinstance(owner, pikepdf.Dictionary):
                        owners[page.objgen, mark] = owner.objgen
            for thing in _things(page):
                holder = index.get(_number(thing, "/StructParent"))
                if isinstance(holder, pikepdf.Dictionary):
                    tied[thing.objgen] = holder.objgen
                if thing.get("/Subtype") == "/Link":
                    says = _text(thing, "/Contents")
                    spots.append(Spot(number, thing.objgen, says, _target(thing)))
        title = " ".join(_text(file.docinfo, key) for key in ("/Title", "/Subject"))
        return Ties(
            title.strip(),
            _text(file.Root, "/Lang"),
            tuple(page.objgen for page, _ in pages),
            tuple(_bookmarks(file)),
            tuple(spots),
            owners,
            tied,
            not file.is_encrypted or file.allow.accessibility,
            "/StructTreeRoot" not in file.Root and any(_is_trimmed(page) for page, _ in pages),
        )


def _text(holder: Any, key: str) -> str:
    given = holder.get(key)
    return str(given) if isinstance(given, pikepdf.String) else ""


def _number(holder: Any, key: str) -> int:
    given = holder.get(key)
    return given if isinstance(given, int) else -1


def _is_trimmed(page: Any) -> bool:
    """Tell whether something of a page is to be cut away."""
    return "/TrimBox" in page and page.TrimBox != page.get("/MediaBox")


def _things(page: Any) -> Iterator[Any]:
    """Yield what lies upon a page."""
    given = page.get("/Annots")
    for thing in given if isinstance(given, pikepdf.Array) else ():
        if isinstance(thing, pikepdf.Dictionary):
            yield thing


def _target(thing: Any) -> str:
    """Return where a place to click leads, in whatever words tell it from others."""
    action = inner(thing, "/A")
    for given in (action.get("/URI"), action.get("/D"), thing.get("/Dest")):
        if isinstance(given, (pikepdf.String, pikepdf.Name)):
            return str(given)
        if isinstance(given, pikepdf.Array) and len(given):
            return repr(given[0].objgen) if isinstance(given[0], pikepdf.Dictionary) else ""
    return ""


def _index(tree: Any) -> Iterator[tuple[int, Any]]:
    """Yield the numbers of a number tree, and what stands there."""
    waiting, met = [tree], set[Place]()
    while waiting and len(met) < _MOST_NODES:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in met:
            continue
        if node.objgen != NOWHERE:
            met.add(node.objgen)
        numbers, kids = node.get("/Nums"), node.get("/Kids")
        if isinstance(numbers, pikepdf.Array):
            for place in range(0, len(numbers) - 1, 2):
                if isinstance(number := numbers[place], int):
                    yield number, numbers[place + 1]
        if isinstance(kids, pikepdf.Array):
            waiting += list(kids)


def _bookmarks(file: pikepdf.Pdf) -> Iterator[str]:
    """Yield the titles of a file's bookmarks, in some order."""
    waiting, met = [inner(file.Root, "/Outlines")], set[Place]()
    while waiting and len(met) < _MOST_BOOKMARKS:
        node = waiting.pop()
        if node.objgen in met:
            continue
        met.add(node.objgen)
        if title := _text(node, "/Title").strip():
            yield title
        waiting += [inner(node, key) for key in ("/Next", "/First") if key in node]
