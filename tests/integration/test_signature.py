"""One colour and one logo, in two lines of settings, reach everything that is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import docx
import pytest
from lxml import etree
from PIL import Image
from tests.tools.painted import (
    colours_of_pdf,
    colours_of_picture,
    colours_of_text,
    colours_of_word,
)
from tests.unit.test_palette import TEN

from report_builder import build, open_workspace
from report_builder.choices import check_settings, theme_of
from report_builder.content.fields import Line
from report_builder.content.loader import load
from report_builder.drawings.all import DRAWINGS
from report_builder.problems import Severity
from report_builder.settings.names import COMMAND_LINE
from report_builder.settings.raw import raw_values
from report_builder.settings.tree import planted
from report_builder.templating.chain import shipped_templates
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.theme import theme_files
from report_builder.writers import writers
from report_builder.writers.email.body import check_body, write_body

pytestmark = pytest.mark.slow

WRITTEN = raw_values(shipped_templates() / "default/theme.toml")["colours"]
KEPT = {"ink", "amber", "leaf", "blue"}
SHIPPED = {value.upper() for name, value in WRITTEN.items() if name not in KEPT}
EVENT = """
title: A day about health
summary: What people said.
organiser: The council
date: 2023-12-14
venue: The hall
contacts: [{name: Health team, email: health@council.example}]
sections:
  - {type: key-messages, items: [We do well.]}
  - {type: prose, title: Why, body: "We met, and [read the strategy](https://a.example/read)."}
  - {type: chart, title: Said, kind: bar, labels: [Yes, No], series: [{name: Now, values: [4, 1]}]}
  - {type: feedback, question: What matters?, responses: [Homes, Homes, Work, Parks, Air]}
  - {type: actions, title: Next, items: [{text: Meet again}]}
