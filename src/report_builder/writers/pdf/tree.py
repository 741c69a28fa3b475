"""A PDF's structure tree: what a screen reader walks, and how it is written into the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pydyf

PDF2 = "http://iso.org/pdf2/ssn"
# Structure types that PDF 2.0 has no more; they stay in the namespace of PDF 1.7.
_ONLY_PDF1 = {"Art", "BlockQuote", "Code", "Note", "Quote", "Reference", "TOC", "TOCI"}
# Structure types that PDF 1.7 has not yet, and what they are there.
_ROLE_MAP = {"Em": "/Span", "Strong": "/Span"}


@dataclass(frozen=True, slots=True)
class Content:
    """A piece of marked content: its page, its number there, and its stream where that is a group.

    What is drawn under ``opacity`` stands in a stream of its own, not in that of the page.
    ``words`` are what it says, where programs must not be left to turn it round.
    """

    page: int
    mcid: int
    group: Any = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link's active area on a page: its PDF dictionary, and what the link says."""

    page: int
    dictionary: Any
    words: str = ""


@dataclass(eq=False, slots=True)
class Tag:
    """A structure element.

    ``attributes`` holds values by owner and name: numbers, texts, ``/names`` and lists of them.
    ``name`` is what links lead to it by, ``identifier`` what ``Headers`` and notes call it by;
    ``refers`` are the elements that ``Ref`` names.
    """

    role: str
    parent: Tag | None = None
    kids: list[Tag | Content | Annotation] = field(default_factory=list)
    title: str = ""
    alternative: str = ""
    actual: str = ""
    language: str = ""
    expansion: str = ""
    identifier: str = ""
    name: str = ""
    attributes: dict[str, dict[str, Any]] = field(default_factory=dict)
    refers: list[Tag] = field(default_factory=list)

    def add(self, role: str, **values: Any) -> Tag:
        """Append a new element, and return it."""
        tag = Tag(role, self, **values)
        self.kids.append(tag)
        return tag

    def walk(self) -> Iterator[Tag]:
        """Yield the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Tag):
                yield from kid.walk()

    def prune(self) -> None:
        """Take out elements that hold nothing; an empty cell stays, for it holds its place."""
        for kid in self.kids:
            if isinstance(kid, Tag):
                kid.prune()
        self.kids = [k for k in self.kids if not isinstance(k, Tag) or k.kids or k.role in _CELLS]


_CELLS = ("TD", "TH")


def write_tree(document: Tag, pdf: Any, pages: Sequence[bytes], *, pdf2: bool) -> dict[Tag, Any]:
    """Write a document's tree into a PDF, and return the dictionary of each element.

    ``pages`` are the references of the PDF's pages.
    """
    return _TreeWriter(pdf, pages, pdf2).write(document)


class _TreeWriter:
    def __init__(self, pdf: Any, pages: Sequence[bytes], pdf2: bool) -> None:
        self.pdf, self.pages, self.pdf2 = pdf, pages, pdf2
        self.written: dict[Tag, Any] = {}
        self.parents: dict[int, dict[int, Any]] = {number: {} for number in range(len(pages))}
        self.groups: dict[int, tuple[Any, dict[int, Any]]] = {}
        self.annotations: list[tuple[Any, Annotation]] = []

    def write(self, document: Tag) -> dict[Tag, Any]:
        root = self._add({"Type": "/StructTreeRoot"})
        if self.pdf2:
            self.namespace = self._add({"Type": "/Namespace", "NS": pydyf.String(PDF2)})
            root["Namespaces"] = pydyf.Array([self.namespace.reference])
        else:
            root["RoleMap"] = pydyf.Dictionary(_ROLE_MAP)
        for tag in document.walk():
            parent = self.written[tag.parent] if tag.parent else root
            self.written[tag] = self._element(tag, parent)
        for tag, dictionary in self.written.items():
            dictionary["K"] = self._kids(tag, dictionary)
            if tag.refers:
                dictionary["Ref"] = pydyf.Array([self.written[t].reference for t in tag.refers])
        root["K"] = pydyf.Array([self.written[document].reference])
        self._write_parents(root)
        self._write_identifiers(root)
        catalog = self.pdf.catalog
        catalog["StructTreeRoot"] = root.reference
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        return self.written

    def _add(self, values: Mapping[str, Any]) -> Any:
        dictionary = pydyf.Dictionary(values)
        self.pdf.add_object(dictionary)
        return dictionary

    def _element(self, tag: Tag, parent: Any) -> Any:
        dictionary = self._add({"Type": "/StructElem", "S": f"/{tag.role}", "P": parent.reference})
        if self.pdf2 and tag.role not in _ONLY_PDF1:
            dictionary["NS"] = self.namespace.reference
        texts = {
            "T": tag.title,
            "Alt": tag.alternative,
            "ActualText": tag.actual,
            "Lang": tag.language,
            "E": tag.expansion,
            "ID": tag.identifier,
        }
        dictionary.update({name: pydyf.String(text) for name, text in texts.items() if text})
        groups = [
            pydyf.Dictionary({"O": f"/{owner}", **{k: _value(v) for k, v in values.items()}})
            for owner, values in tag.attributes.items()
        ]
        if groups:
            dictionary["A"] = groups[0] if len(groups) == 1 else pydyf.Array(groups)
        return dictionary

    def _kids(self, tag: Tag, dictionary: Any) -> Any:
        kids = pydyf.Array()
        for kid in tag.kids:
            match kid:
                case Tag():
                    kids.append(self.written[kid].reference)
                case Content():
                    kids.append(self._content(kid, dictionary))
                case Annotation():
                    kid.dictionary["Contents"] = pydyf.String(kid.words)
                    self.annotations.append((dictionary, kid))
                    kids.append(
                        pydyf.Dictionary(
                            {
                                "Type": "/OBJR",
                                "Obj": kid.dictionary.reference,
                                "Pg": self.pages[kid.page],
                            }
                        )
                    )
        return kids

    def _content(self, content: Content, dictionary: Any) -> Any:
        page = self.pages[content.page]
        if content.group is None:
            self.parents[content.page][content.mcid] = dictionary
            if dictionary.setdefault("Pg", page) == page:
                return content.mcid
        else:
            _, parents = self.groups.setdefault(id(content.group), (content.group, {}))
            parents[content.mcid] = dictionary
        values = {"Type": "/MCR", "Pg": page, "MCID": content.mcid}
        if content.group is not None:
            values["Stm"] = content.group.reference
        return pydyf.Dictionary(values)

    def _write_parents(self, root: Any) -> None:
        """Write which element each piece of content, and each link, belongs to."""
        numbers = pydyf.Array()
        entries: list[Any] = [_row(parents) for parents in self.parents.values()]
        for group, parents in self.groups.values():
            group.extra["StructParents"] = len(entries)
            entries.append(_row(parents))
        for dictionary, annotation in self.annotations:
            annotation.dictionary["StructParent"] = len(entries)
            entries.append(dictionary.reference)
        for number, entry in enumerate(entries):
            numbers.extend([number, entry])
        root["ParentTree"] = self._add({"Nums": numbers}).reference
        root["ParentTreeNextKey"] = len(entries)

    def _write_identifiers(self, root: Any) -> None:
        named = {tag.identifier: written for tag, written in self.written.items() if tag.identifier}
        if not named:
            return
        names = pydyf.Array()
        for identifier in sorted(named):
            names.extend([pydyf.String(identifier), named[identifier].reference])
        root["IDTree"] = self._add({"Names": names}).reference


def _value(value: Any) -> Any:
    """Return a PDF value of a plain one."""
    if isinstance(value, list):
        return pydyf.Array([_value(item) for item in value])
    if isinstance(value, str) and not value.startswith("/"):
        return pydyf.String(value)
    return value


def _row(parents: dict[int, Any]) -> Any:
    last = max(parents, default=-1)
    return pydyf.Array([parents[i].reference if i in parents else "null" for i in range(last + 1)])
