"""Marks, notes, code and links within a document come out right in every format."""

from __future__ import annotations

from pathlib import Path

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from tests.conftest import ROOT, Once, Run
from tests.tools.office import text_of
from tests.tools.verapdf import failed_rules

from report_builder.choices import find_theme
from report_builder.content.fields import Line
from report_builder.content.loader import load
from report_builder.readback.structure import Element, read_structure
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.writers.email.body import check_body, write_body

MACHINE = str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml")
EVENT = r"""
title: "The **big** day: ~~2023~~ 2024"
date: 2026-01-31
summary: "See [what people said](#what-people-said)[^1].\n\n[^1]: A note of the summary."
people: {ann: {name: Ann Lee, role: chair}}
sections:
  - type: key-messages
    items: ["**More** parks", "See [the votes](#votes)", "Two ~~rejected~~ deferred"]
  - type: prose
    title: What ~~they~~ people said
    body: |
      We agreed:
      • more parks
      • safer streets

      a) letter one
      b) letter two

      ## Buses[^b] and trams

      See [the buses](#buses-and-trams). <!-- secret -->

      1. Run this:

         ```
         first --line
           second line
         ```
      2. Then that

      [^b]: Note calls[^c] another.
      [^c]: The second note.

      | What | Who[^d] |
      |------|---------|
      | `x`  | Bea     |

      [^d]: A note in a head.
  - type: table
    title: Votes
    caption: The votes of [the board](https://www.council.example/board)
    columns: ['**Where**', '[the plan](https://www.council.example/plan)']
    rows: [['**x**', '- y'], ['`z`','H<sub>2</sub>O <br> ~~old~~ new']]
  - type: sessions
    title: "**Breakouts**"
    items:
      - title: "On `data` and [the plan](https://www.council.example/plan)"
        speakers: ann
        body: We met.
  - type: questions
    title: Questions
    items: [{question: '1. What **about** it?', answer: We plan.}]
"""


BARE = """
title: A day of talks
sections:
  - {type: prose, title: What people said, body: Most asked for a new bus stop. They said why.}
  - {type: table, title: Votes, columns: [What, Votes], rows: [[Bus stop, "40"]]}
  - {type: sessions, title: Talks, items: [{title: One of which nobody noted a word}]}
"""


@pytest.fixture(scope="module")
def workspace(once: Once, run: Run) -> Path:
    def build(folder: Path) -> None:
        (folder / "content/marks").mkdir(parents=True)
        (folder / "content/marks/event.yaml").write_text(EVENT, "utf-8")
        (folder / "content/bare").mkdir()
        (folder / "content/bare/event.yaml").write_text(BARE, "utf-8")
        run("docx", "bare", cwd=folder)
        (folder / "report-builder.toml").write_text('word-documents = ["briefing", "report"]\n')
        run("build", "marks", "--edition", "standard", "--edition", "large-print", cwd=folder)

    return once("marks", build)


@pytest.fixture(scope="module")
def output(workspace: Path) -> Path:
    return workspace / "output/marks"


@pytest.fixture(scope="module")
def tree(output: Path) -> Element:
    found = read_structure((output / "report.pdf").read_bytes())
    assert found is not None
    return found


def test_the_pdf_follows_its_standards_in_both_editions(output: Path) -> None:
    for pdf in sorted(output.glob("*.pdf")):
        assert failed_rules(pdf) == {}
        assert failed_rules(pdf, MACHINE) == {}


def test_struck_words_are_said_to_be_struck(tree: Element) -> None:
    struck = [e.alternative for e in tree.walk() if e.role == "Span" and e.alternative]
    assert struck.count("rejected (struck out)") == 1  # at a glance
    assert {"2023 (struck out)", "they (struck out)", "old (struck out)"} <= set(struck)


def test_lists_that_were_pasted_are_lists(tree: Element) -> None:
    lists = [e for e in tree.walk() if e.role == "L"]
    said = [[kid.text.strip() for kid in e.kids if isinstance(kid, Element)] for e in lists]
    assert ["• more parks", "• safer streets"] in said
    assert ["a. letter one", "b. letter two"] in said


