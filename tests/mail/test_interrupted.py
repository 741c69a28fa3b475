"""Killed runs and cut connections: nobody gets two, nobody is lost, every doubt is listed.

``make soak`` does so with 200 of each over 1,200 recipients, in both ways to end a message.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest

from tests.mail.conftest import EVENT, Office, people
from tests.tools.cutter import Cutter

SOAK = int(os.environ.get("SOAK", "0"))
TIMES = SOAK or 5
RECIPIENTS = 6 * TIMES if SOAK else 60
WAYS = ["starttls", "data"] if SOAK else ["starttls"]


def report(line: str) -> None:
    """Say what was counted: shown by ``pytest -s``, as ``make soak`` runs it."""
    sys.stdout.write(line + "\n")


def wait_until_sending(office: Office, process: subprocess.Popen[str]) -> bool:
    """Wait until a run has begun with its first message; return whether it did before it ended."""
    with closing(sqlite3.connect(office.root / "outbox/ledger.sqlite3")) as ledger:

        def begun() -> int:
            query = "SELECT count(*) FROM history WHERE state='sending'"
            return int(ledger.execute(query).fetchone()[0])

        before = begun()
        while process.poll() is None:
            if begun() > before:
                return True
            time.sleep(0.001)
    return False


def account(office: Office) -> dict[str, int]:
    """Compare what the ledger says with what arrived, and return how many of each there are."""
    got = Counter(one.recipient for one in office.postfix.delivered())
    listed = {}
    for line in office.call("outbox", "export", EVENT).stdout.splitlines()[1:]:
        state, _, _, address, *_ = line.split(",")
        listed[address] = state
    wanted = {row[1] for row in people(RECIPIENTS)}
    twice = [address for address, number in got.items() if number > 1]
    lost = [address for address, state in listed.items() if state == "sent" and not got[address]]
    unlisted = [address for address in got if listed.get(address) not in ("sent", "unknown")]
    assert set(listed) == wanted
    assert (twice, lost, unlisted) == ([], [], [])
    assert office.call("outbox", "verify").exit_code == 0
    unknown = [address for address, state in listed.items() if state == "unknown"]
    return {
        "sent": len(listed) - len(unknown),
        "unknown": len(unknown),
        "unknown that arrived": sum(got[address] for address in unknown),
    }


@pytest.mark.parametrize("way", WAYS)
def test_runs_that_are_killed_send_nobody_two_and_lose_nobody(office: Office, way: str) -> None:
    office.use(way)
    office.write_partners(people(RECIPIENTS))
    office.send()
    chance, killed = random.Random(way), 0  # noqa: S311  # no secret
    while killed < TIMES:
        run = office.begin("--confirm", str(RECIPIENTS))
        started = wait_until_sending(office, run)
        assert started, run.communicate()
        time.sleep(chance.uniform(0, 0.025))
        run.send_signal(signal.SIGKILL)
        run.communicate()
        killed += run.returncode == -signal.SIGKILL
    done = office.send("--confirm", str(RECIPIENTS), code=None)
    found = account(office)
    assert done.exit_code == (4 if found["unknown"] else 0)
    assert found["sent"] + found["unknown"] == RECIPIENTS
    report(f"\n{way}: {killed} kills, {RECIPIENTS} recipients: {found}")


@pytest.mark.parametrize("way", WAYS)
def test_connections_that_are_cut_send_nobody_two_and_lose_nobody(office: Office, way: str) -> None:
    size = (office.root / "output" / EVENT / "report.pdf").stat().st_size * 3 // 2
    cutter = Cutter(office.postfix.ports[way], TIMES, lambda chance: chance.randrange(4 * size))
    office.use(way, port=cutter.port, patience=600)
    office.write_partners(people(RECIPIENTS))
    done = office.send("--confirm", str(RECIPIENTS), code=None)
    for _ in range(5):  # a message that was cut off five times waits for the next run
        if done.exit_code == 3:
            done = office.send("--confirm", str(RECIPIENTS), code=None)
    cutter.close()
    assert cutter.cuts == TIMES
    found = account(office)
    assert done.exit_code == (4 if found["unknown"] else 0), done.stdout
    assert found["sent"] + found["unknown"] == RECIPIENTS
    report(f"\n{way}: {cutter.cuts} cuts, {RECIPIENTS} recipients: {found}")


def test_of_two_runs_at_once_one_sends_and_the_other_says_so(office: Office) -> None:
    office.write_partners(people(20))
    office.send()
    first = office.begin("--confirm", "20", "--rate", "20/s")
    assert wait_until_sending(office, first)
    assert "Another run is sending" in office.send("--confirm", "20", code=75).stderr
    first.communicate()
    assert first.returncode == 0
    assert len(office.postfix.delivered()) == 20


def test_a_run_that_is_asked_to_stop_finishes_its_message_and_goes_on_later(
    office: Office,
) -> None:
    office.write_partners(people(10))
    office.send()
    run = office.begin("--confirm", "10", "--rate", "10/s")
    assert wait_until_sending(office, run)
    time.sleep(0.25)
    run.send_signal(signal.SIGINT)
    run.communicate()
    assert run.returncode == 3
    states = office.states()
    assert set(states) == {"sent", "queued"}
    office.send("--confirm", "10")
    assert len(office.postfix.delivered()) == 10


def test_what_is_unknown_is_sent_again_only_when_a_person_says_so(office: Office) -> None:
    office.write_partners(people(2))
    office.send("--limit", "1", "--confirm", "1")
    _into_doubt(office)
    assert office.call("outbox", "status", code=4)
    assert "may have it" in office.send().stdout
    office.send("--confirm", "1", code=4)
    assert len(office.postfix.delivered()) == 2
    shown = office.call("outbox", "show", EVENT, "--state", "unknown").stdout
    (address,) = [row[1] for row in people(2) if row[1] in shown]
    office.call("outbox", "resolve", EVENT, address, "--resend")
    office.send("--confirm", "1")
    copies = [one for one in office.postfix.delivered() if one.recipient == address]
    identities = {(one.parsed["Message-ID"], one.parsed["Date"]) for one in copies}
    assert len(copies) == 2
    assert len(identities) == 1


def _into_doubt(office: Office) -> None:
    """Make a ledger in which the message that was sent is in doubt, as a killed run leaves it."""
    ledger = sqlite3.connect(office.root / "outbox/ledger.sqlite3")
    (moves,) = ledger.execute("SELECT sql FROM sqlite_master WHERE name='moves'").fetchone()
    ledger.execute("DROP TRIGGER moves")
    ledger.execute("UPDATE message SET state='committing'")
    ledger.execute(moves)
    ledger.commit()
    ledger.close()
