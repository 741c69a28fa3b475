"""Rules over a PDF's structure tree: what no standard minds, and what misleads those who listen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from report_builder.checks.finished import AGAIN, Finished, named, on_page, plain, quoted
from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity

if TYPE_CHECKING:
    from report_builder.readback.structure import Element

# What programs write where nobody said what a picture shows.
_FILE = re.compile(r"\S+\.(png|jpe?g|gif|svg|tiff?|bmp|webp|heic|eps|pdf|emf|wmf)", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?://|www\.|file:|[A-Za-z]:\\)\S*", re.IGNORECASE)
_NO_WORD = re.compile(
    r"(the |an? )?(image|picture|photo(graph)?|graphic|figure|img|dsc\w?|pxl|screenshot|untitled|"
    r"placeholder|alt( ?text)?|object|shape|clip ?art|diagram|chart|logo|icon|null|none|undefined)"
    r"[\s_\-–.:#()\d]*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[•‣▪◦●○■□◆➢✓·∙]\s*")
_DASH = re.compile(r"\s*([-–—*o])\s+\S")
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)]\s*(\S|$)")
# What has its own ways of being said.
_OWN_WORDS = {"Figure", "Formula", "Form"}
_LEAST, _ENOUGH, _ALIKE = 4, 2000, 0.6  # letters to compare, at least and most, and how alike
_UNKNOWN = re.compile(r"[\x00-\x08\x0e-\x1f\ufffd]")  # letters of which the font says nothing
_RUNS_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def _untagged(pdf: Finished) -> Iterator[Finding]:
    if pdf.tree is None:
        message = "The file has no tags: a screen reader can only guess."
        hint = "Make it anew as a tagged PDF: in Word, Save As, PDF, Options, Structure tags."
        yield pdf.position, message, hint


def _pictures(pdf: Finished) -> Iterator[Finding]:
    hint = "Say in its alt text what it shows; or mark it as an artifact if it says nothing."
    for figure in pdf.all("Figure"):
        alt, where = figure.alternative.strip(), on_page(figure.page)
        if not (plain(alt) or plain(figure.instead)):
            yield pdf.position, f"A picture has no alt text{where}.", hint
        elif _FILE.fullmatch(alt) or _ADDRESS.fullmatch(alt):
            message = f"The alt text {quoted(alt)} of a picture{where} is the name of a file."
            yield pdf.position, message, hint
        elif _NO_WORD.fullmatch(alt):
            message = f"The alt text {quoted(alt)} of a picture{where} does not say what it shows."
            yield pdf.position, message, hint


def _tables(pdf: Finished) -> Iterator[Finding]:
    for table in pdf.all("Table"):
        if not any(inner.role == "TH" for inner in table.walk()):
            yield pdf.position, f"A table has no heading cells{on_page(table.page)}.", AGAIN


def _lists(pdf: Finished) -> Iterator[Finding]:
    for found in pdf.all("L"):
        if not any(inner.role in ("LI", "L") for inner in list(found.walk())[1:]):
            yield pdf.position, f"A list has no items{on_page(found.page)}.", AGAIN


def _links(pdf: Finished) -> Iterator[Finding]:
    for link in pdf.all("Link"):
        if not link.text.strip():
            yield pdf.position, f"A link has no words{on_page(link.page)}.", AGAIN


def _heading_order(pdf: Finished) -> Iterator[Finding]:
    before = 0
    for heading, level in _headings(pdf):
        if level > before + 1:
            message = f"The heading {quoted(heading.text)} skips a level{on_page(heading.page)}."
            yield pdf.position, message, AGAIN
        before = level


def _no_headings(pdf: Finished) -> Iterator[Finding]:
    if pdf.tree and not _headings(pdf):
        yield pdf.position, "The file has no headings to move by.", AGAIN


def _headings(pdf: Finished) -> list[tuple[Element, int]]:
    found = ((e, e.role[1:]) for e in pdf.all() if e.role[:1] == "H")
    return [(element, int(level)) for element, level in found if level.isdecimal()]


def _fake_lists(pdf: Finished) -> Iterator[Finding]:
    """Find paragraphs that are the items of a list to the eye, and none to the ear."""
    found = []
    for holder in pdf.all():
        if holder.role in ("LI", "Lbl", "LBody", "TOCI"):
            continue
        kids = [k for k in holder.kids if not isinstance(k, str) and k.role == "P"]
        words = [kid.text for kid in kids]
        for number, said in enumerate(words):
            if _is_item(said, words[number + 1] if number + 1 < len(words) else ""):
                first = said if plain(said) else f"{said} {' '.join(words[number + 1 :])}"
                found.append((kids[number].page, first))
                break
    if found:
        message = (
            f"{named(found)} looks like an item of a list and is tagged as a paragraph: nobody who"
            " listens is told that a list begins, or how long it is."
        )
        hint = "Make a list of it, with the bullets or numbers of the program that made the file."
        yield pdf.position, message, hint


def _is_item(words: str, after: str) -> bool:
    """Tell whether a paragraph begins like an item, alone or with the one after it."""
    if _BULLET.match(words):
        return True
    if (dash := _DASH.match(words)) and (other := _DASH.match(after)):
        return dash[1] == other[1]
    if (first := _NUMBER.match(words)) and (second := _NUMBER.match(after)):
        return int(first[1]) == 1 and int(second[1]) == 2
    return False


def _said_instead(pdf: Finished) -> Iterator[Finding]:
    """Find what is read aloud where quite other words stand on the page."""
    hint = "Take the replacement (ActualText) away, so that the words themselves are read."
    for element in pdf.all():
        for stands, said in element.hidden if element.role not in _OWN_WORDS else ():
            if not _are_alike(said, stands):
                message = (
                    f"{quoted(stands)}{on_page(element.page)} is read aloud as {quoted(said)}."
                )
                yield pdf.position, message, hint
                break


def _are_alike(said: str, stands: str) -> bool:
    """Tell whether words may well be said in place of others: spelt out, joined or turned."""
    one, other = plain(said)[:_ENOUGH], plain(stands)[:_ENOUGH]
    if len(other) < _LEAST or _UNKNOWN.search(stands) or sorted(one) == sorted(other):
        return True
    if _RUNS_LEFT.search(stands):  # in what order they are read back is anybody's guess
        return len(set(one) & set(other)) >= _ALIKE * len(set(other))
    numbers = [re.findall(r"\d+", words) for words in (said, stands)]
    if all(numbers) and sorted(numbers[0]) != sorted(numbers[1]):
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


RULES: tuple[Rule[Finished], ...] = (
    Rule("no-tags", Severity.ERROR, "PDFs have tags.", _untagged),
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _pictures),
    Rule("table-heads", Severity.ERROR, "Tables have heading cells.", _tables),
    Rule("list-items", Severity.ERROR, "Lists have items.", _lists),
    Rule("link-words", Severity.ERROR, "Links have words.", _links),
    Rule("heading-order", Severity.ERROR, "Headings do not skip a level.", _heading_order),
    Rule("no-headings", Severity.ERROR, "There are headings to move by.", _no_headings),
    Rule("fake-list", Severity.WARNING, "What looks like a list is one.", _fake_lists),
    Rule("said-instead", Severity.ERROR, "What is read aloud is what stands there.", _said_instead),
)
