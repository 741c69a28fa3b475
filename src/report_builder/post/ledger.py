"""The ledger: what became of each message, kept so that nobody ever gets one twice.

It is a SQLite file that survives a killed run and a pulled plug. Each message is in one state,
and may only move as `schema.MOVES` says; the file itself refuses anything else, and writes each
move into a history that can only grow. The history holds no address.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_builder.post.schema import GUARDS, MOVES, SCHEMA, VERSION, State
from report_builder.problems import Position, ReportBuilderError, error, failure

LEDGER_FILE = "ledger.sqlite3"
_ADDRESS = re.compile(r"[^\s<>@:;,\"']+@[^\s<>@:;,\"']+")


@dataclass(frozen=True, slots=True)
class Message:
    """One message as the ledger knows it; address and names are empty once they are purged."""

    mailing: str
    person: str
    address: str
    name: str
    organisation: str
    message_id: str
    date: float
    documents: tuple[str, ...]
    state: State
    attempts: int
    not_before: float
    changed: float
    code: int
    reply: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be queued for one recipient; ``documents`` are files of the event's output."""

    person: str
    address: str
    name: str
    organisation: str
    message_id: str
    date: float
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mailing:
    """One sending of an event's documents; ``confirmed`` is to how many.

    ``date`` is that of messages which are new to it.
    """

    id: str
    event: str
    date: float
    confirmed: int
    documents: Mapping[str, str]


class LockedError(ReportBuilderError):
    """Another run is sending."""

    exit_code = 75  # EX_TEMPFAIL of sysexits.h: try again later


