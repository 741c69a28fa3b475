"""Rules over a finished PDF: it passes PDF/UA-1 and PDF/A-2a, or it is not published."""

from __future__ import annotations

from report_builder.problems import Position, Problem, error

# page-validation takes a stream that happens to end in a carriage return for one that is a byte
# too short; veraPDF, by which the tests check the same rule, does not.
_FALSE_ALARMS = {"PDFA2A-STREAM-LENGTH-001"}


def check_pdf(pdf: bytes, position: Position) -> list[Problem]:
    """Return a problem for every rule of the two standards that a file breaks."""
    import page

    profiles = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in profiles]
    broken = {failure.rule_id: failure.message for r in reports for failure in r.failures}
    broken = {rule: broken[rule] for rule in broken.keys() - _FALSE_ALARMS}
    return [
        error(
            "pdf-standard",
            position,
            f"The PDF breaks rule {rule}: {message}",
            "The fault is in the template or style sheet: compare it with the shipped one.",
        )
        for rule, message in sorted(broken.items())
    ]
