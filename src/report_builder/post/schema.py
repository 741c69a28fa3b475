"""What the ledger holds, and the guards in the file itself that let only happen what can."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

VERSION = 1


class State(StrEnum):
    """Where a message is. After a killed run, only ``committing`` leaves a doubt."""

    QUEUED = "queued"
    SENDING = "sending"  # with the server, but its last byte has not left
    COMMITTING = "committing"  # the server may take it at any moment from now on
    SENT = "sent"
    DEFERRED = "deferred"  # the server said “later”, or was lost before it could take it
    FAILED = "failed"  # the server said “never”
    UNKNOWN = "unknown"  # the answer was lost: it may have arrived, or not
    SKIPPED = "skipped"


MOVES: Mapping[State, tuple[State, ...]] = {
    State.QUEUED: (State.SENDING, State.SKIPPED),
    State.SENDING: (State.COMMITTING, State.QUEUED, State.DEFERRED, State.FAILED),
    State.COMMITTING: (State.SENT, State.DEFERRED, State.FAILED, State.UNKNOWN),
    State.DEFERRED: (State.SENDING, State.QUEUED, State.SKIPPED),
    State.UNKNOWN: (State.SENT, State.QUEUED),
    State.FAILED: (State.QUEUED,),
    State.SKIPPED: (State.QUEUED,),
    State.SENT: (),
}
"""What a state may be followed by. A person alone moves a message on from unknown or failed."""

_ALLOWED = " OR ".join(
    f"(OLD.state='{was}' AND NEW.state IN ({','.join(repr(str(s)) for s in now)}))"
    for was, now in MOVES.items()
    if now
)
SCHEMA = f"""
CREATE TABLE about(salt TEXT NOT NULL);
CREATE TABLE mailing(
    id TEXT PRIMARY KEY, event TEXT NOT NULL, date REAL NOT NULL,
    confirmed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE document(
    mailing TEXT NOT NULL REFERENCES mailing(id), name TEXT NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY(mailing, name)) WITHOUT ROWID;
CREATE TABLE message(
    mailing TEXT NOT NULL REFERENCES mailing(id), person TEXT NOT NULL, place INTEGER NOT NULL,
    address TEXT, name TEXT, organisation TEXT,
    message_id TEXT NOT NULL, date REAL NOT NULL, documents TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued',
    attempts INTEGER NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0,
    changed REAL NOT NULL, run TEXT NOT NULL DEFAULT '', code INTEGER NOT NULL DEFAULT 0,
    reply TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(mailing, person)) WITHOUT ROWID;
CREATE TABLE history(
    n INTEGER PRIMARY KEY, at REAL NOT NULL, mailing TEXT NOT NULL, person TEXT NOT NULL,
    was TEXT NOT NULL, state TEXT NOT NULL, run TEXT NOT NULL, code INTEGER NOT NULL,
    reply TEXT NOT NULL);
CREATE TRIGGER begins BEFORE INSERT ON message WHEN NEW.state<>'queued'
    BEGIN SELECT RAISE(ABORT, 'a message begins as queued'); END;
CREATE TRIGGER moves BEFORE UPDATE OF state ON message WHEN NOT ({_ALLOWED})
    BEGIN SELECT RAISE(ABORT, 'a message cannot move so'); END;
CREATE TRIGGER stays BEFORE DELETE ON message
    BEGIN SELECT RAISE(ABORT, 'messages stay'); END;
CREATE TRIGGER notes_begin AFTER INSERT ON message BEGIN
    INSERT INTO history(at, mailing, person, was, state, run, code, reply)
    VALUES(NEW.changed, NEW.mailing, NEW.person, '', NEW.state, NEW.run, NEW.code, NEW.reply); END;
CREATE TRIGGER notes_move AFTER UPDATE OF state ON message BEGIN
    INSERT INTO history(at, mailing, person, was, state, run, code, reply)
    VALUES(NEW.changed, NEW.mailing, NEW.person, OLD.state, NEW.state, NEW.run, NEW.code,
           NEW.reply); END;
CREATE TRIGGER history_grows BEFORE DELETE ON history
    BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER history_stands BEFORE UPDATE ON history
    BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
PRAGMA user_version={VERSION};
"""
GUARDS = frozenset(re.findall(r"CREATE TRIGGER (\w+)", SCHEMA))
