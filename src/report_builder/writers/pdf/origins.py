"""Which elements the parts of a PDF came from, noted while it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from report_builder.checks.reading import HIDES
from report_builder.html.document import SOURCE, position_of
from report_builder.problems import Position
from report_builder.readback.origins import Key, Origin
from report_builder.templating.declared import Declarations, Wanted
from report_builder.templating.resources import Resources
from report_builder.writers.pdf import roles

_SAYS: Wanted = {"content": re.compile("")}


class Origins:
    """Knows where each part of a PDF came from, once `our_tags` has written it."""

    def __init__(self, root: HtmlElement, template: str, resources: Resources) -> None:
        self.root, self.template, self.resources = root, template, resources
        self.elements: dict[Key, tuple[Any, str]] = {}
        self.parents: Mapping[Any, Any] = {}
        self.styles: dict[Any, Declarations] = {}

    def of(self, key: Key) -> Origin | None:
        """Return where a part came from: the content's line, else the style's or the template."""
        element, part = self.elements.get(key, (None, ""))
        if element is None and not part:
            return None
        words = "" if element is None else _words(element)
        if "::" in part or part.startswith("@"):
            name, colons, pseudo = part.partition("::")
            which = f"::{pseudo}" if colons else name
            if style := self._style(self._top_of(element), element, which, _SAYS):
                return replace(style, words=words)
        return Origin(self._source(element), words)

    def hides(self, element: HtmlElement) -> Origin | None:
        """Return where the theme hides or moves an element of the document, if it does."""
        return self._style(self.root, element, "", HIDES)

    def _style(self, root: Any, element: Any, part: str, wanted: Wanted) -> Origin | None:
        if root not in self.styles:
            self.styles[root] = Declarations(root, Path(self.template), self.resources)
        said = self.styles[root].own(element, part, wanted)
        return Origin(said.position, "", f"{said.name}: {said.value}") if said else None

    def _source(self, element: Any) -> Position:
        """Return the line of an element, of one around it, or of the first in it; else the file."""
        for one in (*self._around(element), *(() if element is None else element.iter())):
            if found := position_of(one.get(SOURCE, "")):
                return found
        return Position(self.template)

    def _around(self, element: Any) -> Iterator[Any]:
        while element is not None:
            yield element
            element = self.parents.get(element)

    def _top_of(self, element: Any) -> Any:
        """Return the root of the document as the engine has read it, or else as it was given."""
        if element is None:
            return self.root
        while element in self.parents:
            element = self.parents[element]
        return element


def _words(element: Any) -> str:
    """Return the words by which an element is found again, a picture's file among them."""
    if roles.is_picture(element) or element.tag == "img":
        return roles.alternative(element) or element.get("src", "")
    return roles.text_of(element)
