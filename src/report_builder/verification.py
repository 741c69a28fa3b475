"""What is wrong with a finished PDF or Word file, ours or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

import pikepdf

from report_builder.checks import tags
from report_builder.checks.pdf import PdfFile, check_foreign_pdf
from report_builder.checks.rules import hold
from report_builder.checks.tags import Tagged
from report_builder.checks.word import check_word
from report_builder.problems import Position, Problem, error, stops
from report_builder.readback.structure import Element, read_structure
from report_builder.readback.word import NotAWordFileError

_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Verdict:
    """What was found in a file, the standards that it says it follows, and a PDF's tree."""

    problems: tuple[Problem, ...]
    claims: tuple[str, ...] = ()
    tree: Element | None = None

    @property
    def is_accessible(self) -> bool:
        """Whether nothing was found that keeps somebody from reading the file."""
        return not stops(self.problems)


def verify(content: bytes, path: str) -> Verdict:
    """Return what is found in a PDF or a Word file; one that cannot be opened has that problem."""
    import page  # takes its time, and only its exception is needed before a PDF is looked into

    position = Position(path)
    try:
        if content.startswith(_ZIP):
            return Verdict(_counted(check_word(content, position)))
        return _verify_pdf(PdfFile(content, position))
    except page.SafetyLimitError as reason:
        message = f"The file is too large, or too deep, to be looked into: {reason}."
        return Verdict((unreadable(position, message),))
    except (NotAWordFileError, pikepdf.PdfError, pikepdf.PasswordError, page.PageError):
        return Verdict((unreadable(position),))


def unreadable(
    position: Position,
    message: str = "This is neither a PDF nor a Word file, or it is damaged, or locked.",
) -> Problem:
    """Return the problem of a file that cannot be looked into."""
    hint = "Open it in the program that made it, and save it again, without a password."
    return error("unreadable-document", position, message, hint)


def _verify_pdf(pdf: PdfFile) -> Verdict:
    tree = read_structure(pdf.content)
    problems = [*check_foreign_pdf(pdf), *hold(tags.RULES, Tagged(tree, pdf.position))]
    return Verdict(_counted(problems), pdf.claims, tree)


def _counted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, and how often it was found: ten pictures are not ten lines."""
    counts = Counter(problems)
    return tuple(
        replace(p, message=f"{p.message.rstrip('.')} ({n} times).") if n > 1 else p
        for p, n in counts.items()
    )
