"""Links within a document, and the headings that they lead to."""

from __future__ import annotations

from urllib.parse import unquote

from lxml.html import HtmlElement

from report_builder.content.slug import slug

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def settle_links(root: HtmlElement) -> None:
    """Let the content's links within the document lead to its parts, or be words alone.

    A heading of a text has the name by which links lead to it as soon as one does. What is no
    part of this document may be one of another: the briefing has fewer sections than the report.
    """
    names = set(root.xpath("//@id"))
    for link in root.xpath("//body//*[@data-source]//a[starts-with(@href, '#')]"):
        name = unquote(link.get("href")[1:])
        for place in (name, slug(name)):
            if place in names or _name_heading(root, place):
                names.add(place)
                link.set("href", f"#{place}")
                break
        else:
            link.drop_tag()


def title_headings(root: HtmlElement) -> None:
    """Let headings that hold more than their words say what these are, for lists of them."""
    for heading in root.iter(*HEADINGS):
        if (words := words_of(heading)) != " ".join(heading.text_content().split()):
            heading.set("data-title", words)


def _name_heading(root: HtmlElement, name: str) -> bool:
    """Give the first heading of that name an id, if there is one."""
    for heading in root.iter(*HEADINGS):
        if name and not heading.get("id") and slug(words_of(heading)) == name:
            heading.set("id", name)
            return True
    return False


def words_of(heading: HtmlElement) -> str:
    """Return a heading's words without its notes, and without what is struck out."""
    unsaid = "ancestor::*[@role='doc-footnote' or self::s or self::del]"
    return " ".join("".join(heading.xpath(f".//text()[not({unsaid})]")).split())
