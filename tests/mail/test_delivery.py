"""A run keeps its pace, waits longer each time, and gives up when patience ends."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from report_builder.post.delivery import Pace, deliver, wait_before
from report_builder.post.ledger import Entry, Ledger, Message
from report_builder.post.message import Message as Mail
from report_builder.post.message import compose, enclose
from report_builder.post.schema import State
from report_builder.post.transport import Outcome, Server, StopError
from report_builder.settings.mail import Mailbox, MailSettings
from report_builder.writers.email.body import Body
from tests.tools.script import Script

SENDER = Mailbox("", "events@council.example")


class Recorded(threading.Event):
    """A stop that nobody asks for, which notes how long it is waited for, and does not wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0)
        return False


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path) as made:
        made.prepare("event", "event", 0, 0)
        entries = [
            Entry(f"p{n}", f"p{n}@a.example", "", "", f"<{n}@a>", 0, ("report.pdf",))
            for n in range(4)
        ]
        made.queue("event", entries, {}, 4)
        yield made


def run(ledger: Ledger, script: Script, pace: Pace, stop: threading.Event) -> None:
    def write(message: Message) -> Mail:
        to = Mailbox("", message.address)
        body = Body("Report", "<p>Words", "Words", "en")
        return compose(SENDER, None, to, body, message.message_id, 0, enclose([]))

    mail = MailSettings("", "127.0.0.1", script.port, security="none", auth="none", sender=SENDER)
    try:
        queue = ledger.messages("event")
        deliver(ledger, queue, write, lambda: Server(mail, None, 5), pace, lambda _: None, stop)
    finally:
        script.close()


def test_messages_keep_their_distance(ledger: Ledger) -> None:
    stop = Recorded()
    run(ledger, Script({}), Pace(600, 900), stop)
    assert ledger.counts("event") == {State.SENT: 4}
    first, *others = stop.waits
    assert first == 0
    assert [round(wait, -2) for wait in others] == [600, 600, 600]


@pytest.mark.parametrize(("code", "base"), [(0, 0.5), (421, 0.5), (450, 5)])
def test_each_wait_is_longer_than_the_one_before_with_some_chance(code: int, base: float) -> None:
    outcome = Outcome(State.DEFERRED, code)
    for attempt in range(1, 6):
        waits = [wait_before(attempt, outcome) for _ in range(50)]
        expected = base * 4 ** (attempt - 1)
        assert all(expected / 2 <= wait <= expected * 1.5 for wait in waits)
        assert len(set(waits)) > 1


def test_without_patience_whoever_is_put_off_stays_deferred(ledger: Ledger) -> None:
    run(ledger, Script({"RCPT": "450 4.2.0 greylisted"}), Pace(0, 0), threading.Event())
    assert ledger.counts("event") == {State.DEFERRED: 4}
    assert all(m.attempts == 1 and m.not_before > 0 for m in ledger.messages("event"))


def test_a_server_that_cannot_be_reached_stops_the_run_when_patience_ends(ledger: Ledger) -> None:
    with pytest.raises(StopError, match="cannot be reached"):
        run(ledger, Script({"greeting": "421 busy"}), Pace(0, 0), threading.Event())
    assert ledger.counts("event") == {State.QUEUED: 4}


def test_whoever_asks_to_stop_is_heard_between_two_messages(ledger: Ledger) -> None:
    stop = threading.Event()
    stop.set()
    run(ledger, Script({}), Pace(0, 0), stop)
    assert ledger.counts("event") == {State.QUEUED: 4}
