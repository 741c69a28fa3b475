"""Rules over a theme's reference documents, whose styles the office edits in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.checks.word import RULES as WORD_RULES
from report_builder.checks.word.looks import LEAST_POINTS, is_colour
from report_builder.problems import Position, Problem, Severity, error
from report_builder.readback.word import NotAWordFileError, WordFile, points
from report_builder.sources import note
from report_builder.templating.contrast import LEAST, contrast

LISTS = ("List Bullet", "List Number")
STYLES = {
    *("Normal", "Heading 1", "Heading 2", "Heading 3", *LISTS, "List Continue", "Meta"),
    *("Caption", "Picture", "Quotation", "Table Heading", "Table Text", "Council Table"),
    *("Hyperlink", "Key Message", "Lead In"),
}
"""The styles that every reference document must have; classes may name others."""

# Fonts that Word brings along or that every office has; the text of others moves about.
_KNOWN_FONTS = {"Arial", "Aptos", "Calibri", "Helvetica", "Segoe UI", "Tahoma", "Trebuchet MS"}
_KNOWN_FONTS |= {"Verdana", "Courier New", "Consolas"}
_SERIFS = {"Times New Roman", "Cambria", "Georgia", "Garamond", "Book Antiqua", "Palatino Linotype"}
# What the rules of any Word file say and what other rules here say in the office's words.
_SAID_HERE = {"document-language", "contrast"}
_LEAST_MARGIN = 36  # points: 12.7 mm, which every printer can print


@dataclass(frozen=True)
class ReferenceDocument:
    """A reference document as a file, and what it says of itself."""

    path: Path
    content: bytes

    @property
    def position(self) -> Position:
        """Where it lies."""
        return Position(self.path.as_posix())

    @cached_property
    def word(self) -> WordFile:
        """Its parts."""
        return WordFile.read(self.content, self.position)

    @cached_property
    def problems(self) -> list[Problem]:
        """What the rules of any Word file find in it."""
        return hold(WORD_RULES, self.word)

    @cached_property
    def styles(self) -> dict[str, Any]:
        """Its styles by the names that Word shows, a few of which it spells in small letters."""
        found = {}
        for style in self.word.find("//w:style", "word/styles.xml"):
            name = _first(style, "./w:name/@w:val")
            found[re.sub("^(heading|caption)", lambda m: m[0].title(), name)] = style
        return found

    def in_use(self) -> dict[str, Any]:
        """Return the styles that documents are set in."""
        return {name: style for name, style in self.styles.items() if name in STYLES}

    def font(self, style: Any) -> str:
        """Return the font that a style names itself; the design's fonts win over those by name."""
        if themed := _first(style, "./w:rPr/w:rFonts/@w:asciiTheme"):
            kind = "major" if themed.startswith("major") else "minor"
            path = f"//*[local-name()='{kind}Font']/*[local-name()='latin']/@typeface"
            fonts = self.word.find(path, "word/theme/theme1.xml")
            return str(fonts[0]) if fonts else ""
        return _first(style, "./w:rPr/w:rFonts/@w:ascii")


def _missing_styles(reference: ReferenceDocument) -> Iterator[Finding]:
    styles = reference.styles
    if missing := sorted(STYLES - styles.keys()):
        yield (
            reference.position,
            f"The styles {', '.join(missing)} are missing.",
            "Make styles of these names in Word, or copy them from the shipped briefing.docx.",
        )
    for name in LISTS:
        if name in styles and not _first(styles[name], ".//w:numId/@w:val"):
            yield (
                reference.position,
                f"The style “{name}” has no bullet or number.",
                f"In Word: right-click {name}, Modify, Format, Numbering; choose one, and save.",
            )


def _pale_styles(reference: ReferenceDocument) -> Iterator[Finding]:
    table = reference.styles.get("Council Table")
    head = "" if table is None else _first(table, "./w:tblStylePr[@w:type='firstRow']//@w:fill")
    for name, style in reference.in_use().items():
        colour = _first(style, "./w:rPr/w:color/@w:val")
        ground = _first(style, "./w:pPr/w:shd/@w:fill")
        grounds = {ground, head if name.startswith("Table Heading") else "FFFFFF"}
        for behind in sorted(g for g in grounds if is_colour(g)) if is_colour(colour) else ():
            ratio = contrast(f"#{colour}", f"#{behind}")
            if ratio < LEAST:
                yield (
                    reference.position,
                    f"The style “{name}” has a contrast of {ratio:.1f}; text needs {LEAST}.",
                    f"In Word: right-click {name}, Modify; choose a darker colour.",
                )


