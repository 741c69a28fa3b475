"""What a drawing (SVG) holds that one of our two ways to draw it would get wrong, or leave out.

What each gets wrong was found by drawing hundreds of small drawings both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from report_builder.drawings.references import HREFS

_GRADIENTS = {"linearGradient", "radialGradient"}
_ONLY_PIXELS = {"mask", "filter", "textPath", "switch", "image", "radialGradient"}
_GRADIENT_EXTRAS = (*HREFS, "gradientTransform", "spreadMethod")
# What a style says where it changes nothing; drawing programs write all of it.
_PLAIN = {"", "none", "normal", "auto", "baseline", "inherit", "alphabetic", "lr-tb", "lr"}
_PLAIN |= {"horizontal-tb", "0", "0px", "0%", "fill", "srgb", "nonzero", "isolate"}
_EXTRAS = {
    *("mask", "filter", "mix-blend-mode", "paint-order", "text-decoration", "writing-mode"),
    *("text-decoration-line", "dominant-baseline", "alignment-baseline", "baseline-shift"),
    *("clip-rule", "font"),
}
_DECLARED = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
_SEE_THROUGH = re.compile(r"(?i)transparent|rgba|hsla|/|#(?:[\da-f]{4}|[\da-f]{8})$")
_NOWHERE = {
    **dict.fromkeys(("foreignObject", "iframe", "video", "audio", "canvas"), "its words"),
    **dict.fromkeys(("flowRoot", "textArea", "tref", "altGlyph"), "its words"),
    **dict.fromkeys(("meshgradient", "meshGradient", "hatch", "solidcolor"), "its colours"),
}
_TO_PATHS = "Open it in a drawing program, turn {} into shapes (“Object to path”), and save it."
_EMBED = "Open it in a drawing program, embed the picture instead of linking it, and save it."


@dataclass(frozen=True)
class Missing:
    """What no drawing of ours would show: an element, its line, and how to mend it."""

    message: str
    line: int
    hint: str


def needs_pixels(root: Any) -> bool:
    """Tell whether a drawing (a tree of lxml) holds what PDFs would get wrong as shapes."""
    inner = {one.get("id"): _has_use(one) for one in root.iter() if one.get("id")}
    return any(
        _name(element) in _ONLY_PIXELS
        or any(_is_extra(*said) for said in _said(element))
        or (_name(element) in _GRADIENTS and any(k in element.attrib for k in _GRADIENT_EXTRAS))
        or (_name(element) == "use" and any(inner.get(_target(element, h)) for h in HREFS))
        or (_name(element) == "clipPath" and any(_name(e) == "text" for e in element.iter()))
        for element in root.iter()
    )


def missing_parts(root: Any) -> Iterator[Missing]:
    """Yield what a drawing (a tree of lxml) holds that would be left out without a word."""
    for element in root.iter():
        name, line = _name(element), element.sourceline or 1
        around = element.getparent()
        is_left_open = around is not None and _name(around) == "switch"
        if name in _NOWHERE and not (is_left_open and element.getnext() is not None):
            message = f"holds an element “{name}” (line {line}), which cannot be drawn."
            yield Missing(message, line, _TO_PATHS.format(_NOWHERE[name]))
        elif name and name != "a" and (address := _address(element)):
            message = f"shows “{address:.60}” (line {line}), which is not in the drawing itself."
            yield Missing(message, line, _EMBED)


def _name(element: Any) -> str:
    """Return an element's name without its name space; none of a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _target(element: Any, href: str) -> str:
    return str(element.get(href, "")).removeprefix("#")


def _has_use(element: Any) -> bool:
    return any(_name(inner) == "use" for inner in element.iter())


def _address(element: Any) -> str:
    """Return an address outside of the drawing that an element takes something from."""
    found = (str(element.get(href, "")).strip() for href in HREFS)
    return next((a for a in found if a and not a.startswith(("#", "data:"))), "")


def _said(element: Any) -> Iterator[tuple[str, str]]:
    """Yield what an element says of its looks: in attributes, in its style, in a style sheet."""
    yield from ((str(name), str(value)) for name, value in element.attrib.items())
    sheet = (element.text or "") if _name(element) == "style" else ""
    yield from _DECLARED.findall(f"{element.get('style', '')};{sheet}")


def _is_extra(name: str, value: str) -> bool:
    value = value.strip().lower().removesuffix("!important").strip()
    if name == "stroke":
        return value.startswith("url(")
    if name == "stop-color":
        return bool(_SEE_THROUGH.search(value))
    if name == "stop-opacity":
        return value not in ("1", "1.0", "100%")
    return name in _EXTRAS and value not in _PLAIN