class Ledger:
    """The ledger in a folder, which is made where there is none. Every change is on disk at once.

    ``run`` names the run in the history.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / LEDGER_FILE
        self.run = f"{time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}-{secrets.token_hex(3)}"
        with _told(self.path):
            with suppress(FileExistsError):  # one that is there already keeps its mode
                self.path.touch(0o600, exist_ok=False)
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.execute("PRAGMA foreign_keys=ON")
            self._prepare()
            self._salt = str(self._db.execute("SELECT salt FROM about").fetchone()[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def person(self, key: str) -> str:
        """Return the name by which the history knows a recipient; it gives no address away."""
        return hashlib.sha256(f"{self._salt}\0{key}".encode()).hexdigest()[:24]

    def mailing(self, identity: str) -> Mailing | None:
        """Return what is known of a mailing, if it was prepared."""
        row = self._db.execute("SELECT * FROM mailing WHERE id=?", (identity,)).fetchone()
        if row is None:
            return None
        documents = self._db.execute(
            "SELECT name, sha256 FROM document WHERE mailing=?", (identity,)
        ).fetchall()
        return Mailing(
            row["id"], row["event"], row["date"], row["confirmed"], dict(map(tuple, documents))
        )

    def mailings(self, event: str | None = None) -> list[Mailing]:
        """Return the mailings that were confirmed, of one event or of all, the oldest first."""
        rows = self._db.execute(
            "SELECT id FROM mailing WHERE confirmed>0 AND event=coalesce(?, event) ORDER BY date",
            (event,),
        ).fetchall()
        return [found for row in rows if (found := self.mailing(row["id"]))]

    def prepare(self, identity: str, event: str, now: float, lasts: float) -> float:
        """Return the date for messages that are new to a mailing, in seconds.

        It is the same for ``lasts`` seconds, so that a dry run's messages are those that are sent.
        A message that was tried keeps its own.
        """
        with self._change():
            self._db.execute(
                "INSERT INTO mailing(id, event, date) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE"
                " SET date=excluded.date WHERE date<excluded.date-?",
                (identity, event, float(int(now)), lasts),
            )
        found = self.mailing(identity)
        assert found is not None  # noqa: S101  # it was written just now
        return found.date

    def queue(
        self,
        identity: str,
        entries: Sequence[Entry],
        documents: Mapping[str, str],
        confirmed: int,
    ) -> None:
        """Queue what is not yet in a mailing, all or nothing, with its documents' hashes."""
        with self._change():
            self._db.execute(
                "UPDATE mailing SET confirmed=max(confirmed, ?) WHERE id=?", (confirmed, identity)
            )
            self._db.executemany(
                "INSERT INTO document VALUES(?, ?, ?) ON CONFLICT DO UPDATE"
                " SET sha256=excluded.sha256",
                [(identity, name, hashed) for name, hashed in documents.items()],
            )
            (last,) = self._db.execute(
                "SELECT coalesce(max(place), 0) FROM message WHERE mailing=?", (identity,)
            ).fetchone()
            self._db.executemany(
                "INSERT INTO message(mailing, person, place, address, name, organisation,"
                " message_id, date, documents, changed, run)"
                " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET address=excluded.address, name=excluded.name,"
                " organisation=excluded.organisation, message_id=excluded.message_id,"
                " date=iif(attempts, date, excluded.date), documents=excluded.documents"
                " WHERE state IN ('queued', 'deferred', 'skipped')",
                [
                    (
                        *(identity, entry.person, last + number, entry.address, entry.name),
                        *(entry.organisation, entry.message_id, entry.date),
                        *("\n".join(entry.documents), time.time(), self.run),
                    )
                    for number, entry in enumerate(entries, start=1)
                ],
            )

    @property
    def has_unfinished(self) -> bool:
        """Whether a run is at work, or was killed."""
        return bool(self._messages("state IN ('sending', 'committing')"))

    def recover(self) -> tuple[int, int]:
        """Settle what a killed run left; return how many are queued again, and how many unknown.

        Only the holder of the lock may do so: for then nobody else is sending.
        """
        found = self._messages("state IN ('sending', 'committing')")
        for message in found:
            if message.state is State.SENDING:
                self.mark(
                    message.mailing, message.person, State.QUEUED, reply="the run ended early"
                )
            else:
                reply = "the run ended while the server could take it"
                self.mark(message.mailing, message.person, State.UNKNOWN, reply=reply)
        unknown = sum(message.state is State.COMMITTING for message in found)
        return len(found) - unknown, unknown

    def mark(
        self,
        identity: str,
        person: str,
        state: State,
        *,
        code: int = 0,
        reply: str = "",
        not_before: float = 0,
    ) -> None:
        """Move a message on, on disk when this returns. Addresses in the reply are left out.

        ``sending`` alone reaches the disk with what follows it: lost, it is as good as queued.
        """
        with self._change(lasts=state is not State.SENDING):
            done = self._db.execute(
                "UPDATE message SET state=?, code=?, reply=?, not_before=?, run=?, changed=?,"
                " attempts=attempts+(?='sending') WHERE mailing=? AND person=?",
                (
                    *(state.value, code, without_addresses(reply), not_before, self.run),
                    *(time.time(), state.value, identity, person),
                ),
            )
            if done.rowcount != 1:
                raise LookupError(f"{identity} has no message for {person}")

    def messages(self, identity: str, *states: State) -> list[Message]:
        """Return a mailing's messages in these states (none: in any), in the order queued."""
        marks = ",".join("?" * len(states)) or "SELECT state FROM message"
        return self._messages(f"mailing=? AND state IN ({marks})", identity, *states)

    def counts(self, identity: str) -> dict[State, int]:
        """Return how many of a mailing's messages are in each state, those with none left out."""
        rows = self._db.execute(
            "SELECT state, count(*) FROM message WHERE mailing=? GROUP BY state", (identity,)
        ).fetchall()
        counts = {State(state): number for state, number in rows}
        return {state: counts[state] for state in State if state in counts}

    def history(self, identity: str) -> list[dict[str, Any]]:
        """Return every move of a mailing's messages, the first first."""
        rows = self._db.execute("SELECT * FROM history WHERE mailing=? ORDER BY n", (identity,))
        return [dict(row) for row in rows.fetchall()]

    def purge(self, identity: str) -> int:
        """Forget the addresses and names of a mailing, and return of how many.

        That each got it stays known, without saying who it was: a second sending is refused still.
        """
        with self._change():
            done = self._db.execute(
                "UPDATE message SET address=NULL, name=NULL, organisation=NULL"
                " WHERE mailing=? AND address IS NOT NULL AND state IN ('sent','failed','skipped')",
                (identity,),
            )
        with _told(self.path):
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return done.rowcount

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with the ledger: damage, lost guards, a history that lies."""
        with _told(self.path):
            for (found,) in self._db.execute("PRAGMA integrity_check").fetchall():
                if found != "ok":
                    yield f"The file is damaged: {found}."
            rows = self._db.execute(
                "SELECT name FROM sqlite_master WHERE type='trigger'"
            ).fetchall()
            if lost := GUARDS - {row["name"] for row in rows}:
                yield f"Guards of the ledger are missing: {', '.join(sorted(lost))}."
            numbers = self._db.execute("SELECT count(*), max(n) FROM history").fetchone()
            if numbers[0] != (numbers[1] or 0):
                yield f"The history has {numbers[0]} lines, and the last is number {numbers[1]}."
            last: dict[tuple[str, str], str] = {}
            for row in self._db.execute("SELECT * FROM history ORDER BY n"):
                key = (row["mailing"], row["person"])
                follows = State(row["state"]) in MOVES.get(State(row["was"] or "sent"), ())
                if row["was"] != last.get(key, "") or (row["was"] and not follows):
                    yield f"Line {row['n']} of the history does not follow from the one before."
                last[key] = row["state"]
            for row in self._db.execute("SELECT mailing, person, state FROM message"):
                if last.get((row["mailing"], row["person"])) != row["state"]:
                    yield f"A message of {row['mailing']} is “{row['state']}”; its history differs."

    def _messages(self, where: str, *values: object) -> list[Message]:
        rows = self._db.execute(
            f"SELECT * FROM message WHERE {where} ORDER BY mailing, place",  # noqa: S608  # our own words
            values,
        ).fetchall()
        return [_message(row) for row in rows]

    def _prepare(self) -> None:
        """Make the tables where there are none; refuse a ledger that a newer program made."""
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if version == 0:
            script = f"BEGIN IMMEDIATE;{SCHEMA}INSERT INTO about VALUES('{secrets.token_hex()}');"
            try:
                self._db.executescript(f"{script}COMMIT;")
            except sqlite3.OperationalError:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                (version,) = self._db.execute("PRAGMA user_version").fetchone()
                if version != VERSION:  # nobody else made them meanwhile
                    raise
        elif version != VERSION:
            hint = "Use the newer program, or the ledger's copy from before."
            message = "The ledger was written by a newer program."
            raise failure("ledger", Position(self.path.as_posix()), message, hint)

    @contextmanager
    def _change(self, *, lasts: bool = True) -> Iterator[None]:
        """Do what follows in one transaction: all of it, on disk if it is to last, or nothing."""
        with _told(self.path):
            self._db.execute(f"PRAGMA synchronous={'FULL' if lasts else 'NORMAL'}")
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _message(row: sqlite3.Row) -> Message:
    return Message(
        row["mailing"],
        row["person"],
        row["address"] or "",
        row["name"] or "",
        row["organisation"] or "",
        row["message_id"],
        row["date"],
        tuple(filter(None, row["documents"].split("\n"))),
        State(row["state"]),
        row["attempts"],
        row["not_before"],
        row["changed"],
        row["code"],
        row["reply"],
    )


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the right to send, which one run has at a time; raise `LockedError` without it.

    It is a lock that the system gives back even when the run is killed.
    """
    lock = sqlite3.connect(folder / "lock.sqlite3", timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as reason:
            message, hint = "Another run is sending.", "Wait for its end, then run this again."
            where = Position(folder.as_posix())
            raise LockedError([error("locked", where, message, hint)]) from reason
        yield
    finally:
        lock.close()


def without_addresses(reply: str) -> str:
    """Return a server's reply on one line, cut, with “…@…” for each address in it."""
    return _ADDRESS.sub("…@…", " ".join(reply.split()))[:300]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a damaged file or a full disk into a problem."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except (sqlite3.DatabaseError, OSError) as reason:
        hint = "Nothing is sent without it. See docs/sending.md: “When the ledger cannot be used”."
        message = f"The ledger cannot be used: {reason}."
        raise failure("ledger", Position(path.as_posix()), message, hint) from reason
