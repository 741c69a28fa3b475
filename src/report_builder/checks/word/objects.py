"""Rules over a Word file's pictures, boxes and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity
from report_builder.readback.word import WordFile, is_on, xpath


def _pictures(word: WordFile) -> Iterator[Finding]:
    hint = "In Word: right-click the picture, View Alt Text; say what it shows."
    for tree in word.texts:
        for picture in xpath(tree, "//wp:docPr"):
            alternative = picture.get("descr", "").strip()
            if xpath(picture, ".//adec:decorative[@val='1']"):
                continue
            if not alternative:
                yield word.at(picture), "A picture has no alt text.", hint
            elif re.fullmatch(r"\S+\.\w{3,4}", alternative):
                yield word.at(picture), f"The alt text “{alternative}” is a file's name.", hint


def _floating(word: WordFile) -> Iterator[Finding]:
    for tree in word.texts:
        for anchor in xpath(tree, "//wp:anchor"):
            message = "A picture floats, and is read at an uncertain place."
            hint = "In Word: Layout Options, In Line with Text."
            yield word.at(anchor), message, hint


def _boxes(word: WordFile) -> Iterator[Finding]:
    for tree in word.texts:
        for box in xpath(tree, "//w:txbxContent"):
            message = "A text stands in a box, and is read at an uncertain place."
            yield word.at(box), message, "Move the words out of the box, to where they are read."


def _heads(word: WordFile) -> Iterator[Finding]:
    for table in word.find("//w:tbl"):
        marks = xpath(table, "./w:tr[1]/w:trPr/w:tblHeader")
        if not marks or not is_on(marks[0]):
            hint = "In Word: select the first row, Layout, Repeat Header Rows."
            yield word.at(table), "A table has no heading row.", hint


def _merged(word: WordFile) -> Iterator[Finding]:
    for table in word.find("//w:tbl"):
        if xpath(table, "./w:tr/w:tc/w:tcPr/w:vMerge | ./w:tr/w:tc/w:tcPr/w:gridSpan"):
            hint = "In Word: Layout, Split Cells; write the words into each."
            yield word.at(table), "A table has merged cells.", hint


def _nested(word: WordFile) -> Iterator[Finding]:
    for table in word.find("//w:tbl[.//w:tbl]"):
        yield word.at(table), "A table stands in another.", "Make two tables, one after the other."


def _empty_rows(word: WordFile) -> Iterator[Finding]:
    for table in word.find("//w:tbl[w:tr[not(w:tc)]]"):
        yield word.at(table), "A table has a row without cells.", "Delete the row."


RULES: tuple[Rule[WordFile], ...] = (
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _pictures),
    Rule("picture-floats", Severity.ERROR, "Pictures stand in the line of reading.", _floating),
    Rule("text-box", Severity.ERROR, "Text stands in the line of reading.", _boxes),
    Rule("table-heads", Severity.ERROR, "Tables have heading cells.", _heads),
    Rule("table-merged", Severity.ERROR, "Cells of tables are not merged.", _merged),
    Rule("table-nested", Severity.ERROR, "No table stands in another.", _nested),
    Rule("table-empty-row", Severity.ERROR, "Rows of tables have cells.", _empty_rows),
)
