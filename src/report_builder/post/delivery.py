"""A run: one message after another over one connection, each step in the ledger first."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from report_builder.post import ledger as ledgers
from report_builder.post.ledger import Ledger
from report_builder.post.message import Message
from report_builder.post.schema import State
from report_builder.post.transport import LaterError, Outcome, Server, StopError
from report_builder.problems import Position, error
from report_builder.settings.names import SETTINGS_FILE

TRIES = 5  # of one message in one run
REFUSALS = 5  # one after another, and nothing taken: then it is the server, not the recipients
_WAIT_LOST, _WAIT_TOLD = 0.5, 5.0  # seconds before the second try: connection lost, “later” said
_GROWTH = 4
_SERVICE_CLOSES = 421


@dataclass(frozen=True)
class Pace:
    """The least time between two messages, and how long to wait for a server, in seconds."""

    interval: float
    patience: float


def deliver(
    ledger: Ledger,
    queue: Sequence[ledgers.Message],
    compose: Callable[[ledgers.Message], Message],
    connect: Callable[[], Server],
    pace: Pace,
    report: Callable[[int], None],
    stop: threading.Event,
) -> None:
    """Send what is queued or deferred, until it is done, patience ends, or ``stop`` is set.

    What became of each message stands in the ledger. ``report`` hears how many are done.
    `StopError` says why no message would get through.
    """
    _Run(ledger, compose, connect, pace, stop).deliver(queue, report)


def wait_before(attempt: int, outcome: Outcome) -> float:
    """Return how many seconds to wait after a failed attempt (the first is 1), with some chance.

    The chance keeps several runs from coming back together.
    """
    lost = outcome.code in (0, _SERVICE_CLOSES)
    base = _WAIT_LOST if lost else _WAIT_TOLD
    growth = float(_GROWTH ** (attempt - 1))
    return base * growth * random.uniform(0.5, 1.5)  # noqa: S311  # no secret


class _Run:
    def __init__(
        self,
        ledger: Ledger,
        compose: Callable[[ledgers.Message], Message],
        connect: Callable[[], Server],
        pace: Pace,
        stop: threading.Event,
    ) -> None:
        self.ledger, self.compose, self.connect = ledger, compose, connect
        self.pace, self.stop = pace, stop
        self.server: Server | None = None
        self.next = self.calm = time.monotonic()
        self.sent = 0
        self.refused: list[ledgers.Message] = []

    def deliver(self, queue: Sequence[ledgers.Message], report: Callable[[int], None]) -> None:
        pending = {message.person: message for message in queue}
        due = {message.person: message.not_before for message in queue}
        tries = dict.fromkeys(pending, 0)
        try:
            while pending and not self.stop.is_set():
                ready = [person for person in pending if due[person] <= time.time()]
                if not ready and not self._wait(min(due[p] for p in pending) - time.time()):
                    return
                for person in ready:
                    if self.stop.wait(max(0.0, self.next - time.monotonic())):
                        return
                    if (server := self._connected()) is None:
                        return
                    tries[person] += 1
                    due[person], again = self._try(server, pending[person], tries[person])
                    if not again or tries[person] >= TRIES:
                        del pending[person]
                    report(len(queue) - len(pending))
        finally:
            if self.server:
                self.server.close()

    def _try(self, server: Server, message: ledgers.Message, attempt: int) -> tuple[float, bool]:
        """Try to send a message; return when to try it again, and whether."""
        self.next = time.monotonic() + self.pace.interval
        ready = self.compose(message)
        where = (message.mailing, message.person)
        self.ledger.mark(*where, State.SENDING)
        sender = ready.sender.address
        try:
            outcome = server.deliver(
                sender,
                message.address,
                ready.parts,
                before_end=lambda: self.ledger.mark(*where, State.COMMITTING),
            )
        except StopError:
            self.ledger.mark(*where, State.QUEUED, reply="the run was stopped")
            raise
        again = outcome.state is State.DEFERRED
        due = time.time() + wait_before(attempt, outcome) if again else 0
        self.ledger.mark(
            *where, outcome.state, code=outcome.code, reply=outcome.reply, not_before=due
        )
        self._consider(message, outcome)
        return due, again

    def _consider(self, message: ledgers.Message, outcome: Outcome) -> None:
        """Stop the run where the server refuses one recipient after another, and takes none."""
        if outcome.state is State.SENT:
            self.sent, self.calm = self.sent + 1, time.monotonic()
        self.refused = [*self.refused, message] if outcome.state is State.FAILED else []
        if self.sent or len(self.refused) < REFUSALS:
            return
        for one in self.refused:
            self.ledger.mark(one.mailing, one.person, State.QUEUED, reply="the run was stopped")
        text = f"The server refused {REFUSALS} recipients one after another: {outcome.reply}."
        hint = "They are still to be sent. Ask who runs the server whether it sends for you."
        raise StopError([error("smtp-refused", Position(SETTINGS_FILE), text, hint)])

    def _connected(self) -> Server | None:
        """Return the open connection, or a new one as soon as the server lets us in.

        It is ``None`` where the run is asked to stop before that.
        """
        attempt = 0
        while self.server is None or not self.server.is_open:
            try:
                self.server = self.connect()
            except LaterError as reason:
                attempt += 1
                waited = self._wait(wait_before(min(attempt, TRIES), Outcome(State.DEFERRED)))
                if self.stop.is_set():
                    return None
                if not waited:
                    text = f"The server cannot be reached: {reason}."
                    hint = "Run the same command again later: it goes on where it stopped."
                    raise StopError(
                        [error("smtp-later", Position(SETTINGS_FILE), text, hint)]
                    ) from None
        return self.server

    def _wait(self, seconds: float) -> bool:
        """Wait; return whether it could be done before patience ends, and without being stopped.

        Patience begins anew with each message that is sent.
        """
        if time.monotonic() + seconds > self.calm + self.pace.patience:
            return False
        return not self.stop.wait(max(0.0, seconds))