def test_lines_of_code_are_lines_everywhere(tree: Element, output: Path) -> None:
    (code,) = [e for e in tree.walk() if e.role == "Code" and "first" in e.text]
    assert code.text.split() == ["first", "--line", "second", "line"]
    assert "first --line second line" in text_of(output / "report.pdf")
    word = docx.Document(str(output / "report.docx"))
    (paragraph,) = [p for p in word.paragraphs if "first" in p.text]
    assert paragraph.text.split("\n") == ["first\u00a0--line", "\u00a0\u00a0second\u00a0line"]


def test_no_note_is_lost_and_no_comment_printed(tree: Element, output: Path) -> None:
    notes = [e.text for e in tree.walk() if e.role == "Note"]
    assert sorted(note.lstrip("123 ").strip() for note in notes) == [
        "A note in a head.",
        "A note of the summary.",
        "Note calls (The second note.) another.",
    ]
    word = "\n".join(p.text for p in docx.Document(str(output / "report.docx")).paragraphs)
    assert "Buses (Note calls (The second note.) another.) and trams" in word
    for said in (tree.text, word):
        assert "secret" not in said


def test_titles_are_plain_where_marks_have_no_place(output: Path) -> None:
    with pikepdf.open(output / "report.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "The big day: 2024"
        with pdf.open_outline() as outline:
            (top,) = outline.root
            titles = [top.title, *(item.title for item in top.children)]
            below = [item.title for child in top.children for item in child.children]
    assert titles[0] == "The big day: 2024"
    assert {"What people said", "Votes", "Breakouts", "Questions"} <= set(titles)
    assert {"Buses and trams", "On data and the plan", "1. What about it?"} <= set(below)
    word = docx.Document(str(output / "report.docx"))
    assert word.core_properties.title == "The big day: 2024"


def test_links_within_lead_to_their_part_or_are_words(output: Path) -> None:
    with pikepdf.open(output / "report.pdf") as pdf:
        dests = [a.get("/Dest") for p in pdf.pages for a in p.get("/Annots", [])]
    assert {"what-people-said", "votes", "buses-and-trams"} <= {str(d) for d in dests if d}
    for name, parts in (("report", 3), ("briefing", 0)):
        body = docx.Document(str(output / f"{name}.docx")).element.body
        marks = {m.get(qn("w:name")) for m in body.iter(qn("w:bookmarkStart"))}
        anchors = {a.get(qn("w:anchor")) for a in body.iter(qn("w:hyperlink"))} - {None}
        assert anchors <= marks
        assert len(anchors) >= parts


def test_the_message_says_the_same_in_both_its_parts(workspace: Path) -> None:
    loaded = load(workspace / "content/marks")
    assert loaded.event is not None
    resources = Resources(loaded.folder, find_theme("default", workspace / "templates"))
    renderer = Renderer(loaded.event, resources, {})
    recipient = {"name": Line("Ann"), "organisation": Line("")}
    values = {
        "recipient": recipient,
        "documents": (),
        "web": "",
        "is_test": False,
        "stop_address": Line("team@council.example"),
    }
    assert check_body(renderer, values) == []
    body = write_body(renderer, values)
    assert body.subject == "Report of the event The big day: 2024"
    assert "See what people said (A note of the summary.)." in body.text
    assert "Two deferred" in body.text
    assert "Two <s>rejected</s> deferred" in body.html
    assert 'href="#' not in body.html


def test_a_briefing_that_no_section_is_meant_for_tells_what_there_is(workspace: Path) -> None:
    word = docx.Document(str(workspace / "output/bare/briefing.docx"))
    said = [paragraph.text for paragraph in word.paragraphs]
    here = said.index("What people said")
    assert said[here : here + 3] == [
        "What people said",
        "Most asked for a new bus stop. They said why.",
        "Votes",
    ]
    assert word.tables[0].cell(1, 1).text == "40"
    assert "What speakers said" not in said
