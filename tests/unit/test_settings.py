"""Every fault of the settings stands at its own line and column, and all of them at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from report_builder import check, open_workspace
from report_builder.choices import find_theme
from report_builder.problems import Position, Problem, ReportBuilderError
from report_builder.schedule import chosen, content_jobs, document_jobs, theme_job
from report_builder.settings.file import WorkspaceSettings, read_workspace
from report_builder.settings.model import Group
from report_builder.settings.names import COMMAND_LINE
from report_builder.settings.tree import data, planted
from report_builder.settings.values import between
from report_builder.writers import writers
from report_builder.writers.poster.options import PosterOptions

WORKSPACE = """\
theme = our council
output = ""
outpt = "x"
editions = ["standard", 3, ""]
pdf-standard = "ua-3"
word-documents = ["briefing", "reprot"]
web-address = "council.example"
outbox = true
theme = "default"
theme2 = "x"

[rules-off]
acronym = ""
late = 4

[pre-election]
from = 2027-03-20T00:00:00
to = 2027-02-31

[poster]
paper = "B3"
papr = "A1"
margin = 3
bleed = "x"
marks = 1
print = "x-5"
orientation = "sideways"

[cloud]
colours = []
engine = "fast"

[smtp]
host = "smtp.council.example"
port = "587"
security = "ssl"
auth = "cram"
rate = 1.5
largest = 501
attach = []
password-command = "pass show"
patience = -1
reply-to = {name = "x"}
usrname = "x"
"""
FAULTS = [
    *[(1, 9), (2, 10), (3, 1), (4, 25), (4, 28), (5, 16), (6, 31), (7, 15), (8, 10), (10, 1)],
    *[(13, 11), (14, 8), (17, 8), (18, 6)],
    *[(21, 9), (22, 1), (23, 10), (24, 9), (25, 9), (26, 9), (27, 15), (30, 11), (31, 10)],
    *[(34, 8), (35, 8), (36, 12), (37, 8), (38, 8), (39, 11), (40, 10), (41, 20), (42, 12)],
    *[(43, 12), (44, 1)],
]
THEME = """\
name = 3
[colours]
brand = "blue"
accent = 3
[fonts]
text = "No Such Font"
fallback = "Noto Sans"
size = 12
[poster]
margin = nan
print = "x-4"
logo = "no.svg"
logo = "other.svg"
[cloud]
colours = ["teel", "accent", "lime"]
[editions]
easy = "easy.css"
[wording]
reading_age = "14"
consent = "yes"
[[fonts]]
"""
THEME_FAULTS = [
    *[(1, 8), (3, 9), (4, 10), (6, 8), (7, 12), (8, 1), (10, 10), (11, 9), (12, 1), (13, 1)],
    *[(15, 12), (15, 30), (17, 8), (19, 15), (20, 11), (21, 3)],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with one small event, and a theme of its own that is called mine."""
    root = tmp_path_factory.mktemp("workspace")
    (root / "content/an-event").mkdir(parents=True)
    (root / "content/an-event/event.yaml").write_text("title: T\n")
    (root / "templates/mine").mkdir(parents=True)
    return root


def refused(root: Path, text: str) -> list[Problem]:
    (root / "report-builder.toml").write_text(text, "utf-8")
    with pytest.raises(ReportBuilderError) as caught:
        _ = open_workspace(root).settings
    return list(caught.value.problems)


def refused_theme(root: Path, text: str, name: str = "mine") -> list[Problem]:
    (root / "templates/mine/theme.toml").write_text(text, "utf-8")
    with pytest.raises(ReportBuilderError) as caught:
        find_theme(name, root / "templates")
    return list(caught.value.problems)


def lines_of(problems: list[Problem]) -> list[tuple[int, int]]:
    return [(problem.position.line, problem.position.column) for problem in problems]


def test_thirty_faults_of_a_workspace_stand_at_their_places_all_at_once(folder: Path) -> None:
    problems = refused(folder, WORKSPACE)
    assert lines_of(problems) == FAULTS
    assert list(check(open_workspace(folder)).problems) == problems
    assert {p.code for p in problems} == {"settings"}
    assert {Path(p.position.path).name for p in problems} == {"report-builder.toml"}
    for problem in problems:
        assert problem.message.endswith(".")
        assert problem.hint
        named = problem.message.split("“")[-1].split("”")[0]
        assert f"Did you mean “{named}”" not in problem.hint


def test_faults_of_a_theme_stand_at_their_places_all_at_once(folder: Path) -> None:
    problems = refused_theme(folder, THEME)
    assert lines_of(problems) == THEME_FAULTS
    assert {p.code for p in problems} == {"theme-settings"}


