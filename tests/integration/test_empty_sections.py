"""A section of any kind may be begun and left empty: it is named at its line, and stops nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.conftest import ROOT, Run
from tests.tools.verapdf import failed_rules

from report_builder.content.sections import kinds

# What a kind cannot do without, beside what is left empty.
NEEDED = {
    "feedback": {"question": "What matters?"},
    "survey": {"question": "What matters?"},
    "next-event": {"name": "The next day"},
    "notice": {"body": "Mind the step."},
    "chart": {},  # refused: it is nothing without numbers
    "table": {},  # refused, too
}
SILENT = [kind for kind in kinds() if kind not in NEEDED]
MACHINE = str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml")


def empty(kind: str, **fields: object) -> dict[str, object]:
    """Return a section whose every list is empty, answers in a file among them."""
    names = kinds()[kind].model_fields.items()
    lists = {name: [] for name, field in names if "tuple[" in str(field.annotation)}
    return {"type": kind, "title": f"About {kind}", **NEEDED.get(kind, {}), **lists, **fields}


def write(workspace: Path, sections: list[dict[str, object]]) -> None:
    """Write an event, whose first section stands in line 3, and each in a line of its own."""
    folder = workspace / "content/empty"
    folder.mkdir(parents=True)
    lines = [f"  - {json.dumps(section)}" for section in sections]
    (folder / "event.yaml").write_text("\n".join(["title: A day", "sections:", *lines]), "utf-8")


@pytest.mark.slow
def test_every_kind_may_be_left_empty_and_it_is_said_where(tmp_path: Path, run: Run) -> None:
    assert len(SILENT) > 15
    sections = [empty(kind) for kind in SILENT]
    sections += [{"type": "sessions", "items": [{}]}, {"type": "panel", "members": [{}]}]
    last = len(sections) + 2
    sections += [empty(kind) for kind in NEEDED if NEEDED[kind]]
    sections += [empty(kind, title=f"More {kind}", intro="To follow.") for kind in SILENT]
    write(tmp_path, sections)
    (tmp_path / "report-builder.toml").write_text('word-documents = ["briefing", "report"]\n')
    made = run("build", "--edition", "standard", "--edition", "large-print", cwd=tmp_path)
    assert "error" not in made.stderr
    for pdf in (tmp_path / "output/empty").glob("report*.pdf"):
        for profile in ("PDFUA-1", "PDFA-2A", MACHINE):
            assert failed_rules(pdf, profile) == {}, profile
    said = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    told = [problem["line"] for problem in said if problem["code"] == "section-empty"]
    assert told == list(range(3, last + 1))


@pytest.mark.parametrize(
    ("section", "code"),
    [
        (empty("chart"), "chart-values"),
        (empty("table"), "table-width"),
        (empty("table", caption="A"), "table-width"),
        ({"type": "table", "columns": ["A", "B"]}, "table-rows"),
        ({"type": "table", "columns": ["A", "B"], "caption": "C", "rows": []}, "table-rows"),
        ({"type": "prose", "body": "| A | B |\n|---|---|"}, "table-rows"),
        ({"type": "prose", "body": "Words.\n\n- See\n\n  | A |\n  |---|"}, "table-rows"),
        ({"type": "quotes", "items": [{"text": "> A | B\n> ---|---"}]}, "table-rows"),
    ],
)
def test_a_table_or_a_chart_of_nothing_is_refused_at_its_line(
    section: dict[str, object], code: str, tmp_path: Path, run: Run
) -> None:
    write(tmp_path, [{"type": "notice", "body": "Words."}, section])
    done = run("check", "--format", "json", cwd=tmp_path, code=1)
    errors = [p for p in json.loads(done.stdout) if p["severity"] == "error"]
    assert [(p["path"], p["line"], p["code"]) for p in errors] == [
        ("content/empty/event.yaml", 4, code)
    ]
