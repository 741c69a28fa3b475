"""What a style sheet keeps together may be long: no page stays empty, and nothing stands alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.tools.rendering import renderer_for
from tests.tools.verapdf import failed_rules

from report_builder.settings.names import LARGE_PRINT, STANDARD_EDITION
from report_builder.writers.pdf.options import PdfOptions
from report_builder.writers.pdf.report import write_report

pytestmark = pytest.mark.slow

WORDS = "Words about homes and health stand here, so that the paragraph runs over lines. "
LONG = "\n\n".join([WORDS * 6] * 9)  # more than a page
LIST = "See to:\n\n" + "\n".join(f"* Group {n} of the workshop" for n in range(60))
CODE = "```\n" + "\n".join(f"line {n}" for n in range(70)) + "\n```"
SECTIONS = [
    {"type": "actions", "items": ["Short", {"text": LIST, "owner": "Ann"}, "Another"]},
    {"type": "commitments", "items": [{"said": WORDS * 5, "did": WORDS * 8}] * 6},
    {"type": "table", "columns": ["A", "B"], "rows": [["a", "b"], ["a", WORDS * 70], ["c", "d"]]},
    {"type": "table", "columns": ["A", "B"], "rows": [["a", WORDS * 18]] * 3},
    {"type": "agenda", "items": [{"start": f"{n}:00", "title": WORDS * 3} for n in range(9, 17)]},
    {"type": "questions", "items": [{"question": "Why?", "answer": LONG}]},
    {"type": "quotes", "items": [{"text": LONG, "by": "Ann", "consent": "given"}]},
    {"type": "notice", "body": WORDS * 70},
    {"type": "prose", "body": f"| A | B |\n|---|---|\n| a | {WORDS * 70} |\n| c | d |"},
    {"type": "prose", "body": f"{CODE}\n\n- {WORDS * 70}\n- b\n\n> {WORDS * 70}"},
]
BEFORE = {"type": "prose", "title": "Before", "body": WORDS * 5}


@pytest.mark.parametrize("edition", [STANDARD_EDITION, LARGE_PRINT])
def test_what_is_longer_than_a_page_leaves_none_empty(edition: str, tmp_path: Path) -> None:
    sections = [{**section, "title": f"Part {n}"} for n, section in enumerate(SECTIONS)]
    event = {"title": "Long", "sections": [one for s in sections for one in (BEFORE, s)]}
    folder = tmp_path / "content/long"
    folder.mkdir(parents=True)
    (folder / "event.yaml").write_text(json.dumps(event, indent=1), "utf-8")  # JSON is YAML
    made = write_report(renderer_for(tmp_path, folder, edition=edition), PdfOptions())
    assert [p for p in made.problems if p.code in ("empty-page", "left-alone")] == []
    (tmp_path / "report.pdf").write_bytes(made.files["report.pdf"])
    assert failed_rules(tmp_path / "report.pdf") == {}
