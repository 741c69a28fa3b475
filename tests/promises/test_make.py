"""What is made is made once, recalled while nothing changes, and never recalled wrongly."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.conftest import REAL_EVENT, ROOT, Run

import report_builder.make
from report_builder import build, check, compiled, open_workspace
from report_builder.drawings import weasy
from report_builder.drawings.importing import import_weasyprint, text_engine
from report_builder.outcome import Outcome
from report_builder.schedule import content_jobs, document_jobs
from report_builder.store.cache import FOLDER_VARIABLE
from report_builder.workspace import Workspace

SMALL = """\
title: A day
language: en-GB
organiser: Northfield Council
sections:
  - type: prose
    title: Words
    body: We met, and talked.
    pictures: [{file: media/hall.svg, alt: A hall, consent: not-needed}]
  - type: feedback
    question: What matters?
    responses: answers.csv
"""
ANSWERS = "answer\nbuses\nparks\nbuses\n"
HALL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 4 2">'
    '<path d="M0 0h4v2z" fill="#00505C"/></svg>'
)
EVERYTHING = {"docx", "pdf", "poster"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is made in a cache of the test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with a small event."""
    return small(tmp_path / "workspace")


def small(root: Path) -> Path:
    """Make a folder a workspace with a small event."""
    write(root / "content/day/event.yaml", SMALL)
    write(root / "content/day/answers.csv", ANSWERS)
    write(root / "content/day/media/hall.svg", HALL)
    return root


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def own_copy(root: Path, name: str) -> None:
    """Let a workspace's theme have a file of its own that is as the shipped one."""
    path = root / "templates/default" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "templates/default" / name, path)


def made_anew(outcome: Outcome) -> set[str]:
    """Return the documents that were made anew."""
    return {label.partition(": ")[2] for label, _ in outcome.why} - {"", "content"}


def test_in_one_build_everything_is_done_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from report_builder.content import markdown
    from report_builder.html import document
    from report_builder.templating.renderer import Renderer
    from report_builder.templating.sandbox import Sandbox, sandbox_of

    sandbox_of.cache_clear()  # as in a new process, of a program that has just been installed
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / "compiled" / name)
    done: Counter[object] = Counter()

    def counted(holder: object, name: str, key: Callable[..., object]) -> None:
        real = getattr(holder, name)

        def call(*args: object, **kwargs: object) -> object:
            done[key(*args, **kwargs)] += 1
            return real(*args, **kwargs)

        monkeypatch.setattr(holder, name, call)

    counted(report_builder.make, "make", lambda job: ("make", job.label))
    counted(
        Renderer,
        "render",
        lambda own, template, **given: ("render", template, own.edition, given.get("card")),
    )
    counted(document.lxml_html, "document_fromstring", lambda html, *_: ("parse", hash(html)))
    counted(Sandbox, "compile", lambda _own, _source, name=None, *_, **__: ("compile", name))
    counted(markdown.MarkdownIt, "parse", lambda _own, source, *_: ("markdown", source))
    build(open_workspace(ROOT, output=tmp_path), [REAL_EVENT])
    assert {what for what, *_ in done} == {"make", "render", "parse", "compile", "markdown"}
    assert {key for key, times in done.items() if times > 1} == set()


