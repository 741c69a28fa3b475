"""The ledger lets only happen what can, forgets nobody who has it, and says when it lies."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from report_builder.post import outbox
from report_builder.post.ledger import (
    LEDGER_FILE,
    Entry,
    Ledger,
    LockedError,
    only_run,
    without_addresses,
)
from report_builder.post.schema import MOVES, State
from report_builder.problems import ReportBuilderError
from report_builder.workspace import open_workspace
from tests.mail.conftest import EVENT, Office, people

# How a message gets into each state.
WAYS: dict[State, tuple[State, ...]] = {
    State.QUEUED: (),
    State.SENDING: (State.SENDING,),
    State.COMMITTING: (State.SENDING, State.COMMITTING),
    State.SENT: (State.SENDING, State.COMMITTING, State.SENT),
    State.DEFERRED: (State.SENDING, State.DEFERRED),
    State.FAILED: (State.SENDING, State.FAILED),
    State.UNKNOWN: (State.SENDING, State.COMMITTING, State.UNKNOWN),
    State.SKIPPED: (State.SKIPPED,),
}


_INSERT = (
    "INSERT INTO message(mailing, person, place, message_id, date, documents, changed, state)"
    " SELECT mailing, 'x', 2, '', 0, '', 0, 'sent' FROM message"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path) as made:
        made.prepare("event", "event", 0, 0)
        yield made


def queue(ledger: Ledger, *addresses: str) -> list[str]:
    persons = [ledger.person(address) for address in addresses]
    entries = [
        Entry(person, address, "Kit", "Hospice", f"<{person}@council.example>", 0, ("report.pdf",))
        for person, address in zip(persons, addresses, strict=True)
    ]
    ledger.queue("event", entries, {"report.pdf": "0" * 64}, len(entries))
    return persons


def in_state(ledger: Ledger, state: State) -> str:
    (person,) = queue(ledger, "kit@hospice.example")
    for step in WAYS[state]:
        ledger.mark("event", person, step)
    return person


@pytest.mark.parametrize(("was", "now"), list(itertools.product(State, State)))
def test_a_message_moves_only_where_it_may(ledger: Ledger, was: State, now: State) -> None:
    person = in_state(ledger, was)
    if now in MOVES[was]:
        ledger.mark("event", person, now)
    else:
        with pytest.raises(sqlite3.IntegrityError, match="cannot move so"):
            ledger.mark("event", person, now)
    (message,) = ledger.messages("event")
    assert message.state is (now if now in MOVES[was] else was)
    assert [row["state"] for row in ledger.history("event")][-1] == message.state
    assert list(ledger.faults()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM message",
        "DELETE FROM history",
        "UPDATE history SET state='queued'",
        "UPDATE message SET state='queued' WHERE state='sent'",
        _INSERT,
    ],
)
def test_the_file_itself_refuses_to_forget(ledger: Ledger, statement: str) -> None:
    in_state(ledger, State.SENT)
    with closing(sqlite3.connect(ledger.path)) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute(statement)


def test_a_killed_run_leaves_a_doubt_only_where_the_server_may_have_taken_it(
    ledger: Ledger,
) -> None:
    first, second, third = queue(ledger, "a@a.example", "b@a.example", "c@a.example")
    ledger.mark("event", first, State.SENDING)
    ledger.mark("event", second, State.SENDING)
    ledger.mark("event", second, State.COMMITTING)
    assert ledger.recover() == (1, 1)
    states = {message.person: message.state for message in ledger.messages("event")}
    assert states == {first: State.QUEUED, second: State.UNKNOWN, third: State.QUEUED}


def test_queueing_again_changes_nothing_that_was_sent(ledger: Ledger) -> None:
    in_state(ledger, State.SENT)
    before = ledger.messages("event")
    queue(ledger, "kit@hospice.example")
    assert ledger.messages("event") == before


def dump(ledger: Ledger) -> list[str]:
    with closing(sqlite3.connect(ledger.path)) as other:
        return list(other.iterdump())


def test_queueing_that_fails_half_way_changes_nothing(ledger: Ledger) -> None:
    queue(ledger, "kit@hospice.example")
    before = dump(ledger)
    good = Entry(ledger.person("a"), "a@a.example", "A", "", "<a@a>", 0, ("report.pdf",))
    bad = Entry(ledger.person("b"), "b@a.example", "B", "", None, 0, ())  # type: ignore[arg-type]
    documents = {"report.pdf": "1" * 64, "briefing.docx": "2" * 64}
    with pytest.raises(sqlite3.IntegrityError):
        ledger.queue("event", [good, bad], documents, 9)
    assert dump(ledger) == before
    ledger.queue("event", [good], documents, 2)  # and the ledger goes on
    assert len(ledger.messages("event")) == 2
    mailing = ledger.mailing("event")
    assert mailing is not None
    assert mailing.confirmed == 2
    assert mailing.documents == documents


def test_a_change_that_is_broken_off_is_taken_back_at_once(ledger: Ledger) -> None:
    queue(ledger, "kit@hospice.example")
    before = dump(ledger)

    def change() -> None:
        with ledger._change():
            ledger._db.execute("UPDATE mailing SET confirmed=99")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        change()
    assert not ledger._db.in_transaction
    assert dump(ledger) == before


def test_nothing_is_marked_for_somebody_who_has_no_message(ledger: Ledger) -> None:
    before = dump(ledger)
    with pytest.raises(LookupError, match="no message for nobody"):
        ledger.mark("event", "nobody", State.SENDING)
    assert dump(ledger) == before


def test_neither_history_nor_replies_hold_an_address(ledger: Ledger) -> None:
    (person,) = queue(ledger, "kit@hospice.example")
    ledger.mark("event", person, State.SENDING)
    reply = "5.1.1 <kit@hospice.example>: Recipient 'kit@hospice.example' unknown"
    ledger.mark("event", person, State.FAILED, code=550, reply=reply)
    assert "hospice" not in str(ledger.history("event"))
    assert ledger.messages("event")[0].reply == "5.1.1 <…@…>: Recipient '…@…' unknown"
    assert without_addresses("a\r\nb  c@d.example") == "a b …@…"


def test_what_is_purged_is_gone_from_the_file_and_still_not_sent_twice(ledger: Ledger) -> None:
    in_state(ledger, State.SENT)
    assert ledger.purge("event") == 1
    queue(ledger, "kit@hospice.example")
    (message,) = ledger.messages("event")
    assert (message.state, message.address, message.name) == (State.SENT, "", "")
    ledger.close()
    kept = b"".join(path.read_bytes() for path in ledger.path.parent.iterdir())
    assert b"hospice" not in kept


def test_what_is_open_is_not_purged(ledger: Ledger) -> None:
    in_state(ledger, State.UNKNOWN)
    assert ledger.purge("event") == 0


def test_a_dry_runs_date_lasts_and_a_message_that_was_tried_keeps_its_own(ledger: Ledger) -> None:
    assert ledger.prepare("other", "event", 1000, 100) == 1000
    assert ledger.prepare("other", "event", 1050, 100) == 1000
    assert ledger.prepare("other", "event", 2000, 100) == 2000
    (person,) = queue(ledger, "kit@hospice.example")
    for date in (5000, 6000):
        ledger.queue("event", [Entry(person, "", "", "", "<1@a>", date, ())], {}, 1)
        assert ledger.messages("event")[0].date == 5000
        ledger.mark("event", person, State.SENDING)
        ledger.mark("event", person, State.DEFERRED)


def test_a_second_run_is_locked_out_and_the_right_comes_back(tmp_path: Path) -> None:
    with only_run(tmp_path), pytest.raises(LockedError), only_run(tmp_path):
        pass
    with only_run(tmp_path):
        pass


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("DROP TRIGGER history_grows", "Guards of the ledger are missing: history_grows"),
        ("DROP TRIGGER moves; UPDATE message SET state='queued'", "its history differs|follow"),
        ("DROP TRIGGER history_grows; DELETE FROM history WHERE n=2", "The history has 3 lines"),
        ("DROP TRIGGER notes_move; UPDATE message SET state='x' WHERE 0", "notes_move"),
    ],
)
def test_a_ledger_that_was_tampered_with_says_so(ledger: Ledger, damage: str, said: str) -> None:
    import re

    in_state(ledger, State.SENT)
    with closing(sqlite3.connect(ledger.path)) as other:
        other.executescript(damage)
    assert any(re.search(said, fault) for fault in ledger.faults())


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"x" * 2000])
def test_a_damaged_ledger_is_a_problem_and_stays_as_it_is(content: bytes, tmp_path: Path) -> None:
    (tmp_path / LEDGER_FILE).write_bytes(content)
    with pytest.raises(ReportBuilderError, match="The ledger cannot be used"):
        Ledger(tmp_path)
    assert (tmp_path / LEDGER_FILE).read_bytes() == content


def test_a_ledger_of_a_newer_program_is_left_alone(ledger: Ledger) -> None:
    with closing(sqlite3.connect(ledger.path)) as other:
        other.execute("PRAGMA user_version=99")
    with pytest.raises(ReportBuilderError, match="newer program"):
        Ledger(ledger.path.parent)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p"])
def test_a_ledger_on_a_network_drive_is_refused(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_mounts", lambda: {"/": "ext4", tmp_path.as_posix(): kind})
    with pytest.raises(ReportBuilderError, match="network drive"):
        outbox.open_outbox(open_workspace(tmp_path))


def test_the_outbox_tells_counts_proves_and_forgets(office: Office) -> None:
    rows = [("=1+1 Ltd", "first@org.example", "", "", "", "", "yes"), *people(2)]
    rows[0] = ("First", "first@org.example", "=1+1 Ltd", "", "", "", "yes")
    assert "recipient-name" in str(office.write_partners(rows) or office.send(code=3).stderr)
    rows[0] = ("First", "first@org.example", "The Org", "", "", "", "yes")
    office.write_partners(rows)
    office.send("--confirm", "3")
    assert "3 sent" in office.call("outbox", "status").stdout
    shown = office.call("outbox", "show", EVENT, "--state", "sent").stdout
    assert "First <first@org.example>  250 2.0.0 Ok" in shown
    exported = office.call("outbox", "export", EVENT).stdout.splitlines()
    assert len(exported) == 4
    assert "is whole." in office.call("outbox", "verify").stdout
    assert "There is no mailing" in office.call("outbox", "show", "town-evnt", code=1).stderr
    assert (
        "Not every address"
        in office.call("outbox", "resolve", EVENT, "first@org.example", "--resend", code=1).stderr
    )
    done = office.call("outbox", "purge", EVENT, "--yes").stdout
    assert "3 addresses forgotten" in done
    assert not list((office.root / "outbox" / EVENT).glob("*.eml"))
    assert "first@" not in office.call("outbox", "show", EVENT).stdout
    assert "0 would get a message" in office.send().stdout


def test_a_failed_one_is_tried_again_only_when_a_person_says_so(office: Office) -> None:
    office.write_partners([("Refused", "refused@org.example", "", "", "", "", "yes"), *people(1)])
    office.send("--confirm", "2", code=3)
    office.send("--confirm", "0", code=3)
    assert office.states() == {"sent": 1, "failed": 1}
    office.call("outbox", "resolve", EVENT, "--all", "--resend")
    assert office.states() == {"queued": 1, "sent": 1}


def test_a_server_that_refuses_one_after_another_stops_the_run_and_marks_nobody_as_failed(
    office: Office,
) -> None:
    office.write_partners(
        [(f"R{n}", f"refused@o{n}.example", "", "", "", "", "yes") for n in range(8)]
    )
    done = office.send("--confirm", "8", code=1)
    assert "[smtp-refused]" in done.stderr
    assert office.states() == {"queued": 8}


def test_an_empty_cell_of_an_export_reckons_with_nothing(ledger: Ledger) -> None:
    from report_builder.cli.outbox import _safe

    assert [_safe(cell) for cell in ("=1+1", "+44", "-2", "@x", "Kit", 250)] == [
        *("'=1+1", "'+44", "'-2", "'@x", "Kit", "250"),
    ]
