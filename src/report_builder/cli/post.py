"""What the verbs of sending share: their exit codes, and how they open what they need."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING, Any

import click

from report_builder.cli.run import Settings
from report_builder.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from report_builder.post.ledger import Ledger
    from report_builder.post.schema import State

EXIT_SOME = 3
EXIT_UNKNOWN = 4

json_or_text = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json is for other programs to read.",
)


@contextmanager
def open_ledger(workspace: Workspace, *, alone: bool = False) -> Iterator[Ledger]:
    """Give the workspace's ledger, with what a killed run left settled; ``alone`` to send from it.

    While another run is sending, nothing is settled, and nobody else may be ``alone``.
    """
    from report_builder.post.ledger import Ledger, LockedError, only_run
    from report_builder.post.outbox import open_outbox

    outbox = open_outbox(workspace)
    with only_run(outbox) if alone else nullcontext(), Ledger(outbox) as ledger:
        if ledger.has_unfinished:
            with suppress(LockedError), nullcontext() if alone else only_run(outbox):
                again, unknown = ledger.recover()
                said = f"{again} to send again, {unknown} unknown."
                click.echo(f"An earlier run was cut off: {said}", err=True)
        yield ledger


def workspace_of(settings: Settings, **given: Any) -> Workspace:
    """Return the workspace that the options before the verb name."""
    return open_workspace(settings.workspace, **given)


@contextmanager
def stops_gently() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C sets: the message on its way is finished, then the run ends.

    A second Ctrl-C ends it at once; what is on its way then may be unknown.
    """
    stop = threading.Event()

    def ask(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        click.echo("\nStopping after this message. Once more to stop at once.", err=True)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ask_password(username: str) -> str:
    """Ask whoever sits at the terminal for the password; it is not shown."""
    return str(click.prompt(f"Password for {username}", hide_input=True, err=True))


def asker() -> Callable[[str], str] | None:
    """Return how to ask for a password, where somebody is there to be asked."""
    return ask_password if sys.stdin.isatty() and sys.stderr.isatty() else None


def in_words(counts: dict[State, int]) -> str:
    """Return how many messages are where, as “40 sent, 2 deferred”."""
    return ", ".join(f"{number} {state.value}" for state, number in counts.items()) or "none"
