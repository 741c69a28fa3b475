"""What the eye meets is sound, or the fault is named where it can be mended."""

from __future__ import annotations

import base64
import io
import re
import shutil
from pathlib import Path

import pytest
import weasyprint.document
import weasyprint.draw
import weasyprint.draw.text
from PIL import Image
from tests.conftest import REAL_EVENT, ROOT, Run
from tests.tools.rendering import renderer_for

from report_builder import build, open_workspace
from report_builder.checks.page import RULES, check_page
from report_builder.checks.page.subject import FinishedFile, Pages
from report_builder.choices import find_theme
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import html_of, parse_document
from report_builder.problems import Position, Problem, Severity
from report_builder.readback.painted import Colour, Kind, Place, Rect, Sheet, Thing
from report_builder.settings.names import LARGE_PRINT, STANDARD_EDITION, least_size
from report_builder.templating.chain import shipped_templates
from report_builder.templating.resources import Resources
from report_builder.writers.pdf.gate import PageGate
from report_builder.writers.pdf.report import TEMPLATE
from report_builder.writers.pdf.spaces import KEEP_SPACES, write_out_spaces
from report_builder.writers.pdf.typeset import typeset

CODES = {rule.code for rule in RULES}
SHIPPED = (shipped_templates() / "default/report.html.j2").as_posix()
TEXT = "Words about homes and health stand here, so that the paragraph runs over lines. " * 3
ADDRESS = "https://forms.council.example/" + "xKzQ8f3hUkqYb7dZ0Lr1mT5vWc2nPsEoGiJaR" * 3


