"""How a run that goes on by itself ends: with Ctrl-C, and well."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

_Step = TypeVar("_Step")


class Ending:
    """Ctrl-C: at once where nothing is being made, else between two documents, or when repeated.

    What is interrupted anywhere could be a document half drawn that is taken for whole.
    """

    def __init__(self) -> None:
        self.is_wanted, self._at_once = False, False

    def want(self, *_: object) -> None:
        """Be told that Ctrl-C was pressed."""
        again, self.is_wanted = self.is_wanted, True
        if again or self._at_once:
            raise KeyboardInterrupt

    def heed(self) -> None:
        """End if that is wanted."""
        if self.is_wanted:
            raise KeyboardInterrupt

    def heeding(self, progress: Callable[[_Step], None]) -> Callable[[_Step], None]:
        """Return a progress that heeds before each step."""

        def step(label: _Step) -> None:
            self.heed()
            progress(label)

        return step

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let Ctrl-C end what is done meanwhile."""
        self._at_once = True
        try:
            self.heed()
            yield
        finally:
            self._at_once = False


@contextmanager
def until_interrupted() -> Iterator[Ending]:
    """Give what Ctrl-C is heeded by; what it ends has ended as it should."""
    ending = Ending()
    before: Any = signal.signal(signal.SIGINT, ending.want)
    try:
        yield ending
    except KeyboardInterrupt:
        click.echo(err=True)  # after the “^C” of the terminal
    finally:
        signal.signal(signal.SIGINT, before)
