"""Rules over how a finished PDF is tied together: index, links, bookmarks, language and lock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from report_builder.checks.finished import AGAIN, Finished, named, on_page, plain, quoted
from report_builder.checks.links import is_vague
from report_builder.checks.rules import Finding, Rule
from report_builder.checks.wording import foreign
from report_builder.problems import Severity

if TYPE_CHECKING:
    from report_builder.readback.structure import Element
    from report_builder.readback.words import Place

_LONG = 5  # pages: what is longer wants bookmarks
_MANY = 3  # headings, or links that say the same
_SAMPLE, _ENOUGH = 4000, 30  # letters looked at, and words without which a language is a guess


def _index(pdf: Finished) -> Iterator[Finding]:
    """Find where the index from pages to tags, by which readers search, says another thing."""
    if pdf.tree is None:
        return
    ties = pdf.ties
    if not ties.owners and any(element.contents for element in pdf.all()):
        message = (
            "The index of the tags (ParentTree) is missing: a screen reader that looks up what it"
            " points at finds nothing."
        )
        yield pdf.position, message, AGAIN
        return
    wrong = [
        (element, place)
        for element in pdf.all()
        if element.place[0]
        for place, found in _by_index(pdf, element)
        if found != element.place
    ]
    if wrong:
        element, place = wrong[0]
        message = (
            f"The index of the tags (ParentTree) is wrong in {len(wrong)} places, first at"
            f" {quoted(element.text)}{on_page(pdf.numbers.get(place, element.page))}: a screen"
            " reader that looks up what it points at reads something else, or nothing."
        )
        yield pdf.position, message, AGAIN


def _by_index(pdf: Finished, element: Element) -> Iterator[tuple[Place, Place | None]]:
    """Yield the page of all that an element holds, and the element that the index says of it."""
    for place, mark in element.contents:
        if place in pdf.numbers:
            yield place, pdf.ties.owners.get((place, mark))
    for thing in element.objects:
        yield thing, pdf.ties.holders.get(thing)


def _twice(pdf: Finished) -> Iterator[Finding]:
    """Find what hangs in the tree for a second time."""
    met: set[tuple[Place, int]] = set()
    for element in pdf.all():
        again = element.again
        for content in element.contents:
            again |= content in met
            met.add(content)
        if again:
            what = quoted(element.text) if element.text.strip() else f"A “{element.role}” tag"
            message = f"{what}{on_page(element.page)} stands twice in the tags, and is read twice."
            yield pdf.position, message, AGAIN
            return


def _outside(pdf: Finished) -> Iterator[Finding]:
    """Find places to click that no tag holds: who does not see them cannot reach them."""
    held = {thing for element in pdf.all() for thing in element.objects}
    spots = pdf.ties.spots if pdf.tree else ()
    found = [(spot.page, spot.says or spot.target) for spot in spots if spot.place not in held]
    if found:
        message = f"The link {named(found)} is in no tag: nobody hears that it is one."
        yield pdf.position, message, AGAIN


def _vague(pdf: Finished) -> Iterator[Finding]:
    """Find links that say nothing of where they lead, or all the same."""
    hint = "Let the link's words, and its description (Contents), say where it leads."
    said = {(spot.page, spot.says) for spot in pdf.ties.spots}
    said |= {(link.page, link.text) for link in pdf.all("Link")}
    found = sorted((page, words) for page, words in said if is_vague(words))
    if found:
        yield pdf.position, f"The link {named(found)} does not say where it leads.", hint
    targets = defaultdict(set)
    for spot in pdf.ties.spots:
        targets[spot.says.strip()].add(spot.target)
    for words, places in targets.items():
        if words and len(places) >= _MANY and not is_vague(words) and plain(words) not in pdf.said:
            message = f"{len(places)} links to different places all say {quoted(words)}."
            yield pdf.position, message, hint


def _bookmarks(pdf: Finished) -> Iterator[Finding]:
    headings = [e for e in pdf.all() if e.role[:1] == "H" and e.role[1:].isdecimal()]
    if len(pdf.ties.pages) > _LONG and len(headings) >= _MANY and not pdf.ties.bookmarks:
        message = f"The file has {len(pdf.ties.pages)} pages and no bookmarks to move by."
        hint = (
            "Have bookmarks made of the headings: the program that makes PDFs has a choice for it."
        )
        yield pdf.position, message, hint


def _lost_headings(pdf: Finished) -> Iterator[Finding]:
    """Find titles, by the bookmarks, that are tagged as common words."""
    if pdf.tree is None:
        return
    titles = {plain(title) for title in pdf.ties.bookmarks} - {""}
    headings = {plain(e.text) for e in pdf.all() if e.role[:1] == "H" or e.role == "Title"}
    lost = [e for e in pdf.all("P") if (said := plain(e.text)) in titles and said not in headings]
    if lost:
        message = (
            f"{named([(e.page, e.text) for e in lost])} is a title by the bookmarks, and is tagged"
            " as a common paragraph: nobody who listens can move to it."
        )
        yield pdf.position, message, "Tag it as a heading (H1, H2 …)."


def _language(pdf: Finished) -> Iterator[Finding]:
    """Find words that a screen reader would say in the voice of another language."""
    words: dict[str, list[str]] = defaultdict(list)
    if pdf.tree:
        _gather(pdf.tree, pdf.ties.language, words)
    for marked, said in words.items():
        sample = " ".join(" ".join(said).split())[:_SAMPLE]
        if marked and len(sample.split()) >= _ENOUGH and (found := foreign(sample, marked)):
            message = (
                f"{quoted(sample)} reads like the language “{found}”, and is marked as"
                f" {quoted(marked)}: a screen reader says it in the wrong voice."
            )
            yield pdf.position, message, "Set the document's, or the tag's, language."


def _gather(element: Element, language: str, words: dict[str, list[str]]) -> None:
    language = element.notes.get("lang") or language
    for kid in element.kids:
        if isinstance(kid, str):
            words[language].append(kid)
        else:
            _gather(kid, language, words)


def _locked(pdf: Finished) -> Iterator[Finding]:
    if not pdf.ties.lets_read:
        message = "The file is locked against copying, for screen readers, too."
        hint = "Take the lock away, or allow “text access for screen reader devices”."
        yield pdf.position, message, hint


RULES: tuple[Rule[Finished], ...] = (
    Rule("tag-index", Severity.ERROR, "The index of the tags is right.", _index),
    Rule("read-twice", Severity.ERROR, "Nothing is read twice.", _twice),
    Rule("link-untagged", Severity.ERROR, "Links are tagged.", _outside),
    Rule("link-text", Severity.WARNING, "Link words say where the link leads.", _vague),
    Rule("heading-untagged", Severity.ERROR, "Titles are tagged as headings.", _lost_headings),
    Rule("pdf-language", Severity.ERROR, "The language is the one that is said.", _language),
    Rule("pdf-locked", Severity.ERROR, "No lock keeps screen readers out.", _locked),
    Rule("bookmarks", Severity.WARNING, "Long PDFs have bookmarks.", _bookmarks),
)
