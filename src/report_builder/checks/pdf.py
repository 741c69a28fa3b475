"""Rules over a finished PDF: it follows the standards, or it is not published."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.problems import Position, Problem, Severity, error

# page-validation takes a stream that happens to end in a carriage return for one that is a byte
# too short; veraPDF, by which the tests check the same rule, does not.
_FALSE_ALARMS = {"PDFA2A-STREAM-LENGTH-001"}
_HINT = "Compare the template and the style sheet with the shipped ones; or mend the PDF's tags."


@dataclass(frozen=True)
class PdfFile:
    """A PDF, and where problems of it stand: the file itself, or the template it was made from."""

    content: bytes
    position: Position

    @cached_property
    def claims(self) -> tuple[str, ...]:
        """The standards that it says it follows."""
        import pikepdf  # late: the table of rules is read where there is no PDF

        with pikepdf.open(io.BytesIO(self.content)) as file, file.open_metadata() as metadata:
            ua, a = metadata.get("pdfuaid:part"), metadata.get("pdfaid:part")
            level = str(metadata.get("pdfaid:conformance", "")).lower()
        return (*([f"PDF/UA-{ua}"] if ua else []), *([f"PDF/A-{a}{level}"] if a else []))

    def broken(self, profile: str) -> dict[tuple[str, str], int]:
        """Return the rules of a standard that it breaks, what each says, and how often."""
        import page  # takes its time, and only finished files need it

        counts: dict[tuple[str, str], int] = {}
        for failure in page.validate_pdf_bytes(self.content, profile=profile).failures:
            if failure.rule_id not in _FALSE_ALARMS:
                key = failure.rule_id, failure.message
                counts[key] = counts.get(key, 0) + 1
        return dict(sorted(counts.items()))


def check_pdf(pdf: bytes, position: Position) -> list[Problem]:
    """Return a problem for every rule of PDF/UA-1 and PDF/A-2a that a PDF of ours breaks."""
    import page  # takes its time, and only finished files need it

    try:
        return hold(RULES, PdfFile(pdf, position))
    except page.SafetyLimitError as reason:
        message = f"The PDF is too long, or too nested, to be looked into: {reason}."
        return [error("pdf-ua", position, message, "Divide it into two, or nest less.")]


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
    for (rule, message), count in pdf.broken(profile).items():
        times = f" ({count} times)" if count > 1 else ""
        yield pdf.position, f"Rule {rule} of {name} is broken{times}: {message}", _HINT


_UA = Rule("pdf-ua", Severity.ERROR, "PDFs follow PDF/UA-1.", _pdf_ua)
RULES: tuple[Rule[PdfFile], ...] = (
    _UA,
    Rule("pdf-a", Severity.ERROR, "Our PDFs follow PDF/A-2a.", _pdf_a),
)
CLAIM_RULES: tuple[Rule[PdfFile], ...] = (
    Rule("pdf-a-claim", Severity.WARNING, "PDFs that say so follow PDF/A-2a.", _pdf_a),
)
