"""The structure tree of a document: one element of it for each of the HTML, wherever it is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any
from urllib.parse import unquote

from report_builder.html.grid import Grid
from report_builder.writers.pdf import roles
from report_builder.writers.pdf.tree import Annotation, Content, Tag


class Kind(Enum):
    """What a fragment of a page is."""

    BOX = "box"
    TEXT = "text"
    PICTURE = "picture"
    LEADER = "leader"
    MARGIN = "margin"


class Furniture(Enum):
    """What stands on pages beside what they say, as a PDF calls it."""

    HEADER = "Header"
    FOOTER = "Footer"
    WATERMARK = "Watermark"
    SIDE = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of a page as the engine has set it.

    ``element`` is the HTML element it belongs to, ``part`` its tag or that of a pseudo-element
    of it (``li::marker``). ``content`` is what was drawn; ``bounds`` are its left, bottom, right
    and top in points from the page's corner. What ``repeats`` stands on further pages too; it is
    ``furniture`` of them, as all in their margins is.
    """

    kind: Kind
    page: int
    element: Any = None
    part: str = ""
    content: Content | None = None
    link: Annotation | None = None
    bounds: tuple[float, float, float, float] | None = None
    list_style: str = ""
    repeats: bool = False
    furniture: Furniture | None = None
    children: Sequence[Fragment] = ()


@dataclass
class Artifacts:
    """What no screen reader is to meet: marked content, and links to pass over."""

    contents: list[tuple[Content, Furniture | None]] = field(default_factory=list)
    links: list[Annotation] = field(default_factory=list)


_NUMBERING = {
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
}