def test_what_check_made_build_only_stores(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked = check(open_workspace(root))
    assert made_anew(checked) == EVERYTHING
    assert not (root / "output").exists()

    def never(job: object) -> None:
        raise AssertionError(job)

    monkeypatch.setattr(report_builder.make, "make", never)
    stored = build(open_workspace(root))
    assert stored.problems == checked.problems
    assert {p.name for p in stored.paths} >= {"report.pdf", "briefing.docx", "poster.pdf"}
    again = build(open_workspace(root))
    assert (again.paths, again.problems, again.why) == (stored.paths, stored.problems, ())


def test_what_is_up_to_date_is_neither_touched_nor_costs_an_import(root: Path) -> None:
    build(open_workspace(root))
    before = {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")}
    heavy = "weasyprint docx wordcloud lxml pydantic numpy jinja2 yaml PIL pikepdf fontTools"
    heavy += " multiprocessing"
    for verb in ("build", "check"):
        asked = f"""
import sys
from report_builder.cli import main
try:
    main(["--workspace", {str(root)!r}, "-q", {verb!r}])
finally:
    print({heavy.split()!r}, [name for name in {heavy.split()!r} if name in sys.modules])
"""
        done = subprocess.run(
            [sys.executable, "-c", asked], capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1].endswith(" []"), done.stdout
    assert before == {path: path.stat().st_mtime_ns for path in (root / "output").rglob("*")}


CHANGES: dict[str, tuple[Callable[[Path], object], set[str], str]] = {
    "a text": (
        lambda root: change(root / "content/day/event.yaml", "and talked", "and we talked"),
        EVERYTHING,
        "event/event.yaml changed",
    ),
    "answers": (
        lambda root: change(root / "content/day/answers.csv", "parks", "trees"),
        EVERYTHING,
        "event/answers.csv changed",
    ),
    "a picture": (
        lambda root: change(root / "content/day/media/hall.svg", "00505C", "5E153D"),
        {"pdf"},
        "event/media/hall.svg changed",
    ),
    "a style sheet": (
        lambda root: own_copy(root, "report.css"),
        {"pdf"},
        "templates:default/report.css is new",
    ),
    "the poster's style sheet": (
        lambda root: own_copy(root, "poster.css"),
        {"poster"},
        "templates:default/poster.css is new",
    ),
    "the reference document": (
        lambda root: own_copy(root, "briefing.docx"),
        {"docx"},
        "templates:default/briefing.docx is new",
    ),
    "a template of all": (
        lambda root: own_copy(root, "macros.html.j2"),
        EVERYTHING,
        "templates:default/macros.html.j2 is new",
    ),
    "a section's template": (
        lambda root: own_copy(root, "sections/prose.html.j2"),
        {"pdf"},
        "templates:default/sections/prose.html.j2 is new",
    ),
    "a template of messages": (
        lambda root: write(root / "templates/default/email.html.j2", "<p>Good morning</p>"),
        set(),
        "",
    ),
    "a setting of posters": (
        lambda root: write(root / "report-builder.toml", '[poster]\npaper = "A4"\n'),
        {"poster"},
        "poster.paper was A3, and is A4",
    ),
    "a setting of two formats": (
        lambda root: write(root / "report-builder.toml", 'pdf-standard = "ua-2"\n'),
        {"pdf", "poster"},
        "pdf.standard was unset, and is ua-2",
    ),
    "the colours of the cloud": (
        lambda root: write(root / "report-builder.toml", '[cloud]\ncolours = ["accent"]\n'),
        EVERYTHING,
        "workspace.cloud.colours was",
    ),
    "a rule that is off": (
        lambda root: write(root / "report-builder.toml", '[rules-off]\nacronym = "Known."\n'),
        set(),
        "",
    ),
    "a setting of messages": (
        lambda root: write(root / "report-builder.toml", 'web-address = "https://a.example/b"\n'),
        set(),
        "",
    ),
    "a colour of the theme": (
        lambda root: write(root / "templates/default/theme.toml", '[colours]\nink = "#000000"\n'),
        EVERYTHING,
        "theme.colours.ink was #1B2A33, and is #000000",
    ),
    "what is asked of texts": (
        lambda root: write(
            root / "templates/default/theme.toml", "[wording]\nreading_age = 9\nconsent = true\n"
        ),
        set(),
        "",
    ),
    "the time of a file": (
        lambda root: os.utime(root / "content/day/event.yaml", (1_000_000_000, 1_000_000_000)),
        set(),
        "",
    ),
    "a stray file": (
        lambda root: write(root / "content/day/Thumbs.db", "x"),
        set(),
        "",
    ),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a workspace and its cache, which one test after the other uses."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture
def own_theme(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with an empty folder for files of its own theme, in which all is made."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(place / "cache"))
    shutil.rmtree(place / "workspace", ignore_errors=True)
    root = small(place / "workspace")
    (root / "templates/default").mkdir(parents=True)
    build(open_workspace(root))
    return root


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_makes_just_those_documents_anew_that_depend_on_it(
    what: str, own_theme: Path
) -> None:
    act, anew, why = CHANGES[what]
    act(own_theme)
    outcome = build(open_workspace(own_theme))
    assert outcome.failed == ()
    assert made_anew(outcome) == anew
    reasons = [reason for label, reason in outcome.why if label.startswith("day: ") and why]
    assert not why or any(why in reason for reason in reasons), outcome.why
    assert made_anew(build(open_workspace(own_theme))) == set()


def test_an_option_makes_anew_what_it_is_for_and_taking_it_back_makes_nothing(root: Path) -> None:
    plain = open_workspace(root)
    build(plain)
    landscape = open_workspace(root, options={"poster": {"orientation": "landscape"}})
    assert made_anew(build(landscape)) == {"poster"}
    assert made_anew(build(plain)) == set()


@pytest.mark.parametrize(
    ("program", "anew"),
    [("python-docx", {"docx"}), ("pikepdf", {"pdf", "poster"}), ("jinja2", EVERYTHING)],
)
def test_another_version_of_a_program_makes_anew_what_it_draws(
    program: str, anew: set[str], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from report_builder import fingerprint

    build(open_workspace(root))
    versions = {**fingerprint.installed(), program: "0.0"}
    monkeypatch.setattr(fingerprint, "installed", lambda: versions)
    outcome = build(open_workspace(root))
    assert made_anew(outcome) == anew
    assert all(f"{program} was" in why for label, why in outcome.why if label.startswith("day: "))


def test_another_release_of_the_text_engine_makes_anew_what_it_sets(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_weasyprint()
    assert any("libpango" in path.name for path in text_engine())
    library = tmp_path / "libpango-1.0.so.0.5000.12"
    library.touch()
    monkeypatch.setattr(weasy, "text_engine", lambda: (library,))
    build(open_workspace(root))
    library.rename(tmp_path / "libpango-1.0.so.0.5600.3")
    outcome = build(open_workspace(root))
    assert made_anew(outcome) == {"pdf", "poster"}
    assert all(why == f"{library.as_posix()} is gone" for _, why in outcome.why)


def test_the_command_line_explains_why_and_forces(root: Path, run: Run) -> None:
    there = ("--workspace", str(root))
    assert "day: pdf: it was not made before" in run(*there, "build", "--explain").stderr
    assert "everything is up to date" in run(*there, "build", "--explain").stderr
    change(root / "content/day/event.yaml", "A day", "A long day")
    assert "day: docx: event/event.yaml changed" in run(*there, "docx", "--explain").stderr
    forced = run(*there, "build", "--explain", "--force").stderr
    assert forced.count("everything is to be made anew") == 6


def entries(cache: Path) -> Iterator[Path]:
    yield from (path for path in cache.rglob("*") if path.is_file())


SPOILS: dict[str, Callable[[Path], object]] = {
    "half written": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "empty": lambda path: path.write_bytes(b""),
    "one byte other": lambda path: path.write_bytes(
        path.read_bytes()[:-2] + bytes([path.read_bytes()[-2] ^ 1]) + path.read_bytes()[-1:]
    ),
    "deleted": lambda path: path.unlink(),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
}


@pytest.mark.parametrize("how", SPOILS)
def test_a_damaged_cache_is_never_used(how: str, root: Path, cache: Path) -> None:
    build(open_workspace(root))
    sound = contents(root)
    for path in list(entries(cache)):
        SPOILS[how](path)
    shutil.rmtree(root / "output")
    outcome = build(open_workspace(root))
    assert outcome.failed == ()
    assert contents(root) == sound


def contents(root: Path) -> dict[str, bytes]:
    output = root / "output"
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file()
    }


def test_a_cache_that_is_emptied_half_way_is_done_without(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(open_workspace(root))
    from report_builder import store

    put = store.put

    def empty_first(*args: object, **kwargs: object) -> object:
        shutil.rmtree(cache)
        return put(*args, **kwargs)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(store, "put", empty_first)
    assert build(open_workspace(root)).failed == ()
    assert "day/report.pdf" in contents(root)


def test_where_no_cache_can_be_kept_everything_is_made_all_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a-file", "no folder")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "a-file/cache"))
    assert build(open_workspace(root)).failed == ()
    assert made_anew(build(open_workspace(root))) == EVERYTHING


def test_the_cache_has_a_bound_and_deletes_nothing_of_anybody_elses(
    root: Path, cache: Path
) -> None:
    from report_builder.store.cache import open_cache

    build(open_workspace(root))
    write(cache / "files/notes.txt", "mine")
    write(cache / "jobs/0123", "mine")
    before = sum(path.stat().st_size for path in entries(cache))
    open_cache().prune(before // 2)
    assert sum(path.stat().st_size for path in entries(cache)) <= before // 2
    open_cache().prune(0)
    assert {path.name for path in entries(cache)} == {"notes.txt", "0123"}
    assert build(open_workspace(root)).failed == ()


def test_where_there_is_room_for_few_files_what_is_up_to_date_is_known_all_the_same(
    root: Path, cache: Path
) -> None:
    from report_builder.store.cache import open_cache

    build(open_workspace(root), only=["docx"])
    open_cache().prune(sum(p.stat().st_size for p in entries(cache) if p.parent.name != "files"))
    assert not list((cache / "files").iterdir())
    assert build(open_workspace(root), only=["docx"]).why == ()


def test_the_fault_of_one_event_never_stops_another(root: Path, run: Run) -> None:
    write(root / "content/wrong/event.yaml", "titel: Wrong\n")
    write(root / "content/late/event.yaml", SMALL.replace("media/hall.svg", "media/none.svg"))
    write(root / "content/late/answers.csv", ANSWERS)
    done = run("--workspace", str(root), "build", code=1)
    assert "Built: day." in done.stderr
    assert "Not built: late, wrong." in done.stderr
    assert "event.yaml:1:1: error" in done.stderr
    assert sorted(path.name for path in (root / "output").iterdir() if path.is_dir()) == ["day"]
    told = json.loads(run("--workspace", str(root), "build", "--format", "json", code=1).stdout)
    assert (told["built"], told["not_built"]) == (["day"], ["late", "wrong"])


def test_an_event_with_a_fault_keeps_what_was_built_before(root: Path) -> None:
    build(open_workspace(root))
    before = contents(root)
    change(root / "content/day/event.yaml", "title: A day", "titel: A day")
    assert build(open_workspace(root)).failed == ("day",)
    assert contents(root) == before


def jobs(workspace: Workspace) -> list[report_builder.make.Job]:
    event = workspace.content / "day"
    return [*content_jobs(workspace, event), *document_jobs(workspace, event)]


def test_a_job_is_plain_and_makes_the_same_in_another_process(root: Path, tmp_path: Path) -> None:
    write(tmp_path / "jobs", "")
    (tmp_path / "jobs").write_bytes(pickle.dumps(jobs(open_workspace(root))))
    made = f"""
import pickle, sys
from pathlib import Path
from report_builder.make import make
jobs = pickle.loads(Path({str(tmp_path / "jobs")!r}).read_bytes())
sys.stdout.buffer.write(pickle.dumps([make(job) for job in jobs]))
"""
    done = subprocess.run([sys.executable, "-c", made], capture_output=True, check=True, cwd="/")
    elsewhere = pickle.loads(done.stdout)  # noqa: S301  # our own
    assert [report_builder.make.make(job) for job in jobs(open_workspace(root))] == elsewhere


def test_every_file_that_is_opened_is_traced(root: Path) -> None:
    """What Python opens below the event, the theme or the workspace is in the trace of the job."""
    theme, event = root / "templates/ours", root / "content/day"
    shutil.copytree(ROOT / "templates/plain", theme)
    write(theme / "logo.svg", HALL)
    settings = (theme / "theme.toml").read_text("utf-8")
    write(theme / "theme.toml", f'logo = "logo.svg"\nlogo_alt = "Us"\n{settings}')
    change(event / "event.yaml", "body: We met, and talked.", "body: {file: talk.md}")
    change(event / "event.yaml", "answers.csv\n", "answers.csv\n    mask: media/hall.svg\n")
    write(event / "talk.md", "We met, and talked.\n")
    write(event / "event.pl.yaml", "title: Dzień\n")
    asked = f"""
import os, sys
opened = set()
def watch(what, args):
    if what == "open" and isinstance(args[0], (str, bytes, os.PathLike)):
        opened.add(os.path.realpath(os.fsdecode(args[0])))
sys.addaudithook(watch)
from report_builder import open_workspace
from report_builder.make import make
from report_builder.problems import stops
from report_builder.schedule import content_jobs, document_jobs, settings_job, theme_job
from report_builder.sources import noting
from report_builder.templating.chain import shipped_templates
workspace = open_workspace({str(root)!r}, theme="ours")
event = workspace.content / "day"
roots = [os.path.realpath(p) for p in (workspace.root, shipped_templates())]
looks = [settings_job(workspace), theme_job(workspace), *content_jobs(workspace, event)]
for job in [*looks, *(j for j in document_jobs(workspace, event) if not j.translation)]:
    opened.clear()
    with noting() as noted:
        made = make(job)
    assert made.files or (job in looks and not stops(made.problems)), made.problems
    below = {{path for path in opened if path.startswith(tuple(roots))}}
    told = {{os.path.realpath(path) for path, by_content in noted.items() if by_content}}
    missed = [p for p in below - told if not p.endswith("theme.toml")]  # traced by its values
    print(job.name, sorted(missed))
"""
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        f"{job} []"
        for job in ("settings", "theme", "content", "content pl", "docx", "pdf", "poster")
    ]


def test_every_program_that_takes_part_is_traced(root: Path) -> None:
    """What is imported while a job is done belongs to a distribution that it is traced by."""
    asked = f"""
import sys
from importlib.metadata import packages_distributions
from report_builder import open_workspace
from report_builder.make import make
from report_builder.plugins import canonical
from report_builder.schedule import document_jobs
workspace = open_workspace({str(root)!r})
jobs = document_jobs(workspace, workspace.content / "day")
(job,) = (job for job in jobs if job.document == sys.argv[1])
assert make(job).files
known = packages_distributions()
used = {{canonical(d) for name in sys.modules for d in known.get(name.partition(".")[0], ())}}
own = {{"report-builder", "setuptools"}}  # the latter is imported when Python starts
print(sorted(used - own - set(map(canonical, job.programs))))
"""
    for document in EVERYTHING:
        done = subprocess.run(
            [sys.executable, "-c", asked, document], capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "[]", document
