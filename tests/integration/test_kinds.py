"""Documents and messages speak of what the report is about: minutes are of no “event”."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import ROOT

from report_builder.choices import find_theme
from report_builder.content.loader import load
from report_builder.drawings.all import DRAWINGS
from report_builder.html.document import parse_document
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources

EVENT = """
title: Homes
kind: KIND
language: LANGUAGE
date: 2040-01-31
venue: The hall
attendance: Eighty people
people: {ann: {name: Ann Lee}}
sections:
  - {type: attendees, people: [ann]}
  - {type: agenda, items: [{title: Welcome, start: "10:00"}]}
  - {type: sessions, items: [{title: Damp, speakers: ann, body: Walls are wet.}]}
  - {type: feedback, question: What matters?, responses: [Homes, Parks]}
  - {type: key-messages, items: [Dry the walls]}
  - {type: decisions, items: [Walls are to be dried]}
  - {type: actions, items: [{text: Dry them, owner: ann}]}
  - {type: next-event, name: A further day}
"""
SAID = {
    "event": "At a glance|Attendance|Main messages|Who came|Programme|Talks|What people told us|"
    "Decisions|Next steps|Next event|About this report",
    "meeting": "At a glance|Present|Main points|Present|Agenda|What was discussed|What people said|"
    "Decisions|Actions|Next meeting|About these minutes",
    "consultation": "At a glance|How people took part|Main findings|Respondents|Programme|"
    "What was discussed|What people told us|Decisions|Next steps|Next event|About this report",
    "workshop": "At a glance|Participants|Main messages|Participants|Programme|"
    "What the groups said|What came up|Decisions|Next steps|Next event|About this report",
    "conference": "At a glance|Attendance|Main messages|Delegates|Programme|Talks|"
    "What delegates told us|Decisions|Next steps|Next event|About this report",
}
WRONG = {
    "meeting": "event|report|talks|speakers|told us|attendance|consultation|workshop|conference",
    "consultation": "this event|of event|the event|talks|speakers|attendance|meeting|workshop",
    "workshop": "this event|of event|the event|talks|speakers|attendance|meeting|consultation",
    "conference": "this event|of event|the event|meeting|workshop|consultation",
}
"""Words that a template may not say itself, in no document of a kind."""
VALUES: dict[str, Any] = {
    "recipient": {"name": "Bo", "organisation": "Age Help"},
    "documents": [{"kind": "report", "edition": "standard", "format": "PDF", "bytes": 9000}],
    "web": "https://council.example",
    "stop_address": "stop@council.example",
    "is_test": False,
}


def renderer(kind: str, folder: Path, language: str = "en-GB") -> Renderer:
    text = EVENT.replace("KIND", kind).replace("LANGUAGE", language)
    (folder / "event.yaml").write_text(text, "utf-8")
    event = load(folder).event
    assert event is not None
    resources = Resources(folder, find_theme("default", ROOT / "templates"), {})
    return Renderer(event, resources, dict.fromkeys(DRAWINGS, _undrawn))


class _undrawn:  # noqa: N801  # stands for what draws
    def __init__(self, *_: object, **__: object) -> None:
        self.name = "nothing.svg"

    def draw(self) -> bytes:
        return b""


def words(document: str) -> str:
    root = parse_document(document, "t.html").root
    for style in list(root.iter("style")):
        style.drop_tree()
    told = [*root.itertext(), *root.xpath("//@alt | //@content")]
    return " ".join(" ".join(str(one) for one in told).split())


@pytest.mark.parametrize("kind", SAID)
def test_documents_speak_of_what_the_report_is_about(kind: str, tmp_path: Path) -> None:
    renders = renderer(kind, tmp_path)
    report = renders.render("report.html.j2")
    headings = re.findall(r"<(?:h2|dt)[^>]*>(.*?)</(?:h2|dt)>", report)
    wanted = {"Date", "Open", "Venue", "Contents"}
    assert "|".join(h for h in headings if h not in wanted) == SAID[kind]
    texts = {
        "report": words(report),
        "briefing": words(renders.render("briefing.html.j2")),
        "email": words(renders.render("email.html.j2", **VALUES)),
        "text": renders.render("email.txt.j2", **VALUES),
    }
    for name, text in texts.items():
        found = re.findall(rf"(?i)\b(?:{WRONG.get(kind, 'minutes|meeting')})\b", text)
        assert found == [], name


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_minutes_are_minutes_in_every_language(language: str, tmp_path: Path) -> None:
    said = words(renderer("meeting", tmp_path, language).render("report.html.j2"))
    assert {"pl": "Protokół ze spotkania", "ur": "اجلاس کی روداد"}[language] in said
    assert {"pl": "O tym protokole", "ur": "اس روداد کے بارے میں"}[language] in said


def test_minutes_that_say_so_are_not_called_minutes_twice(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "event.yaml").write_text(
        "title: 'Minutes of the board: May'\nkind: meeting\n", "utf-8"
    )
    event = load(folder).event
    assert event is not None
    resources = Resources(folder, find_theme("default", ROOT / "templates"), {})
    renders = Renderer(event, resources, dict.fromkeys(DRAWINGS, _undrawn))
    assert "<title>Minutes of the board: May</title>" in renders.render("email.html.j2", **VALUES)
    report = renders.render("report.html.j2")
    assert "<title>Minutes of the board: May</title>" in report
    lines = re.findall(r'<span class="line">(.*?)</span>(?=[ <])', report)
    assert [re.sub("<[^>]+>", "", line) for line in lines] == ["Minutes of the board:", "May"]
