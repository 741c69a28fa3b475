"""A new kind of section is two files, and everything knows it that knows the shipped ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.conftest import Run
from tests.tools.distribution import environment, install
from tests.tools.office import text_of

MODULE = '''
"""Weather: what was measured, and by whom."""
from typing import Annotated, Literal

from report_builder.content.fields import Line, Model, Name, OneOrMore, Text, shorthand
from report_builder.content.sections import Section


class Measure(Model):
    """What was measured at a station."""

    station: Name
    value: Line
    sky: Literal["clear", "clouded"] = "clear"
    note: Text | None = None


class Weather(Section):
    """Measures, and what they count."""

    label: Line
    items: OneOrMore[Annotated[Measure, shorthand("value")]] = ()
    seen_by: OneOrMore[Name] = ()
'''
PARTIAL = """\
<div class="text">{% for item in section["items"] %}
<p class="weather">{{ item.station }}: {{ item.value }} {{ section.label }}</p>
{% if item.note %}{{ item.note }}{% endif %}{% endfor %}</div>
"""
EVENT = """\
title: Numbers
sections:
  - type: weather
    title: In numbers
    label: people came
    items:
      - {station: Luton, value: eighty-two, sky: clouded, note: It was cold.}
    seen_by: [Ana, Ben]
"""
FAULTY = EVENT.replace("sky: clouded", "sky: clowded").replace("label", "lable")


@pytest.fixture
def installed(tmp_path: Path, run: Run) -> Run:
    """Run the command line where another package brings a kind of section."""
    site = tmp_path / "site"
    group = "report_builder.sections"
    install(site, "numbers", "our_weather", MODULE, group, "weather = our_weather")
    partial_file = tmp_path / "templates/default/sections/weather.html.j2"
    partial_file.parent.mkdir(parents=True)
    partial_file.write_text(PARTIAL)
    return partial(run, cwd=tmp_path, env=environment(site))


def test_a_kind_of_section_is_a_module_and_a_partial(
    event: Callable[..., Path], tmp_path: Path, run: Run, installed: Run
) -> None:
    event(EVENT)
    assert "no kind of section called “weather”" in run("build", cwd=tmp_path, code=1).stderr
    installed("build")
    output = tmp_path / "output/an-event"
    assert "Luton: eighty-two people came" in text_of(output / "report.pdf")
    briefing = docx.Document(str(output / "briefing.docx"))
    said = [paragraph.text for paragraph in briefing.paragraphs]
    assert "Luton: eighty-two people came" in said


def test_check_and_the_schema_know_it(event: Callable[..., Path], installed: Run) -> None:
    event(FAULTY)
    found = json.loads(installed("check", "--format", "json", code=1).stdout)
    assert [(p["code"], p["line"]) for p in found if p["severity"] == "error"] == [
        ("unknown-field", 5),
        ("unknown-value", 7),
    ]
    schema = Draft202012Validator(json.loads(installed("schema").stdout))
    assert schema.is_valid(yaml.safe_load(EVENT))
    assert not schema.is_valid(yaml.safe_load(FAULTY))


def test_a_new_event_gets_a_schema_that_knows_it(installed: Run, tmp_path: Path) -> None:
    installed("new", "next-event")
    schema = json.loads((tmp_path / "content/event.schema.json").read_text("utf-8"))
    assert "Weather" in schema["$defs"]


def test_it_is_translated_without_further_code(
    event: Callable[..., Path], tmp_path: Path, installed: Run
) -> None:
    folder = event(EVENT)
    installed("translate", "an-event", "pl")
    path = folder / "event.pl.yaml"
    begun = path.read_text("utf-8").partition("sections:\n")[2]
    assert begun == (
        "  - title:  # In numbers\n"
        "    label:  # people came\n"
        "    items:\n"
        "      - value:  # eighty-two\n"
        "        note:  # It was cold.\n"
    )
    path.write_text(
        path.read_text("utf-8")
        .replace("title:  # Numbers", "title: Liczby")
        .replace("title:  # In numbers", "title: W liczbach")
        .replace("label:  # people came", "label: osoby")
        .replace("- value:  # eighty-two\n        note:  # It was cold.", "- osiemdziesiąt dwie"),
        "utf-8",
    )
    told = json.loads(installed("check", "--format", "json").stdout)
    assert [p["message"] for p in told if p["code"] == "not-translated"] == [
        "Not yet translated into “pl”: sections 1 items 1 note."
    ]
    installed("pdf")
    text = text_of(tmp_path / "output/an-event/report.pl.pdf")
    assert "Luton: osiemdziesiąt dwie osoby" in text
    assert "It was cold." in text
