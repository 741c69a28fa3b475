"""The command line teaches, answers at once, and never shows an officer a traceback."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click import Context
from tests.conftest import REAL_EVENT, ROOT, Run
from tests.tools.office import text_of

from report_builder.cli import main
from report_builder.cli.new import KINDS
from report_builder.content.loader import load

HEAVY = (
    "weasyprint",
    "docx",
    "wordcloud",
    "matplotlib",
    "pydantic",
    "jinja2",
    "PIL",
    "lxml",
    "yaml",
    "sqlite3",
    "smtplib",
    "email_validator",
    "css_inline",
)
VERBS = main.list_commands(Context(main))
SMALL = "title: A small event\nsections: [{type: prose, title: One, body: Words.}]\n"


def heavy(arguments: list[str]) -> list[str]:
    """Return which heavy modules are imported for a command line."""
    program = (
        "import sys\n"
        "from report_builder.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        f"print('HEAVY', *[m for m in {HEAVY!r} if m in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return done.stdout.rpartition("HEAVY")[2].split()


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["new", "--help"], ["send", "--help"], ["nonsense"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert heavy(arguments) == []


def test_help_of_a_format_loads_its_choices_alone() -> None:
    for verb in ("build", "check", "pdf", "docx", "wordcloud"):
        assert heavy([verb, "--help"]) == ["pydantic"], verb  # which says what can be chosen


def test_help_names_every_command_and_how_to_begin(run: Run) -> None:
    shown = run("--help").stdout
    assert all(re.search(rf"^  {verb} ", shown, re.MULTILINE) for verb in VERBS)
    assert "report-builder new my-event" in shown
    for verb in VERBS:
        assert "Usage: " in run(verb, "--help").stdout


def test_every_command_is_documented() -> None:
    documented = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert all(f"report-builder {verb}" in documented for verb in VERBS)


def test_a_mistyped_command_is_answered_with_the_nearest(run: Run) -> None:
    assert "Did you mean “build”?" in run("biuld", code=2).stderr


def test_the_first_event_in_an_empty_folder(tmp_path: Path, run: Run) -> None:
    assert "content/my-event/event.yaml" in run("new", "my-event", cwd=tmp_path).stdout
    found = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert {problem["severity"] for problem in found} <= {"advice"}
    done = run("build", cwd=tmp_path)
    names = (
        "briefing.docx report.pdf poster.pdf poster.png wordcloud.svg wordcloud.csv manifest.json"
    )
    for name in names.split():
        assert f"output/my-event/{name} " in done.stdout
        assert (tmp_path / "output/my-event" / name).stat().st_size > 100
    assert "My event" in (tmp_path / "content/my-event/event.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["../evil", "My Event", "a/b", "", "ünï"])
def test_new_wants_a_name_that_can_be_a_folder(tmp_path: Path, run: Run, name: str) -> None:
    assert "Did you mean" in run("new", name, cwd=tmp_path, code=2).stderr
    assert not list(tmp_path.rglob("event.yaml"))


@pytest.mark.parametrize(
    ("number", "said", "unsaid"),
    [(0, "Other formats", "Ask us."), (1, "Ask us.", "Other formats")],
)
def test_a_part_of_a_report_can_be_replaced_as_the_docs_say(
    event: Callable[..., Path], tmp_path: Path, run: Run, number: int, said: str, unsaid: str
) -> None:
    event(SMALL)
    blocks = re.findall(
        r"```jinja\n(.*?)```", (ROOT / "docs/themes.md").read_text("utf-8"), re.DOTALL
    )
    theme = tmp_path / "templates/our-council"
    theme.mkdir(parents=True)
    (theme / "report.html.j2").write_text(blocks[number])
    run("pdf", "--theme", "our-council", cwd=tmp_path)
    text = text_of(tmp_path / "output/an-event/report.pdf")
    assert said in text
    assert "Words." in text
    assert unsaid not in text


def test_an_output_that_there_is_nothing_for_is_a_problem(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    assert "nothing to make a poster of" in run("wordcloud", cwd=tmp_path, code=1).stderr


def test_check_finds_what_a_build_would_stumble_over(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(
        "title: T\norganiser: 𓀀\nsections:\n"
        "  - {type: prose, title: A, body: '☕ and 𓀁'}\n"
        "  - {type: prose, title: A, body: '# Same'}\n"
        '  - {type: prose, title: A 2, body: "## One\\n\\n#### Two"}\n'
        "briefing: {purpose: '<video>'}\n"
    )
    found = json.loads(run("check", "--format", "json", cwd=tmp_path, code=1).stdout)
    errors = [(p["code"], p["line"]) for p in found if p["severity"] == "error"]
    assert errors == [("no-glyph", 2), ("no-glyph", 4), ("heading-order", 6)]


def test_rules_are_listed_and_can_be_switched_off_for_a_reason(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    listed = json.loads(run("check", "--list-rules", "--format", "json", cwd=tmp_path).stdout)
    assert len(listed) > 15
    assert "acronym" in run("check", "--list-rules", cwd=tmp_path).stdout
    event("title: T\nsections: [{type: prose, body: See the ABCD.}]\n")
    settings = tmp_path / "report-builder.toml"
    assert "[acronym]" in run("check", cwd=tmp_path).stdout
    settings.write_text('[rules-off]\nacronym = "Everyone knows it."\n')
    assert "[acronym]" not in run("check", cwd=tmp_path).stdout
    settings.write_text('[rules-off]\nacronym = ""\n')
    assert "without a reason" in run("check", cwd=tmp_path, code=1).stdout


def test_only_rules_that_are_no_errors_can_be_switched_off(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    settings = tmp_path / "report-builder.toml"
    settings.write_text('[rules-off]\ncontrast = "It looks nicer."\nacronim = "Known."\n')
    said = run("check", cwd=tmp_path, code=1).stdout
    assert "“contrast” cannot be switched off." in said
    assert "Did you mean “acronym”?" in said
    settings.write_text("[pre-election]\nfrom = 2027-03-20\n")
    assert "needs a first and a last day" in run("check", cwd=tmp_path, code=1).stdout


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_beginning_builds_as_it_is(kind: str, tmp_path: Path, run: Run) -> None:
    run("new", "my-event", "--kind", kind, cwd=tmp_path)
    run("build", cwd=tmp_path)
    assert "My event" in text_of(tmp_path / "output/my-event/report.pdf")


def test_a_copy_of_an_event_has_its_own_title_and_no_date(workspace: Path, run: Run) -> None:
    folder = workspace / "content" / REAL_EVENT
    (folder / "event.pl.yaml").write_text("title: Wydarzenie\n")
    (workspace / "content" / REAL_EVENT / "partners.csv").write_text("email\na@a.example\n")
    run("new", "next-year", "--from", REAL_EVENT, cwd=workspace)
    assert not (workspace / "content/next-year/partners.csv").exists()
    copy = load(workspace / "content/next-year").event
    assert copy is not None
    assert copy.title == "Next year"
    assert copy.date is None
    assert copy.people == load(folder).event.people  # type: ignore[union-attr]  # it has no faults
    assert not (workspace / "content/next-year/event.pl.yaml").exists()


def test_a_short_event_is_fifteen_lines_and_builds(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    text = """\
title: A short event
sections:
  - type: prose
    title: Why we met
    body: To talk about homes.
  - type: feedback
    title: What you told us
    question: What matters most?
    responses: [Warm homes, Buses, Warm homes]
  - type: actions
    title: Next steps
    items: [Write to the bus company]
