"""What keeps people from reading a Word file, ours or not: by Microsoft's rules, and by more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from report_builder.checks.contrast import LEAST, contrast
from report_builder.readback.word import (
    RELATIONS,
    WordFile,
    property_of,
    value_of,
    words_of,
    xpath,
)

Finding = tuple[str, str]
"""The rule's name, and what is wrong."""

ADVICE = {"paper", "compatibility", "italics", "justified", "comments", "tracked-changes"}
"""Rules whose breach makes reading harder, and keeps nobody from it."""

_LEAST_HALF_POINTS = 24  # 12 points, in which Word counts twice
_A4 = (11906, 16838)
_VAGUE = {"click here", "here", "link", "more", "read more", "this page", "website"}


def word_faults(content: bytes) -> list[tuple[str, str, int]]:
    """Return every rule that a Word file breaks: its name, what is wrong, and how often."""
    word = WordFile.read(content)
    found = Counter(finding for rule in RULES for finding in rule(word))
    return [(rule, message, count) for (rule, message), count in found.items()]


def _properties(word: WordFile) -> Iterator[Finding]:
    if not "".join(word.find("//dc:title/text()", "docProps/core.xml")).strip():
        yield "title", "The file has no title."
    if not word.find("//w:docDefaults//w:lang/@w:val", "word/styles.xml"):
        yield "language", "The file does not say its language."
    for size in word.find("//w:sectPr/w:pgSz"):
        sides = sorted((int(value_of(size, "w")), int(value_of(size, "h"))))
        if any(abs(side - a4) > 60 for side, a4 in zip(sides, _A4, strict=True)):
            yield "paper", "The paper is not A4."


def _settings(word: WordFile) -> Iterator[Finding]:
    part = "word/settings.xml"
    if word.find("//w:documentProtection", part):
        yield "protected", "The file is protected: its text cannot be changed to suit a reader."
    if word.find("//w:updateFields", part):
        yield "field-prompt", "Word asks a question when the file is opened."
    modes = word.find("//w:compatSetting[@w:name='compatibilityMode']/@w:val", part)
    if not modes or int(modes[0]) < 15:  # Word 2013 and later
        yield "compatibility", "The file is opened in the mode of an older Word."


def _pictures(word: WordFile) -> Iterator[Finding]:
    for tree in word.texts:
        for picture in xpath(tree, "//wp:docPr"):
            alternative = picture.get("descr", "").strip()
            decorative = xpath(picture, ".//adec:decorative[@val='1']")
            if not alternative and not decorative:
                yield "picture-alt", "A picture has no alternative text."
            elif re.fullmatch(r"\S+\.\w{3,4}", alternative):
                yield "picture-alt", f"The alternative text “{alternative}” is a file's name."
        for _ in xpath(tree, "//wp:anchor"):
            yield "picture-floats", "A picture floats, and is read at an uncertain place."
        for _ in xpath(tree, "//w:txbxContent"):
            yield "text-box", "A text stands in a box, and is read at an uncertain place."


def _tables(word: WordFile) -> Iterator[Finding]:
    for table in word.find("//w:tbl"):
        first = xpath(table, "./w:tr[1]/w:trPr/w:tblHeader")
        if not first or value_of(first[0], "val") in ("0", "false", "off"):
            yield "table-heads", "A table has no header row."
        if xpath(table, "./w:tr/w:tc/w:tcPr/w:vMerge | ./w:tr/w:tc/w:tcPr/w:gridSpan"):
            yield "table-merged", "A table has merged cells."
        if xpath(table, ".//w:tbl"):
            yield "table-nested", "A table stands in another."
        if xpath(table, "./w:tr[not(w:tc)]"):
            yield "table-empty-row", "A table has a row without cells."


def _headings(word: WordFile) -> Iterator[Finding]:
    level, tops = 0, 0
    for paragraph in word.find("//w:body//w:p"):
        here = word.heading_level(paragraph)
        if not here:
            continue
        words = words_of(paragraph)
        if not words:
            yield "heading-empty", "A heading is empty."
        if here > level + 1:
            yield "heading-order", f"The heading “{words[:60]}” skips a level."
        level, tops = here, tops + (here == 1)
    if not level:
        yield "no-headings", "The file has no headings to move by."
    elif tops > 1:
        yield "heading-order", "The file has more than one main heading."


def _paragraphs(word: WordFile) -> Iterator[Finding]:
    for paragraph in word.find("//w:body//w:p"):
        words = words_of(paragraph)
        alone = xpath(paragraph, "self::*[parent::w:tc[count(w:p)=1] or w:pPr/w:sectPr]")
        if not words and not alone and not xpath(paragraph, ".//w:drawing | .//w:pict"):
            yield "empty-paragraph", "An empty paragraph makes room; a style should."
        looks_listed = re.match(r"([-–•*·]|\(?\d{1,2}[.)])\s", words)
        if looks_listed and not word.is_listed(paragraph) and not word.heading_level(paragraph):
            yield "fake-list", f"“{words[:40]}” looks like a list's item, and is none."
        if re.search(r"\S {3,}\S", words) or xpath(paragraph, "count(.//w:tab) > 3"):
            yield "layout-spaces", "Spaces or tabs line words up."
        if xpath(paragraph, "./w:pPr/w:jc[@w:val='both']"):
            yield "justified", "A text is justified, which is hard to read for many."


