"""What documents add to an event's words reads right: names, full stops, days, and who speaks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from report_builder.choices import find_theme
from report_builder.content.model import Event
from report_builder.html.document import parse_document, parse_html
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.typeset import typeset

PEOPLE = {"moor": {"name": "Cllr Ann Moor", "role": "Chair"}, "pryce": "Cllr Bo Pryce"}


def rendered(folder: Path, document: str, **fields: Any) -> str:
    """Return a document's words on one line."""
    return " ".join(parse_html(html_of(folder, document, **fields)).text_content().split())


def html_of(folder: Path, document: str, **fields: Any) -> str:
    event = Event.of({"title": "A day", "people": PEOPLE, **fields})
    resources = Resources(folder, find_theme("default", folder))
    return Renderer(event, resources, {}).render(f"{document}.html.j2")


def test_sentences_that_are_joined_end_before_the_next_begins(tmp_path: Path) -> None:
    decisions = {
        "type": "decisions",
        "items": [
            {"text": "Ash was elected", "proposed_by": "moor", "seconded_by": "pryce"},
            {"text": "Who pays?", "seconded_by": "pryce", "outcome": "all agreed"},
            {"text": "It was *agreed.*", "outcome": "Carried."},
            "Nothing else",
        ],
    }
    sessions = {
        "type": "sessions",
        "items": [
            {"title": "Chair's report:", "speakers": "moor", "body": "We met Mrs. Elm. Ok."},
            {"title": "Clerk's report", "body": "St. Mary's Rd. is closed. We wait."},
            {"title": "Who pays?", "body": "Nobody."},
        ],
    }
    for document in ("report", "briefing"):
        said = rendered(tmp_path, document, sections=[decisions, sessions])
        for sentence in (
            "Ash was elected. Proposed by Cllr Ann Moor, seconded by Cllr Bo Pryce. ",
            "Who pays? Seconded by Cllr Bo Pryce. Outcome: all agreed. ",
            "It was agreed. Outcome: Carried. Nothing else ",
        ):
            assert sentence in said, document
    for sentence in (
        "Chair's report: Cllr Ann Moor, Chair: We met Mrs. Elm. ",
        "Clerk's report. St. Mary's Rd. is closed. ",
        "Who pays? Nobody. ",
    ):
        assert sentence in said
    assert ":." not in said
    assert "?." not in said


def test_a_full_stop_is_the_languages_own(tmp_path: Path) -> None:
    decisions = {"type": "decisions", "items": [{"text": "同意", "outcome": "通過"}]}
    said = rendered(tmp_path, "report", language="zh-TW", sections=[decisions])
    assert "同意。 Outcome: 通過。" in said


@pytest.mark.parametrize(
    ("language", "day", "days"),
    [
        ("en-GB", "9 October 2014", "9 to 11 October 2014"),
        ("es-MX", "9 de octubre de 2014", "9–11 de octubre de 2014"),
        ("zh-TW", "2014年10月9日", "2014年10月9日至11日"),
        ("cy", "9 Hydref 2014", "9–11 Hydref 2014"),
    ],
)
def test_a_day_is_written_in_one_way_on_every_document(
    tmp_path: Path, language: str, day: str, days: str
) -> None:
    actions = {"type": "actions", "items": [{"text": "Write", "due": "2014-10-09"}]}
    agenda = {"type": "agenda", "items": [{"title": "Talk", "start": "10:00", "end": "11:00"}]}
    for document in ("report", "briefing"):
        one = {"date": "2014-10-09", "language": language, "sections": [actions, agenda]}
        assert rendered(tmp_path, document, **one).count(day) == 3, document
    spanning = {"date": {"start": "2014-10-09", "end": "2014-10-11"}, "language": language}
    said = rendered(tmp_path, "report", **spanning, sections=[agenda])
    assert said.count(days) == 2
    assert ("10:00 to 11:00" if language == "en-GB" else "10:00 – 11:00") in said


def lowest_line(words: pypdfium2.PdfTextPage) -> str:
    """Return the words that stand lowest on a page."""
    boxes = [words.get_rect(number) for number in range(words.count_rects())]
    _, bottom, _, top = min(boxes, key=lambda box: box[1])
    return str(words.get_text_bounded(bottom=bottom - 1, top=top + 1)).strip()


def test_a_speakers_name_never_stands_at_the_foot_without_the_talk(tmp_path: Path) -> None:
    spoken = "The group spoke about how things are done. "
    talks = [
        {"title": f"Talk {n}" if n % 3 else None, "speakers": ["moor"], "body": spoken * (n + 4)}
        for n in range(24)
    ]
    panel = [{"people": ["moor"], "body": spoken * (n + 3)} for n in range(12)]
    sections = [{"type": "sessions", "items": talks}, {"type": "panel", "members": panel}]
    for edition in ("standard", "large-print"):
        event = Event.of({"title": "A day", "people": PEOPLE, "sections": sections})
        resources = Resources(tmp_path, find_theme("default", tmp_path))
        html = Renderer(event, resources, {}, edition).render("report.html.j2")
        pdf = typeset(parse_document(html, "report.html.j2"), resources)
        with pypdfium2.PdfDocument(pdf) as document:
            last = [lowest_line(page.get_textpage()) for page in document]
        assert len(last) > 10
        alone = [line for line in last if re.search(r"Moor|Chair|Talk", line)]
        assert not [line for line in alone if not re.search("group|done", line)], edition
