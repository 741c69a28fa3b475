"""What ends a command has an exit code of its own, and each is told in the docs."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.conftest import ROOT

import report_builder
from report_builder import open_workspace
from report_builder.cli import main
from report_builder.cli.post import EXIT_SOME, EXIT_UNKNOWN
from report_builder.cli.run import EXIT_PROBLEMS, reports_problems
from report_builder.post.ledger import LockedError, only_run
from report_builder.post.outbox import open_outbox
from report_builder.post.transport import StopError
from report_builder.problems import Position, ReportBuilderError, error

CODES = {ReportBuilderError: 1, StopError: 1, LockedError: 75}


def call(root: Path, *arguments: str) -> Result:
    done = CliRunner().invoke(main, ["--workspace", str(root), *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def kinds(kind: type[ReportBuilderError]) -> Iterator[type[ReportBuilderError]]:
    yield kind
    for one in kind.__subclasses__():
        yield from kinds(one)


def test_there_are_few_kinds_of_errors_and_each_has_its_code() -> None:
    for module in pkgutil.walk_packages(report_builder.__path__, "report_builder."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    ours = [one for one in kinds(ReportBuilderError) if one.__module__.startswith("report_builder")]
    assert {one: one.exit_code for one in ours} == CODES


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_a_verb_ends_with_the_code_of_what_ended_it_and_in_words(
    kind: type[ReportBuilderError],
) -> None:
    @click.command()
    @reports_problems
    def verb() -> None:
        raise kind([error("some-code", Position("a.yaml", 2, 3), "This is wrong.", "Mend it.")])

    done = CliRunner().invoke(verb)
    assert done.exit_code == CODES[kind]
    said = "a.yaml:2:3: error: This is wrong. [some-code]\n    Mend it.\n1 error.\n"
    assert done.stderr == said


def test_a_bug_of_ours_is_no_error_of_the_officers() -> None:
    @click.command()
    @reports_problems
    def verb() -> None:
        raise KeyError("a bug")

    assert isinstance(CliRunner().invoke(verb).exception, KeyError)


@pytest.mark.parametrize("verb", ["purge", "resolve"])
def test_while_another_run_is_sending_it_is_said_what_to_do(tmp_path: Path, verb: str) -> None:
    outbox = open_outbox(open_workspace(tmp_path))
    options = {"purge": ("--yes",), "resolve": ("--all", "--resend")}
    with only_run(outbox):
        done = call(tmp_path, "outbox", verb, "my-event", *options[verb])
    assert done.exit_code == LockedError.exit_code
    assert f"{outbox.as_posix()}:1:1: error: Another run is sending. [locked]" in done.stderr
    assert "Wait for its end, then run this again." in done.stderr
    done = call(tmp_path, "outbox", verb, "my-event", *options[verb])
    assert done.exit_code == EXIT_PROBLEMS
    assert "There is no mailing called “my-event”." in done.stderr


def test_the_docs_tell_each_code() -> None:
    usual, of_send = re.split(r"`send` has some of its own", _chapter())
    assert _codes(usual) == {0, EXIT_PROBLEMS, click.UsageError.exit_code}
    codes_of_send = {0, EXIT_PROBLEMS, EXIT_SOME, EXIT_UNKNOWN, LockedError.exit_code}
    assert _codes(of_send) == codes_of_send
    assert _codes((ROOT / "docs/sending.md").read_text("utf-8")) == codes_of_send
    told = re.search(r"The exit code is (.*?)\n\n", call(ROOT, "send", "--help").stdout, re.DOTALL)
    assert told
    assert {int(number) for number in re.findall(r"\b\d+\b", told[1])} == codes_of_send


def _chapter() -> str:
    text = (ROOT / "docs/commands.md").read_text("utf-8")
    (chapter,) = re.findall(r"## Exit codes\n(.*?)\n## ", text, re.DOTALL)
    return str(chapter)


def _codes(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
