"""Rules over a document's HTML, which every output is made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml.html import HtmlElement

from report_builder.checks.links import is_vague
from report_builder.checks.rules import Finding, Rule
from report_builder.checks.series import HINT, described, series_in
from report_builder.content.model import Event
from report_builder.html.document import inner_source_of, source_of
from report_builder.problems import Position, Severity


@dataclass(frozen=True)
class Page:
    """A document before it is typeset: its root, its template, its fonts, and what it tells of."""

    root: HtmlElement
    template: str
    families: list[str]
    event: Event | None = None

    def at(self, element: HtmlElement) -> Position:
        """Return where an element came from: the content's line, else the template as a whole."""
        return source_of(element, self.template)


def _language(page: Page) -> Iterator[Finding]:
    if not page.root.get("lang"):
        yield page.at(page.root), "The document does not say its language.", "Write <html lang=…>."


def _title(page: Page) -> Iterator[Finding]:
    if not (page.root.findtext("head/title") or "").strip():
        yield (
            page.at(page.root),
            "The document has no title.",
            "Write <title>…</title> in its head.",
        )


def _headings(page: Page) -> Iterator[Finding]:
    level = 0
    for element in page.root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        here = int(element.tag[1])
        text = " ".join(element.text_content().split())
        if not text:
            yield page.at(element), "A heading is empty.", "Delete it, or give it words."
        if here == 1 and level:
            yield (
                page.at(element),
                f"“{text}” is a second main heading.",
                "Use “##” or lower in texts.",
            )
        elif here > level + 1:
            yield (
                page.at(element),
                f"The heading “{text}” is of level {here} and follows one of level {level}.",
                "Do not skip levels: screen readers move by them.",
            )
        level = here


def _pictures(page: Page) -> Iterator[Finding]:
    for image in page.root.iter("img"):
        alt = image.get("alt")
        if alt is None:
            yield (
                page.at(image),
                f"The picture {image.get('src')} has no alt text.",
                "Say what it shows.",
            )
        elif re.fullmatch(r"\S+\.(jpe?g|png|gif|svg|webp)", alt, re.IGNORECASE):
            yield (
                page.at(image),
                f"The alt text “{alt}” is a file's name.",
                "Say what the picture shows.",
            )


def _tables(page: Page) -> Iterator[Finding]:
    for table in page.root.iter("table"):
        if table.find(".//th") is None:
            yield page.at(table), "A table has no heading cells.", "Mark its first row as headings."


def _rows(page: Page) -> Iterator[Finding]:
    for table in page.root.iter("table"):
        if table.find(".//th") is not None and not table.xpath(".//tr[not(parent::thead)]"):
            heads = ", ".join(f"“{' '.join(h.text_content().split())}”" for h in table.iter("th"))
            position = inner_source_of(table, page.template)
            yield position, f"The table of {heads} has no rows.", "Give it a row, or delete it."


def _links(page: Page) -> Iterator[Finding]:
    for link in page.root.iter("a"):
        if link.get("href") and link.xpath(".//*[self::p or self::div or self::ul or self::table]"):
            hint = "Put the link inside, around the words that say where it leads."
            yield page.at(link), "A link stands around whole paragraphs.", hint


def _vague_links(page: Page) -> Iterator[Finding]:
    """Find those that the template makes; what the content says is judged in the content."""
    for link in page.root.iter("a"):
        words = " ".join(link.text_content().split())
        if link.get("href") and page.at(link).path == page.template and is_vague(words):
            hint = "Say where it leads, in words that can stand alone."
            yield page.at(link), f"The link “{words}” does not say where it leads.", hint


def _nowhere(page: Page) -> Iterator[Finding]:
    known = set(page.root.xpath("//@id"))
    for link in page.root.iter("a"):
        target = unquote(link.get("href", ""))
        if target.startswith("#") and target[1:] not in known:
            words = " ".join(link.text_content().split())
            hint = "Let it lead to a part of this document, or to a web page."
            yield page.at(link), f"The link “{words}” leads to no place in the document.", hint


def _false_lists(page: Page) -> Iterator[Finding]:
    for group in _plain_paragraphs(page):
        lines = [(p, line.strip()) for p in group for line in _lines(p)]
        texts = [line for _, line in lines]
        for items in series_in(texts):
            yield page.at(lines[items.start][0]), described(texts, items), HINT


def _plain_paragraphs(page: Page) -> Iterator[list[HtmlElement]]:
    """Yield paragraphs that follow each other directly, but for those of cells and quotations."""
    group: list[HtmlElement] = []
    for paragraph in page.root.iter("p"):
        if not group or group[-1].getnext() is not paragraph:
            yield group
            group = []
        if not any(a.tag in ("td", "th", "blockquote") for a in paragraph.iterancestors()):
            group.append(paragraph)
    yield group


def _lines(paragraph: HtmlElement) -> list[str]:
    """Return a paragraph's lines as they were written, most of which are printed as one."""
    words = paragraph.xpath(".//text() | .//br")
    return "".join(w if isinstance(w, str) else "\n" for w in words).split("\n")


def _identifiers(page: Page) -> Iterator[Finding]:
    seen = set()
    for element in page.root.xpath("//*[@id]"):
        name = element.get("id")
        if name in seen:
            yield (
                page.at(element),
                f"Two parts of the document are called “{name}”.",
                "Rename one title.",
            )
        seen.add(name)


RULES: tuple[Rule[Page], ...] = (
    Rule("document-language", Severity.ERROR, "A document says its language.", _language),
    Rule("document-title", Severity.ERROR, "A document has a title.", _title),
    Rule("heading-order", Severity.ERROR, "Headings do not skip a level.", _headings),
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _pictures),
    Rule("table-heads", Severity.ERROR, "Tables have heading cells.", _tables),
    Rule("table-rows", Severity.ERROR, "Tables have rows below their heads.", _rows),
    Rule("link-block", Severity.ERROR, "Links hold words, not paragraphs.", _links),
    Rule("link-text", Severity.WARNING, "Link words say where the link leads.", _vague_links),
    Rule("link-anchor", Severity.WARNING, "Links within a document lead somewhere.", _nowhere),
    Rule("fake-list", Severity.WARNING, "What looks like a list is one.", _false_lists),
    Rule("duplicate-id", Severity.ERROR, "No two parts share a name for links.", _identifiers),
)
