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
from report_builder.templating.stylesheets import Declared
from report_builder.writers.pdf import roles

_SAYS: Wanted = {"content": re.compile("")}


class Sources:
    """Knows which lines the elements of a document came from, and which style decides them."""

    def __init__(
        self, root: Any, parents: Mapping[Any, Any], template: str, resources: Resources
    ) -> None:
        self._parents = parents
        self._declarations = Declarations(root, Path(template), resources)

    def line(self, element: Any) -> Position:
        """Return the line of an element, of what is in it, or around it; else the theme's file."""
        within = () if element is None else element.iter()
        for one in (*within, *self._around(element)):
            if found := position_of(one.get(SOURCE, "")):
                return found
        return self._declarations.whole()

    def style(self, element: Any, part: str, wanted: Wanted) -> Declared | None:
        """Return what the theme itself declares of one of some properties of an element."""
        return self._declarations.own(element, part, wanted)

    def _around(self, element: Any) -> Iterator[Any]:
        while (element := self._parents.get(element)) is not None:
            yield element


class Origins:
    """Knows where each part of a PDF came from, once `our_tags` has written it."""

    def __init__(self, root: HtmlElement, template: str, resources: Resources) -> None:
        self.elements: dict[Key, tuple[Any, str]] = {}
        self._template, self._resources = template, resources
        self._given = self._written = Sources(root, {}, template, resources)

    def read(self, root: Any, parents: Mapping[Any, Any]) -> None:
        """Take the document as the engine has read it, whose elements it names."""
        self._written = Sources(root, parents, self._template, self._resources)

    def of(self, key: Key) -> Origin | None:
        """Return where a part came from: the content's line, else the style's or the theme's."""
        element, part = self.elements.get(key, (None, ""))
        if element is None and not part:
            return None
        words = "" if element is None else _words(element)
        if "::" in part or part.startswith("@"):
            name, colons, pseudo = part.partition("::")
            which = f"::{pseudo}" if colons else name
            if said := self._written.style(element, which, _SAYS):
                return replace(_of_style(said), words=words)
        return Origin(self._written.line(element), words)

    def hides(self, element: HtmlElement) -> Origin | None:
        """Return where the theme hides or moves an element of the document, if it does."""
        said = self._given.style(element, "", HIDES)
        return _of_style(said) if said else None


def _of_style(said: Declared) -> Origin:
    return Origin(said.position, "", f"{said.name}: {said.value}")


def _words(element: Any) -> str:
    """Return the words by which an element is found again, a picture's file among them."""
    if roles.is_picture(element) or element.tag == "img":
        return roles.alternative(element) or element.get("src", "")
    return roles.text_of(element)
