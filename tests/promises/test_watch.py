"""A build that goes on while one writes makes what changed, and keeps what was good before."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from tests.conftest import ROOT
from tests.tools.watched import Watched

from report_builder.store.cache import FOLDER_VARIABLE

pytestmark = pytest.mark.slow

EVENT = """
title: A day in the hall
date: 2023-12-14
people:
  karen: {name: Karen Hibbert}
sections:
  - type: prose
    title: What we did
    body: |
      We met in the hall.
    pictures:
      - {file: media/hall.png, alt: Forty people at eight tables}
  - type: feedback
    title: What people said
    question: What matters most to you?
    responses: responses.csv
"""
TRANSLATION = """
title: Dzień w sali
sections:
  - title: Co robiliśmy
    body: |
      Spotkaliśmy się w sali.
    pictures:
      - {alt: Czterdzieści osób przy ośmiu stołach}
  - title: Co ludzie powiedzieli
    question: Co jest dla Ciebie najważniejsze?
"""


def write_event(root: Path, name: str = "a-day") -> Path:
    """Write an event with a picture, answers and a translation; return its file."""
    folder = root / "content" / name
    (folder / "media").mkdir(parents=True)
    draw(folder / "media/hall.png", "#204080")
    (folder / "responses.csv").write_text("What matters?\nFriends\nFriends\nGreen spaces\n")
    (folder / "event.pl.yaml").write_text(TRANSLATION, "utf-8")
    (folder / "event.yaml").write_text(EVENT, "utf-8")
    return folder / "event.yaml"


def draw(path: Path, colour: str) -> None:
    Image.new("RGB", (1200, 600), colour).save(path)


def replace(path: Path, old: str, new: str) -> None:
    """Save a file with other words, as editors do that write another and rename it."""
    text = path.read_text("utf-8")
    assert old in text
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text.replace(old, new), "utf-8")
    beside.replace(path)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Callable[..., Watched]]:
    """Begin to watch the workspace; end when the test does."""
    begun: list[Watched] = []

    def begin(*arguments: str, form: str = "json") -> Watched:
        begun.append(Watched(tmp_path, *(arguments or ("build",)), form=form))
        return begun[-1]

    yield begin
    for one in begun:
        one.__exit__()


def digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def test_a_save_makes_the_report_anew_and_then_the_rest(
    tmp_path: Path, watched: Callable[..., Watched]
) -> None:
    event = write_event(tmp_path)
    watching = watched()
    first = watching.round()
    assert first["built"] == ["a-day"]
    assert "output/a-day/report.pdf" in first["new"]
    replace(event, "A day in the hall", "Two days in the hall")
    then = watching.round()
    assert then["built"] == ["a-day"]
    after = {Path(name).name: seconds for name, seconds in then["new"].items()}
    assert after["report.pdf"] < after["briefing.docx"] <= then["seconds"]
    assert "wordcloud.csv" not in after, "it says what it said before"


def test_a_bad_save_says_what_is_wrong_and_keeps_the_last_good_files(
    tmp_path: Path, watched: Callable[..., Watched]
) -> None:
    event = write_event(tmp_path)
    watching = watched(form="text")
    watching.until("Watching for changes", "stderr")
    good = digests(tmp_path / "output/a-day")
    replace(event, "responses: responses.csv", "responses: reponses.csv")
    assert "event.yaml:16:16: error:" in watching.until("1 error", "stderr")
    assert "a-day: not made, its old files stay" in watching.until("not made")
    assert digests(tmp_path / "output/a-day") == good
    replace(event, "reponses.csv", "responses.csv")
    watching.until("a-day: all as before")
    replace(event, "in the hall.", "in the great hall.")
    assert "a-day: report.pdf" in watching.until("report.pdf")
    code, said = watching.end()
    assert (code, "Traceback" in said) == (0, False)


def test_what_a_long_run_makes_of_each_change_is_what_a_new_one_makes(
    tmp_path: Path, watched: Callable[..., Watched], run: Callable[..., object]
) -> None:
    event = write_event(tmp_path)
    theme = tmp_path / "templates/ours"
    theme.mkdir(parents=True)
    (theme / "theme.toml").write_text('brand = "#1F3A6E"\n')
    (theme / "report.css").write_text(
        '@import "theme:shipped/default/report.css";\nh2 { letter-spacing: 0.1pt }\n'
    )
    shutil.copytree(ROOT / "templates/default/words", theme / "words")
    shutil.copy(ROOT / "templates/default/report.html.j2", theme)
    settings = tmp_path / "report-builder.toml"
    settings.write_text('theme = "ours"\n')
    watching = watched()
    watching.round()
    template = theme / "report.html.j2"
    changes: Sequence[Callable[[], object]] = (
        lambda: replace(event, "We met", "All of us met"),
        lambda: replace(event.with_name("event.pl.yaml"), "Spotkaliśmy", "Byliśmy"),
        lambda: replace(event.with_name("responses.csv"), "Green", "Quiet"),
        lambda: draw(event.with_name("media") / "hall.png", "#804020"),
        lambda: replace(theme / "theme.toml", "#1F3A6E", "#7A1F5C"),
        lambda: replace(theme / "report.css", "0.1pt", "0.2pt"),
        lambda: replace(theme / "words/pl.po", '"Notatka dla radnych"', '"Dla radnych"'),
        lambda: replace(template, "</body>", "<p>Printed by us.</p></body>"),
        lambda: settings.write_text('theme = "ours"\n[poster]\npaper = "A2"\n'),
    )
    for change in changes:
        change()
        assert watching.round()["not_built"] == []
    run(
        *("build", "--output", "anew"),
        cwd=tmp_path,
        env={**os.environ, FOLDER_VARIABLE: str(tmp_path / "its-own-cache")},
    )
    assert digests(tmp_path / "output/a-day") == digests(tmp_path / "anew/a-day")


def test_events_come_and_go(tmp_path: Path, watched: Callable[..., Watched]) -> None:
    write_event(tmp_path)
    watching = watched("docx")
    assert watching.round()["built"] == ["a-day"]
    shutil.copytree(tmp_path / "content/a-day", tmp_path / "content/.copied")
    (tmp_path / "content/.copied").rename(tmp_path / "content/another-day")
    assert watching.round()["built"] == ["another-day"]
    shutil.rmtree(tmp_path / "content/a-day")
    replace(tmp_path / "content/another-day/event.yaml", "A day", "Another day")
    assert watching.round()["built"] == ["another-day"]
    assert (tmp_path / "output/a-day/briefing.docx").is_file(), "nothing that was made is deleted"


def test_what_changes_nothing_is_not_told(tmp_path: Path, watched: Callable[..., Watched]) -> None:
    event = write_event(tmp_path)
    watching = watched("docx")
    watching.round()
    (tmp_path / "notes.txt").write_text("nobody's content")
    event.with_name("event.yaml~").write_text("a copy of an editor's")
    event.touch()
    replace(event, "A day", "One day")
    told = watching.round()
    assert list(told["new"]) == ["output/a-day/briefing.docx"], "only the last save is told"


def test_settings_that_cannot_be_read_stop_nothing_for_good(
    tmp_path: Path, watched: Callable[..., Watched]
) -> None:
    write_event(tmp_path)
    watching = watched("docx")
    watching.round()
    settings = tmp_path / "report-builder.toml"
    settings.write_text("theme =\n")
    assert watching.round()["not_built"] == ["a-day"]
    settings.write_text('theme = "plain"\n')
    assert watching.round()["built"] == ["a-day"]


def test_ctrl_c_ends_it_while_something_is_made(
    tmp_path: Path, watched: Callable[..., Watched]
) -> None:
    write_event(tmp_path)
    watching = watched("build", "-v", form="text")
    watching.until("a-day: content", "stderr")  # and now its report is being made
    code, said = watching.end()
    assert (code, "Traceback" in said) == (0, False)
    assert not list((tmp_path / "output").glob("*/*.docx"))


def test_an_event_that_is_not_there_ends_it_at_once(
    tmp_path: Path, run: Callable[..., object]
) -> None:
    write_event(tmp_path)
    done = run("build", "another", "--watch", cwd=tmp_path, code=1)
    assert "There is no event called “another”." in json.dumps(vars(done), ensure_ascii=False)
