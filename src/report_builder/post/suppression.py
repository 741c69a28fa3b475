"""Who gets nothing, ever: a list that nothing overrides."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from report_builder.content.tables import (
    UnreadableTableError,
    decode,
    delimiter_of,
    read_table,
)
from report_builder.post.address import WrongAddressError, owner, read_address, same_person
from report_builder.problems import Position, ReportBuilderError, error, failure, private

_COLUMNS = ("address", "since", "reason")
_HINT = "Nothing is sent while it is not clear who must get nothing."


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address, or all of a domain’s as ``@domain``; when, and why."""

    address: str
    since: str
    reason: str

    def holds(self, address: str) -> bool:
        """Tell whether an address is meant: notes after a plus sign make no other."""
        if self.address.startswith("@"):
            return same_person(address).endswith(self.address)
        return owner(address) == owner(self.address)


def read_suppressed(path: Path) -> list[Suppressed]:
    """Return the list, empty where there is no file; raise when any of its lines is not clear."""
    if not path.is_file():
        return []
    name = path.as_posix()
    try:
        rows = read_table(path, headings=_COLUMNS)
    except UnreadableTableError as reason:
        place = Position(name, reason.line)
        broken = error("suppressed", place, reason.message, reason.hint)
        raise ReportBuilderError(private([broken])) from reason
    except OSError as reason:
        message = f"The list of who gets nothing cannot be read: {reason.strerror}."
        raise failure("suppressed", Position(name), message, _HINT) from reason
    found, problems = [], []
    for row in rows:
        if row.number == 1 and row.cells[0].casefold() in (*_COLUMNS, "email", "e-mail"):
            continue
        cells = [*row.cells, "", ""]
        try:
            found.append(Suppressed(_address(cells[0]), cells[1], cells[2]))
        except WrongAddressError as reason:
            message = f"The address {reason}"
            problems.append(error("suppressed", Position(name, row.number), message, _HINT))
    if problems:
        raise ReportBuilderError(private(problems))
    return found


def suppress(path: Path, addresses: Sequence[str], reason: str) -> list[Suppressed]:
    """Add addresses to the list, and return those that were not in it yet."""
    known = read_suppressed(path)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    new: dict[str, Suppressed] = {}
    for written in addresses:
        try:
            address = _address(written)
        except WrongAddressError as why:
            text = f"The address {why}"
            raise failure("suppressed", Position(path.as_posix()), text) from None
        if not any(one.address == address for one in known):
            new[address] = Suppressed(address, today, " ".join(reason.split()))
    if not new:
        return []
    try:
        _append(path, [(one.address, one.since, one.reason) for one in new.values()])
    except OSError as fault:
        text = f"The list cannot be written: {fault.strerror}."
        raise failure("suppressed", Position(path.as_posix()), text) from fault
    return list(new.values())


def _append(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    """Add rows to the list in the way in which it is written; one that we begin is private."""
    with contextlib.suppress(FileExistsError):
        path.touch(0o600, exist_ok=False)
    before = path.read_bytes()
    if b"\0" in before:
        message = "The list is a workbook or UTF-16, and cannot be added to."
        hint = "In Excel save it as “CSV UTF-8 (Comma delimited)”."
        raise failure("suppressed", Position(path.as_posix()), message, hint)
    text = decode(before)
    sign = delimiter_of(text, _COLUMNS) or ","
    first = next(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _COLUMNS)
    width = len(first) if delimiter_of(text, _COLUMNS) or not before else 1
    lines = io.StringIO()
    end = "\r\n" if "\r\n" in text else "\n"
    writer = csv.writer(lines, delimiter=sign, lineterminator=end)
    writer.writerows(row[:width] for row in (*(() if before else (_COLUMNS,)), *rows))
    added = (end if before and not text.endswith("\n") else "") + lines.getvalue()
    encoding = "cp1252" if before.decode("utf-8", "ignore").encode() != before else "utf-8"
    with path.open("ab") as file:
        file.write(added.encode(encoding, "replace"))
        file.flush()
        os.fsync(file.fileno())


def _address(written: str) -> str:
    """Return an address, or a domain with its @, in one way to write it."""
    if written.startswith("@"):
        return "@" + same_person(read_address(f"all{written}")).partition("@")[2]
    return same_person(read_address(written))