"""
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10">'
    '<path fill="#ABCDEF" d="M0 0h30v10H0z"/></svg>'
)
EVERYTHING = ("yellow", "black", "pale pink")


def made(root: Path, settings: str, *only: str) -> dict[str, bytes]:
    """Build the event with some settings, and return its files; nothing is wrong with them."""
    (root / "report-builder.toml").write_text(settings, "utf-8")
    outcome = build(open_workspace(root), only=only)
    told = [p for p in outcome.problems if p.severity is not Severity.ADVICE]
    assert {problem.code for problem in told} <= {"brand-colour"}, told
    assert {problem.position.path for problem in told} <= {
        (root / "report-builder.toml").as_posix()
    }
    return {path.name: path.read_bytes() for path in outcome.paths}


@pytest.mark.parametrize("name", [name for name in TEN if name not in EVERYTHING])
def test_a_report_is_in_its_one_colour(
    name: str, event: Callable[..., Path], tmp_path: Path
) -> None:
    folder = event(EVENT)
    over = planted({"brand": TEN[name]}, COMMAND_LINE)
    theme = theme_of(theme_files("default", tmp_path / "templates"), over)
    writer = writers()["pdf"]
    loaded = load(folder).event
    assert loaded is not None
    resources = Resources(folder, theme)
    drawings = {
        name: partial(draw, resources=resources, language="en") for name, draw in DRAWINGS.items()
    }
    written = writer.write(Renderer(loaded, resources, drawings), writer.options()())
    assert not [p for p in written.problems if p.severity is not Severity.ADVICE]
    painted = colours_of_pdf(written.files["report.pdf"])
    assert theme.colours["brand"] in painted
    assert not painted & SHIPPED


@pytest.mark.parametrize("name", EVERYTHING)
def test_everything_is_in_its_one_colour(
    name: str, event: Callable[..., Path], tmp_path: Path
) -> None:
    folder = event(EVENT)
    (tmp_path / "logo.svg").write_text(LOGO)
    settings = (
        f'brand = "{TEN[name]}"\nlogo = "logo.svg"\nlogo_alt = "The council"\n'
        'editions = ["standard", "large-print"]\nword-documents = ["briefing", "report"]\n'
        '[poster]\npaper = "A4"\n'
    )
    files = made(tmp_path, settings)
    workspace = open_workspace(tmp_path)
    theme = theme_of(theme_files("default", workspace.templates), workspace.settings.tree)
    brand = theme.colours["brand"]
    painted = {
        "report.pdf": colours_of_pdf,
        "report.large-print.pdf": colours_of_pdf,
        "poster.pdf": colours_of_pdf,
        "poster.print.pdf": colours_of_pdf,
        "poster.png": colours_of_picture,
        "poster.social.png": colours_of_picture,
        "wordcloud.svg": lambda content: colours_of_text(content.decode()),
        "briefing.docx": colours_of_word,
        "report.docx": colours_of_word,
    }
    for file, colours_of in painted.items():
        found = colours_of(files[file])
        assert brand in found, file
        assert not found & SHIPPED, file
    for file in ("poster.pdf", "poster.png", "poster.social.png", "briefing.docx", "report.docx"):
        assert "#ABCDEF" in painted[file](files[file]), file
    loaded = load(folder).event
    assert loaded is not None
    values = {
        "recipient": {"name": Line("Ada"), "organisation": Line("")},
        "documents": (),
        "web": "https://a.example",
        "is_test": True,
        "stop_address": Line("stop@council.example"),
    }
    renderer = Renderer(loaded, Resources(folder, theme), {})
    assert check_body(renderer, values) == []
    mail = colours_of_text(write_body(renderer, values).html)
    assert brand in mail
    assert not mail & SHIPPED


@pytest.fixture
def signed(event: Callable[..., Path], tmp_path: Path) -> Path:
    """Return a workspace whose theme has a logo of its own."""
    event(EVENT)
    folder = tmp_path / "templates/ours"
    folder.mkdir(parents=True)
    (folder / "logo.svg").write_text(LOGO)
    (folder / "theme.toml").write_text('logo = "logo.svg"\nlogo_alt = "Ours"\n')
    (tmp_path / "report-builder.toml").write_text('theme = "ours"\n')
    return tmp_path


def test_a_briefing_bears_the_logo_at_the_head_of_its_pages(signed: Path) -> None:
    (path,) = [p for p in build(open_workspace(signed), only=["docx"]).paths if p.suffix == ".docx"]
    section = docx.Document(str(path)).sections[0]
    (picture,) = section.header._element.xpath(".//wp:inline")
    assert picture.docPr.get("descr") == "Ours"
    assert 10 <= picture.extent.cy.mm <= 15
    assert picture.extent.cx / picture.extent.cy == pytest.approx(3, abs=0.1)
    # The head's line and the logo fit above the text.
    assert section.header_distance.mm + picture.extent.cy.mm + 2 <= section.top_margin.mm
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))


def test_a_head_that_has_a_picture_gets_no_second(signed: Path) -> None:
    reference = docx.Document(str(shipped_templates() / "default/briefing.docx"))
    stream = io.BytesIO()
    Image.new("RGB", (60, 20), "#123456").save(stream, "PNG")
    drawn = reference.sections[0].header.paragraphs[0].add_run().add_picture(stream)
    drawn._inline.docPr.set("descr", "Theirs")
    reference.save(str(signed / "templates/ours/briefing.docx"))
    (path,) = [p for p in build(open_workspace(signed), only=["docx"]).paths if p.suffix == ".docx"]
    pictures = docx.Document(str(path)).sections[0].header._element.xpath(".//wp:docPr/@descr")
    assert pictures == ["Theirs"]


def test_a_colour_of_an_officer_s_own_stays_in_word(signed: Path) -> None:
    reference = docx.Document(str(shipped_templates() / "default/briefing.docx"))
    reference.styles["Heading 2"].font.color.rgb = docx.shared.RGBColor.from_string("7A1F5C")
    reference.save(str(signed / "templates/ours/briefing.docx"))
    files = made(signed, 'theme = "ours"\nbrand = "#005EB8"\n', "docx")
    styles = docx.Document(io.BytesIO(files["briefing.docx"])).styles
    assert str(styles["Heading 2"].font.color.rgb) == "7A1F5C"
    assert str(styles["Heading 1"].font.color.rgb) == "005EB8"


def test_the_workspace_s_logo_wins_and_has_its_own_description(signed: Path) -> None:
    settings = signed / "report-builder.toml"
    settings.write_text('theme = "ours"\nlogo = "mine.svg"\n')
    assert told(signed) == {(2, 8, "There is no logo “mine.svg”.")}
    (signed / "mine.svg").write_text(LOGO)
    assert told(signed) == {(2, 8, "The logo has no description.")}
    settings.write_text('theme = "ours"\nlogo = ""\n')
    workspace = open_workspace(signed)
    assert theme_of(theme_files("ours", workspace.templates), workspace.settings.tree).logo is None


def told(root: Path) -> set[tuple[int, int, str]]:
    """Return what is wrong with the workspace's settings, and where."""
    workspace = open_workspace(root)
    found = check_settings(root, workspace.templates, workspace.theme, {})
    assert {problem.position.path for problem in found} <= {workspace.settings_file.as_posix()}
    return {(p.position.line, p.position.column, p.message) for p in found}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("logo.gif", b"GIF89a", "A logo cannot be a file such as “logo.gif”."),
        ("logo.png", b"words", "The logo “logo.png” is not a picture that can be read"),
        ("logo.svg", b"<svg/>", "The logo “logo.svg” is not a drawing that can be read"),
        ("../logo.svg", b"", "“../logo.svg” leads out of the folder in which logos lie."),
    ],
)
def test_what_is_wrong_with_a_logo_is_told_at_its_line(
    event: Callable[..., Path], tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    event(EVENT)
    (tmp_path / name).write_bytes(content)
    (tmp_path / "report-builder.toml").write_text(f'logo = "{name}"\nlogo_alt = "Ours"\n')
    assert [(line, column) for line, column, said in told(tmp_path) if message in said] == [(1, 8)]


def test_a_coarse_logo_is_a_warning(event: Callable[..., Path], tmp_path: Path) -> None:
    event(EVENT)
    (tmp_path / "report-builder.toml").write_text('logo = "a.png"\nlogo_alt = "Ours"\n')
    for width, words in ((120, {(1, 8)}), (600, set())):
        Image.new("RGB", (width, width // 3), "red").save(tmp_path / "a.png")
        found = {(line, column) for line, column, said in told(tmp_path) if "coarse" in said}
        assert found == words


def test_a_logo_for_dark_grounds_is_a_warning(event: Callable[..., Path], tmp_path: Path) -> None:
    event(EVENT)
    white, thin = LOGO.replace("#ABCDEF", "#FFFFFF"), LOGO.replace("M0 0h30v10H0z", "M1 1h9v1H1z")
    Image.new("RGBA", (600, 200), (255, 255, 255, 255)).save(tmp_path / "a.png")
    Image.new("RGBA", (600, 200), (0, 60, 90, 255)).save(tmp_path / "b.png")
    for name, content in (("white.svg", white), ("thin.svg", thin.replace("#ABCDEF", "#111111"))):
        (tmp_path / name).write_text(content)
    for name, is_pale in (("white.svg", 1), ("thin.svg", 0), ("a.png", 1), ("b.png", 0)):
        (tmp_path / "report-builder.toml").write_text(f'logo = "{name}"\nlogo_alt = "Ours"\n')
        found = [(line, column) for line, column, said in told(tmp_path) if "seen on white" in said]
        assert found == [(1, 8)] * is_pale, name


def test_colours_in_a_drawing_of_the_theme_follow(
    event: Callable[..., Path], tmp_path: Path
) -> None:
    event(EVENT)
    folder = tmp_path / "templates/ours"
    folder.mkdir(parents=True)
    drawing = (
        (shipped_templates() / "default/cover.svg").read_text().replace("#ffffff", "var(--mist)")
    )
    (folder / "cover.svg").write_text(drawing)
    (folder / "theme.toml").write_text('brand = "#005EB8"\n')
    files = made(tmp_path, 'theme = "ours"\n', "pdf")
    theme = theme_files("ours", tmp_path / "templates")
    mist = theme_of(theme, type(theme.tree)(theme.tree.position, {})).colours["mist"]
    assert mist in colours_of_pdf(files["report.pdf"])
