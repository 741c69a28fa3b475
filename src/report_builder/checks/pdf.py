"""Rules over a finished PDF: it passes PDF/UA-1, or it is not published."""

from __future__ import annotations

from report_builder.problems import Position, Problem, error


def check_pdf(pdf: bytes, position: Position) -> list[Problem]:
    """Return a problem for every PDF/UA-1 rule that a file breaks, as page-validation finds it."""
    import page

    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    broken = {failure.rule_id: failure.message for failure in report.failures}
    return [
        error(
            "pdf-ua",
            position,
            f"The PDF breaks PDF/UA-1 rule {rule}: {message}",
            "The fault is in the template or style sheet: compare it with the shipped one.",
        )
        for rule, message in sorted(broken.items())
    ]
