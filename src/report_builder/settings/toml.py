"""A TOML file as a tree in which every value knows where it stands, and all its faults at once."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from report_builder.problems import Position, ReportBuilderError, error
from report_builder.settings.findings import Findings
from report_builder.settings.scalar import Scalar
from report_builder.settings.statements import FlawError, Name, Place, Statement, statements
from report_builder.settings.textfile import UNPRINTABLE, read_text, unprintable
from report_builder.settings.tree import Fields, Items, Leaf, Node
from report_builder.sources import note

LARGEST = 256_000
"""In bytes: far above any real settings, and read in less than a second."""
MOST_FAULTS = 200
"""More than this, and it is no file of settings."""

_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_ESCAPES = ("Unescaped", "Invalid hex", "Escaped character")


def read_toml(path: Path, findings: Findings) -> Fields:
    """Return a file's tree, empty where there is no file; what is wrong is added to the findings.

    What follows a fault of syntax is read all the same.
    """
    name = note(path).as_posix()
    nothing = Fields(Position(name), {})
    try:
        if path.is_file():
            if path.stat().st_size > LARGEST:
                message = f"The file is larger than {LARGEST // 1000} kB, and no settings are."
                hint = "Look whether it is another file, saved under this name."
                findings.note("toml", Position(name), message, hint)
                return nothing
            return parse_toml(read_text(path), name, findings)
        if path.exists() or path.is_symlink():
            hint = "Rename what is there, or delete it."
            findings.note("toml", Position(name), "This should be a file of settings.", hint)
    except ReportBuilderError as reason:
        findings.problems += reason.problems
    except OSError as reason:
        message = f"The file cannot be read: {reason.strerror}."
        findings.problems.append(error("unreadable-file", Position(name), message))
    return nothing


def parse_toml(text: str, path: str, findings: Findings) -> Fields:
    """Return the tree of a TOML text; its line ends are single."""
    if found := unprintable(text, path):
        findings.problems += found
        text = UNPRINTABLE.sub(" ", text)  # the same length, so that places stay right
    reader = _Reader(text, path, findings)
    for statement in statements(text):
        reader.read(statement)
        if len(findings.problems) >= MOST_FAULTS:
            hint = "Look whether it is another file, saved under this name."
            reader.report(statement.offset, "The faults after this one are not listed.", hint)
            break
    return reader.root


class _Reader:
    """Puts statement by statement into a tree.

    A table that its heading or another section has opened is not opened again; a list or group
    that is written as one value is closed.
    """

    def __init__(self, text: str, path: str, findings: Findings) -> None:
        self.text, self.path, self.findings = text, path, findings
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.root = self.table = Fields(self.position(0), {})
        self.opened: list[Fields] = []
        self.dotted: list[Fields] = []
        self.known: set[int] = set()  # identities of what is opened
        self.closed: dict[int, Node] = {}

    def position(self, offset: int) -> Position:
        line = bisect_right(self.starts, offset) - 1
        return Position(self.path, line + 1, offset - self.starts[line] + 1)

    def scalar(self, text: str, offset: int) -> Scalar:
        position = self.position(offset)
        return Scalar.make(text, self.path, [(0, position.line, position.column)])

    def report(self, offset: int, message: str, hint: str) -> None:
        self.findings.note("toml", self.position(offset), message, hint)

    def read(self, statement: Statement | FlawError) -> None:
        if isinstance(statement, FlawError):
            self.refuse(statement)
            return
        try:
            value = tomllib.loads(statement.source)
        except ValueError as reason:  # a number may be too long, too
            self.refuse(_explain(str(reason), statement))
            return
        names = [self.scalar(_plain(name), offset) for name, offset in statement.names]
        try:
            if statement.place is None:
                self.begin(names, statement)
            else:
                for name in names:
                    value = value[name]
                self.put(names, self.node(statement.place, value))
        except _TwiceError as twice:
            line = twice.first.line
            message = f"“{twice.name}” is written twice; it stands in line {line} too."
            hint = "Keep one of the two."
            if statement.place is None:
                hint = "Put all its settings under one heading."
            self.findings.note("toml", twice.name.position, message, hint)

    def refuse(self, flaw: FlawError) -> None:
        """Report a statement that cannot be read, and note what it would have set."""
        self.report(flaw.offset, flaw.message, flaw.hint)
        if self.text.startswith("[", flaw.start):
            self.table = Fields(self.position(flaw.start), {})  # what follows belongs nowhere
            self.mark(self.table)
        elif flaw.name:
            self.findings.lost.add(flaw.name.strip("\"'"))

    def begin(self, names: Sequence[Scalar], statement: Statement) -> None:
        """Begin a table under its heading; under one that is refused, settings are read too."""
        for table in self.dotted:
            self.mark(table)
        self.dotted.clear()
        *above, last = names
        self.table = Fields(last.position, {})
        parent = self.root
        for name in above:
            parent = self.inside(parent, name)
        there = parent.nodes.get(last)
        if statement.is_array:
            if there is None:
                there = parent.nodes[last] = Items(last.position, [])
            if not isinstance(there, Items) or id(there) in self.closed:
                raise _TwiceError(last, parent)
            there.nodes.append(self.table)
        elif there is None:
            parent.nodes[last] = self.table
        elif isinstance(there, Fields) and id(there) not in self.closed:
            self.table = there
            if id(there) in self.known:
                raise _TwiceError(last, parent)
        else:
            raise _TwiceError(last, parent)
        self.mark(self.table)

    def put(self, names: Sequence[Scalar], node: Node) -> None:
        """Add a value to the table that is open, or to one below it that the name's dots name."""
        *above, last = names
        table = self.table
        for name in above:
            there = table.nodes.get(name)
            if isinstance(there, Items) or (there is not None and id(there) in self.known):
                raise _TwiceError(name, table)
            table = self.inside(table, name)
            self.dotted.append(table)
        if last in table.nodes:
            raise _TwiceError(last, table)
        table.nodes[last] = node
        if not isinstance(node, Leaf):
            self.closed[id(node)] = node

    def inside(self, table: Fields, name: Scalar) -> Fields:
        """Return the table of a name in another, made where there is none."""
        there = table.nodes.get(name)
        if there is None:
            there = table.nodes[name] = Fields(name.position, {})
        elif id(there) in self.closed:
            raise _TwiceError(name, table)
        if isinstance(there, Items):
            there = there.nodes[-1]
        if not isinstance(there, Fields):
            raise _TwiceError(name, table)
        return there

    def mark(self, table: Fields) -> None:
        """Note that a table may not be opened again."""
        self.opened.append(table)  # kept, so that no other gets its identity
        self.known.add(id(table))

    def node(self, place: Place, value: Any) -> Node:
        position = self.position(place.offset)
        if place.items is not None:
            pairs = zip(place.items, value, strict=True)
            return Items(position, [self.node(inner, one) for inner, one in pairs])
        if place.pairs is not None:
            fields = Fields(position, {})
            for names, inner in place.pairs:
                self.fill(fields, names, inner, value)
            return fields
        if not isinstance(value, str):
            return Leaf(position, value)
        if UNPRINTABLE.search(value):  # made by an escape such as "\b"
            message = "The text holds an escape for a character that cannot be printed."
            self.report(place.offset, message, "Use single quotes, in which a backslash is one.")
            value = UNPRINTABLE.sub(" ", value)
        return Leaf(position, self.scalar(value, place.offset))

    def fill(self, fields: Fields, names: Sequence[Name], place: Place, value: Any) -> None:
        """Put a value into a group that is written in one line."""
        *above, (last, offset) = names
        for name, start in above:
            value = value[_plain(name)]
            there = fields.nodes.setdefault(
                self.scalar(_plain(name), start), Fields(self.position(start), {})
            )
            assert isinstance(there, Fields)  # noqa: S101  # tomllib has seen to it
            fields = there
        name = self.scalar(_plain(last), offset)
        fields.nodes[name] = self.node(place, value[name])


