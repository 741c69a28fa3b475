"""Which declaration of a theme decides how an element looks, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from report_builder.problems import Position
from report_builder.templating.resources import Resources
from report_builder.templating.stylesheets import (
    Declared,
    StyleSheets,
    declarations,
    in_shipped,
)

Wanted = Mapping[str, re.Pattern[str]]
"""Properties, and those of their values that matter."""

_VARIABLE = re.compile(r"var\(\s*--([\w-]+)")
_RELATIVE = re.compile(
    r"(?i)[\d.](em|%|rem|lh)\b|%|smaller|larger|inherit|unset|currentcolor|var\("
)
INHERITED = {
    *("color", "font", "font-size", "letter-spacing", "line-height", "overflow-wrap"),
    *("text-indent", "visibility", "white-space", "word-break", "word-spacing"),
}
"""The properties that an element takes from around it, of those that are looked for."""
_INLINE = (9, 0, 0)  # the weight of an attribute “style”: more than any selector's


@dataclass
class Declarations:
    """What a document's style sheets declare; ``template`` is where its template lies."""

    root: Any
    template: Path
    resources: Resources
    _found: dict[tuple[Any, str], list[Declared]] = field(default_factory=dict)

    def own(self, element: Any, part: str, wanted: Wanted) -> Declared | None:
        """Return the theme's own declaration that decides one of some properties of an element.

        The nearest counts, be it of the element, its ``part`` (“::before”) or one around it. None
        where a shipped theme decides.
        """
        if self._is_shipped:
            return None
        if part.startswith("@"):
            return self._of_page(part, wanted) or self._of_page("@page", wanted)
        settled: set[str] = set()
        here = self._wrapped.get(element)
        while here is not None:
            for which in dict.fromkeys((part, "")):
                for name in wanted.keys() - settled:
                    said = next((d for d in self._said(here, which) if d.name == name), None)
                    if said is None:
                        continue
                    if found := self._theirs(said, here, wanted[name]):
                        return found
                    if name in INHERITED and not _RELATIVE.search(said.value):
                        settled.add(name)
            here, part = here.parent, ""
        return self._of_page("@page", wanted)

    def whole(self) -> Position:
        """Return the file of a fault that no line tells of: the theme's own, if it has one."""
        files = (self.template, *self._sheets.paths)
        own = next((path for path in files if not in_shipped(path)), self.template)
        return Position(own.as_posix())

    def _theirs(self, said: Declared, here: Any, value: re.Pattern[str]) -> Declared | None:
        """Return what of the theme's own makes a declaration say what it says."""
        names = _VARIABLE.findall(said.value)
        if not said.is_shipped and (names or value.search(said.value)):
            return said
        return next(filter(None, (self._variable(name, here) for name in names)), None)

    def _variable(self, name: str, here: Any) -> Declared | None:
        """Return where the theme gives a variable its value, in a rule or in its colours."""
        while here is not None:
            for said in self._said(here, ""):
                if said.name == f"--{name}" and said.position.path != self.template.as_posix():
                    return None if said.is_shipped else said
            here = here.parent
        theme = self.resources.theme
        at = theme.at_colour(name)
        if name not in theme.colours or in_shipped(Path(at.path)):
            return None
        return Declared(name, theme.colours[name], "[colours]", at)

    def _said(self, wrapper: Any, part: str) -> list[Declared]:
        """Return what is declared of an element or a part of it, what counts most first."""
        key = wrapper.etree_element, part
        if key not in self._found:
            found = sorted(self._weighed(wrapper, part), key=lambda pair: pair[0], reverse=True)
            self._found[key] = [declared for _, declared in found]
        return self._found[key]

    def _weighed(self, wrapper: Any, part: str) -> Iterator[tuple[tuple[Any, ...], Declared]]:
        for number, rule in enumerate(self._sheets.rules):
            weights = [
                selector.specificity
                for selector in rule.selectors
                if (selector.pseudo_element or "") == part.removeprefix("::")
                and selector.test(wrapper)
            ]
            for place, said in enumerate(rule.declared if weights else ()):
                yield (said.is_important, max(weights), number, place), said
        known = self._sheets.shipped
        style = "" if part else wrapper.etree_element.get("style", "")
        for place, said in enumerate(declarations(style, "style", self.template, known)):
            yield (said.is_important, _INLINE, 0, place), said

    def _of_page(self, part: str, wanted: Wanted) -> Declared | None:
        html = self._wrapped[self.root]
        for where, said in reversed(self._sheets.pages):
            value = wanted.get(said.name) if where == part else None
            if value and (found := self._theirs(said, html, value)):
                return found
        return None

    @cached_property
    def _is_shipped(self) -> bool:
        """Whether all that could declare anything comes with the program."""
        return all(map(in_shipped, (self.template, *self.resources.theme.folders)))

    @cached_property
    def _wrapped(self) -> dict[Any, Any]:
        from cssselect2 import ElementWrapper

        whole = ElementWrapper.from_html_root(self.root)
        return {wrapper.etree_element: wrapper for wrapper in whole.iter_subtree()}

    @cached_property
    def _sheets(self) -> StyleSheets:
        sheets = StyleSheets(self.resources)
        for element in self.root.iter():
            if element.tag == "style":
                sheets.add("".join(element.itertext()), self.template)
            elif element.tag == "link" and "stylesheet" in element.get("rel", ""):
                sheets.add_address(element.get("href", ""))
        return sheets
