"""Figures and tables of a document: their numbers, and the links that name them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from lxml.html import Element, HtmlElement

from report_builder.content.anchors import REFERS

_FEW = 3  # are found without numbers
_NAMES = {"figure": "figure-name", "table": "table-name"}
"""What the document's head says that they are called, ``{number}`` standing for the number."""
_PHOTO = "picture"
_IS_CHART = "contains(concat(' ', @class, ' '), ' chart ')"
_OUTERMOST = f"[not(ancestor::figure or ancestor::table or ancestor::*[{_IS_CHART}])]"


def number_figures(root: HtmlElement) -> None:
    """Give numbers to what has a caption, or is referred to, where there are more than a few.

    Photos get one where they are referred to: numbers would clutter a gallery. What a link says of
    such a part is then its number, else the caption that it says already.
    """
    figures = _figures(root)
    referring = {span: _led_to(root, span, figures) for span in root.xpath(f"//span[@{REFERS}]")}
    names = {tag: _name(root, meta) for tag, meta in _NAMES.items()}
    wanted = {figure for figure in referring.values() if figure is not None}
    counted = [one for one in figures if one in wanted or _asks_for_number(one)]
    numbers: dict[HtmlElement, str] = {}
    if all(names.values()) and len(counted) > _FEW:
        numbers = _numbers(counted, names)
    for figure, number in numbers.items():
        _set_number(root, figure, number)
    for span, led_to in referring.items():
        if led_to in numbers:
            span.text = numbers[led_to]
        span.drop_tag()


def _figures(root: HtmlElement) -> list[HtmlElement]:
    """Return what may have a number: figures, charts, and tables that stand in none of them."""
    return list(root.xpath(f"//body//*[self::figure or self::table or {_IS_CHART}]{_OUTERMOST}"))


def _asks_for_number(figure: HtmlElement) -> bool:
    return _PHOTO not in figure.classes and _caption(figure) is not None


def _numbers(figures: Iterable[HtmlElement], names: dict[str, str]) -> dict[HtmlElement, str]:
    """Return what figures are called: charts are figures, whatever draws them."""
    count = dict.fromkeys(names, 0)
    numbers = {}
    for figure in figures:
        kind = "figure" if "chart" in figure.classes else figure.tag
        count[kind] += 1
        numbers[figure] = names[kind].replace("{number}", str(count[kind]))
    return numbers


def _set_number(root: HtmlElement, figure: HtmlElement, number: str) -> None:
    """Let a caption begin with its number; where there is none, the number is one."""
    mark = Element("span", {"class": "figure-number"})
    mark.text = number
    if (caption := _caption(figure)) is None:
        caption = _room_for_number(figure)
    else:
        while not (caption.text or "").strip() and len(caption) and caption[0].tag in ("p", "div"):
            caption = caption[0]
        mark.text += ":"
        mark.tail, caption.text = f" {(caption.text or '').lstrip()}", None
    own = root.get("lang")
    if own and caption.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") != own:
        mark.set("lang", own)
        mark.set("dir", root.get("dir", "ltr"))
    caption.insert(0, mark)


def _room_for_number(figure: HtmlElement) -> HtmlElement:
    """Return a caption for a number alone: one that only says whose photo it is, or a new one."""
    if (credit := figure.find("figcaption")) is not None:
        credit.insert(0, Element("br"))
        return credit
    for caption in figure.iter("caption"):
        return caption
    for table in figure.iter("table"):
        table.insert(0, caption := Element("caption"))
        return caption
    figure.append(caption := Element("figcaption"))
    return caption


def _caption(figure: HtmlElement) -> HtmlElement | None:
    """Return what says in words what a figure shows, and not only whose photo it is."""
    said = "[.//text()[normalize-space() and not(ancestor::*[@class='credit'])]]"
    captions = f".//*[self::figcaption or self::caption or @class='headline']{said}"
    return next(iter(figure.xpath(captions)), None)


def _led_to(root: HtmlElement, span: HtmlElement, figures: list[HtmlElement]) -> HtmlElement | None:
    """Return the figure that a link leads to: it has the name, or the section that it stands in."""
    target = unquote(span.xpath("string(ancestor::a[1]/@href)").removeprefix("#"))
    if not (places := root.xpath("//*[@id=$name]", name=target)):
        return None
    (place, *_) = places
    if around := [one for one in (place, *place.iterancestors()) if one in figures]:
        return around[0]
    section = place if place.tag == "section" else next(place.iterancestors("section"), place)
    return next((one for one in section.iterdescendants() if one in figures), None)


def _name(root: HtmlElement, meta: str) -> str:
    return str(root.xpath("string(//head/meta[@name=$name]/@content)", name=meta))
