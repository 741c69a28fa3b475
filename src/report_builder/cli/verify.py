"""Look into finished PDF and Word files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report_builder.cli.run import EXIT_PROBLEMS

if TYPE_CHECKING:
    from report_builder.checks.verify import Verdict


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
    help="json prints a list with each file's claims and faults.",
)
def command(files: tuple[Path, ...], tree: bool, read_aloud: bool, form: str) -> None:
    """Say whether PDF and Word files, from here or from anywhere, can be read by everyone.

    A PDF is held to PDF/UA-1, to PDF/A-2a if it says that it follows it, and to rules over its
    structure tree that no standard has; a Word file to the rules of Word's own checker and to
    some more. The exit code is 1 when a file is not accessible.
    """
    from report_builder.checks.verify import UnreadableFileError, verify
    from report_builder.readback.aloud import read_aloud as said
    from report_builder.readback.structure import outline

    rows, failed = [], False
    for path in files:
        try:
            verdict = verify(path.read_bytes())
        except (UnreadableFileError, OSError):
            failed = True
            message = (
                "This is neither a PDF nor a Word file, or it is damaged, or locked by a password."
            )
            rows.append({"file": path.as_posix(), "error": message})
            if form == "text":
                click.echo(f"{path.as_posix()}: {message}", err=True)
            continue
        failed |= not verdict.is_accessible
        rows.append(_row(path, verdict))
        if form == "text":
            _print(path, verdict)
            if verdict.tree and tree:
                click.echo(outline(verdict.tree), nl=False)
            if verdict.tree and read_aloud:
                click.echo("\n".join(said(verdict.tree)))
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    if failed:
        raise SystemExit(EXIT_PROBLEMS)


def _row(path: Path, verdict: Verdict) -> dict[str, Any]:
    return {
        "file": path.as_posix(),
        "claims": list(verdict.claims),
        "accessible": verdict.is_accessible,
        "faults": [
            {
                "standard": f.standard,
                "rule": f.rule,
                "message": f.message,
                "count": f.count,
                "serious": f.serious,
            }
            for f in verdict.faults
        ],
    }


def _print(path: Path, verdict: Verdict) -> None:
    claims = " and ".join(verdict.claims)
    colour, word = ("green", "accessible") if verdict.is_accessible else ("red", "not accessible")
    said = f"; it says it follows {claims}" if claims else ""
    click.echo(f"{path.as_posix()}: {click.style(word, fg=colour, bold=True)}{said}.")
    for standard in dict.fromkeys(fault.standard for fault in verdict.faults):
        click.echo(f"  {standard}")
        for fault in verdict.faults:
            if fault.standard == standard:
                times = f" ({fault.count} times)" if fault.count > 1 else ""
                times += "" if fault.serious else " (advice)"
                click.echo(f"    {fault.rule}: {fault.message}{times}")
