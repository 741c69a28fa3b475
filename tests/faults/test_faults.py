"""Every fault in ``cases/`` is found at its place, in words that say how to mend it.

A case is a file NAME.yaml; NAME.txt beside it holds what ``check`` must say of it. To add one,
write the YAML, run ``pytest tests/faults --accept``, and read what was written.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import REAL_EVENT, ROOT, Run

from report_builder import build, check, open_workspace
from report_builder.checks.content import check_content
from report_builder.content.loader import load
from report_builder.problems import Problem, stops

HERE = Path(__file__).parent / "cases"
CASES = sorted(path for path in HERE.glob("*.yaml") if "." not in path.stem)


def write_event(text: str, folder: Path) -> None:
    folder.mkdir(exist_ok=True, parents=True)
    (folder / "event.yaml").write_text(text, "utf-8", newline="\n")
    shutil.copy(ROOT / "content" / REAL_EVENT / "responses.csv", folder)
    (folder / "not-a-picture.jpg").write_bytes(b"words")
    (folder / "latin.csv").write_bytes("response\nCafé\n".encode("cp1252"))
    (folder / "talk.md").write_text("A talk.\n\nSee [the page]().\n\n![](a.png)\n")
    (folder / "counts.csv").write_text("answer,count\nHomes,3\nWork,many\nParks,0\n")
    (folder / "told.csv").write_text(
        "response\nJan 01582 000000\nring me on jan@one.example\nGood homes\nthe bins in lu12bq\n"
        "12 Acacia Road is damp\ncall 020 7946 0018\nDOB 1 May 1990\n24/7 GPs\nA505\nNI AB123456C\n"
    )
    shutil.copy(ROOT / "docs/images/report.png", folder / "hall.png")
    write_drawings(folder)


def write_drawings(folder: Path) -> None:
    """Write drawings that refer to themselves, at once or by way of others, or to far too much."""
    twice = "".join(
        f'<g id="n{n}"><use href="#n{n + 1}"/><use href="#n{n + 1}"/></g>' for n in range(30)
    )
    drawings = {
        "loop": '<g id="a"><use href="#a"/></g>',
        "long-loop": '<mask id="a"><path fill="url(#b)"/></mask>'
        '<pattern id="b"><path mask="url(#a)"/></pattern><path mask="url(#a)"/>',
        "laughs": f'{twice}<path id="n30" d="M0 0h1v1z"/>',
        "boxed": '<foreignObject width="2" height="1"><p>Words</p></foreignObject>',
        "flowed": "\n<flowRoot><flowPara>Words</flowPara></flowRoot>",
        "linked": '<a href="https://a.example/"><image href="photo.jpg"/></a>',
        "boxed-with-words": '<switch><foreignObject/><text y="1">Words</text></switch>',
        "sound": '<g id="a"><path d="M0 0h1v1z"/></g><use href="#a"/><use href="#a"/>',
    }
    for name, content in drawings.items():
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1">{content}</svg>'
        (folder / f"{name}.svg").write_text(svg)


def problems_of_case(case: Path, workspace: Path) -> tuple[Problem, ...]:
    folder = workspace / "content" / "event"
    write_event(case.read_text("utf-8"), folder)
    for translation in HERE.glob(f"{case.stem}.*.yaml"):
        shutil.copy(translation, folder / translation.name.replace(case.stem, "event", 1))
    days = "[pre-election]\nfrom = 2020-01-01\nto = 2199-12-31\n"
    (workspace / "report-builder.toml").write_text(days)
    return check(open_workspace(workspace)).problems


def in_lines(problems: Iterable[Problem], folder: Path) -> str:
    return "".join(
        f"{p.position.path.removeprefix(f'{folder.as_posix()}/')}:{p.position.line}:{p.position.column}:"
        f" {p.severity}: {p.message} [{p.code}]\n    {p.hint}\n".replace(folder.as_posix(), "EVENT")
        for p in problems
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_each_fault_is_named_at_its_place(
    case: Path, tmp_path: Path, expect: Callable[[str, Path], None]
) -> None:
    problems = problems_of_case(case, tmp_path)
    folder = tmp_path / "content/event"
    expect(in_lines(problems, folder), case.with_suffix(".txt"))
    assert problems
    assert all(problem.hint for problem in problems)
    outcome = build(open_workspace(tmp_path))
    assert outcome.problems == problems
    assert bool(outcome.failed) == stops(problems) == (not (tmp_path / "output").exists())


def test_twelve_different_faults_give_twelve_problems_in_one_run(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "content" / "twelve"
    folder.parent.mkdir()
    text = (Path(__file__).parent / "cases" / "twelve.yaml").read_text("utf-8")
    write_event(text, folder)
    done = run("check", "--format", "json", cwd=tmp_path, code=1)
    found = json.loads(done.stdout)
    assert len(found) == 12
    assert len({problem["code"] for problem in found}) == 12
    lines = text.split("\n")
    for problem in found:
        assert problem["path"] == "content/twelve/event.yaml"
        assert problem["hint"]
        # Each fault in the case is marked at the end of its line with what it is.
        line = lines[problem["line"] - 1]
        assert line.endswith(f"# {problem['code']}@{problem['column']}"), problem


def test_the_real_event_has_no_error(tmp_path: Path, run: Run) -> None:
    found = json.loads(run("check", REAL_EVENT, "--format", "json").stdout)
    assert {problem["severity"] for problem in found} == {"warning", "advice"}
    links = [problem for problem in found if problem["code"] == "link-empty"]
    assert len(links) == 5
    empty = [problem for problem in found if problem["code"] == "empty-field"]
    assert len(empty) == 11


REAL = (ROOT / "content" / REAL_EVENT / "event.yaml").read_text("utf-8")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    start=st.integers(0, len(REAL)),
    length=st.integers(0, 60),
    inserted=st.text(alphabet="ab \n\t:-[]{}\"'|>&*#!?,.\x00é", max_size=8),
)
def test_no_slip_of_the_keyboard_gives_a_traceback(
    tmp_path: Path, start: int, length: int, inserted: str
) -> None:
    spoilt = REAL[:start] + inserted + REAL[start + length :]
    write_event(spoilt, tmp_path / "event")
    check_content(load(tmp_path / "event"))