def test_a_few_wrong_lines_are_named_with_what_was_meant(folder: Path) -> None:
    text = 'theme = "x"\ntheme2 = 3\npdf-standard = 4\n[smtp]\nhots = "a"\n'
    said = {p.position.line: f"{p.message} {p.hint}" for p in refused(folder, text)}
    assert list(said) == [2, 3, 5]
    assert "Did you mean “theme”?" in said[2]
    assert "ua-1" in said[3]
    assert "Did you mean" not in said[3]
    assert "Did you mean “host”?" in said[5] or "who sends" in said[5]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("editions = [1, 2]", [(1, 13), (1, 16)]),
        ("editions = [{a = 1}]", [(1, 13)]),
        ("[pre-election]\nfrom = 2024-01-01T00:00:00\nto = 2024-02-01", [(2, 8)]),
        ("[pre-election]\nto = 2024-02-01", [(1, 2)]),
        ("[pre-election]\nfrom = 2024-03-01\nto = 2024-02-01", [(3, 6)]),
        ("theme = 2027-01-01", [(1, 9)]),
        ("smtp = 3", [(1, 8)]),
        ("poster = []", [(1, 10)]),
        ("[[poster]]\npaper = 'A1'", [(1, 3)]),
        ("[smtp]\nhost = 'x'", [(2, 8), (2, 8)]),
        ("[smtp]\nfrom = council\nhost = 'x'\nauth = 'none'", [(2, 8)]),
        ("[smtp]\nsecurity = 'none'\nauth = 'password'", [(2, 12)]),
        ("[smtp]\nport = true", [(2, 8)]),
    ],
)
def test_a_fault_stands_at_its_own_value(
    text: str, places: list[tuple[int, int]], folder: Path
) -> None:
    assert lines_of(refused(folder, text)) == places


@pytest.mark.parametrize(
    "text",
    [
        'password = "hunter2"',
        '[smtp]\nPass = "hunter2"',
        "[smtp]\ntoken = hunter2",
        '[smtp]\naccess_token = ["hunter2"]',
        '[smpt]\nhost = "x"\npassword = "hunter2"',
        '[smtp]\npasword-comand = "hunter2"',
        '[smtp]\nhost = "x"\nhunter2',
    ],
)
def test_a_secret_is_neither_repeated_nor_is_its_line_shown(text: str, folder: Path) -> None:
    problems = refused(folder, text)
    line = next(n for n, line in enumerate(text.split("\n"), start=1) if "hunter2" in line)
    at_line = [problem for problem in problems if problem.position.line == line]
    assert at_line
    assert all(problem.private for problem in at_line)
    assert "hunter2" not in "".join(f"{p.message}{p.hint}" for p in problems)


def test_an_inherited_fault_stands_in_the_theme_that_has_it(folder: Path) -> None:
    (folder / "templates/other").mkdir(exist_ok=True)
    (folder / "templates/other/theme.toml").write_text('extends = "mine"\n[poster]\nbleed = 1\n')
    (problem,) = refused_theme(folder, '[poster]\nmargin = 18\n\nbleed = "x"\nmarks = 3', "other")
    assert problem.position == Position((folder / "templates/mine/theme.toml").as_posix(), 5, 9)


def test_a_name_that_two_themes_have_stands_in_the_nearer(folder: Path) -> None:
    nearer = folder / "templates/other/theme.toml"
    nearer.parent.mkdir(exist_ok=True)
    nearer.write_text('extends = "mine"\n[fonts]\nsiez = 1\n')
    (problem,) = refused_theme(folder, "[fonts]\n\n\n  siez = 2", "other")
    assert problem.position == Position(nearer.as_posix(), 3, 1)


def test_a_theme_that_there_is_not_is_named_where_it_is_asked_for(folder: Path) -> None:
    (problem,) = refused_theme(folder, '\nextends = "plian"')
    assert (problem.code, problem.position.line, problem.position.column) == (
        "unknown-theme",
        2,
        11,
    )
    assert problem.hint == "Did you mean “plain”?"
    (folder / "report-builder.toml").write_text('# first\ntheme = "plian"\n')
    for workspace, place in (
        (open_workspace(folder), Position((folder / "report-builder.toml").as_posix(), 2, 9)),
        (open_workspace(folder, theme="defualt"), COMMAND_LINE),
    ):
        assert [p.position for p in check(workspace).problems] == [place]


def test_who_set_what_is_wrong_with_a_poster_is_told(folder: Path) -> None:
    path = folder / "report-builder.toml"
    path.write_text('[poster]\n\nprint = "x-4"\n')
    (folder / "templates/mine/theme.toml").write_text("")
    (problem,) = check(open_workspace(folder)).problems
    assert problem.position == Position(path.as_posix(), 3, 9)
    path.write_text("")
    (problem,) = check(open_workspace(folder, options={"poster": {"print": "x-4"}})).problems
    assert problem.position == COMMAND_LINE
    wrong = {"poster": {"margin": 70}, "pdf": {"standard": "ua-9"}}
    problems = check(open_workspace(folder, options=wrong)).problems
    assert [p.position for p in problems] == [COMMAND_LINE, COMMAND_LINE]


