"""What is saved is noticed, whose it is, and what is nobody's content is not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from report_builder.watching import Saves
from report_builder.workspace import open_workspace

TEXT = "title: A title\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with two events, a theme, a folder for a logo, and outputs."""
    for name in ("one", "two"):
        (tmp_path / "content" / name / "media").mkdir(parents=True)
        (tmp_path / "content" / name / "event.yaml").write_text(TEXT)
    (tmp_path / "templates/ours").mkdir(parents=True)
    (tmp_path / "brand").mkdir()
    (tmp_path / "output/one").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def saves(root: Path) -> Iterator[Saves]:
    with Saves(open_workspace(root)) as watched:
        yield watched


@pytest.mark.parametrize("name", ["event.yaml", "event.ur.yaml", "responses.csv", "new/hall.jpg"])
def test_what_is_saved_of_an_event_is_that_events(root: Path, saves: Saves, name: str) -> None:
    path = root / "content/two" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("anything")
    assert saves.wait() == {"two"}


@pytest.mark.parametrize(
    "name", ["report-builder.toml", "logo.svg", "brand/logo.svg", "templates/ours/theme.toml"]
)
def test_what_is_not_an_events_is_everybodys(root: Path, saves: Saves, name: str) -> None:
    (root / name).write_text("anything")
    assert saves.wait() is None


def test_a_file_that_is_saved_by_renaming_is_noticed(root: Path, saves: Saves) -> None:
    beside = root / "content/one/.event.yaml.swx"
    beside.write_text("title: Another title\n")
    beside.rename(root / "content/one/event.yaml")
    assert saves.wait() == {"one"}


def test_a_file_that_is_deleted_is_noticed(root: Path, saves: Saves) -> None:
    (root / "content/two/event.yaml").unlink()
    assert saves.wait() == {"two"}


def test_what_editors_and_builds_put_beside_counts_for_nothing(root: Path, saves: Saves) -> None:
    for name in (
        *("event.yaml~", ".event.yaml.swp", "#event.yaml#", "~$answers.xlsx", "~WRD0001.tmp"),
        *(".~lock.answers.xlsx#", "lu1234.tmp", "../.git/index", "../../.venv/lib/module.py"),
        *("../../output/one/report.pdf", "../../output/.one.abc.making/new/report.pdf"),
    ):
        path = root / "content/one" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("anything")
        path.unlink()
    (root / "content/two/event.yaml").write_text("title: Another title\n")
    assert saves.wait() == {"two"}


def test_outputs_elsewhere_count_for_nothing_once_the_settings_say_so(
    root: Path, saves: Saves
) -> None:
    saves.follow(open_workspace(root, output=root / "content/made"))
    (root / "content/made/one").mkdir(parents=True)
    (root / "content/made/one/report.pdf").write_bytes(b"anything")
    (root / "content/two/event.yaml").write_text("title: Another title\n")
    assert saves.wait() == {"two"}


def test_an_event_that_comes_whole_is_noticed_and_watched(root: Path, saves: Saves) -> None:
    beside = root / "output/three"
    shutil.copytree(root / "content/one", beside)
    beside.rename(root / "content/three")
    assert saves.wait() == {"three"}
    (root / "content/three/event.yaml").write_text("title: Another title\n")
    assert saves.wait() == {"three"}


def test_folders_that_were_not_there_are_watched_once_they_are(root: Path, saves: Saves) -> None:
    shutil.rmtree(root / "templates")
    shutil.rmtree(root / "content")
    assert saves.wait() is None
    while saves.is_waiting:
        saves.wait()
    (root / "content/one").mkdir(parents=True)
    assert saves.wait() is None
    (root / "content/one/event.yaml").write_text(TEXT)
    while (saved := saves.wait()) is None:
        pass
    assert saved == {"one"}


def test_many_files_saved_at_once_are_one_save(root: Path, saves: Saves) -> None:
    for number in range(20):
        (root / f"content/{('one', 'two')[number % 2]}/{number}.jpg").write_bytes(b"anything")
    assert saves.wait() == {"one", "two"}