class _TwiceError(Exception):
    """A name is given to a second thing."""

    def __init__(self, name: Scalar, table: Fields) -> None:
        self.name = name
        self.first = next(known for known in table.nodes if known == name).position


def _plain(name: str) -> str:
    """Return a part of a name without its quotes."""
    if name.startswith('"') and "\\" in name:
        (plain,) = tomllib.loads(f"{name} = 0")
        return str(plain)
    return name[1:-1] if name[0] in "\"'" else name


def _explain(reason: str, statement: Statement) -> FlawError:
    """Return what the standard library says of a statement as a flaw in plain words."""
    called = ".".join(name for name, _ in statement.names)
    found = _PLACE.search(reason)
    offset = len(statement.source)
    if found and found[1]:
        lines = statement.source.split("\n")
        offset = sum(len(line) + 1 for line in lines[: int(found[1]) - 1]) + int(found[2]) - 1
    elif not found:
        offset = statement.place.offset - statement.offset if statement.place else 0
    message, hint = f"The value of “{called}” cannot be read.", f'Write a text as {called} = "…".'
    if reason.startswith(_ESCAPES):
        offset = max(offset - 2, 0)  # it has passed over the backslash and what follows
        message = "A backslash in double quotes begins a sign of its own."
        hint = f"Put single quotes around the text: {called} = '…'."
    elif "date" in reason:
        message, hint = f"“{called}” is no day that there is.", "Write it as 2027-03-20."
    elif reason.startswith(("Duplicate", "Cannot")):
        message, hint = f"Something in “{called}” is written twice.", "Keep one of the two."
    elif not found:
        message, hint = f"The number of “{called}” is too long.", "Write fewer digits."
    start, name = statement.offset, statement.names[-1][0]
    return FlawError(start + offset, message, hint, start, name)