"""
    assert 8 <= len(text.splitlines()) <= 15
    event(text)
    run("build", cwd=tmp_path)
    made = {path.name for path in (tmp_path / "output/an-event").iterdir()}
    assert {"report.pdf", "briefing.docx", "poster.pdf", "wordcloud.svg"} <= made


def test_a_translation_is_begun_and_later_noted_to_agree(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    folder = event("title: Warm homes\nsections: [{type: prose, title: Why, body: Because.}]\n")
    run("translate", "an-event", "pl", cwd=tmp_path)
    path = folder / "event.pl.yaml"
    begun = path.read_text("utf-8")
    assert "title:  # Warm homes\n" in begun
    path.write_text(begun.replace("title:  # Warm homes", "title: Ciepłe domy"), "utf-8")
    assert "[translation-old]" not in run("check", cwd=tmp_path).stdout
    event("title: Warm homes\nsections: [{type: prose, title: Why, body: Because so.}]\n")
    assert (
        "event.pl.yaml:4:13: warning: event.yaml has changed" in run("check", cwd=tmp_path).stdout
    )
    run("translate", "an-event", "pl", cwd=tmp_path)
    said = run("check", cwd=tmp_path).stdout
    assert "[translation-old]" not in said
    assert "Not yet translated into “pl”: sections 1 body." in said
    run("pdf", cwd=tmp_path)
    text = text_of(tmp_path / "output/an-event/report.pl.pdf")
    assert "Ciepłe domy" in text
    assert "Because so." in text
    assert "code" in run("translate", "an-event", "polski", cwd=tmp_path, code=2).stderr


def test_a_text_in_a_file_of_its_own_is_printed(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    folder = event("title: T\nsections: [{type: prose, title: One, body: {file: talk.md}}]\n")
    (folder / "talk.md").write_text("The talk was long.\n\n- and good\n")
    run("pdf", cwd=tmp_path)
    text = text_of(tmp_path / "output/an-event/report.pdf")
    assert "The talk was long." in text
    assert "and good" in text


def test_new_never_overwrites(tmp_path: Path, run: Run) -> None:
    run("new", "my-event", cwd=tmp_path)
    assert "already" in run("new", "my-event", cwd=tmp_path, code=2).stderr


def test_errors_stop_a_build_and_leave_what_was_there(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    run("build", cwd=tmp_path)
    output = tmp_path / "output/an-event"
    before = {p: p.read_bytes() for p in output.iterdir()}
    event(SMALL + "datee: 2024-01-01\n")
    event(SMALL, "another")
    done = run("build", cwd=tmp_path, code=1)
    assert "content/an-event/event.yaml:3:1: error: There is no field “datee” here." in done.stderr
    assert "    datee: 2024-01-01\n    ^\n    Did you mean “date”?" in done.stderr
    assert "Not built: an-event." in done.stderr
    assert {p: p.read_bytes() for p in output.iterdir()} == before
    # One event's errors keep no other from being built.
    assert "Built: another." in done.stderr
    assert (tmp_path / "output/another/report.pdf").is_file()


def test_check_says_when_nothing_is_wrong(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(
        f"{SMALL}people: {{a: A}}\n"
        "briefing: {purpose: x, lead_officer: X, portfolio_holder: a, wards: x, contact: X,\n"
        "  implications: {legal: None}}\n"
    )
    assert run("check", cwd=tmp_path).stdout == "Nothing is wrong with an-event.\n"
    assert json.loads(run("check", "--format", "json", cwd=tmp_path).stdout) == []


def test_an_unknown_event_is_named_with_the_nearest(run: Run) -> None:
    for verb in ("check", "build", "pdf"):
        done = run(verb, "health-equity-twon", code=1)
        assert f"Did you mean “{REAL_EVENT}”?" in done.stdout + done.stderr


def test_an_empty_workspace_says_how_to_begin(tmp_path: Path, run: Run) -> None:
    assert "report-builder new my-event" in run("build", cwd=tmp_path, code=1).stderr


def test_one_format_is_made_and_the_others_are_kept(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    run("build", cwd=tmp_path)
    manifest = tmp_path / "output/an-event/manifest.json"
    before = json.loads(manifest.read_bytes())
    event(SMALL.replace("Words", "Other words"))
    assert "briefing" not in run("pdf", cwd=tmp_path).stdout
    after = json.loads(manifest.read_bytes())
    assert after["outputs"]["briefing.docx"] == before["outputs"]["briefing.docx"]
    assert after["outputs"]["report.pdf"] != before["outputs"]["report.pdf"]
    assert after["jobs"]["docx"] == before["jobs"]["docx"]
    made_from = [
        manifest["jobs"]["pdf"]["files"]["event/event.yaml"] for manifest in (before, after)
    ]
    assert made_from[0] != made_from[1]


def test_workspace_output_and_theme_can_be_chosen(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    run(
        "--workspace",
        str(tmp_path),
        "docx",
        "--output",
        str(tmp_path / "elsewhere"),
        "--theme",
        "default",
    )
    assert (tmp_path / "elsewhere/an-event/briefing.docx").is_file()
    assert (
        "There is no theme called “plian”"
        in run("pdf", "--theme", "plian", cwd=tmp_path, code=1).stderr
    )
    (tmp_path / "report-builder.toml").write_text('otput = "x"\n')
    assert "Did you mean “output”?" in run("check", cwd=tmp_path, code=1).stdout


def test_output_that_cannot_be_written_is_a_problem(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    (tmp_path / "output").write_text("a file, where a folder should be")
    said = run("docx", cwd=tmp_path, code=1).stderr
    assert "The files cannot be written: this is a file, and not a folder." in said
    assert 'output = "DIR" in the settings' in said


def test_progress_is_shown_on_a_terminal_alone(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    assert "Making" not in run("docx", cwd=tmp_path).stderr
    assert "an-event: docx: " in run("-v", "docx", "--force", cwd=tmp_path).stderr
    assert run("-q", "docx", cwd=tmp_path).stdout == ""
    assert run("docx", "-q", cwd=tmp_path).stdout == ""
    assert "an-event: docx: " in run("docx", "-v", "--force", cwd=tmp_path).stderr
    outer, inner = pty.openpty()
    subprocess.run(
        [sys.executable, "-m", "report_builder", "docx", "--force"],
        cwd=tmp_path,
        stderr=inner,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert b"Making an-event: docx" in os.read(outer, 10_000)
    os.close(inner)
    os.close(outer)


def test_the_shell_completes_verbs_and_events() -> None:
    def complete(words: str) -> str:
        variables = {"_REPORT_BUILDER_COMPLETE": "bash_complete", "COMP_WORDS": words,
                     "COMP_CWORD": str(len(words.split(" ")) - 1)}  # fmt: skip
        program = str(Path(sys.executable).parent / "report-builder")
        return subprocess.run(
            [program],
            env={**os.environ, **variables},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert "plain,build" in complete("report-builder bu")
    assert f"plain,{REAL_EVENT}" in complete("report-builder build hea")


def test_settings_say_which_editions_are_built(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    event(SMALL)
    settings = tmp_path / "report-builder.toml"
    settings.write_text('editions = ["standard", "large-print"]\n')
    run("build", cwd=tmp_path)
    made = {path.name for path in (tmp_path / "output/an-event").iterdir()}
    assert {"report.pdf", "report.large-print.pdf", "briefing.docx"} <= made
    assert "briefing.large-print.docx" not in made
    settings.write_text('editions = ["large-prin"]\npdf-standard = "ua-1"\n')
    assert "Did you mean “large-print”?" in run("build", cwd=tmp_path, code=1).stderr
    settings.write_text('pdf-standard = "ua-3"\n')
    assert "There is no PDF standard called “ua-3”." in run("build", cwd=tmp_path, code=1).stderr


def test_the_plain_theme_is_two_files_and_passes(
    event: Callable[..., Path], tmp_path: Path, run: Run
) -> None:
    assert {path.name for path in (ROOT / "templates/plain").iterdir()} == {
        "theme.toml",
        "report.css",
    }
    event(SMALL)
    run("build", "--theme", "plain", cwd=tmp_path)
    said = run("verify", str(tmp_path / "output/an-event/report.pdf")).stdout
    assert "PDF/UA-1 and PDF/A-2a" in said


@pytest.mark.parametrize("given", [("--jobs", "2"), ("--scheduler", "tcp://cluster.example:8786")])
def test_what_watching_cannot_use_is_refused(given: tuple[str, str], run: Run) -> None:
    assert "leave --jobs and --scheduler out" in run("build", "--watch", *given, code=2).stderr
