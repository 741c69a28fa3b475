"""The outbox is a folder that the program made and marked; nothing of anybody else's is touched."""

from __future__ import annotations

import os
import re
import resource
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report_builder.cli import main
from report_builder.post.drafts import write_messages
from report_builder.post.message import compose, enclose
from report_builder.problems import ReportBuilderError
from report_builder.settings.mail import Mailbox
from report_builder.store.mark import MARK, listed, set_mark
from report_builder.writers.email.body import Body
from tests.mail.conftest import EVENT

PARTNERS = "name,email\nAnn,ann@a.example\nBo,bo@b.example\n"
SETTINGS = "report-builder.toml"


def picture(folder: Path) -> dict[str, tuple[int, object]]:
    """Return the mode and content of all that is in a folder, and of the folder itself."""

    def look(path: Path) -> tuple[int, object]:
        mode = path.lstat().st_mode
        if path.is_symlink():
            return mode, path.readlink()
        return mode, path.read_bytes() if path.is_file() else None

    return {p.relative_to(folder).as_posix(): look(p) for p in (folder, *folder.rglob("*"))}


@pytest.fixture
def desk(built_event: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with built documents and two partners; home is beside it."""
    root = tmp_path / "desk"
    shutil.copytree(built_event, root)
    (root / "content" / EVENT / "partners.csv").write_text(PARTNERS)
    (root / "templates/ours").mkdir(parents=True)
    (root / "templates/ours/theme.toml").write_text('extends = "default"\n')
    home = tmp_path / "home"
    (home / "documents").mkdir(parents=True)
    (home / "letter.txt").write_text("Dear Ann")
    monkeypatch.setenv("HOME", str(home))
    return root


def call(root: Path, *arguments: str, code: int = 0) -> Result:
    done = CliRunner().invoke(main, ["--workspace", str(root), *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.stdout + done.stderr
    return done


def link(name: str, leads_to: str) -> Callable[[Path], None]:
    return lambda root: (root / name).symlink_to(root / leads_to)


def write(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("mine")

    return make


def nothing(_root: Path) -> None:
    """Leave the workspace as it is."""


ELSEWHERE: dict[str, tuple[str, Callable[[Path], None]]] = {
    # what the settings name, and what there is
    "the events": ("content", nothing),
    "the events, in another way": ("./outbox/../content/", nothing),
    "an event": (f"content/{EVENT}", nothing),
    "a folder to be made within an event": (f"content/{EVENT}/outbox", nothing),
    "the documents": ("output", nothing),
    "an event's documents": (f"output/{EVENT}", nothing),
    "a folder to be made within the documents": ("output/outbox", nothing),
    "the themes": ("templates", nothing),
    "a theme": ("templates/ours", nothing),
    "a folder to be made within the themes": ("templates/outbox", nothing),
    "the workspace": (".", nothing),
    "nothing": ("", nothing),
    "what holds the workspace": ("..", nothing),
    "the whole drive": ("/", nothing),
    "the home folder": ("HOME", nothing),
    "a folder of somebody's": ("HOME/documents", write("../home/documents/notes.txt")),
    "a folder with a hidden file": ("mine", write("mine/.hidden")),
    "a folder with an empty folder": ("mine", lambda root: (root / "mine/a").mkdir(parents=True)),
    "a link to the events": ("link", link("link", "content")),
    "a link to an event": ("link", link("link", f"content/{EVENT}")),
    "a link to the documents": ("link", link("link", "output")),
    "a link to the workspace": ("link", link("link", ".")),
    "a folder within a link to the events": ("link/outbox", link("link", "content")),
    "a link to itself": ("link", link("link", "link")),
    "a file": ("notes.txt", write("notes.txt")),
    "the settings": (SETTINGS, nothing),
    "a folder within a file": ("notes.txt/outbox", write("notes.txt")),
    "a name that no system has": ("out\\u0000box", nothing),
    "a name that is too long": ("x" * 300, nothing),
    "a mark that is a link": ("mine", lambda root: (
        (root / "mine").mkdir(), (root / "empty").touch(),
        link(f"mine/{MARK}", "empty")(root))[0]),
    "a mark that is somebody's": ("mine", lambda root: write(f"mine/{MARK}")(root)),
    "an outbox that lost its mark": ("mine", write("mine/ledger.sqlite3")),
}  # fmt: skip


@pytest.mark.parametrize("what", ELSEWHERE)
def test_an_outbox_that_is_not_ours_is_a_fault_of_the_settings_and_stays_as_it_is(
    desk: Path, what: str
) -> None:
    named, prepare = ELSEWHERE[what]
    named = named.replace("HOME", os.environ["HOME"])
    (desk / SETTINGS).write_text(f'# Ours\ntheme = "default"\noutbox = "{named}"\n')
    prepare(desk)
    before = picture(desk.parent)
    for command in (("send", EVENT), ("outbox", "status"), ("outbox", "purge", EVENT, "--yes")):
        done = call(desk, *command, code=1)
        # A text that can be no folder's name is named at the text, all else at the setting.
        assert re.search(rf"{SETTINGS}:3:(1|10): error: .*\[(settings|outbox)\]", done.stderr)
        assert picture(desk.parent) == before


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("content", "that is where the events are"),
        (f"content/{EVENT}", "that is where the events are"),
        ("templates", "that is where themes are"),
        ("output", "that is where the documents are"),
        (".", "it holds what is not messages"),
        ("..", "it holds what is not messages"),
        ("../home", "it holds what is not messages"),
        ("notes.txt", "that is a file"),
    ],
)
def test_a_mark_makes_no_outbox_of_what_is_needed_for_something_else(
    desk: Path, named: str, said: str
) -> None:
    write("notes.txt")(desk)
    (desk / SETTINGS).write_text(f'outbox = "{named}"\n')
    if (desk / named).is_dir():
        set_mark(desk / named)
    before = picture(desk.parent)
    done = call(desk, "send", EVENT, code=1)
    assert f"The outbox cannot be “{named}”: {said}." in done.stderr
    assert picture(desk.parent) == before


def test_the_workspace_is_no_outbox_although_all_its_folders_are_elsewhere(desk: Path) -> None:
    for name in ("content", "output", "templates"):
        (desk / name).rename(desk.parent / name)
        (desk / name).symlink_to(desk.parent / name)
    (desk / SETTINGS).write_text('outbox = "."\n')
    set_mark(desk)
    assert "it holds what is not messages" in call(desk, "send", EVENT, code=1).stderr


def test_no_folder_is_an_outbox_that_holds_where_themes_are_to_be(desk: Path) -> None:
    shutil.rmtree(desk / "templates")
    (desk / "templates").symlink_to("further/templates")
    (desk / "further").mkdir()
    (desk / SETTINGS).write_text('outbox = "further"\n')
    assert "it holds what is not messages" in call(desk, "send", EVENT, code=1).stderr
    assert list((desk / "further").iterdir()) == []


def test_a_folder_of_the_default_name_that_is_not_ours_is_named(desk: Path) -> None:
    write("outbox/notes.txt")(desk)
    before = picture(desk)
    assert "outbox:1:1: error: The outbox cannot be" in call(desk, "send", EVENT, code=1).stderr
    assert picture(desk) == before


def test_the_program_makes_its_outbox_private_and_marks_it(desk: Path) -> None:
    call(desk, "send", EVENT)
    made = picture(desk / "outbox")
    assert {name for name in made if "/" not in name} == {
        *(".", ".gitignore", MARK, EVENT, f".{EVENT}.lock", "ledger.sqlite3"),
    }
    assert oct(made["."][0]) == oct(made[EVENT][0]) == "0o40700"
    private = [name for name in made if name.endswith((".eml", ".sqlite3"))]
    assert len(private) == 3
    assert {made[name][0] & 0o777 for name in private} == {0o600}
    assert (desk / "outbox/.gitignore").read_text() == "*\n"


def test_an_empty_folder_is_taken_and_neither_its_mode_nor_git_is_told(desk: Path) -> None:
    (desk / "mine").mkdir(mode=0o755)
    (desk / SETTINGS).write_text('outbox = "mine"\n')
    before = (desk / "mine").stat().st_mode
    call(desk, "send", EVENT)
    call(desk, "send", EVENT)
    assert (desk / "mine").stat().st_mode == before
    assert not (desk / "mine/.gitignore").exists()
    assert len(list((desk / "mine" / EVENT).glob("*.eml"))) == 2


def test_an_outbox_may_lie_anywhere_else_and_be_reached_by_a_link(desk: Path) -> None:
    (desk / SETTINGS).write_text(f'outbox = "{desk.parent}/far/away/outbox"\n')
    call(desk, "send", EVENT)
    (desk / "link").symlink_to(desk.parent / "far/away/outbox")
    (desk / SETTINGS).write_text('outbox = "link"\n')
    call(desk, "send", EVENT)
    assert (desk.parent / "far/away").stat().st_mode & 0o777 != 0o700


def test_documents_may_lie_beside_the_outbox_in_the_workspace_itself(desk: Path) -> None:
    shutil.move(desk / "output" / EVENT, desk / EVENT)
    (desk / SETTINGS).write_text('output = "."\n')
    call(desk, "send", EVENT)
    assert len(list((desk / "outbox" / EVENT).glob("*.eml"))) == 2


def test_a_lost_mark_can_be_put_back(desk: Path) -> None:
    call(desk, "send", EVENT)
    (desk / "outbox" / MARK).unlink()
    assert MARK in call(desk, "send", EVENT, code=1).stderr
    (desk / "outbox" / MARK).touch()
    call(desk, "send", EVENT)


def test_what_somebody_made_open_or_shared_stays_so(desk: Path) -> None:
    call(desk, "send", EVENT)
    for path in (desk / "outbox", desk / "outbox" / EVENT, desk / "outbox/ledger.sqlite3"):
        path.chmod(0o775 if path.is_dir() else 0o664)
    (desk / "outbox/.gitignore").write_text("*.eml\n")
    call(desk, "send", EVENT)
    assert (desk / "outbox").stat().st_mode & 0o777 == 0o775
    assert (desk / "outbox" / EVENT).stat().st_mode & 0o777 == 0o775
    assert (desk / "outbox/ledger.sqlite3").stat().st_mode & 0o777 == 0o664
    assert (desk / "outbox/.gitignore").read_text() == "*.eml\n"


def test_a_dry_run_replaces_its_own_messages_alone(desk: Path) -> None:
    folder = desk / "outbox" / EVENT
    call(desk, "send", EVENT)
    assert sorted(path.name for path in folder.glob("*.eml")) == ["0001-ann.eml", "0002-bo.eml"]
    write(f"outbox/{EVENT}/notes.txt")(desk)
    write(f"outbox/{EVENT}/0003-mine.eml")(desk)
    write(f"outbox/{EVENT}/kept/0001-ann.eml")(desk)
    (desk / "content" / EVENT / "partners.csv").write_text("name,email\nCy,cy@c.example\n")
    call(desk, "send", EVENT)
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert left == {MARK, "0001-cy.eml", "notes.txt", "0003-mine.eml", "kept/0001-ann.eml"}
    assert set(listed(folder)) == {"0001-cy.eml"}
    assert "1 messages deleted" in purge(desk)
    assert left - {"0001-cy.eml"} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    assert "1 in " in purge(desk)
    assert (folder / "0003-mine.eml").read_text() == "mine"


def purge(root: Path) -> str:
    """Forget a mailing that is noted as confirmed, and return what is said."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(root / "outbox/ledger.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE mailing SET confirmed=1")
    return call(root, "outbox", "purge", EVENT, "--yes").stdout


def test_there_may_be_no_messages_to_delete(desk: Path) -> None:
    call(desk, "send", EVENT)
    shutil.rmtree(desk / "outbox" / EVENT)
    assert "0 messages deleted" in purge(desk)


def test_one_events_dry_run_leaves_anothers_messages(desk: Path) -> None:
    call(desk, "send", EVENT)
    before = picture(desk / "outbox" / EVENT)
    for part in ("content", "output"):
        shutil.copytree(desk / part / EVENT, desk / part / "other")
    manifest = desk / "output/other/manifest.json"
    manifest.write_text(manifest.read_text().replace(EVENT, "other"))
    call(desk, "pdf", "other")
    call(desk, "send", "other")
    assert picture(desk / "outbox" / EVENT) == before


@pytest.mark.parametrize("change", ["edited", "somebody's", "a link", "a folder"])
def test_a_message_that_is_not_as_it_was_written_is_named_and_stays(
    desk: Path, change: str
) -> None:
    path = desk / "outbox" / EVENT / "0001-ann.eml"
    if change != "somebody's":
        call(desk, "send", EVENT)
        content = path.read_bytes()
        path.unlink()
    match change:
        case "edited":
            path.write_bytes(content + b"More")
        case "somebody's":
            write(f"outbox/{EVENT}/0001-ann.eml")(desk)
            (desk / "outbox" / MARK).touch()
        case "a link":
            (desk / "kept.eml").write_bytes(content)
            path.symlink_to(desk / "kept.eml")
        case "a folder":
            path.mkdir()
    before = picture(desk)
    done = call(desk, "send", EVENT, code=1)
    assert f"{EVENT}/0001-ann.eml:1:1: error: The program would write a message here" in done.stderr
    after = picture(desk)
    for name in (f"outbox/{EVENT}/0001-ann.eml", "kept.eml"):
        assert after.get(name) == before.get(name)


def test_a_link_in_place_of_an_events_messages_is_not_followed(desk: Path) -> None:
    call(desk, "send", EVENT)
    shutil.rmtree(desk / "outbox" / EVENT)
    (desk / "outbox" / EVENT).symlink_to(desk / "content" / EVENT)
    before = picture(desk / "content")
    assert "This is a link" in call(desk, "send", EVENT, code=1).stderr
    assert "This is a link" in call_purge(desk)
    assert picture(desk / "content") == before


def call_purge(root: Path) -> str:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(root / "outbox/ledger.sqlite3")) as ledger, ledger:
        ledger.execute("UPDATE mailing SET confirmed=1")
    return call(root, "outbox", "purge", EVENT, "--yes", code=1).stderr