def _looks(word: WordFile) -> Iterator[Finding]:
    for run in word.find("//w:body//w:r[w:t]"):
        colour = property_of(run, "color", inside="rPr")
        ground = _ground(run)
        if re.fullmatch(r"[0-9A-Fa-f]{6}", colour or ""):
            ratio = contrast(f"#{colour}", f"#{ground}")
            if ratio < LEAST:
                yield "contrast", f"Words have a contrast of {ratio:.1f}; text needs {LEAST}."
        size = property_of(run, "sz", inside="rPr")
        if size and int(size) < _LEAST_HALF_POINTS:
            yield "text-size", f"Words are set in {int(size) / 2:g} points; 12 are the least."
        for name, code, what in _HARD_LOOKS:
            mark = xpath(run, f"./w:rPr/w:{name}")
            if mark and value_of(mark[0], "val") not in ("0", "false", "none"):
                yield code, what


_HARD_LOOKS = (
    ("caps", "capitals", "Words are shown in capitals."),
    ("vanish", "hidden-text", "Words are hidden, and are read out all the same."),
    ("i", "italics", "Words are in italics."),
)


def _style_looks(word: WordFile) -> Iterator[Finding]:
    for style in word.styles.values():
        colour = property_of(style, "color", inside="rPr")
        if re.fullmatch(r"[0-9A-Fa-f]{6}", colour or ""):
            shade = xpath(style, "./w:pPr/w:shd/@w:fill")
            ground = shade[0] if shade and shade[0] != "auto" else "FFFFFF"
            if contrast(f"#{colour}", f"#{ground}") < LEAST and _is_used(word, style):
                yield "contrast", f"The style “{property_of(style, 'name')}” is too pale to read."


def _links(word: WordFile) -> Iterator[Finding]:
    marks = set(word.find("//w:bookmarkStart/@w:name"))
    targets = _targets(word)
    for link in word.find("//w:hyperlink"):
        words = words_of(link) or " ".join(xpath(link, ".//wp:docPr/@descr")).strip()
        anchor, identifier = value_of(link, "anchor"), link.get(f"{{{RELATIONS}}}id")
        if anchor and anchor not in marks:
            yield "link-anchor", f"The link “{words}” leads to no place in the file."
        elif (identifier and identifier not in targets) or (not anchor and not identifier):
            yield "link-address", f"The link “{words}” has no address."
        if not words:
            yield "link-text", "A link has no words."
        elif words.lower().strip(" .") in _VAGUE or re.match(r"(https?://|www\.)", words):
            yield "link-text", f"The link “{words}” does not say where it leads."


def _references(word: WordFile) -> Iterator[Finding]:
    targets = _targets(word)
    for identifier in word.find("//@r:embed"):
        if identifier not in targets:
            yield "missing-part", "A picture's file is not in the document."
    for name in word.find("//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val"):
        if name not in word.styles:
            yield "missing-style", f"The style “{name}” is used, and is not in the file."
    numbers = set(word.find("//w:num/@w:numId", "word/numbering.xml"))
    for number in word.find("//w:numPr/w:numId/@w:val"):
        if number not in numbers and number != "0":
            yield "missing-list", "A list's numbering is not in the file."
    for path, what in (("//wp:docPr/@id", "pictures"), ("//w:bookmarkStart/@w:name", "bookmarks")):
        if any(count > 1 for count in Counter(word.find(path)).values()):
            yield "duplicate-id", f"Two {what} have one and the same name."


def _fields(word: WordFile) -> Iterator[Finding]:
    for tree in word.texts:
        depth = 0
        for mark in xpath(tree, "//w:fldChar/@w:fldCharType"):
            depth += {"begin": 1, "end": -1}.get(mark, 0)
            if depth < 0:
                break
        if depth:
            yield "field-open", "A field is opened and never closed."
    if word.find("//w:ins | //w:del | //w:moveFrom | //w:moveTo"):
        yield "tracked-changes", "Changes are still tracked: they are read out, too."
    if word.find("//w:comment", "word/comments.xml"):
        yield "comments", "Comments are still in the file."
    for control in word.find("//w:sdt[w:sdtPr]"):
        if not xpath(control, "./w:sdtPr/w:alias | ./w:sdtPr/w:docPartObj"):
            yield "control-title", "A content control has no title."


RULES: tuple[Callable[[WordFile], Iterator[Finding]], ...] = (
    *(_properties, _settings, _pictures, _tables, _headings, _paragraphs),
    *(_looks, _style_looks, _links, _references, _fields),
)


def _ground(run: Any) -> str:
    """Return the colour behind a run, white where none is stated."""
    path = (
        "(ancestor::w:tc/w:tcPr/w:shd | ancestor::w:p/w:pPr/w:shd | ./w:rPr/w:shd)[last()]/@w:fill"
    )
    found = xpath(run, path)
    return found[0] if found and found[0] != "auto" else "FFFFFF"


def _is_used(word: WordFile, style: Any) -> bool:
    name = value_of(style, "styleId")
    return bool(word.find(f"//w:pStyle[@w:val='{name}'] | //w:rStyle[@w:val='{name}']"))


def _targets(word: WordFile) -> set[str]:
    rels = word.parts.get("word/_rels/document.xml.rels")
    return {rel.get("Id") for rel in rels} if rels is not None else set()
