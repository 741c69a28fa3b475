"""Rules over what a Word file says of itself, and over what its parts refer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from report_builder.checks.rules import Finding, Rule
from report_builder.problems import Severity
from report_builder.readback.word import WordFile, is_on, points, value_of, xpath

_A4 = (595.3, 841.9)  # points
_OFF_A4 = 3.0  # that nobody sees
_MODE = 15  # of Word 2013 and later
_SETTINGS, _STYLES = "word/settings.xml", "word/styles.xml"


def _title(word: WordFile) -> Iterator[Finding]:
    if not "".join(word.find("//dc:title/text()", "docProps/core.xml")).strip():
        hint = "In Word: File, Info, Title."
        yield word.position, "The file has no title.", hint


def _language(word: WordFile) -> Iterator[Finding]:
    path = "(//w:docDefaults | //w:style[@w:default='1'])//w:lang/@w:val"
    if not word.find(path, _STYLES):
        hint = "In Word: Review, Language, Set Proofing Language, Set As Default."
        yield word.position, "The file does not say its language.", hint


def _paper(word: WordFile) -> Iterator[Finding]:
    for size in word.find("//w:sectPr/w:pgSz"):
        sides = sorted(points(value_of(size, side)) or 0 for side in ("w", "h"))
        if any(abs(side - a4) > _OFF_A4 for side, a4 in zip(sides, _A4, strict=True)):
            yield word.at(size), "The paper is not A4.", "In Word: Layout, Size, A4."


def _protected(word: WordFile) -> Iterator[Finding]:
    for mark in word.find("//w:documentProtection[@w:enforcement]", _SETTINGS):
        if is_on(mark, "enforcement"):
            message = "The file is protected: its text cannot be changed to suit a reader."
            yield word.position, message, "In Word: Review, Restrict Editing, Stop Protection."


def _prompt(word: WordFile) -> Iterator[Finding]:
    for mark in word.find("//w:updateFields", _SETTINGS):
        if is_on(mark):
            hint = "In Word: press Ctrl+A and F9 to bring fields up to date, and save the file."
            yield word.position, "Word asks a question when the file is opened.", hint


def _mode(word: WordFile) -> Iterator[Finding]:
    path = "//w:compatSetting[@w:name='compatibilityMode']/@w:val"
    modes = word.find(path, _SETTINGS)
    if not modes or not modes[0].isdecimal() or int(modes[0]) < _MODE:
        message = "The file is opened in the mode of an older Word."
        yield word.position, message, "In Word: File, Info, Convert."


def _pictures(word: WordFile) -> Iterator[Finding]:
    for picture in word.find("//*[@r:embed]"):
        if xpath(picture, "./@r:embed")[0] not in word.targets:
            hint = "Insert the picture anew."
            yield word.at(picture), "A picture's file is not in the document.", hint


def _styles(word: WordFile) -> Iterator[Finding]:
    for mark in word.find("//w:pStyle | //w:rStyle | //w:tblStyle"):
        name = value_of(mark, "val")
        if name not in word.styles:
            hint = "Choose a style that the file has."
            yield word.at(mark), f"The style “{name}” is used, and is not in the file.", hint


def _numbers(word: WordFile) -> Iterator[Finding]:
    known = {"0", *word.find("//w:num/@w:numId", "word/numbering.xml")}
    for mark in word.find("//w:numPr/w:numId"):
        if value_of(mark, "val") not in known:
            hint = "Select the list, and choose Bullets or Numbering anew."
            yield word.at(mark), "A list's numbering is not in the file.", hint


def _identifiers(word: WordFile) -> Iterator[Finding]:
    for path, what in (("//wp:docPr/@id", "pictures"), ("//w:bookmarkStart/@w:name", "bookmarks")):
        if any(count > 1 for count in Counter(word.find(path)).values()):
            hint = "Delete one of the two, and insert it anew."
            yield word.position, f"Two {what} have one and the same name.", hint


def _fields(word: WordFile) -> Iterator[Finding]:
    for tree in word.texts:
        depth = 0
        for mark in xpath(tree, "//w:fldChar/@w:fldCharType"):
            depth += {"begin": 1, "end": -1}.get(mark, 0)
            if depth < 0:
                break
        if depth:
            hint = "Delete the field (Alt+F9 shows it), and insert it anew."
            yield word.position, "A field is opened and never closed.", hint


def _changes(word: WordFile) -> Iterator[Finding]:
    path = "//w:ins | //w:del | //w:moveFrom | //w:moveTo"
    if any(xpath(tree, path) for tree in word.texts):
        message = "Changes are still tracked: they are read out, too."
        yield word.position, message, "In Word: Review, Accept All Changes and Stop Tracking."


def _comments(word: WordFile) -> Iterator[Finding]:
    if word.find("//w:comment", "word/comments.xml"):
        hint = "In Word: Review, Delete All Comments in Document."
        yield word.position, "Comments are still in the file.", hint


def _controls(word: WordFile) -> Iterator[Finding]:
    for control in word.find("//w:sdt[w:sdtPr]"):
        if not xpath(control, "./w:sdtPr/w:alias | ./w:sdtPr/w:docPartObj"):
            hint = "In Word: Developer, Properties, Title."
            yield word.at(control), "A content control has no title.", hint


RULES: tuple[Rule[WordFile], ...] = (
    Rule("document-title", Severity.ERROR, "A document has a title.", _title),
    Rule("document-language", Severity.ERROR, "A document says its language.", _language),
    Rule("protected", Severity.ERROR, "Readers can change how text looks.", _protected),
    Rule("field-prompt", Severity.ERROR, "A file opens without a question.", _prompt),
    Rule("missing-part", Severity.ERROR, "Pictures are in the file.", _pictures),
    Rule("missing-style", Severity.ERROR, "Styles that are used are in the file.", _styles),
    Rule("missing-list", Severity.ERROR, "Numberings that are used are in the file.", _numbers),
    Rule("duplicate-id", Severity.ERROR, "No two parts share a name for links.", _identifiers),
    Rule("field-open", Severity.ERROR, "Fields are whole.", _fields),
    Rule("control-title", Severity.ERROR, "Fields to fill in have a title.", _controls),
    Rule("paper", Severity.ADVICE, "Paper is A4.", _paper),
    Rule("compatibility", Severity.ADVICE, "A file is one of today's Word.", _mode),
    Rule("tracked-changes", Severity.ADVICE, "No changes are left open.", _changes),
    Rule("comments", Severity.ADVICE, "No comments are left in.", _comments),
)
