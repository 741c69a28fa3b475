"""Who owns a theme begins it with a line, and is told of what no event would have shown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import ROOT, Run

from report_builder.checks.theme import check_theme
from report_builder.choices import find_theme
from report_builder.problems import Problem

pytestmark = pytest.mark.slow

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path d="M0 0h9v3H0z"/></svg>'


def test_a_theme_begins_with_a_colour_and_a_logo(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event("title: Day\nsections: [{type: prose, body: We met.}]\n")
    (tmp_path / "my logo.svg").write_text(LOGO)
    given = ("--brand", "#005EB8", "--logo", "my logo.svg", "--logo-alt", 'The "best" council')
    done = run("theme", "new", "ours", *given, "--from", "plain", cwd=tmp_path)
    assert done.stdout == "templates/ours/theme.toml\n"
    assert 'theme = "ours"' in done.stderr
    theme = find_theme("ours", tmp_path / "templates")
    assert theme.colours["brand"] == "#005EB8"
    assert theme.logo is not None
    assert theme.logo.alt == 'The "best" council'
    assert theme.find("report.css") == ROOT / "templates/plain/report.css"
    assert check_theme(theme) == []
    run("pdf", "--theme", "ours", cwd=tmp_path)


def test_what_a_new_theme_lacks_is_said_at_once(tmp_path: Path, run: Run) -> None:
    (tmp_path / "logo.svg").write_text(LOGO)
    done = run("theme", "new", "ours", "--brand", "#FFDD00", "--logo", "logo.svg", cwd=tmp_path)
    assert "The logo has no description." in done.stderr
    run("theme", "new", "bare", cwd=tmp_path)
    assert find_theme("bare", tmp_path / "templates").colours["brand"] == "#00505C"
    done = run("theme", "new", "pale", "--brand", "#FFDD00", cwd=tmp_path)
    assert "#FFDD00 is too light for words" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("our council",), "Use letters, digits and hyphens: our-council."),
        (("../ours",), "“../ours” is no name of a theme."),
        (("default",), "The theme “default” is shipped."),
        (("taken",), "There is a theme “taken” already."),
        (("ours", "--brand", "yellow"), 'Write --brand "#FFFF00".'),
        (("ours", "--brand", "#FD0"), 'Write --brand "#FFDD00".'),
        (("ours", "--brand", "5EB8"), "“5EB8” is no colour."),
        (("ours", "--logo", "nope.svg"), "The logo cannot be read: No such file or directory."),
        (("ours", "--logo", "taken"), "A logo cannot be a file of this kind."),
        (("ours", "--logo", "words.png"), "is not a picture that can be read"),
        (("ours", "--logo-alt", "Ours"), "A logo is described, and there is none."),
        (("ours", "--from", "plane"), "Did you mean “plain”?"),
    ],
)
def test_a_theme_that_cannot_begin_is_refused_in_words(
    tmp_path: Path, run: Run, arguments: tuple[str, ...], words: str
) -> None:
    (tmp_path / "templates/taken").mkdir(parents=True)
    (tmp_path / "words.png").write_text("words")
    done = run("theme", "new", *arguments, cwd=tmp_path, code=1)
    assert words in done.stderr
    assert [path.name for path in (tmp_path / "templates").iterdir()] == ["taken"]


SHEET = """\
@import url("theme:shipped/default/report.css");
@import "https://fonts.example/css";
h1 { colour: red; font-family: "Georgia", serif; }
.part { background: url(/home/me/a.png); widht: 3mm }
.note { font-size: 9pt; color: #bbb; }
.other { color: var(--teal); background: url("theme:pic.png"); font: bold 10px/1.2 Lato; }
.cover h1 { color: white }
.fine { font-size: .8rem; color: #999; background: var(--mist) }
p:hoover { color: red }
.x { background-image: url('file:///etc/hosts') }
.y { background: url(own.png); color: var(--nothing, red) }
/* url(https://a.example/note) */
@page { size: A44 }
.z { font-size: 0; color: var(--brand); background: white; font-family: var(--text-font) }
"""
SHEET_FAULTS = {
    (2, "theme-address", "“https://fonts.example/css” lies elsewhere"),
    (3, "style-unknown", "There is no property “colour” for pages."),
    (3, "style-font", "“Georgia” is no font of the theme"),
    (4, "theme-address", "“/home/me/a.png” is the path of one computer"),
    (4, "style-unknown", "There is no property “widht” for pages."),
    (5, "style-size", "“font-size: 9pt” is 9 points; 12 are the least."),
    (5, "style-contrast", "“#bbbbbb” on white has a contrast of 1.9; text needs 4.5."),
    (6, "style-unknown", "There is no colour or value “--teal”."),
    (6, "missing-file", "The theme has no file “pic.png”."),
    (6, "style-size", "“font: bold 10px/1.2 Lato” is 7.5 points; 12 are the least."),
    (6, "style-font", "“Lato” is no font of the theme"),
    (8, "style-size", "“font-size: .8rem” is"),
    (8, "style-contrast", "“#999999” on “#E6F0F1” has a contrast of 2.5; text needs 4.5."),
    (9, "style-unknown", "The selector “p:hoover” is not understood."),
    (10, "theme-address", "“file:///etc/hosts” lies elsewhere"),
    (11, "theme-address", "“own.png” is looked for in the event's folder"),
    (13, "style-unknown", "“size” cannot be “A44”."),
}
TEMPLATE = """\
{% extends "shipped/default/report.html.j2" %}
{% import "macros.html.j2" as macros %}{% import "signature.html.j2" as signed %}
{% from "macros.html.j2" import factt %}
{% block about %}
{% if event.mood == "never" %}
{{ event.titel | uper }}
{{ macros.lines(event.title) }}{{ signed.logo(theme) }}
{% include "nope.html.j2" %}
{% include "nope.html.j2" ignore missing %}
{{ unknwon }} {{ maybe | default("") }}{% if perhaps is defined %}{{ perhaps }}{% endif %}
{% if 3 is evne %}{% endif %}
{% endif %}
{% set colours = theme.colours %}{{ colours.teal }}{{ theme["colour"] }}
<img src="C:\\logo.png" alt=""> <img alt="" src='https://a.example/x.png'>
<img
  src="theme:nope.svg"><a href="https://a.example">fine</a>{# <img src="/note.png"> #}
{% for section in event.sections %}{% include "sections/" ~ section.type ~ ".html.j2" %}{% endfor %}
{% endblock %}
"""
TEMPLATE_FAULTS = {
    (3, "template", "“macros.html.j2” has no macro “factt”."),
    (5, "template-name", "“event” has no “mood”."),
    (6, "template", "There is no filter called “uper”."),
    (6, "template-name", "“event” has no “titel”."),
    (7, "template", "“macros.html.j2” has no macro “lines”."),
    (8, "template", "The theme has no template “nope.html.j2”."),
    (10, "template-name", "Nothing is called “unknwon” here."),
    (11, "template", "There is no test called “evne”."),
    (13, "template-name", "“theme.colours” has no “teal”."),
    (13, "template-name", "“theme” has no “colour”."),
    (14, "theme-address", "“C:\\logo.png” is the path of one computer"),
    (14, "theme-address", "“https://a.example/x.png” lies elsewhere"),
    (16, "missing-file", "The theme has no file “nope.svg”."),
}


def found(folder: Path, **files: str) -> list[Problem]:
    """Return what a check says of a theme that has these files."""
    for name, text in files.items():
        path = folder / "ours" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return check_theme(find_theme("ours", folder))


def compare(problems: list[Problem], expected: set[tuple[int, str, str]]) -> None:
    for line, code, words in expected:
        here = [p for p in problems if (p.position.line, p.code) == (line, code)]
        assert any(words in p.message and p.hint for p in here), (line, code, words, here)
    assert len(problems) == len(expected), problems


def test_faults_of_a_style_sheet_stand_at_their_lines(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    Image.new("RGB", (9, 9)).save(tmp_path / "ours/own.png")
    compare(found(tmp_path, report_css=SHEET), SHEET_FAULTS)


def test_large_print_has_a_least_size_of_its_own(tmp_path: Path) -> None:
    sheet = "html { font-size: 18pt }\np { font-size: 14pt }\n.small { font-size: .85rem }\n"
    problems = found(tmp_path, **{"large-print_css": sheet})
    assert [(p.position.line, p.code) for p in problems] == [(2, "style-size"), (3, "style-size")]
    assert "16 are the least" in problems[0].message


def test_faults_of_a_template_stand_at_their_lines_though_no_event_reaches_them(
    tmp_path: Path,
) -> None:
    compare(found(tmp_path, report_html_j2=TEMPLATE), TEMPLATE_FAULTS)


@pytest.mark.parametrize(
    ("files", "line", "words"),
    [
        ({"briefing_html_j2": "\n{# to do #}\n"}, 1, "The template prints nothing."),
        ({"briefing_html_j2": "  \n"}, 1, "The template is empty."),
        ({"sections__prose_html_j2": 'a\n{% include "sections/prose.html.j2" %}'}, 2, "without an"),
        (
            {"a_html_j2": '{% include "b.html.j2" %}', "b_html_j2": '\n{% include "a.html.j2" %}'},
            1,
            "uses itself without an end",
        ),
        ({"sections__prose_html_j2": "{{ section.bdoy }}"}, 1, "Did you mean “body”?"),
    ],
)
def test_empty_and_endless_templates_are_found(
    tmp_path: Path, files: dict[str, str], line: int, words: str
) -> None:
    problems = found(tmp_path, **files)
    assert any(p.position.line == line and words in f"{p.message} {p.hint}" for p in problems), (
        problems
    )


def test_a_template_that_ends_is_not_taken_for_an_endless_one(tmp_path: Path) -> None:
    tree = '{% if section.items %}{% include "sections/prose.html.j2" %}{% endif %}x'
    assert found(tmp_path, sections__prose_html_j2=tree) == []


def test_copies_of_the_shipped_themes_are_sound(tmp_path: Path) -> None:
    for name in ("default", "plain"):
        shutil.copytree(ROOT / "templates" / name, tmp_path / f"my-{name}")
        assert check_theme(find_theme(f"my-{name}", tmp_path)) == []


def test_what_only_pages_show_is_seen_on_a_shipped_event(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "templates/ours"
    folder.mkdir(parents=True)
    sheet = '@import url("theme:shipped/default/report.css");\nmain p { font-size: .7em }\n'
    (folder / "report.css").write_text(sheet)
    done = run("theme", "check", "ours", "--format", "json", cwd=tmp_path, code=1)
    problems = json.loads(done.stdout)
    assert {(p["path"], p["line"], p["code"]) for p in problems} == {
        ("templates/ours/report.css", 2, "small-text")
    }
