"""What is wrong with a PDF or a Word file, ours or not: standard by standard."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from report_builder.checks.word import ADVICE, word_faults
from report_builder.readback.structure import Element, read_structure

PDF_UA, PDF_A, TREE, WORD = "PDF/UA-1", "PDF/A-2a", "Structure", "Word"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Fault:
    """One broken rule: what it belongs to, its name, what is wrong, and how often.

    One that is not ``serious`` makes reading harder, and keeps nobody from it.
    """

    standard: str
    rule: str
    message: str
    count: int
    serious: bool = True


@dataclass(frozen=True)
class Verdict:
    """What was found in a file: the standards it says it follows, its faults, and its tree."""

    claims: tuple[str, ...]
    faults: tuple[Fault, ...]
    tree: Element | None

    @property
    def is_accessible(self) -> bool:
        """Whether nothing was found that keeps somebody from reading the file."""
        return not any(fault.serious for fault in self.faults)


class UnreadableFileError(ValueError):
    """The file is neither PDF nor Word, or is locked or damaged."""


def verify(content: bytes) -> Verdict:
    """Return what is found in a PDF or a Word file, or raise `UnreadableFileError`."""
    try:
        return _verify_word(content) if content.startswith(_ZIP) else _verify_pdf(content)
    except (pikepdf.PdfError, ValueError) as reason:
        raise UnreadableFileError(str(reason)) from reason


def _verify_word(content: bytes) -> Verdict:
    found = word_faults(content)
    faults = (Fault(WORD, rule, message, n, rule not in ADVICE) for rule, message, n in found)
    return Verdict((), tuple(faults), None)


def _verify_pdf(pdf: bytes) -> Verdict:
    claims = tuple(_claims(pdf))
    tree = read_structure(pdf)
    faults = [*_standards(pdf, claims), *_tree_faults(tree)]
    return Verdict(claims, tuple(faults), tree)


def _claims(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as file, file.open_metadata() as metadata:
        if part := metadata.get("pdfuaid:part"):
            yield f"PDF/UA-{part}"
        if part := metadata.get("pdfaid:part"):
            yield f"PDF/A-{part}{str(metadata.get('pdfaid:conformance', '')).lower()}"


def _standards(pdf: bytes, claims: tuple[str, ...]) -> Iterator[Fault]:
    """Yield what breaks PDF/UA-1, unless it follows PDF/UA-2; and PDF/A-2, if it says so."""
    import page

    profiles = {}
    if "PDF/UA-2" not in claims:
        profiles[PDF_UA] = page.ValidationProfile.PDF_UA_1
    if any(claim.startswith("PDF/A-2") for claim in claims):
        profiles[PDF_A] = page.ValidationProfile.PDF_A_2A
    for standard, profile in profiles.items():
        counts: dict[tuple[str, str], int] = {}
        for failure in page.validate_pdf_bytes(pdf, profile=profile).failures:
            key = failure.rule_id, failure.message
            counts[key] = counts.get(key, 0) + 1
        for (rule, message), count in sorted(counts.items()):
            yield Fault(standard, rule, message, count, serious=standard == PDF_UA)


def _tree_faults(tree: Element | None) -> Iterator[Fault]:
    """Yield what no validator of standards minds, and what misleads somebody who listens."""
    if tree is None:
        yield Fault(TREE, "no-tags", "The file has no tags: a screen reader can only guess.", 1)
        return
    found: dict[tuple[str, str], int] = {}
    level = 0
    for element in tree.walk():
        for rule, message in _element_faults(element):
            found[rule, message] = found.get((rule, message), 0) + 1
        if element.role[:1] == "H" and element.role[1:].isdigit():
            here = int(element.role[1:])
            if here > level + 1:
                message = f"The heading “{element.text.strip()[:60]}” skips a level."
                found["heading-order", message] = 1
            level = here
    if level == 0:
        found["no-headings", "The file has no headings to move by."] = 1
    for (rule, message), count in found.items():
        yield Fault(TREE, rule, message, count)


def _element_faults(element: Element) -> Iterator[tuple[str, str]]:
    inner = list(element.walk())
    if element.role == "Figure" and not element.alternative:
        yield "picture-alt", "A picture has no description."
    if element.role == "Table" and not any(e.role == "TH" for e in inner):
        yield "table-heads", "A table has no heading cells."
    if element.role == "L" and not any(e.role in ("LI", "L") for e in inner[1:]):
        yield "list-items", "A list has no items."
    if element.role == "Link" and not element.text.strip():
        yield "link-text", "A link has no words."