def test_a_disk_that_is_full_leaves_no_half_message(tmp_path: Path) -> None:
    """Let no file grow beyond 50 kB, as a disk does that is full."""
    sender = Mailbox("", "events@council.example")
    enclosure = replace(enclose([]), content=b"x" * 100_000)
    body = Body("Report", "<p>Dear all</p>", "Dear all", "en-GB")
    message = compose(sender, None, sender, body, "<1@council.example>", 0, enclosure)
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, usual[1]))
    try:
        with pytest.raises(ReportBuilderError, match="File too large"):
            write_messages(tmp_path, EVENT, [("0001-ann", message)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert list((tmp_path / EVENT).glob("*.eml")) == []
    (path,) = write_messages(tmp_path, EVENT, [("0001-ann", message)])
    assert path.stat().st_size == message.size


LISTS = {
    # how the list is written, and what it says after two more
    "ours": (b"", "address,since,reason\n{a},{day},à lui\n{b},{day},à lui\n"),
    "commas": (b"address,since,reason\nx@x.example,,\n",
               "address,since,reason\nx@x.example,,\n{a},{day},à lui\n{b},{day},à lui\n"),
    "semicolons of Excel": (b"address;since;reason\r\nx@x.example;;\r\n",
        "address;since;reason\r\nx@x.example;;\r\n{a};{day};à lui\r\n{b};{day};à lui\r\n"),
    "addresses alone": (b"x@x.example\ny@y.example\n", "x@x.example\ny@y.example\n{a}\n{b}\n"),
    "two columns": (b"email,when\nx@x.example,\n",
                    "email,when\nx@x.example,\n{a},{day}\n{b},{day}\n"),
    "a mark and no last line end": ("\ufeffx@x.example".encode(), "\ufeffx@x.example\n{a}\n{b}\n"),
    "Windows-1252": ("x@x.example,,Zoë\n".encode("cp1252"),
                     "x@x.example,,Zoë\n{a},{day},à lui\n{b},{day},à lui\n"),
}  # fmt: skip


@pytest.mark.parametrize("how", LISTS)
def test_the_list_of_who_wants_nothing_grows_as_it_is_written_and_keeps_its_mode(
    desk: Path, how: str
) -> None:
    import datetime as dt

    from report_builder.post.suppression import read_suppressed

    path = desk / "suppressed.csv"
    before, after = LISTS[how]
    if before:
        path.write_bytes(before)
        path.chmod(0o664)
    call(desk, "suppress", "a@a.example", "b@b.example", "--reason", "à lui")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    said = path.read_bytes().decode("cp1252" if how == "Windows-1252" else "utf-8")
    assert said == after.format(a="a@a.example", b="b@b.example", day=today)
    assert path.stat().st_mode & 0o777 == (0o664 if before else 0o600)
    assert {"a@a.example", "b@b.example"} < {
        *(one.address for one in read_suppressed(path)),
        "x@x.example",
    }


@pytest.mark.parametrize("how", ["UTF-16", "a workbook"])
def test_a_list_that_cannot_be_added_to_stays_as_it_is(desk: Path, how: str) -> None:
    from openpyxl import Workbook

    path = desk / "suppressed.csv"
    if how == "UTF-16":
        path.write_bytes("address\nx@x.example\n".encode("utf-16"))
    else:
        book = Workbook()
        book.active.append(["x@x.example"])
        book.save(path)
    before = path.read_bytes()
    assert "CSV UTF-8" in call(desk, "suppress", "a@a.example", code=1).stderr
    assert path.read_bytes() == before
