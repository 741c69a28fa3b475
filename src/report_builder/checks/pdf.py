"""Rules over a finished PDF: it follows the standards, or it is not published."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.problems import Position, Problem, Severity, error
from report_builder.readback.origins import Origin, OriginOf
from report_builder.readback.validator import failures_of

if TYPE_CHECKING:
    from page import ValidationFailure

    from report_builder.readback.spots import Spot, Spots

# page-validation takes a stream that happens to end in a carriage return for one that is a byte
# too short; veraPDF, by which the tests check the same rule, does not.
_FALSE_ALARMS = {"PDFA2A-STREAM-LENGTH-001"}
_HINT = "Compare the template and the style sheet with the shipped ones; or mend the PDF's tags."
_FONT_HINT = "Write these words in other letters, or name a font that has them in the theme."
_PICTURE_HINT = "Open the picture in a picture program, and save it anew as PNG in RGB."
_STYLE_HINT = "Change it here, or delete it and keep to the shipped style."
_QUOTED = 60  # characters of what a message names
_MOST_PLACES = 20  # that one rule names: a fault of the style is in every paragraph

_OBJECT = re.compile(r"\bobject (\d+) ")
_LINK = re.compile(r"\bannotation (\d+) on page (\d+)\b")
_PAGE = re.compile(r"\bpage (\d+)\b")


@dataclass(frozen=True)
class PdfFile:
    """A PDF, and where problems of it stand: the file itself, or the template it was made from.

    ``origin_of`` tells, of a file that we made, where each part of it came from.
    """

    content: bytes
    position: Position
    origin_of: OriginOf | None = None

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The standards that it says it follows."""
        import pikepdf  # late: the table of rules is read where there is no PDF

        with pikepdf.open(io.BytesIO(self.content)) as file, file.open_metadata() as metadata:
            ua, a = metadata.get("pdfuaid:part"), metadata.get("pdfaid:part")
            level = str(metadata.get("pdfaid:conformance", "")).lower()
            return (*([f"PDF/UA-{ua}"] if ua else []), *([f"PDF/A-{a}{level}"] if a else []))

    def broken(self, profile: str) -> dict[tuple[str, str], list[ValidationFailure]]:
        """Return each rule of a standard that it breaks, what it says, and all its failures."""
        found: dict[tuple[str, str], list[ValidationFailure]] = {}
        for failure in failures_of(self.content, profile):
            if failure.rule_id not in _FALSE_ALARMS:
                found.setdefault((failure.rule_id, failure.message), []).append(failure)
        return dict(sorted(found.items()))

    def origins(self, failures: list[ValidationFailure]) -> dict[Origin, Spot]:
        """Return where what fails came from, and where each is seen; none where nobody knows.

        What a style brings about is named once, however often it is seen.
        """
        import pikepdf

        from report_builder.readback.spots import Spots

        if self.origin_of is None:
            return {}
        found: dict[Origin, Spot] = {}
        with pikepdf.open(io.BytesIO(self.content)) as file:
            spots = Spots(file)
            for failure in failures:
                for spot in _spots(spots, failure):
                    origin = self.origin_of(spot.key) if spot.key is not None else None
                    origin = origin or Origin(self.position)
                    words = origin.words or " ".join(spot.words.split())
                    if not (origin.style and origin.position in {one.position for one in found}):
                        found.setdefault(replace(origin, words=words), spot)
        return found


def check_pdf(pdf: bytes, position: Position, origin_of: OriginOf | None = None) -> list[Problem]:
    """Return a problem for every place where a PDF of ours breaks PDF/UA-1 or PDF/A-2a."""
    import page  # takes its time, and only finished files need it

    try:
        return _once(hold(RULES, PdfFile(pdf, position, origin_of)))
    except page.SafetyLimitError as reason:
        message = f"The PDF is too long, or too nested, to be looked into: {reason}."
        return [error("pdf-ua", position, message, "Divide it into two, or nest less.")]


def _once(problems: list[Problem]) -> list[Problem]:
    """Return problems without those of PDF/A at places that break PDF/UA: they are the same."""
    told = {p.position for p in problems if p.code == _UA.code}
    return [p for p in problems if p.code == _UA.code or p.position not in told]


def check_foreign_pdf(pdf: PdfFile) -> list[Problem]:
    """Return what breaks PDF/UA-1, unless it follows PDF/UA-2; and PDF/A-2, if it says so."""
    says_archive = any(claim.startswith("PDF/A-2") for claim in pdf.claims)
    rules = (*(() if "PDF/UA-2" in pdf.claims else (_UA,)), *(CLAIM_RULES if says_archive else ()))
    return hold(rules, pdf)


def _pdf_ua(pdf: PdfFile) -> Iterator[Finding]:
    yield from _broken(pdf, "ua1", "PDF/UA-1")


def _pdf_a(pdf: PdfFile) -> Iterator[Finding]:
    yield from _broken(pdf, "2a", "PDF/A-2a")


def _broken(pdf: PdfFile, profile: str, name: str) -> Iterator[Finding]:
    for (rule, message), failures in pdf.broken(profile).items():
        broken, message = f"Rule {rule} of {name} is broken", f"{message.removesuffix('.')}."
        origins = pdf.origins(failures)
        for origin, spot in list(origins.items())[:_MOST_PLACES]:
            page = f" (page {spot.page})" if spot.page else ""
            letters = f" (“{spot.letters}”)" if spot.letters.strip() else ""
            where = f"{_quoted(origin.words)}{letters}{page}"
            style = f", by “{origin.style}”" if origin.style else ""
            yield origin.position, f"{broken} at {where}{style}: {message}", _hint(rule, origin)
        if not origins:
            times = f" ({len(failures)} times)" if len(failures) > 1 else ""
            yield pdf.position, f"{broken}{times}: {message}", _HINT


def _spots(spots: Spots, failure: ValidationFailure) -> list[Spot]:
    """Return where on the pages something fails, as its object or its message tells."""
    if failure.object_id is not None:
        return spots.of(failure.object_id.object_number)
    if found := _OBJECT.search(failure.message):
        return spots.of(int(found[1]))
    if found := _LINK.search(failure.message):
        return spots.link(int(found[2]), int(found[1]))
    if found := _PAGE.search(failure.message):
        return spots.unmarked(int(found[1]))
    return spots.smoothed() if "INTERPOLATE" in failure.rule_id else []


def _quoted(words: str) -> str:
    shown = words if len(words) <= _QUOTED else f"{words[:_QUOTED].rstrip()}…"
    return f"“{shown}”" if words else "something that says nothing"


def _hint(rule: str, origin: Origin) -> str:
    if origin.style:
        return _STYLE_HINT
    if re.search("FONT|GLYPH|UNICODE|CMAP|CID", rule):
        return _FONT_HINT
    return _PICTURE_HINT if "IMAGE" in rule else _HINT


_UA = Rule("pdf-ua", Severity.ERROR, "PDFs follow PDF/UA-1.", _pdf_ua)
RULES: tuple[Rule[PdfFile], ...] = (
    _UA,
    Rule("pdf-a", Severity.ERROR, "Our PDFs follow PDF/A-2a.", _pdf_a),
)
CLAIM_RULES: tuple[Rule[PdfFile], ...] = (
    Rule("pdf-a-claim", Severity.WARNING, "PDFs that say so follow PDF/A-2a.", _pdf_a),
)
