"""A document with little more in it than its tables, to measure these by the theme's own styles."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping

from lxml import html as lxml_html
from lxml.html import HtmlElement

_PICTURES = frozenset({"embed", "iframe", "img", "object", "svg", "video"})


def shell_of(
    root: HtmlElement, instead: Mapping[HtmlElement, Iterable[HtmlElement]]
) -> HtmlElement:
    """Return a copy of a document with other elements in place of some.

    What they stand in is kept with its attributes, and what stands beside these as empty elements,
    for styles may depend on both.
    """
    around = {ancestor for element in instead for ancestor in element.iterancestors()}

    def shell(element: HtmlElement) -> HtmlElement:
        made = lxml_html.Element(element.tag, dict(element.attrib))
        for child in element:
            if child in instead:
                made.extend(instead[child])
            elif child in around:
                made.append(shell(child))
            elif child.tag == "head":
                made.append(copy.deepcopy(child))
            elif isinstance(child.tag, str) and child.tag not in _PICTURES:
                kept = {name: child.get(name) for name in ("class", "id", "lang", "dir")}
                made.append(lxml_html.Element(child.tag, {n: v for n, v in kept.items() if v}))
        return made

    return shell(root)
