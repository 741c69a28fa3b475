"""A workspace's own theme wins file by file; faults in it are named with their line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report_builder.checks.theme import check_theme, contrast
from report_builder.choices import find_theme
from report_builder.content.loader import load
from report_builder.problems import ReportBuilderError
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.words import missing_words, words_of

Write = Callable[..., Path]


@pytest.fixture
def render(event: Write, tmp_path: Path) -> Callable[..., str]:
    """Render the report of a small event in a theme of the workspace that holds these files."""

    def with_theme(name: str = "default", **files: str) -> str:
        for file, text in files.items():
            path = tmp_path / "templates" / name / file.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        folder = event("title: R&D <2040>\nsections: [{type: prose, body: Words.}]\n")
        found = load(folder).event
        assert found is not None
        theme = find_theme(name, tmp_path / "templates")
        return Renderer(found, Resources(folder, theme), {}).render("report.html.j2")

    return with_theme


def test_titles_are_escaped(render: Callable[..., str]) -> None:
    assert "R&amp;D &lt;2040&gt;" in render()


def test_one_file_of_a_theme_replaces_the_shipped_one(render: Callable[..., str]) -> None:
    html = render(sections__prose_html_j2="<p>mine: {{ section.body.plain }}</p>")
    assert "<p>mine: Words.</p>" in html
    assert 'class="cover bare"' in html


def test_a_template_can_extend_the_one_it_replaces(render: Callable[..., str]) -> None:
    html = render(
        "mine", report_html_j2='{% extends "shipped/default/report.html.j2" %}'
    )  # fmt: skip
    assert "Words." in html


def test_a_theme_takes_settings_from_the_one_it_extends(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "theme.toml").write_text('[colours]\nbrand = "#123456"\n')
    theme = find_theme("mine", tmp_path)
    assert theme.colours["brand"] == "#123456"
    assert theme.colours["accent"] == find_theme("default", tmp_path).colours["accent"]


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("one\n{% if %}", 2),
        ("one\ntwo\n{{ evnt.title }}", 3),
        ("{{ event.titel.x }}", 1),
        ('one\n{% include "nowhere.html.j2" %}', 2),
        ("one\n{{ 1 / 0 }}", 2),
        ("{{ event.title + 1 }}", 1),
        ("\n\n{{ event.title() }}", 3),
        ("{{ event.title | round }}", 1),
        ('{{ event.title | date("x") }}', 1),
        ('one\n{% include "report.html.j2" %}', 2),
    ],
)
def test_a_fault_in_a_template_is_a_problem_with_its_line(
    render: Callable[..., str], template: str, line: int
) -> None:
    with pytest.raises(ReportBuilderError) as caught:
        render(report_html_j2=template)
    (problem,) = caught.value.problems
    assert problem.code == "template"
    assert problem.position.line == line
    assert problem.position.path.endswith("report.html.j2")


def test_an_unknown_theme_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ReportBuilderError) as caught:
        find_theme("defualt", tmp_path)
    assert caught.value.problems[0].hint == "Did you mean “default”?"


@pytest.mark.parametrize(
    "settings",
    [
        '[colours]\nbrand = "blue"',
        "[colours]\nbrand = 3",
        '[cloud]\ncolours = ["teel"]',
        '[poster]\nmargin = "wide"',
        "[fonts]\ntext = 1",
        '[colors]\nbrand = "#00505C"',
        '[fonts]\nbody = "Arial"',
        "[cloud]\ncolours = []",
        "[poster]\npaper = 3",
        '[poster]\npaper = "B3"',
        '[fonts]\nfallback = "Noto Sans"',
    ],
)
def test_a_setting_that_cannot_be_used_is_a_problem(tmp_path: Path, settings: str) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/theme.toml").write_text(settings)
    with pytest.raises(ReportBuilderError) as caught:
        find_theme("mine", tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == "theme-settings"
    assert problem.position.path.endswith("mine/theme.toml")
    assert problem.hint


def test_colours_that_cannot_be_read_are_a_problem(tmp_path: Path) -> None:
    assert check_theme(find_theme("default", tmp_path)) == []
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/theme.toml").write_text('[colours]\nbrand = "#FFFF66"\n')
    codes = {problem.code for problem in check_theme(find_theme("mine", tmp_path))}
    assert codes == {"contrast"}


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#777777") == contrast("#777777", "#FFFFFF")


@pytest.mark.parametrize("name", ["..", "/etc", "a/b", ""])
def test_a_theme_is_a_folder_in_templates_and_nowhere_else(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportBuilderError):
        find_theme(name, tmp_path)


def test_a_theme_that_extends_itself_stands_on_the_default(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/theme.toml").write_text('extends = "mine"\n')
    assert find_theme("mine", tmp_path).find("report.html.j2")


def test_a_template_in_another_encoding_is_a_problem(
    render: Callable[..., str], tmp_path: Path
) -> None:
    path = tmp_path / "templates/default/sections/prose.html.j2"
    path.parent.mkdir(parents=True)
    path.write_bytes("Café".encode("cp1252"))
    with pytest.raises(ReportBuilderError, match="UTF-8"):
        render()


def test_settings_that_cannot_be_read_are_a_problem(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    for text in ("[colours\n", "colours = 3"):
        (tmp_path / "mine/theme.toml").write_text(text)
        with pytest.raises(ReportBuilderError) as caught:
            find_theme("mine", tmp_path)
        assert caught.value.problems[0].code == "theme-settings"


@pytest.mark.parametrize("language", ["pl", "ur"])
def test_shipped_words_are_complete(language: str, tmp_path: Path) -> None:
    assert missing_words(find_theme("default", tmp_path), language) == []


def test_words_without_a_translation_are_marked_as_english(tmp_path: Path) -> None:
    folder = tmp_path / "mine/words"
    folder.mkdir(parents=True)
    (folder / "cy.po").write_text('msgid "Contents"\nmsgstr "Cynnwys"\n', "utf-8")
    theme = find_theme("mine", tmp_path)
    words = words_of(theme, "cy")
    assert words.gettext("Contents") == "Cynnwys"
    assert words.gettext("Venue") == '<span lang="en" dir="ltr">Venue</span>'
    assert "Venue" in missing_words(theme, "cy")
    assert "Contents" not in missing_words(theme, "cy-GB")
    assert words_of(theme, "en").gettext("Venue") == "Venue"


def test_words_that_cannot_be_read_are_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "mine/words"
    folder.mkdir(parents=True)
    (folder / "cy.po").write_text("Contents: Cynnwys\n", "utf-8")
    with pytest.raises(ReportBuilderError) as raised:
        words_of(find_theme("mine", tmp_path), "cy")
    assert raised.value.problems[0].code == "words"
