"""A new kind of section is two files, and appears in every output that has room for it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import docx
from tests.conftest import Run
from tests.tools.office import text_of

MODULE = '''
"""Weather: a number and what it counts."""
from report_builder.content.fields import Line
from report_builder.content.sections import Section


class Weather(Section):
    """One number."""

    value: Line
    label: Line
'''
PARTIAL = '<div class="text"><p class="weather">{{ section.value }} {{ section.label }}</p></div>'
EVENT = """\
title: Numbers
sections:
  - type: weather
    title: In numbers
    value: 82
    label: people came
"""


def test_a_kind_of_section_is_a_module_and_a_partial(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(EVENT)
    assert "no kind of section called “weather”" in run("build", cwd=tmp_path, code=1).stderr
    site = tmp_path / "site"
    (site / "numbers-1.0.dist-info").mkdir(parents=True)
    (site / "our_weather.py").write_text(MODULE)
    (site / "numbers-1.0.dist-info/METADATA").write_text("Name: numbers\nVersion: 1.0\n")
    (site / "numbers-1.0.dist-info/entry_points.txt").write_text(
        "[report_builder.sections]\nweather = our_weather\n"
    )
    partial = tmp_path / "templates/default/sections/weather.html.j2"
    partial.parent.mkdir(parents=True)
    partial.write_text(PARTIAL)
    run(
        "build",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(site), *sys.path))},
    )
    output = tmp_path / "output/an-event"
    assert "82 people came" in text_of(output / "report.pdf")
    briefing = docx.Document(str(output / "briefing.docx"))
    assert "82 people came" in [paragraph.text for paragraph in briefing.paragraphs]
