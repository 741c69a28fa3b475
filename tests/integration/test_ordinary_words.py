"""What people really write gets through: `check` and `build` agree, and no template is blamed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.conftest import Run

BEGIN = "title: A day\nlanguage: en-GB\nsections:\n"

Said = list[tuple[str, int, int]]
"""What is said of an event's words: code, line and column."""

# Sections of an event, the first of which stands in line 4.
ORDINARY: dict[str, tuple[str, Said]] = {}
ORDINARY["numbered-question"] = (
    """\
  - type: feedback
    question: 1. What matters?
    responses: [buses, parks, buses]
    response: 1) We heard you.
""",
    [],
)
ORDINARY["answers-pasted-with-bullets"] = (
    """\
  - type: feedback
    question: What matters?
    responses: ["- buses", • parks, "- buses", 1. Roads, → homes]
    response: We heard you.
""",
    [],
)
ORDINARY["quotations-with-dashes"] = (
    """\
  - type: quotes
    items:
      - text: – We were never asked.
        by: Ann
        consent: given
        replies:
          - text: – Now you are.
          - text: – And so are you.
            by: – Bea
""",
    [],
)
ORDINARY["cells-with-signs"] = (
    """\
  - type: table
    title: T
    columns: [1. Ward, 2. Change, № 3]
    rows:
      - ["- Org", "- 5", −2]
      - [a) Org, – 3, (i) one]
      - [b) Org, 12. place, (ii) two]
""",
    [],
)
ORDINARY["agenda-and-names-with-numbers"] = (
    """\
  - type: agenda
    items:
      - {title: 1. Welcome, start: "10:00"}
      - {title: 2. Talk, start: "10:30"}
      - {title: 3 Lunch, start: "12:00"}
  - type: attendees
    organisations: [1. Org, "- Org b", • Org c]
    apologies: [– Ann, – Bea]
""",
    [],
)
ORDINARY["owners-and-captions"] = (
    """\
  - type: actions
    title: Next
    items:
      - {text: 1. Hold a day, owner: "- the board"}
      - {text: 2. Hold another, owner: "- the board"}
  - type: chart
    title: T
    caption: 1. How many came
    labels: [1. A, 2. B]
    series: [{name: People, values: [1, 2]}]
""",
    [],
)
ORDINARY["dates-that-begin-sentences"] = (
    """\
  - type: prose
    title: Part
    body: |
      12\\. May was the day.

      14\\. June was another.

      1\\. Mai, danach Ruhe.
""",
    [],
)
ORDINARY["signs-that-begin-a-text"] = (
    """\
  - type: prose
    title: Part
    body: |
      № 1 is a school.

      № 2 is one, too.

      −5 degrees.

      → see the map.
""",
    [],
)
ORDINARY["a-series-of-bullets"] = (
    """\
  - type: prose
    title: Part
    body: |
      • buses

      • parks

      • roads
""",
    [],
)
ORDINARY["bullets-pasted-line-under-line"] = (
    """\
  - type: prose
    title: Part
    body: |
      Before.

      • buses
      • parks
""",
    [],
)
ORDINARY["a-series-of-arabic-numbers"] = (
    """\
  - type: prose
    title: Part
    language: ar
    body: |
      ١. حافلات

      ٢. حدائق
""",
    [("fake-list", 8, 7)],
)
ORDINARY["a-series-of-letters"] = (
    """\
  - type: prose
    title: Part
    body: |
      First.

      a) one

      b) two
""",
    [],
)
ORDINARY["links-that-say-nothing"] = (
    """\
  - type: prose
    title: Part
    body: Read [here](https://www.one.example/a).
  - type: downloads
    items: [{title: Website, web: https://www.one.example}]
  - type: next-event
    name: More
    web: https://www.one.example
  - type: partners
    items: [{name: More, web: https://www.one.example}]
""",
    [("link-text", 6, 16), ("link-text", 8, 21), ("link-text", 13, 20)],
)
ORDINARY["a-link-to-a-part"] = (
    """\
  - type: prose
    title: Part
    body: |
      See [the part below](#part).
""",
    [],
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ordinary")
    (folder / "report-builder.toml").write_text('word-documents = ["briefing", "report"]\n')
    for name, (sections, _) in ORDINARY.items():
        (folder / "content" / name).mkdir(parents=True)
        (folder / "content" / name / "event.yaml").write_text(BEGIN + sections, "utf-8")
    return folder


@pytest.mark.parametrize("name", ORDINARY)
def test_it_is_built_and_what_is_said_stands_at_its_line(
    workspace: Path, name: str, run: Run
) -> None:
    path = f"content/{name}/event.yaml"
    said = json.loads(run("check", name, "--format", "json", cwd=workspace).stdout)
    about_words = [p for p in said if p["code"] in ("fake-list", "link-text", "link-anchor")]
    assert [(p["code"], p["line"], p["column"]) for p in about_words] == ORDINARY[name][1]
    assert {p["path"] for p in said} == {path}
    assert {p["severity"] for p in about_words} <= {"warning"}
    built = run("build", name, "-v", cwd=workspace).stderr
    assert re.findall(r"^(\S+?):(\d+):(\d+): \w+: .* \[([a-z-]+)\]$", built, re.MULTILINE) == [
        (p["path"], str(p["line"]), str(p["column"]), p["code"]) for p in said
    ]
    for document in ("report.pdf", "report.docx", "briefing.docx"):
        assert (workspace / "output" / name / document).is_file()


def test_the_mend_that_is_named_works(workspace: Path, run: Run) -> None:
    path = workspace / "content/mended/event.yaml"
    path.parent.mkdir()
    sections, _ = ORDINARY["bullets-pasted-line-under-line"]
    path.write_text(BEGIN + sections.replace("•", "-"), "utf-8")
    said = json.loads(run("check", "mended", "--format", "json", cwd=workspace).stdout)
    assert {p["code"] for p in said} == {"briefing-incomplete"}
