"""An event's outputs change together, or not at all; files of others are left alone."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from report_builder import store
from report_builder.problems import ReportBuilderError

OURS = {"a.pdf", "b.docx"}


def files(folder: Path) -> dict[str, bytes]:
    """Return the files in a folder but for the manifest and the lock."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name not in ("manifest.json", ".event.lock")
    }


def put(output: Path, *, complete: bool = True, **artefacts: bytes) -> None:
    named = {name.replace("_", "."): content for name, content in artefacts.items()}
    store.put(output, "event", named, {"event": "event"}, complete=complete)


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
        store.put(tmp_path, "event", {name: b"x"}, {}, complete=False)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(build, names * 5))
    assert sorted(files(tmp_path / "event")) == names
    assert sorted(json.loads((tmp_path / "event/manifest.json").read_bytes())["outputs"]) == names


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


@pytest.mark.parametrize("moment", range(1, 17))
@pytest.mark.parametrize("exchange", [True, False])
def test_a_build_killed_at_any_step_leaves_all_old_or_all_new(
    tmp_path: Path, moment: int, exchange: bool
) -> None:
    """Kill the process at the n-th change of the file system, then look, then build again."""
    put(tmp_path, a_pdf=b"old", b_docx=b"old")
    program = f"""
import ctypes, os, signal
from pathlib import Path
from report_builder import store
steps = 0
def watch(event, arguments):
    global steps
    if event in ("os.rename", "os.mkdir", "shutil.rmtree", "os.rmdir", "ctypes.dlopen") or (
        event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]
    ):
        steps += 1
        if steps == {moment}:
            os.kill(os.getpid(), signal.SIGKILL)
import sys
sys.addaudithook(watch)
if not {exchange}:
    ctypes.CDLL = lambda *_, **__: object()
files = {{"a.pdf": b"new", "b.docx": b"new"}}
store.put(Path({str(tmp_path)!r}), "event", files, {{}}, complete=True)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode in (-signal.SIGKILL, 0)
    assert moment > 1 or done.returncode == -signal.SIGKILL
    assert moment < 16 or done.returncode == 0
    if exchange:
        assert set(files(tmp_path / "event").values()) in ({b"old"}, {b"new"})
    put(tmp_path, a_pdf=b"newer", b_docx=b"newer")
    assert files(tmp_path) == {"event/a.pdf": b"newer", "event/b.docx": b"newer"}