def _small_styles(reference: ReferenceDocument) -> Iterator[Finding]:
    for name, style in reference.in_use().items():
        size = points(_first(style, "./w:rPr/w:sz/@w:val"), bare=1 / 2)
        if size is not None and size < LEAST_POINTS:
            yield (
                reference.position,
                f"The style “{name}” is set in {size:g} points; {LEAST_POINTS} are the least.",
                f"In Word: right-click {name}, Modify; choose {LEAST_POINTS} or more.",
            )


def _language(reference: ReferenceDocument) -> Iterator[Finding]:
    said = reference.word.find("//w:docDefaults//w:lang/@w:val", "word/styles.xml")
    if not said or said[0] == "en-US":
        yield (
            reference.position,
            f"Its language is {'American English' if said else 'not said'}.",
            "In Word: Review, Language, Set Proofing Language, English (United Kingdom), Default.",
        )


def _paper(reference: ReferenceDocument) -> Iterator[Finding]:
    if any(problem.code == "paper" for problem in reference.problems):
        hint = "In Word: Layout, Size, A4."
        yield reference.position, "Its paper is not A4.", hint
    sides = " | ".join(f"//w:pgMar/@w:{side}" for side in ("left", "right", "top", "bottom"))
    if any((points(m) or 0) < _LEAST_MARGIN for m in reference.word.find(sides)):
        yield (
            reference.position,
            "Its margins are narrower than 12.7 mm, which not every printer can print.",
            "In Word: Layout, Margins, Moderate.",
        )


def _fonts(reference: ReferenceDocument) -> Iterator[Finding]:
    unknown: dict[str, list[str]] = {}
    for name, style in reference.in_use().items():
        font = reference.font(style)
        if font and font not in _KNOWN_FONTS:
            unknown.setdefault(font, []).append(name)
    for font, names in unknown.items():
        why = (
            "has strokes at its letters' ends, which are hard to read for many"
            if font in _SERIFS
            else "is not on every computer, and Word then takes another"
        )
        yield (
            reference.position,
            f"The font “{font}” {why}: {', '.join(sorted(names))}.",
            "In Word: Modify these styles; choose Arial, Aptos, Calibri or Verdana.",
        )


def _page_number(reference: ReferenceDocument) -> Iterator[Finding]:
    feet = [part for name, part in reference.word.parts.items() if "footer" in name]
    codes = [code for part in feet for code in part.iter() if code.tag.endswith("}instrText")]
    simple = [f.get(k) for p in feet for f in p.iter() for k in f.attrib if k.endswith("}instr")]
    if not any("PAGE" in (code or "") for code in (*(c.text for c in codes), *simple)):
        yield (
            reference.position,
            "No page number stands at the foot of the page.",
            "In Word: Insert, Page Number, Bottom of Page.",
        )


def _hindrances(reference: ReferenceDocument) -> Iterator[Finding]:
    for problem in reference.problems:
        if problem.severity is Severity.ERROR and problem.code not in _SAID_HERE:
            yield reference.position, problem.message, problem.hint


def _first(element: Any, path: str) -> str:
    found = WordFile.within(element, path)
    return str(found[0]) if found else ""


def check_reference(path: Path) -> list[Problem]:
    """Return what is wrong with a reference document."""
    reference = ReferenceDocument(path, note(path).read_bytes())
    try:
        return hold(RULES, reference)
    except NotAWordFileError:
        message = "The reference document is not a Word file (.docx), or it is damaged."
        hint = "Save it again in Word as “Word Document (*.docx)”."
        return [error("word-reference", reference.position, message, hint)]


RULES: tuple[Rule[ReferenceDocument], ...] = (
    Rule("word-styles", Severity.ERROR, "A reference document has all styles.", _missing_styles),
    Rule("word-contrast", Severity.ERROR, "The styles of Word files can be read.", _pale_styles),
    Rule("word-hindrance", Severity.ERROR, "Nothing in Word keeps people out.", _hindrances),
    Rule("word-size", Severity.WARNING, "Words in Word files have 12 points.", _small_styles),
    Rule("word-language", Severity.WARNING, "A reference document is British.", _language),
    Rule("word-paper", Severity.WARNING, "Word files are printed on A4.", _paper),
    Rule("word-fonts", Severity.WARNING, "Everyone has the fonts of Word files.", _fonts),
    Rule("word-page-number", Severity.WARNING, "Pages of Word files have numbers.", _page_number),
)