def photo(scale: int = 1) -> str:
    """Return a picture that is dark on the left and light on the right."""
    image = Image.new("RGB", (1200 // scale, 600 // scale), "#101820")
    image.paste("#f4f0e0", (image.width // 2, 0, *image.size))
    image.save(stream := io.BytesIO(), "PNG")
    return f"data:image/png;base64,{base64.b64encode(stream.getvalue()).decode()}"


def look(html: str, folder: Path, template: str = SHIPPED, theme: str = "default") -> list[Problem]:
    """Return what the gate finds in a document."""
    resources = Resources(folder, find_theme(theme, folder / "templates"))
    document = parse_document(html, template)
    write_out_spaces(document.root)
    gate = PageGate(document, resources, 12)
    with gate.watching():
        position = Position(template)
        pdf = to_pdf(html_of(document.root), position, resources, styles=KEEP_SPACES)
    return gate.look(pdf)


PHOTO = photo()


def rows_of(name: str) -> list[list[str]]:
    """Return the lines of a table in “page/”: a fault's code, and in what it is found.

    In “ways.txt” a declaration comes first, which breaks the page that comes last.
    """
    lines = (Path(__file__).parent / "page" / name).read_text("utf-8").splitlines()
    return [[part.strip() for part in line.split("| ")] for line in lines]


def ways() -> tuple[list[str], list[str], str]:
    """Return the ways as lines of a style sheet, the code of each, and the document they break."""
    rows = rows_of("ways.txt")
    styles = [style.replace("n0", f"n{number}") for number, (style, *_) in enumerate(rows, start=2)]
    parts = [page(html, f"n{number}") for number, (*_, html) in enumerate(rows, start=2)]
    return styles, [code for _, code, _ in rows], "".join(parts)


def page(html: str, name: str, line: int = 1) -> str:
    """Return a page of a document, whose content stands at a line of “event.yaml”."""
    html = html.replace("LONG", TEXT).replace("PHOTO", PHOTO).replace("COARSE", photo(3))
    source = f'data-source="event.yaml:{line}:1"'
    return f'<section class="{name}" {source} style="break-before: page">{html}</section>'


def whole(body: str) -> str:
    """Return a document in the theme's own style sheet."""
    colours = ':root{--ink: #1B2A33; --link: #00526B; --text-font: "Source Sans 3"}'
    head = (
        f'<title>T</title><style>{colours}</style><link rel="stylesheet" href="theme:report.css">'
    )
    return f'<html lang="en"><head>{head}</head><body id="top">{body}'


def test_what_a_style_sheet_breaks_is_named_at_its_line(tmp_path: Path) -> None:
    styles, codes, body = ways()
    assert len(codes) > 30
    theme = tmp_path / "templates/ours"
    theme.mkdir(parents=True)
    imported = '@import url("theme:shipped/default/report.css");'
    (theme / "report.css").write_text("\n".join([imported, *styles]), "utf-8")
    found = look(whole(body), tmp_path, theme="ours")
    ours = [p for p in found if p.position.path == (theme / "report.css").as_posix()]
    at = {(p.position.line, p.code) for p in ours}
    assert at >= {(line, code) for line, code in enumerate(codes, start=2)}
    assert [p for p in found if p not in ours and p.severity is Severity.ERROR] == []
    for problem in ours:
        line = styles[problem.position.line - 2]
        declared = re.search(r"by “[^{]*\{ ([^}]*) \}”", problem.message)
        assert declared, problem.message
        assert line[problem.position.column - 1 :].startswith(declared[1])
        assert problem.hint


def test_a_fault_is_named_at_the_content_and_what_is_sound_is_not(tmp_path: Path) -> None:
    rows = rows_of("pages.txt")
    bodies = [page(html.replace("ADDRESS", ADDRESS), "", n) for n, (_, html) in enumerate(rows)]
    found = look(whole("".join(bodies)), tmp_path)
    named = {(problem.position.line, problem.code) for problem in found}
    wanted = {(line, code) for line, (code, _) in enumerate(rows) if code}
    assert len(rows) > 40
    assert named == wanted


def test_the_gate_leaves_the_bytes_as_they_are_and_weasyprint_too(tmp_path: Path) -> None:
    names = [
        (weasyprint.document, "draw_page"),
        (weasyprint.draw, "draw_stacking_context"),
        (weasyprint.draw, "draw_background"),
        (weasyprint.draw, "draw_replacedbox"),
        (weasyprint.draw.text, "draw_first_line"),
    ]
    before = [vars(module)[name] for module, name in names]
    resources = Resources(tmp_path, find_theme("default", tmp_path))
    html = whole(
        page("<h1>Head</h1><p>LONG</p><img src=PHOTO alt=Hall style='width: 90mm'>", "a", 7)
    )
    gate = PageGate(parse_document(html, SHIPPED), resources, 12)
    with_gate = typeset(parse_document(html, SHIPPED), resources, "ua-1", gate)
    elsewhere = html.replace("event.yaml:7:1", "elsewhere/event.yaml:9:1")
    assert with_gate == typeset(parse_document(elsewhere, SHIPPED), resources)
    assert gate.problems == []
    assert [vars(module)[name] for module, name in names] == before


def test_a_broken_theme_stops_a_build_in_words_that_mend_it(tmp_path: Path, run: Run) -> None:
    shutil.copytree(ROOT / "tests/integration/content/every", tmp_path / "content/every")
    theme = tmp_path / "templates/ours"
    theme.mkdir(parents=True)
    lines = [
        '@import url("theme:shipped/default/report.css");',
        ".of-actions { opacity: 0 }",
        ".of-table td { color: var(--faint) }",
        ".names { color: white }",
        "@page { @top-left { font-size: 7pt } }",
        ":root { --faint: #bbb }",
    ]
    (theme / "report.css").write_text("\n".join(lines), "utf-8")
    (theme / "theme.toml").write_text('[colours]\nline = "#B9C7CC"\nplum = "#5E153D"\n', "utf-8")
    done = run("pdf", "every", "--theme", "ours", cwd=tmp_path, code=1)
    said = done.stdout + done.stderr
    wanted = {2: "unseen-text", 4: "unseen-text", 5: "small-text"}
    for line, code in wanted.items():
        assert re.search(rf"templates/ours/report.css:{line}:\d+: error: .*\[{code}\]", said), line
    assert not (tmp_path / "output").exists()


def test_what_the_report_says_of_itself_is_what_was_measured() -> None:
    for edition in (STANDARD_EDITION, LARGE_PRINT):
        renderer = renderer_for(ROOT, ROOT / "content" / REAL_EVENT, "", edition)
        said = renderer.render(TEMPLATE)
        assert f"Its text is set in {least_size(edition)} points or more." in said
        assert "4.5 to 1 or more, and of large text 3 to 1 or more" in said
        assert "rely on colour" not in said


@pytest.mark.slow
def test_shipped_themes_and_starters_have_no_fault(run: Run, tmp_path: Path) -> None:
    run("new", "--kind", "conference", "a-conference", cwd=tmp_path)
    shutil.copytree(ROOT / "tests/integration/content/every", tmp_path / "content/every")
    workspace = open_workspace(tmp_path, theme="plain", editions=[STANDARD_EDITION, LARGE_PRINT])
    outcome = build(workspace, only=("pdf",))
    assert len(outcome.paths) > 4
    found = [p for p in outcome.problems if p.code in CODES]
    assert [p for p in found if p.severity is not Severity.ADVICE] == []
    assert [p for p in found if "/a-" in p.position.path] == []


def test_the_rules_need_nothing_but_what_is_on_a_page() -> None:
    """So that they can be held to finished files, of which no source is known."""
    place = Place(column=(20, 190), holder="p")
    sheet = Sheet(1, (210, 297), (20, 20, 190, 277))

    def text(words: str, rect: Rect, colour: Colour, size: float) -> Thing:
        return Thing(Kind.TEXT, rect, rect, place, colour=colour, text=words, size=size)

    sheet.things += [
        text("Sound words", (20, 20, 60, 24), (0, 0, 0, 1), 12),
        text("Pale words", (20, 40, 60, 44), (0.8, 0.8, 0.8, 1), 12),
        text("Small words", (20, 60, 40, 62), (0, 0, 0, 1), 6),
        text("Words at the edge", (180, 80, 220, 84), (0, 0, 0, 1), 12),
        text("Words upon", (22, 41, 62, 45), (0, 0, 0, 1), 12),
    ]
    found = check_page(Pages([sheet], 12, FinishedFile("report.pdf")))
    assert {(p.code, p.message.split("”")[0].strip("“")) for p in found} == {
        ("contrast", "Pale words"),
        ("small-text", "Small words"),
        ("beyond-page", "Words at the edge"),
        ("text-overlap", "Words upon"),
    }
    assert {str(problem.position) for problem in found} == {"report.pdf:1:1"}