def test_unknown_editions_and_rules_stand_at_their_own_line(folder: Path) -> None:
    path = folder / "report-builder.toml"
    path.write_text(
        'editions = ["standard",\n  "eazy"]\n[rules-off]\ncontrast = "Nicer."\nacronim = "Known."\n'
    )
    problems = check(open_workspace(folder)).problems
    found = [(p.position.line, p.position.column) for p in problems if p.code == "settings"]
    assert sorted(found) == [(2, 3), (4, 1), (5, 1)]
    problems = check(open_workspace(folder, editions=("eazy",))).problems
    assert COMMAND_LINE in [p.position for p in problems if p.code == "settings"]


def test_contrast_stands_at_the_colour(folder: Path) -> None:
    (folder / "report-builder.toml").write_text('theme = "mine"\n')
    theme = folder / "templates/mine/theme.toml"
    theme.write_text('[colours]\nink = "#000000"\nbrand = "#FFFF66"\n')
    problems = check(open_workspace(folder)).problems
    places = {p.position for p in problems if p.code == "contrast"}
    assert places == {Position(theme.as_posix(), 3, 9)}


def test_what_is_given_wins_over_the_file_and_the_file_over_the_theme(folder: Path) -> None:
    (folder / "report-builder.toml").write_text(
        'theme = "plain"\npdf-standard = "ua-2"\n[poster]\npaper = "A1"\nmargin = 20\n'
    )
    given = {"docx": {"documents": ("report",)}, "poster": {"paper": "A0"}}
    workspace = open_workspace(folder, options=given)
    assert workspace.theme == workspace.settings.file.theme == "plain"
    assert chosen(workspace, writers()["pdf"]) == {"standard": "ua-2"}
    assert chosen(workspace, writers()["docx"]) == {"documents": ("report",)}
    poster = PosterOptions.model_validate(chosen(workspace, writers()["poster"]))
    assert (poster.paper, poster.margin, poster.bleed) == ("A0", 20, 3)
    assert poster.standard == "ua-2"


def test_a_group_and_options_from_elsewhere_are_read_like_our_own(tmp_path: Path) -> None:
    class Slides(Group):
        columns: Annotated[int, between(1, 3, "{} columns are too many.", "Write 1 to 3.")] = 2
        wide: bool = False

    path = tmp_path / "report-builder.toml"
    path.write_text('epub-version = "2"\n[slides]\ncolumns = 3\n')
    plugged = ({"slides": Slides}, {"epub-version": str})
    settings = read_workspace(path, planted({}, COMMAND_LINE), *plugged)
    assert data(settings.tree) == {"epub-version": "2", "slides": {"columns": 3}}
    path.write_text("epub-version = 2\n[slides]\ncolumns = 9\nwidth = true\n")
    with pytest.raises(ReportBuilderError) as caught:
        read_workspace(path, planted({}, COMMAND_LINE), *plugged)
    assert lines_of(list(caught.value.problems)) == [(1, 16), (3, 11), (4, 1)]
    assert "columns" in caught.value.problems[2].hint or "wide" in caught.value.problems[2].hint


def test_what_is_written_is_read_without_pydantic(folder: Path) -> None:
    (folder / "report-builder.toml").write_text('theme = "mine"\n[poster]\npaper = "A1"\n')
    (folder / "templates/mine/theme.toml").write_text('[colours]\nbrand = "#123456"\n')
    program = (
        "import sys; from pathlib import Path\n"
        "from report_builder import open_workspace\n"
        "workspace = open_workspace(Path(sys.argv[1]))\n"
        "assert workspace.raw == {'theme': 'mine', 'poster': {'paper': 'A1'}}\n"
        "colours = workspace.chain.values['colours']\n"
        "assert colours['brand'] == '#123456' and colours['accent']\n"
        "assert open_workspace(workspace.content).raw == {}\n"
        "assert 'pydantic' not in sys.modules and 'yaml' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True)


_WORDS = """
theme output editions rules-off pre-election from to poster paper smtp host port rate cloud colours
fonts text extends wording name outbox web-address password x = = [ ] { } , " ' "" "A1" 1 -1 nan
true [] {} 2027-03-20 2027-03-20T10:00:00 10:00:00 "default" "mine" # \\ é
"""
PIECES = st.sampled_from([*_WORDS.split(), *("\n", " = ") * 5])
ANYTHING = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join))


@examples(max_examples=150, deadline=None)
@given(ANYTHING)
def test_any_text_is_settings_or_problems_whose_places_lie_in_it(folder: Path, text: str) -> None:
    settings, theme = folder / "report-builder.toml", folder / "templates/mine/theme.toml"
    for path, other in ((settings, theme), (theme, settings)):
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        other.write_text("")
        try:
            workspace = open_workspace(folder, theme="mine" if path is theme else None)
            settled = workspace.settings
            find_theme(workspace.theme, workspace.templates)
        except ReportBuilderError as reason:
            lines = [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]
            for problem in reason.problems:
                where = problem.position
                if where.path == path.as_posix() and problem.code != "encoding":
                    assert where.line <= len(lines)
                    assert where.column <= len(lines[where.line - 1]) + 1
        else:
            assert isinstance(settled, WorkspaceSettings)
            theme_job(workspace)
            content_jobs(workspace, workspace.content / "an-event")
            document_jobs(workspace, workspace.content / "an-event")