class Tagger:
    """Puts the fragments of a document's pages in the order and the structure of its HTML."""

    def __init__(self, root: Any, *, pdf2: bool) -> None:
        self.root, self.pdf2 = root, pdf2
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.order = {element: number for number, element in enumerate(root.iter())}
        self.document = Tag("Document")
        self.artifacts = Artifacts()
        self.tags: dict[Any, Tag] = {root: self.document}
        self.bodies: dict[Any, Tag] = {}
        self.elements: dict[Tag, Any] = {}
        self.calls: dict[Any, tuple[Tag, Tag, Tag]] = {}
        self.open_paragraphs: set[Tag] = set()
        self.seen: set[tuple[Any, str]] = set()
        self.copies: dict[tuple[Any, str], Fragment] = {}

    def add_page(self, fragments: Sequence[Fragment]) -> None:
        """Take in what stands on the next page."""
        for fragment in fragments:
            self._walk(fragment)

    def finish(self) -> Tag:
        """Return the finished tree."""
        for fragment in self.copies.values():  # of what is read nowhere
            self._dismiss(fragment, fragment.furniture)
        for table in [e for e in self.tags if e.tag == "table"]:
            self._wire_table(table)
        self.document.prune()
        for tag in self.document.walk():
            self._sort(tag)
        self._refer()
        return self.document

    def element_of(self, tag: Tag) -> Any:
        """Return the HTML element of a structure element, or of the nearest one around it."""
        here: Tag | None = tag
        while here is not None and here not in self.elements:
            here = here.parent
        return self.root if here is None else self.elements[here]

    # Fragments

    def _walk(self, fragment: Fragment) -> None:
        element = fragment.element
        match fragment.kind:
            case Kind.MARGIN | Kind.LEADER:
                self._dismiss(fragment, fragment.furniture)
            case _ if self._is_hidden(fragment):
                self._dismiss(fragment, None)
            case _ if fragment.repeats and self._is_seen(fragment):
                self._dismiss(fragment, fragment.furniture)
                if copy := self.copies.pop((element, fragment.part), None):
                    self._walk(replace(copy, repeats=False))
            case Kind.PICTURE:
                self._picture(fragment)
            case Kind.TEXT:
                self._link(fragment)
                if fragment.content:
                    home = self._inside(self._home(element, fragment.part))
                    if words := fragment.content.words:
                        home = home.add("Span", actual=words)
                    home.kids.append(fragment.content)
            case Kind.BOX:
                self._box(fragment)

    def _box(self, fragment: Fragment) -> None:
        element = fragment.element
        if element is not None and fragment.part == element.tag:
            self._note_list(fragment)
            self._tag(element)
        self._link(fragment)
        for child in fragment.children:
            if child.repeats and element is self.root and child.part != "body":
                self._keep_copy(child)
            else:
                self._walk(child)

    def _dismiss(self, fragment: Fragment, furniture: Furniture | None) -> None:
        """Make an artifact of a fragment and all in it."""
        if fragment.content:
            self.artifacts.contents.append((fragment.content, furniture))
        if fragment.link:
            self.artifacts.links.append(fragment.link)
        for child in fragment.children:
            self._dismiss(child, furniture)

    def _is_hidden(self, fragment: Fragment) -> bool:
        return fragment.element is not None and fragment.element.get("aria-hidden") == "true"

    def _is_seen(self, fragment: Fragment) -> bool:
        """Tell whether a fragment is one that a page before this had too, and note it."""
        key = fragment.element, fragment.part
        if key in self.seen:
            return True
        self.seen.add(key)
        return False

    def _keep_copy(self, fragment: Fragment) -> None:
        """Take what is fixed, as the root holds it on pages that its element does not stand on.

        The first is read, but at its element's place in the text, which may come later.
        """
        if self._is_seen(fragment):
            self._dismiss(fragment, fragment.furniture)
        else:
            self.copies[fragment.element, fragment.part] = fragment

    def _picture(self, fragment: Fragment) -> None:
        element = fragment.element
        if fragment.content is None:
            return
        if element is None or fragment.part != element.tag or not roles.is_picture(element):
            self.artifacts.contents.append((fragment.content, None))
            return
        figure = self.parents.get(element)
        while figure is not None and figure.tag != "figure":
            figure = self.parents.get(figure)
        if figure is not None and self._role(figure) == "Figure":
            tag = self._tag(figure)
        elif element in self.tags:
            tag = self.tags[element]
        else:
            tag = self._inside(self._home(self.parents[element])).add("Figure")
            self.tags[element], self.elements[tag] = tag, element
            self._set_language(tag, element)
        tag.alternative = roles.alternative(element)
        if fragment.bounds:
            tag.attributes["Layout"] = {"BBox": list(fragment.bounds)}
        tag.kids.append(fragment.content)
        self._link(fragment)

    def _link(self, fragment: Fragment) -> None:
        """Tie a link's area to its element; the areas that its parts have too are left out."""
        element = fragment.element
        if fragment.link is None:
            return
        if fragment.kind is not Kind.BOX or fragment.part != "a" or element.tag != "a":
            self.artifacts.links.append(fragment.link)
            return
        words = element.get("aria-label") or roles.text_of(element) or element.get("href")
        self._tag(element).kids.append(replace(fragment.link, words=words))

    # Elements

    def _home(self, element: Any, part: str = "") -> Tag:
        """Return the structure element that an element's own text stands in."""
        _, _, pseudo = part.partition("::")
        if pseudo == "marker" and self._role(element) in ("LI", "TOCI"):
            return self._label(element)
        if pseudo == "footnote-call":
            return self._note(element)[0]
        if pseudo == "footnote-marker":
            return self._note(element)[1]
        return self._tag(element)

    def _tag(self, element: Any) -> Tag:
        """Return an element's own structure element, or that of the nearest one around it."""
        if element is None:
            return self.document
        if element in self.bodies:
            return self.bodies[element]
        if element not in self.tags:
            self.tags[element] = self._new(element)
        return self.bodies.get(element) or self.tags[element]

    def _new(self, element: Any) -> Tag:
        parent_element = self.parents.get(element)
        parent = self._tag(parent_element)
        role = self._role(element)
        if role is None:
            return parent
        if role == "Lbl":
            parent = self._term_item(element, parent)
        elif role == "LBody":
            parent = self._description_item(element, parent)
        elif not roles.is_block(element):
            parent = self._inside(parent)
        if role == "Link" and self._in_contents(element):
            parent = parent.add("Reference")
        tag = parent.add(role)
        self.elements[tag] = element
        if role == "LI":
            self.bodies[element] = tag.add("LBody")
        if element.tag in roles.HEADINGS:
            tag.title = element.get("data-title") or roles.text_of(element)
        if element.tag in roles.STRUCK:
            tag.attributes["Layout"] = {"TextDecorationType": "/LineThrough"}
            tag.alternative = self._struck(element)
        if element.tag == "abbr":
            tag.expansion = element.get("title", "")
        if roles.is_named(element):
            tag.alternative = roles.alternative(element)
        tag.name = element.get("id", "")
        self._set_language(tag, element)
        return tag

    def _struck(self, element: Any) -> str:
        """Return what is read of words that are struck out, which a line alone does not say.

        A link or picture in them is to be met itself.
        """
        words = "" if any(e.tag in ("a", "img") for e in element.iter()) else roles.text_of(element)
        said = (m.get("content") for m in self.root.iter("meta") if m.get("name") == "struck-out")
        return f"{words} ({says})" if words and (says := next(said, "")) else ""

    def _role(self, element: Any) -> str | None:
        if element.tag in ("ul", "ol", "li") and self._in_contents(element):
            return "TOCI" if element.tag == "li" else "TOC"
        return roles.role_of(element, self.parents.get(element), pdf2=self.pdf2)

    def _in_contents(self, element: Any) -> bool:
        return any(roles.is_contents(ancestor) for ancestor in self._ancestors(element))

    def _ancestors(self, element: Any) -> Iterator[Any]:
        while element is not None:
            yield element
            element = self.parents.get(element)

    def _inside(self, tag: Tag) -> Tag:
        """Return where text in an element stands: in groups it is a paragraph of its own."""
        if tag.role not in roles.NEEDS_PARAGRAPHS:
            return tag
        last = tag.kids[-1] if tag.kids else None
        if isinstance(last, Tag) and last in self.open_paragraphs:
            return last
        paragraph = tag.add("P")
        self.open_paragraphs.add(paragraph)
        return paragraph

    def _set_language(self, tag: Tag, element: Any) -> None:
        ancestors = self._ancestors(self.parents.get(element))
        around = (ancestor.get("lang") for ancestor in ancestors if ancestor.get("lang"))
        if element.get("lang") and element.get("lang") != next(around, None):
            tag.language = element.get("lang")

    # Lists

    def _note_list(self, fragment: Fragment) -> None:
        """Say how a list is numbered, which only its style tells."""
        element = fragment.element
        if element.tag not in ("ul", "ol", "dl") or self._role(element) != "L":
            return
        style = _NUMBERING.get(fragment.list_style, "")
        if element.tag == "ol" and style in ("", "Disc", "Circle", "Square"):
            style = "Ordered" if self.pdf2 else "Decimal"
        if element.tag == "dl":
            style = "Description" if self.pdf2 else "None"
        plain = "Unordered" if self.pdf2 else "None"
        self._tag(element).attributes["List"] = {"ListNumbering": f"/{style or plain}"}

    def _label(self, element: Any) -> Tag:
        self._tag(element)
        item = self.tags[element]
        first = item.kids[0] if item.kids else None
        if isinstance(first, Tag) and first.role == "Lbl":
            return first
        label = Tag("Lbl", item)
        item.kids.insert(0, label)
        return label

    def _term_item(self, element: Any, parent: Tag) -> Tag:
        """Return the list item of a term: terms that follow each other share one."""
        before = self._sibling(element)
        if before is not None and before.tag == "dt":
            self._tag(before)
            return self.tags[before].parent or parent
        return parent.add("LI")

    def _description_item(self, element: Any, parent: Tag) -> Tag:
        before = self._sibling(element)
        if before is None:
            return parent.add("LI")
        self._tag(before)
        return self.tags[before].parent or parent

    def _sibling(self, element: Any) -> Any:
        """Return the term or description before another."""
        siblings = [c for c in self.parents[element] if c.tag in ("dt", "dd")]
        place = siblings.index(element)
        return siblings[place - 1] if place else None

    # Footnotes

    def _note(self, element: Any) -> tuple[Tag, Tag, Tag]:
        """Return a footnote's call, its number, and the note, which follows its call."""
        if element not in self.calls:
            around = self._inside(self._tag(self.parents[element]))
            reference = around.add("Reference")
            call = reference.add("Lbl")
            note = around.add("FENote" if self.pdf2 else "Note")
            note.identifier = f"note-{len(self.calls) + 1}"
            number = note.add("Lbl")
            if self.pdf2:
                note.attributes["FENote"] = {"NoteType": "/Footnote"}
                note.refers, reference.refers = [reference], [note]
            self._set_language(note, element)
            self.calls[element] = call, number, note
            self.tags[element], self.elements[note] = note, element
        return self.calls[element]

    # The end

    def _wire_table(self, table: Any) -> None:
        """Tell each cell of a table its heads."""
        name = f"t{self.order[table]}"
        grid = Grid(table, self.parents.get)
        heads: dict[int, str] = {}
        for number, cell in enumerate(grid.cells):
            if cell.is_head and cell.element in self.tags:
                heads[id(cell.element)] = f"{name}-{number}"
        for cell in grid.cells:
            tag = self.tags.get(cell.element)
            if tag is None:
                continue
            values: dict[str, Any] = {}
            if cell.across > 1:
                values["ColSpan"] = cell.across
            if cell.down > 1:
                values["RowSpan"] = cell.down
            if cell.is_head:
                tag.identifier = heads[id(cell.element)]
                scopes = grid.scopes(cell)
                values["Scope"] = f"/{scopes[0] if scopes else 'Both'}"
            named = [heads[id(h.element)] for h in grid.heads(cell) if id(h.element) in heads]
            if named and not cell.is_head:
                values["Headers"] = named
            if values:
                tag.attributes["Table"] = values

    def _sort(self, tag: Tag) -> None:
        """Put what was set out of its order, such as a caption below, in that of the HTML.

        What has no element of its own stays behind what it follows.
        """
        tags = [kid for kid in tag.kids if isinstance(kid, Tag)]
        if len(tags) != len(tag.kids):
            return
        order, last = {}, 0
        for kid in tags:
            last = self.order[self.elements[kid]] if kid in self.elements else last
            order[kid] = last
        tag.kids = [*sorted(tags, key=order.__getitem__)]

    def _refer(self) -> None:
        """Let the entries of the contents name the headings that they lead to."""
        if not self.pdf2:
            return
        named = {tag.name: tag for tag in self.document.walk() if tag.name}
        for tag in self.document.walk():
            if tag.role == "Link" and tag.parent and tag.parent.role == "Reference":
                target = named.get(unquote(self.elements[tag].get("href", "").removeprefix("#")))
                tag.parent.refers = [target] if target else []
