"""An event's outputs change together, or not at all; files of others are left alone."""

from __future__ import annotations

import ctypes
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from report_builder import store
from report_builder.fingerprint import hashed
from report_builder.problems import ReportBuilderError
from report_builder.store import swap
from report_builder.store.manifest import Manifest, Output
from report_builder.store.mark import MARK, set_mark

OURS = {"a.pdf", "b.docx"}


def files(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder but for the manifest and the lock."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name not in ("manifest.json", ".event.lock")
    }


def put(output: Path, *, event: str = "event", complete: bool = True, **artefacts: bytes) -> None:
    named = {name.replace("_", "."): content for name, content in artefacts.items()}
    put_files(output, named, event=event, complete=complete)


def put_files(output: Path, named: dict[str, bytes], *, event: str, complete: bool) -> None:
    contents = {hashed(content): content for content in named.values()}
    outputs = tuple(Output(n, hashed(c), len(c), n.partition(".")[2]) for n, c in named.items())
    store.put(output, Manifest(event, outputs), contents.__getitem__, complete=complete)


def test_what_is_put_is_there_with_its_manifest(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2")
    assert files(tmp_path) == {"event/a.pdf": b"1", "event/b.docx": b"2"}
    assert set(json.loads((tmp_path / "event/manifest.json").read_bytes())["outputs"]) == OURS


def test_a_complete_build_clears_its_own_old_files_and_leaves_those_of_others(
    tmp_path: Path,
) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2")
    (tmp_path / "event/notes.txt").write_text("mine")
    put(tmp_path, a_pdf=b"3")
    assert files(tmp_path / "event") == {"a.pdf": b"3", "notes.txt": b"mine"}


def test_a_part_of_a_build_leaves_the_other_parts(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2")
    put(tmp_path, complete=False, a_pdf=b"3")
    assert files(tmp_path / "event") == {"a.pdf": b"3", "b.docx": b"2"}


def test_builds_of_parts_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    names = [f"{letter}.pdf" for letter in "abcdefgh"]

    def build(name: str) -> None:
        put_files(tmp_path, {name: b"x"}, event="event", complete=False)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(build, names * 5))
    assert sorted(files(tmp_path / "event")) == names
    assert sorted(json.loads((tmp_path / "event/manifest.json").read_bytes())["outputs"]) == names


@pytest.mark.parametrize("complete", [True, False])
def test_what_is_there_already_is_neither_asked_for_nor_written(
    tmp_path: Path, complete: bool
) -> None:
    made = Manifest("event", (Output("a.pdf", hashed(b"1"), 1, "pdf"),))
    paths = store.put(tmp_path, made, lambda _: b"1", complete=complete)
    (tmp_path / "event/notes.txt").write_text("mine")
    before = {path: (state(path), path.stat().st_ino) for path in tmp_path.rglob("*")}
    assert store.put(tmp_path, made, refuse, complete=complete) == paths
    assert {path: (state(path), path.stat().st_ino) for path in tmp_path.rglob("*")} == before


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"changed")])
def test_an_output_that_is_gone_or_was_changed_is_put_again(
    tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2")
    spoil(tmp_path / "event/a.pdf")
    put(tmp_path, a_pdf=b"1", b_docx=b"2")
    assert files(tmp_path) == {"event/a.pdf": b"1", "event/b.docx": b"2"}


def test_a_build_of_what_is_there_already_settles_what_a_killed_one_left(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1")
    left = tmp_path / ".event.abc12345.making"
    left.mkdir()
    set_mark(left)
    put(tmp_path, a_pdf=b"1")
    assert not left.exists()


def test_a_pipe_that_took_the_place_of_an_output_is_not_waited_for(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1")
    (tmp_path / "event/a.pdf").unlink()
    os.mkfifo(tmp_path / "event/a.pdf")
    put(tmp_path, a_pdf=b"1")
    assert files(tmp_path) == {"event/a.pdf": b"1"}


def test_a_link_to_a_folder_elsewhere_is_followed(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "output").mkdir()
    (tmp_path / "output/event").symlink_to(tmp_path / "share")
    for content in (b"1", b"2"):
        put(tmp_path / "output", a_pdf=content)
        assert files(tmp_path / "share") == {"a.pdf": content}


def test_a_failure_while_writing_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_pdf=b"1")
    real = Path.open

    def full(path: Path, *arguments: str, **options: str) -> object:
        if path.name == "b.docx":
            raise OSError(28, "No space left on device")
        return real(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(ReportBuilderError, match="No space left"):
        put(tmp_path, a_pdf=b"2", b_docx=b"2")
    assert files(tmp_path) == {"event/a.pdf": b"1"}


STEPS = 30


@pytest.mark.parametrize("moment", range(1, STEPS + 1))
@pytest.mark.parametrize("exchange", [True, False])
def test_a_build_killed_at_any_step_leaves_all_old_or_all_new_and_what_is_not_ours(
    tmp_path: Path, moment: int, exchange: bool
) -> None:
    """Kill the process at the n-th change of the file system, then look, then build again."""
    put(tmp_path, a_pdf=b"old", b_docx=b"old")
    (tmp_path / "event/notes.txt").write_text("mine")
    program = f"""
import ctypes, os, signal
from pathlib import Path
from report_builder import store
from report_builder.fingerprint import hashed
from report_builder.store.manifest import Manifest, Output
steps = 0
def watch(event, arguments):
    global steps
    changes = ("rename", "mkdir", "rmdir", "remove", "link", "symlink", "chmod", "utime")
    if event in [f"os.{{name}}" for name in changes] + ["shutil.rmtree", "ctypes.dlopen"] or (
        event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa")
    ):
        steps += 1
        if steps == {moment}:
            os.kill(os.getpid(), signal.SIGKILL)
import sys
sys.addaudithook(watch)
if not {exchange}:
    ctypes.CDLL = lambda *_, **__: object()
outputs = (Output("a.pdf", hashed(b"new"), 3, "pdf"), Output("b.docx", hashed(b"new"), 3, "docx"))
store.put(Path({str(tmp_path)!r}), Manifest("event", outputs), lambda _: b"new", complete=True)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode in (-signal.SIGKILL, 0)
    assert moment > 1 or done.returncode == -signal.SIGKILL
    assert moment < STEPS or done.returncode == 0
    if exchange:
        found = files(tmp_path / "event")
        assert found.pop("notes.txt") == b"mine"
        assert set(found.values()) in ({b"old"}, {b"new"})
    put(tmp_path, a_pdf=b"newer", b_docx=b"newer")
    assert files(tmp_path) == {
        "event/a.pdf": b"newer",
        "event/b.docx": b"newer",
        "event/notes.txt": b"mine",
    }


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be a system that cannot let two folders change places."""
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_the_old_folder_is_back_when_the_new_one_cannot_be_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_pdf=b"1")
    (tmp_path / "event/notes.txt").write_text("mine")
    before = (tmp_path / "event").stat().st_ino
    real = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(13, "Permission denied")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(ReportBuilderError, match="Permission denied"):
        put(tmp_path, a_pdf=b"2")
    assert files(tmp_path) == {"event/a.pdf": b"1", "event/notes.txt": b"mine"}
    assert (tmp_path / "event").stat().st_ino == before
    monkeypatch.undo()
    put(tmp_path, a_pdf=b"3")
    assert files(tmp_path) == {"event/a.pdf": b"3", "event/notes.txt": b"mine"}


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_the_folders_change_places_all_the_same(tmp_path: Path) -> None:
    for content in (b"1", b"2"):
        put(tmp_path, a_pdf=content)
        assert files(tmp_path) == {"event/a.pdf": content}


def test_two_folders_change_places_in_one_step_where_the_system_can(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_pdf=b"1")
    moved: list[str] = []
    real = Path.replace
    monkeypatch.setattr(Path, "replace", lambda p, t: moved.append(p.name) or real(p, t))
    put(tmp_path, a_pdf=b"2")
    assert moved == []


LEFT_ALONE = (
    *(".event.old", ".event.backup.new", ".event.abc12345.new", ".event.abc12345.making"),
    *(".event.making", "event.old", ".event.abc12345.making.kept", ".other.abc12345.making"),
)


def test_folders_that_are_called_like_ours_and_bear_no_mark_stay(tmp_path: Path) -> None:
    for name in LEFT_ALONE:
        (tmp_path / name / "new").mkdir(parents=True)
        (tmp_path / name / "new/kept.txt").write_text("mine")
        (tmp_path / name / "old").mkdir()
    (tmp_path / ".event.0.making").symlink_to(tmp_path / ".event.old")
    (tmp_path / "marked/new").mkdir(parents=True)
    (tmp_path / "marked/new/kept.txt").write_text("mine")
    set_mark(tmp_path / "marked")
    (tmp_path / ".event.1.making").symlink_to(tmp_path / "marked")
    before = files(tmp_path)
    for content in (b"1", b"2"):
        put(tmp_path, a_pdf=content)
    assert before.items() <= files(tmp_path).items()
    assert (tmp_path / ".event.0.making").is_symlink()
    assert not (tmp_path / "event/kept.txt").exists()


def test_what_a_killed_build_of_another_event_left_is_left_to_that(tmp_path: Path) -> None:
    for name in (".event.b.abc12345.making", ".a.event.abc12345.making"):
        (tmp_path / name).mkdir()
        set_mark(tmp_path / name)
    put(tmp_path, a_pdf=b"1")
    assert (tmp_path / ".event.b.abc12345.making" / MARK).exists()
    put(tmp_path, event="event.b", a_pdf=b"1")
    assert not (tmp_path / ".event.b.abc12345.making").exists()
    assert (tmp_path / ".a.event.abc12345.making").exists()


def test_a_build_leaves_nothing_beside_the_folder_but_its_lock(tmp_path: Path) -> None:
    for _ in range(2):
        put(tmp_path, a_pdf=b"1")
        assert {path.name for path in tmp_path.iterdir()} == {"event", ".event.lock"}


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_what_others_put_there_stays_what_it_is(
    tmp_path: Path, exchange: bool, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not exchange:
        monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    put(tmp_path, a_pdf=b"1")
    folder = tmp_path / "event"
    (tmp_path / "elsewhere.txt").write_text("far")
    (folder / "notes.txt").write_text("mine")
    (folder / "notes.txt").chmod(0o640)
    (folder / "link").symlink_to("../elsewhere.txt")
    os.utime(tmp_path / "elsewhere.txt", ns=(4_000_000_000_000_000_000,) * 2)
    (folder / "nowhere").symlink_to("../gone")
    (folder / "folder").symlink_to("..")
    (folder / "empty").mkdir(mode=0o750)
    (folder / "deep/er").mkdir(parents=True)
    (folder / "deep/er/run").write_text("#!")
    (folder / "deep/er/run").chmod(0o755)
    os.mkfifo(folder / "pipe")
    folder.chmod(0o2770)
    for name in ("notes.txt", "deep/er/run", "deep/er", "deep", "empty"):
        os.utime(folder / name, ns=(1_000_000_000, 1_000_000_007))
    before = {path: state(path) for path in folder.rglob("*") if path.name not in OURS_AND_LIST}
    for content in (b"2", b"3"):
        put(tmp_path, a_pdf=content)
        assert (folder / "a.pdf").read_bytes() == content
        after = {path: state(path) for path in folder.rglob("*") if path.name not in OURS_AND_LIST}
        assert after == before
        assert stat.S_IMODE(folder.stat().st_mode) == 0o2770
    assert (tmp_path / "elsewhere.txt").read_text() == "far"


OURS_AND_LIST = {*OURS, "manifest.json"}


def refuse(*_: object, **__: object) -> Any:
    raise OSError(1, "Operation not permitted")


def state(path: Path) -> tuple[object, ...]:
    """Return what somebody would miss of a file or folder, if it were other."""
    about = path.lstat()
    if path.is_symlink():
        return "link", path.readlink()
    content = path.read_bytes() if path.is_file() else b""
    return about.st_mode, about.st_mtime_ns, content


@pytest.mark.parametrize("exchange", [True, False])
@pytest.mark.parametrize("links", [True, False])
def test_what_others_save_while_a_build_is_put_is_not_lost(
    tmp_path: Path, exchange: bool, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Save files in the moment before the folders change places."""
    put(tmp_path, a_pdf=b"1", b_docx=b"1")
    folder = tmp_path / "event"
    for name in ("edited.txt", "deep/saved.txt", "same.txt", "deleted.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("before")
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    real = swap._exchange

    def save_first(staged: Path, target: Path, old: Path) -> None:
        (target / "edited.txt").write_text("after")
        (target / "beside.txt").write_text("after")
        (target / "beside.txt").replace(target / "deep/saved.txt")
        (target / "further/new.txt").parent.mkdir()
        (target / "further/new.txt").write_text("after")
        if not exchange:
            monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: object())
        real(staged, target, old)

    monkeypatch.setattr(swap, "_exchange", save_first)
    put(tmp_path, a_pdf=b"2")
    assert files(folder) == {
        **dict.fromkeys(("edited.txt", "deep/saved.txt", "further/new.txt"), b"after"),
        **dict.fromkeys(("same.txt", "deleted.txt"), b"before"),
        "a.pdf": b"2",
    }


@pytest.mark.parametrize("links", [True, False])
def test_a_build_that_fails_puts_nothing_back_that_was_changed_meanwhile(
    tmp_path: Path, links: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_pdf=b"1")
    folder = tmp_path / "event"
    (folder / "edited.txt").write_text("before")
    (folder / "link").symlink_to("edited.txt")
    before = (folder / "link").lstat().st_ino
    if not links:
        monkeypatch.setattr(os, "link", refuse)

    def fail(_staged: Path, target: Path, _old: Path) -> None:
        (target / "edited.txt").write_text("after")
        refuse()

    monkeypatch.setattr(swap, "_exchange", fail)
    with pytest.raises(ReportBuilderError, match="not permitted"):
        put(tmp_path, a_pdf=b"2", b_docx=b"2")
    assert files(folder) == {"a.pdf": b"1", "edited.txt": b"after", "link": b"after"}
    assert (folder / "link").is_symlink()
    assert (folder / "link").lstat().st_ino == before
    assert {path.name for path in tmp_path.iterdir()} == {"event", ".event.lock"}


FOREIGN = {
    # what stands where one of ours is to be
    "a file": lambda path: path.write_text("mine"),
    "a link": lambda path: path.symlink_to("../elsewhere.txt"),
    "a link to nowhere": lambda path: path.symlink_to("../gone"),
    "a folder": lambda path: (path / "kept").mkdir(parents=True),
    "a pipe": os.mkfifo,
}


@pytest.mark.parametrize("what", FOREIGN)
@pytest.mark.parametrize("name", ["a.pdf", "manifest.json"])
@pytest.mark.parametrize("complete", [True, False])
def test_a_file_of_somebody_elses_that_has_the_name_of_ours_is_named_and_stays(
    tmp_path: Path, what: str, name: str, complete: bool
) -> None:
    (tmp_path / "elsewhere.txt").write_text("far")
    if name == "a.pdf":
        put(tmp_path, b_docx=b"1")
    (tmp_path / "event").mkdir(exist_ok=True)
    FOREIGN[what](tmp_path / "event" / name)
    before = {path: state(path) for path in (tmp_path / "event").rglob("*")}
    with pytest.raises(ReportBuilderError) as caught:
        put(tmp_path, complete=complete, a_pdf=b"2", b_docx=b"2")
    (problem,) = caught.value.problems
    assert problem.position.path == (tmp_path / "event" / name).as_posix()
    assert "Move it elsewhere" in problem.hint
    assert {path: state(path) for path in (tmp_path / "event").rglob("*")} == before


def test_all_files_of_somebody_elses_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "event").mkdir()
    for name in OURS:
        (tmp_path / "event" / name).write_text("mine")
    with pytest.raises(ReportBuilderError) as caught:
        put(tmp_path, a_pdf=b"1", b_docx=b"1")
    assert {Path(p.position.path).name for p in caught.value.problems} == OURS


def test_a_link_that_took_the_place_of_an_output_is_not_ours_to_delete(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"1")
    (tmp_path / "event/b.docx").unlink()
    (tmp_path / "event/b.docx").symlink_to("a.pdf")
    put(tmp_path, complete=False, a_pdf=b"2")
    manifest = json.loads((tmp_path / "event/manifest.json").read_bytes())
    assert set(manifest["outputs"]) == {"a.pdf"}
    put(tmp_path, a_pdf=b"3")
    assert (tmp_path / "event/b.docx").is_symlink()


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"name": "app"}', '{"outputs": 1}', '{"outputs": {"a.pdf": {']
)
def test_a_manifest_that_is_not_ours_is_named_and_stays(tmp_path: Path, manifest: str) -> None:
    (tmp_path / "event").mkdir()
    (tmp_path / "event/manifest.json").write_text(manifest)
    with pytest.raises(ReportBuilderError, match="not a file that it made"):
        put(tmp_path, a_pdf=b"1")
    assert (tmp_path / "event/manifest.json").read_text() == manifest


PLACES = {
    # where the output is, and what there is in the workspace
    "the events": ("content", "content/event/event.yaml"),
    "another's events": ("content", "content/other/event.yaml"),
    "an event": ("content/other", "content/other/event.yaml"),
    "the workspace, and an event's folder is that of the events": (".", "event/my/event.yaml"),
    "the themes": ("templates", "templates/event/theme.toml"),
    "other themes": ("templates", "templates/other/theme.toml"),
    "a theme": ("templates/other", "templates/other/theme.toml"),
    "the outbox": ("outbox", f"outbox/{MARK}"),
    "an event's messages": ("outbox", f"outbox/event/{MARK}"),
    "a file": ("file", "file"),
    "a folder within a file": ("file/output", "file"),
    "a place where the event is a file": ("output", "output/event"),
    "a link to an event": ("output", "content/event/event.yaml"),
    "a link to a theme": ("output", "templates/event/theme.toml"),
    "a link to itself": ("output", "content/x"),
}


@pytest.mark.parametrize("what", PLACES)
def test_outputs_are_never_mixed_with_what_they_are_made_from(tmp_path: Path, what: str) -> None:
    output, there = PLACES[what]
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("" if there.endswith(MARK) else "mine")
    if "link" in what:
        (tmp_path / "output").mkdir()
        leads_to = (tmp_path / there).parent if "itself" not in what else "event"
        (tmp_path / "output/event").symlink_to(leads_to)
    before = {p: state(p) for p in tmp_path.rglob("*")}
    with pytest.raises(ReportBuilderError):
        put(tmp_path / output, a_pdf=b"1")
    after = {p: state(p) for p in tmp_path.rglob("*") if not p.name.endswith(".lock")}
    assert {path: kept[0] for path, kept in after.items()} == {
        path: kept[0] for path, kept in before.items()
    }
    assert (tmp_path / there).read_text() == ("" if there.endswith(MARK) else "mine")


def test_the_workspace_itself_may_hold_the_outputs(tmp_path: Path) -> None:
    for path in ("content/event/event.yaml", "templates/ours/theme.toml"):
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text("mine")
    put(tmp_path, a_pdf=b"1")
    assert (tmp_path / "event/a.pdf").read_bytes() == b"1"


@pytest.mark.parametrize("what", ["a file", "a link", "a folder"])
def test_a_lock_that_is_somebody_elses_file_is_named_and_stays(tmp_path: Path, what: str) -> None:
    (tmp_path / "elsewhere.txt").write_text("far")
    FOREIGN[what](tmp_path / ".event.lock")
    before = {p: state(p) for p in tmp_path.rglob("*")}
    with pytest.raises(ReportBuilderError, match="somebody has put something else here"):
        put(tmp_path, a_pdf=b"1")
    assert {p: state(p) for p in tmp_path.rglob("*")} == before


def test_new_folders_and_files_have_the_modes_that_others_have(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        put(tmp_path, a_pdf=b"1")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "event").stat().st_mode) == 0o750
    assert stat.S_IMODE((tmp_path / "event/a.pdf").stat().st_mode) == 0o640


def test_a_folder_in_which_only_outputs_were_goes_with_them_and_no_other_does(
    tmp_path: Path,
) -> None:
    put(tmp_path, a_pdf=b"1")
    folder = tmp_path / "event"
    manifest = json.loads((folder / "manifest.json").read_bytes())
    for name in ("web/page.html", "both/page.html"):
        (folder / name).parent.mkdir()
        (folder / name).write_text("ours")
        manifest["outputs"][name] = manifest["outputs"]["a.pdf"]
    (folder / "both/notes.txt").write_text("mine")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    put(tmp_path, a_pdf=b"2")
    assert files(folder) == {"a.pdf": b"2", "both/notes.txt": b"mine"}
    assert not (folder / "web").exists()
