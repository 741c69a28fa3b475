"""A finished PDF spoilt in one way at a time, as programs and people spoil them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Spoil = Callable[[pikepdf.Pdf], None]

EVENT = """
title: A report to spoil
language: en-GB
date: 2024-03-02
organiser: The Council
sections:
  - type: prose
    title: Why we met
    body: |
      {words}

      - People want to be asked.
      - People want warm homes.

      See [the strategy](https://www.council.example/strategy) and
      [the plan](https://www.council.example/plan).^[The plan is *new*.]

      {words}
    pictures: [{{file: town.png, alt: A town with its people hand in hand}}]
  - type: table
    title: Who lives where
    caption: People by ward
    columns: [Ward, Young, Old]
    rows: [[Bushbury, "1,200", "900"], [Park, "300", "450"]]
  - type: prose
    title: What was said
    body: |
      {words}

      {words}
  - type: prose
    title: What happens now
    body: |
      {words}

      {words}
  - type: key-messages
    title: Main messages
    items: [There are lots of projects, We need to talk more]
"""
_WORDS = (
    "People came together in the town hall and told us what matters to them. They said that homes"
    " are cold, that the clinic opens too late for those who work, and that nobody asks the young."
)


def write_event(folder: Path) -> None:
    """Write an event, of which the report holds all that can be spoilt, into a folder."""
    from PIL import Image

    folder.mkdir(parents=True)
    Image.new("RGB", (900, 600), "#204060").save(folder / "town.png")
    text = EVENT.format(words=" ".join([_WORDS] * 8))
    (folder / "event.yaml").write_text(text, "utf-8")


def spoilt(pdf: bytes, spoil: Spoil) -> bytes:
    """Return a PDF as it is when it has been spoilt."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        spoil(file)
        options: dict[str, Any] = {}
        if spoil is lock:
            allow = pikepdf.Permissions(accessibility=False, extract=False)
            # Newer ways of locking have no such lock.
            options["encryption"] = pikepdf.Encryption(
                "o", R=3, aes=False, metadata=False, allow=allow
            )
        file.save(made, **options)
    return made.getvalue()


def elements(file: pikepdf.Pdf, *roles: str) -> list[Any]:
    """Return the structure elements of some roles, in reading order."""
    return [e for e in _walk(file.Root.StructTreeRoot) if str(e.get("/S"))[1:] in roles]


def _walk(element: Any) -> Iterator[Any]:
    for kid in _kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def _kids(element: Any) -> list[Any]:
    given = element.get("/K", Array())
    return list(given) if isinstance(given, Array) else [given]


def _rename(*pairs: tuple[str, str]) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        found = [(element, new) for old, new in pairs for element in elements(file, old)]
        assert found
        for element, new in found:
            element.S = Name(f"/{new}")

    return spoil


def _alt(words: str) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        elements(file, "Figure")[0].Alt = String(words)

    return spoil


def _headers(name: Callable[[pikepdf.Pdf], Any]) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        for cell in elements(file, "TD"):
            cell.A.Headers = Array([name(file)])

    return spoil


def _without(key: str, *roles: str) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        holders = elements(file, *roles) if roles else [file.Root]
        assert any(key in holder for holder in holders)
        for holder in holders:
            if key in holder:
                del holder[key]

    return spoil


def _language(code: str) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        file.Root.Lang = String(code)

    return spoil


def _in_root(holder: str, key: str) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        file.Root[holder][key] = False

    return spoil


def _without_title(file: pikepdf.Pdf) -> None:
    with file.open_metadata() as metadata:
        del metadata["dc:title"]


def _turned(first: bool) -> Spoil:
    """Turn the order of a report's parts, or of two paragraphs that follow each other."""

    def spoil(file: pikepdf.Pdf) -> None:
        if first:
            holder = max(_walk(file.Root.StructTreeRoot), key=lambda e: len(_sections(e)))
            holder.K = Array(_kids(holder)[::-1])
            return
        for holder in _walk(file.Root.StructTreeRoot):
            kids = _kids(holder)
            for place in range(len(kids) - 1):
                if all(map(_is_paragraph, kids[place:][:2])):
                    kids[place], kids[place + 1] = kids[place + 1], kids[place]
                    holder.K = Array(kids)
                    return
        raise AssertionError

    return spoil


def _is_paragraph(kid: Any) -> bool:
    """Tell whether a kid is a paragraph of several lines."""
    return isinstance(kid, Dictionary) and kid.get("/S") == "/P" and len(_kids(kid)) > 2


def _sections(element: Any) -> list[Any]:
    return [k for k in _kids(element) if isinstance(k, Dictionary) and k.get("/S") == "/Sect"]


def _hidden_text(file: pikepdf.Pdf) -> None:
    """Mark the last paragraph of several lines as decoration, and take it out of the tags."""
    lines = [e for e in elements(file, "P") if len(_kids(e)) > 2]
    *_, element = (e for e in lines if all(isinstance(kid, int) for kid in _kids(e)))
    for mark in map(int, _kids(element)):
        _remark(file, element.Pg, _has(mark), [Name.Artifact, Dictionary()])
    parent = element.P
    parent.K = Array([k for k in _kids(parent) if k.objgen != element.objgen])


def _has(mark: int) -> Callable[[Any], bool]:
    return lambda operands: bool(operands[1].get("/MCID") == mark)


def _remark(
    file: pikepdf.Pdf, page: Any, is_meant: Callable[[Any], bool], operands: list[Any]
) -> None:
    done, changed = False, []
    for given, operator in pikepdf.parse_content_stream(page):
        new = given
        is_mark = str(operator) == "BDC" and isinstance(given[1], Dictionary)
        if not done and is_mark and is_meant(given):
            new, done = operands, True
        changed.append((new, operator))
    assert done
    page.Contents = file.make_stream(pikepdf.unparse_content_stream(changed))


def _tagged_furniture(file: pikepdf.Pdf) -> None:
    """Tag the last decoration of a page, its number, as a paragraph."""
    page = file.pages[3].obj
    marks = [o[1] for o, op in pikepdf.parse_content_stream(page) if str(op) == "BDC"]
    number = 1 + max(int(m["/MCID"]) for m in marks if "/MCID" in m)
    last = max(i for i, m in enumerate(marks) if "/MCID" not in m)
    order = iter(range(len(marks)))
    mark = [Name.P, Dictionary(MCID=number)]
    _remark(file, page, lambda _: next(order) == last, mark)
    holder = elements(file, "Sect")[0].P
    new = Dictionary(Type=Name.StructElem, S=Name.P, P=holder, Pg=page, K=Array([number]))
    new = file.make_indirect(new)
    holder.K = Array([*_kids(holder), new])
    _owners(file, page).append(new)


def _owners(file: pikepdf.Pdf, page: Any) -> Any:
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    return next(
        numbers[i + 1] for i in range(0, len(numbers), 2) if numbers[i] == page.StructParents
    )


def _wrong_index(file: pikepdf.Pdf) -> None:
    owners = _owners(file, file.pages[3].obj)
    last = next(i for i in range(len(owners)) if owners[i].objgen != owners[0].objgen)
    owners[0], owners[last] = owners[last], owners[0]


def _without_index(file: pikepdf.Pdf) -> None:
    del file.Root.StructTreeRoot["/ParentTree"]


def _link_outside(file: pikepdf.Pdf) -> None:
    link = elements(file, "Link")[0]
    link.K = Array([k for k in _kids(link) if not isinstance(k, Dictionary) or "/Obj" not in k])


def _lie(file: pikepdf.Pdf) -> None:
    elements(file, "P")[3].ActualText = String("Something else entirely")


def _lie_in_content(file: pikepdf.Pdf) -> None:
    page = file.pages[3].obj
    marked: list[Any] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        is_mark = str(operator) == "BDC" and isinstance(operands[1], Dictionary)
        if is_mark and "/MCID" in operands[1]:
            operands[1].ActualText = String("Something else entirely")
        marked.append((operands, operator))
    page.Contents = file.make_stream(pikepdf.unparse_content_stream(marked))


def _twice(file: pikepdf.Pdf) -> None:
    paragraph = elements(file, "P")[2]
    paragraph.K = Array([*_kids(paragraph), *_kids(paragraph)])


def _branch_twice(file: pikepdf.Pdf) -> None:
    section = elements(file, "Sect")[0]
    section.P.K = Array([*_kids(section.P), section])


def _row_heads(file: pikepdf.Pdf) -> None:
    for head in elements(file, "TH"):
        if head.A.get("/Scope") == "/Row":
            head.S = Name.TD


def _without_tabs(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        if "/Tabs" in page.obj:
            del page.obj["/Tabs"]


def _without_unicode(file: pikepdf.Pdf) -> None:
    for thing in file.objects:
        if isinstance(thing, Dictionary) and "/ToUnicode" in thing:
            del thing["/ToUnicode"]


def _click_here(file: pikepdf.Pdf) -> None:
    for page in file.pages:
        for spot in page.obj.get("/Annots", ()):
            spot.Contents = String("click here")


def _uneven(file: pikepdf.Pdf) -> None:
    row = elements(file, "TR")[1]
    row.K = Array(_kids(row)[:-1])


def _page_untagged(file: pikepdf.Pdf) -> None:
    page = file.pages[3].obj.objgen
    for element in list(_walk(file.Root.StructTreeRoot)):
        kids = _kids(element)
        kept = [k for k in kids if not isinstance(k, Dictionary) or _page_of(k) != page]
        if len(kept) < len(kids):
            element.K = Array(kept)


def _page_of(kid: Any) -> Any:
    return kid.Pg.objgen if "/S" in kid and "/Pg" in kid else None


def lock(_: pikepdf.Pdf) -> None:
    """Leave a file as it is: it is locked when it is saved."""


FAULTS: dict[str, tuple[Spoil, str]] = {
    "a picture without alt text": (_without("/Alt", "Figure"), "picture-alt"),
    "alt text that is a file's name": (_alt("IMG_1234.jpg"), "picture-alt"),
    "alt text that is a space": (_alt(" "), "picture-alt"),
    "two paragraphs in the wrong order": (_turned(first=False), "page-order"),
    "the parts in the wrong order": (_turned(first=True), "page-order"),
    "cells under other cells' heads": (
        _headers(lambda file: elements(file, "TH")[0].ID),
        "cell-heads",
    ),
    "cells under heads that are not there": (_headers(lambda _: String("nope")), "cell-heads"),
    "heads that head nothing": (_without("/A", "TD", "TH"), "head-scope"),
    "no language": (_without("/Lang"), "pdf-ua"),
    "another language": (_language("fr-FR"), "pdf-language"),
    "a language that is none": (_language("english!"), "pdf-ua"),
    "headings of one level": (_rename(("H1", "H2"), ("H3", "H2")), "heading-order"),
    "a level that is skipped": (_rename(("H2", "H4")), "heading-order"),
    "headings that are paragraphs": (_rename(("H2", "P"), ("H3", "P")), "heading-untagged"),
    "text that is decoration": (_hidden_text, "unheard"),
    "a page's number that is read": (_tagged_furniture, "furniture"),
    "an index that is wrong": (_wrong_index, "tag-index"),
    "no index": (_without_index, "tag-index"),
    "tags that are said to be none": (_in_root("/MarkInfo", "/Marked"), "pdf-ua"),
    "no title": (_without_title, "pdf-ua"),
    "a title that is not shown": (_in_root("/ViewerPreferences", "/DisplayDocTitle"), "pdf-ua"),
    "a link outside the tags": (_link_outside, "link-untagged"),
    "a list that is paragraphs": (
        _rename(("L", "Div"), ("LI", "Div"), ("Lbl", "P"), ("LBody", "P")),
        "fake-list",
    ),
    "heads of rows that are cells": (_row_heads, "head-as-cell"),
    "words that are said otherwise": (_lie, "said-instead"),
    "words that are read twice": (_twice, "read-twice"),
    "no order of the places to click": (_without_tabs, "pdf-ua"),
    "letters that stand for nothing": (_without_unicode, "pdf-ua"),
    "links that all say “click here”": (_click_here, "link-text"),
    "a row that is too short": (_uneven, "pdf-ua"),
    "a note without a name": (_without("/ID", "Note"), "pdf-ua"),
    "no bookmarks": (_without("/Outlines"), "bookmarks"),
    "a page that is in no tag": (_page_untagged, "unheard"),
    "a lock that keeps screen readers out": (lock, "pdf-locked"),
}
"""What may be wrong with a PDF, how to make it so, and the code of the problem that tells it."""

VARIANTS: dict[str, tuple[Spoil, str]] = {
    "alt text of a program": (_alt("Image 1"), "picture-alt"),
    "alt text that is an address": (_alt("https://www.council.example/a.png"), "picture-alt"),
    "alt text that nobody sees": (_alt("\u00a0\u200b"), "picture-alt"),
    "words in a page that are said otherwise": (_lie_in_content, "said-instead"),
    "a part that is read twice": (_branch_twice, "read-twice"),
    "a language that is far away": (_language("pl"), "pdf-language"),
}
"""The same faults made in other ways."""
