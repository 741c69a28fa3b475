"""An event's outputs change together, or not at all; files of others are left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from report_builder import store
from report_builder.problems import ReportBuilderError

MANIFEST = b'{"outputs": {"a.pdf": {}, "b.docx": {}}}'


def files(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def put(output: Path, *, complete: bool = True, **artefacts: bytes) -> None:
    named = {name.replace("_", "."): content for name, content in artefacts.items()}
    store.put(output, "event", named, complete=complete)


def test_what_is_put_is_there(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2")
    assert files(tmp_path) == {"event/a.pdf": b"1", "event/b.docx": b"2"}


def test_a_complete_build_clears_its_own_old_files_and_leaves_those_of_others(
    tmp_path: Path,
) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2", manifest_json=MANIFEST)
    (tmp_path / "event/notes.txt").write_text("mine")
    put(tmp_path, a_pdf=b"3", manifest_json=MANIFEST)
    assert files(tmp_path / "event") == {
        "a.pdf": b"3", "manifest.json": MANIFEST, "notes.txt": b"mine"
    }  # fmt: skip


def test_a_part_of_a_build_leaves_the_other_parts(tmp_path: Path) -> None:
    put(tmp_path, a_pdf=b"1", b_docx=b"2", manifest_json=MANIFEST)
    put(tmp_path, complete=False, a_pdf=b"3", manifest_json=MANIFEST)
    assert files(tmp_path / "event")["b.docx"] == b"2"


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


@pytest.mark.parametrize("moment", range(1, 9))
def test_a_build_killed_at_any_step_leaves_all_old_or_all_new(tmp_path: Path, moment: int) -> None:
    """Kill the process at the n-th change of the file system, then look, then build again."""
    put(tmp_path, a_pdf=b"old", b_docx=b"old")
    program = f"""
import os, signal, sys
from pathlib import Path
from report_builder import store
steps = 0
def watch(event, arguments):
    global steps
    if event in ("os.rename", "os.mkdir", "shutil.rmtree", "os.rmdir") or (
        event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]
    ):
        steps += 1
        if steps == {moment}:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
store.put(Path({str(tmp_path)!r}), "event", {{"a.pdf": b"new", "b.docx": b"new"}}, complete=True)
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, env={**os.environ})
    assert done.returncode in (-signal.SIGKILL, 0)
    store.recover(tmp_path, "event")
    assert set(files(tmp_path / "event").values()) in ({b"old"}, {b"new"})
    put(tmp_path, a_pdf=b"newer", b_docx=b"newer")
    assert set(files(tmp_path / "event").values()) == {b"newer"}
