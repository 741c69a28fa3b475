"""What an officer has written stays: verbs add to it, change what they must, or refuse in words."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import ROOT

from report_builder.choices import find_theme
from report_builder.cli import main
from report_builder.cli.schema import SCHEMA_FILE, schema_text
from report_builder.content.translation import SOURCE
from report_builder.problems import ReportBuilderError
from report_builder.store.eject import eject_files
from report_builder.store.replace import replace_file


def call(root: Path, *arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["--workspace", str(root), *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.stdout + done.stderr
    return done


def test_new_keeps_its_schema_up_to_date(tmp_path: Path) -> None:
    call(tmp_path, "new", "one")
    schema = tmp_path / "content" / SCHEMA_FILE
    assert schema.read_text("utf-8") == schema_text()
    schema.write_text(json.dumps({**json.loads(schema.read_bytes()), "properties": {}}))
    schema.chmod(0o640)
    assert "stays" not in call(tmp_path, "new", "two").stderr
    assert schema.read_text("utf-8") == schema_text()
    assert schema.stat().st_mode & 0o777 == 0o640
    assert {path.name for path in schema.parent.iterdir()} == {"one", "two", SCHEMA_FILE}


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"title": "My own schema"}', "no JSON"])
def test_new_leaves_a_schema_that_is_not_ours_and_says_so(tmp_path: Path, kept: str) -> None:
    (tmp_path / "content").mkdir()
    schema = tmp_path / "content" / SCHEMA_FILE
    schema.write_text(kept)
    done = call(tmp_path, "new", "one")
    assert f"{SCHEMA_FILE} is not the program's, and stays as it is." in done.stderr
    assert schema.read_text() == kept
    assert (tmp_path / "content/one/event.yaml").exists()


def test_new_writes_no_schema_where_a_link_leads(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "far.json").write_text(schema_text().replace("}", "} "))
    before = (tmp_path / "far.json").read_bytes()
    (tmp_path / "content" / SCHEMA_FILE).symlink_to("../far.json")
    assert "stays" in call(tmp_path, "new", "one").stderr
    assert (tmp_path / "far.json").read_bytes() == before


@pytest.mark.parametrize("what", ["a folder", "a file", "a link to nowhere"])
@pytest.mark.parametrize("begin", [(), ("--from", "earlier")])
def test_new_touches_nothing_of_its_name(tmp_path: Path, what: str, begin: tuple[str, ...]) -> None:
    call(tmp_path, "new", "earlier")
    path = tmp_path / "content/one"
    match what:
        case "a folder":
            path.mkdir()
            (path / "notes.txt").write_text("mine")
        case "a file":
            path.write_text("mine")
        case _:
            path.symlink_to("gone")
    assert "already" in call(tmp_path, "new", "one", *begin, code=2).stderr
    assert not (tmp_path / "content/gone").exists()
    assert what != "a folder" or [p.name for p in path.iterdir()] == ["notes.txt"]
    assert what != "a file" or path.read_text() == "mine"


def test_of_two_that_begin_the_same_event_one_is_told_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "report_builder", "new", "one"]
    both = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    said = [process.communicate()[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 2]
    assert "Traceback" not in "".join(said)
    assert "already" in "".join(said)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("noted", [True, False])
@pytest.mark.parametrize("last", [True, False])
def test_translate_changes_one_line_of_an_officers_file(
    tmp_path: Path, mark: str, end: str, noted: bool, last: bool
) -> None:
    call(tmp_path, "new", "one")
    path = tmp_path / "content/one/event.pl.yaml"
    call(tmp_path, "translate", "one", "pl")
    line = re.search(rf"^{SOURCE}: \w+$", path.read_text("utf-8"), re.MULTILINE)
    assert line is not None
    lines = [
        *([f"{SOURCE}: 0000"] if noted else []),
        *("# Zażółć", "title:   'Wydarzenie'", "venue: a ", "", "organiser: b"),
    ]
    text = mark + end.join(lines) + (end if last else "")
    path.write_bytes(text.encode())
    path.chmod(0o640)
    call(tmp_path, "translate", "one", "pl")
    written = path.read_bytes().decode()
    expected = text.replace(f"{SOURCE}: 0000", line[0])
    assert written == (expected if noted else f"{mark}{line[0]}{end}{text.removeprefix(mark)}")
    assert path.stat().st_mode & 0o777 == 0o640
    assert {p.name for p in path.parent.glob("*event*")} == {"event.yaml", path.name}


def test_translate_leaves_a_file_in_another_encoding_and_one_that_a_link_hides(
    tmp_path: Path,
) -> None:
    call(tmp_path, "new", "one")
    path = tmp_path / "content/one/event.cy.yaml"
    path.write_bytes("title: Tŷ\n".encode("utf-16"))
    before = path.read_bytes()
    assert "cannot be written" in call(tmp_path, "translate", "one", "cy", code=1).stderr
    assert path.read_bytes() == before
    path.unlink()
    path.symlink_to("kept.yaml")
    call(tmp_path, "translate", "one", "cy", code=1)
    assert not (path.parent / "kept.yaml").exists()
    (path.parent / "kept.yaml").write_text("title: Tŷ\n", "utf-8")
    call(tmp_path, "translate", "one", "cy")
    assert path.is_symlink()
    assert (path.parent / "kept.yaml").read_text("utf-8").endswith("\ntitle: Tŷ\n")


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("before")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", refuse)
        with pytest.raises(OSError, match="No space"):
            replace_file(path, b"after")
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]
    with monkeypatch.context() as patch:
        patch.setattr("os.access", lambda *_: False)  # an administrator may write everywhere
        with pytest.raises(PermissionError):
            replace_file(path, b"after")
    replace_file(path, b"after")
    assert path.read_text() == "after"


@pytest.mark.parametrize("what", ["a file", "a link to nowhere"])
def test_eject_overwrites_nothing(tmp_path: Path, what: str) -> None:
    theme = find_theme("default", tmp_path / "templates")
    folder = tmp_path / "templates/ours"
    folder.mkdir(parents=True)
    if what == "a file":
        (folder / "report.css").write_text("mine")
    else:
        (folder / "report.css").symlink_to("../../far.css")
    with pytest.raises(ReportBuilderError, match="yours already"):
        eject_files(theme, tmp_path / "templates", "ours", ["theme.toml", "report.css"])
    assert [path.name for path in folder.iterdir()] == ["report.css"]
    assert not (tmp_path / "far.css").exists()


def test_eject_takes_back_what_it_copied_when_it_cannot_go_on(tmp_path: Path) -> None:
    theme = find_theme("default", tmp_path / "templates")
    folder = tmp_path / "templates/ours"
    folder.mkdir(parents=True)
    (folder / "sections").write_text("mine")
    files = ["report.css", "sections/prose.html.j2", "theme.toml"]
    with pytest.raises(ReportBuilderError, match="Nothing was copied"):
        eject_files(theme, tmp_path / "templates", "ours", files)
    assert [path.name for path in folder.iterdir()] == ["sections"]
    shutil.rmtree(tmp_path / "templates")
    (tmp_path / "templates").write_text("mine")
    assert "cannot be made" in call(tmp_path, "theme", "eject", "report.css", code=1).stderr


def documented() -> list[str]:
    """Return the command by which CONTRIBUTING.md has the reference document made."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    (command,) = re.findall(r"`(python -m report_builder\.writers\.\S+ \S+\.docx)`", text)
    return shlex.split(command)


def parts(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_documented_command_makes_the_shipped_reference_document(tmp_path: Path) -> None:
    _, *options, shipped = documented()
    made = tmp_path / "made.docx"
    subprocess.run([sys.executable, *options, str(made)], cwd=ROOT, check=True)
    assert parts(made) == parts(ROOT / shipped)


def test_the_command_overwrites_no_document_that_somebody_changed(tmp_path: Path) -> None:
    _, *options, _ = documented()
    (tmp_path / "mine.docx").write_text("mine")
    for arguments in (["mine.docx"], [], ["a.docx", "b.docx"]):
        done = subprocess.run(
            [sys.executable, *options, *arguments],
            cwd=tmp_path,
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 1
        said = "mine.docx is there already" if arguments == ["mine.docx"] else "usage: python -m "
        assert done.stderr.startswith(said)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.docx"]
    assert (tmp_path / "mine.docx").read_text() == "mine"
