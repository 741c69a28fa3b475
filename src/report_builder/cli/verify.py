"""Look into finished PDF and Word files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report_builder.cli.run import EXIT_PROBLEMS, print_problems
from report_builder.problems import Position, Problem, advice, private

if TYPE_CHECKING:
    from report_builder.verification import Verdict


@click.command("verify")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)
@click.option("--tree", is_flag=True, help="Print the structure tree, an element a line.")
@click.option("--read-aloud", is_flag=True, help="Print what a screen reader would say.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json prints a list of {severity, code, path, line, column, message, hint}.",
)
def command(files: tuple[Path, ...], tree: bool, read_aloud: bool, form: str) -> None:
    """Say whether PDF and Word files, from here or from anywhere, can be read by everyone.

    A PDF is held to PDF/UA-1, to PDF/A-2a if it says that it follows it, and to rules over its
    structure tree that no standard has; a Word file to the rules of Word's own checker and to
    some more. The exit code is 1 when a file is not accessible.
    """
    from report_builder.readback.aloud import read_aloud as said
    from report_builder.readback.structure import outline

    found: list[Problem] = []
    failed = False
    for path, verdict in _verdicts(files):
        failed |= not verdict.is_accessible
        found += [*verdict.problems, *_claims(path, verdict)]
        if form == "text":
            _print(path, verdict)
            if verdict.tree and tree:
                click.echo(outline(verdict.tree), nl=False)
            if verdict.tree and read_aloud:
                click.echo("\n".join(said(verdict.tree)))
    if form == "json":
        rows = [problem.as_dict() for problem in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    if failed:
        raise SystemExit(EXIT_PROBLEMS)


def _verdicts(files: tuple[Path, ...]) -> Iterator[tuple[Path, Verdict]]:
    """Yield what is found in each file; one that cannot be read does not stop the others."""
    from report_builder.verification import Verdict, unreadable, verify

    for path in files:
        try:
            content = path.read_bytes()
        except OSError:
            yield path, Verdict((unreadable(Position(path.as_posix())),))
        else:
            yield path, verify(content, path.as_posix())


def _claims(path: Path, verdict: Verdict) -> Iterator[Problem]:
    if verdict.claims:
        message = f"It says it follows {' and '.join(verdict.claims)}."
        hint = "This is what the file says of itself, and no fault."
        yield advice("pdf-claims", Position(path.as_posix()), message, hint)


def _print(path: Path, verdict: Verdict) -> None:
    colour, word = ("green", "accessible") if verdict.is_accessible else ("red", "not accessible")
    said = f"; it says it follows {' and '.join(verdict.claims)}" if verdict.claims else ""
    click.echo(f"{path.as_posix()}: {click.style(word, fg=colour, bold=True)}{said}.")
    print_problems(private(verdict.problems))  # the first line of such a file is no text
