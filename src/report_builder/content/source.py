"""A YAML file as a tree in which every value knows where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from report_builder.content.scalar import Places, Scalar, place
from report_builder.content.syntax import explain
from report_builder.problems import Position, Problem, ReportBuilderError, error, warning

# Limits far above any real event; they stop a file from eating the machine's memory.
MAX_DEPTH = 60
MAX_VALUES = 100_000

# C0 and C1 controls, line and paragraph separators, surrogates and non-characters: no font
# draws them, Word and PDF refuse them, and they arrive by pasting from slides.
_UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(slots=True)
class Node:
    """A value in the tree: its place and how many values it holds, itself included."""

    position: Position
    size: int = field(default=1, kw_only=True)


@dataclass(slots=True)
class Leaf(Node):
    """A piece of text, or ``None`` where the file leaves the value empty."""

    text: Scalar | None


@dataclass(slots=True)
class Items(Node):
    """A list."""

    nodes: list[Node]


@dataclass(slots=True)
class Fields(Node):
    """A mapping: each field's name (with its place) and value."""

    nodes: dict[Scalar, Node]


type_names = {Leaf: "text", Items: "a list", Fields: "fields with values"}


def data(node: Node) -> object:
    """Return the tree as dicts, lists and `Scalar` text; an empty field's value is ``None``."""
    match node:
        case Leaf(text=text):
            return text
        case Items(nodes=nodes):
            return [data(child) for child in nodes if not is_empty(child)]
        case Fields(nodes=fields):
            return {name: data(child) for name, child in fields.items()}
    raise TypeError(node)


def empty_fields(node: Node) -> Iterator[list[Scalar]]:
    """Yield the names of the fields that are written but left without a value, group by group."""
    children: list[Node] = []
    if isinstance(node, Fields):
        empty = [name for name, child in node.nodes.items() if is_empty(child)]
        if empty:
            yield empty
        children = list(node.nodes.values())
    elif isinstance(node, Items):
        children = node.nodes
    for child in children:
        yield from empty_fields(child)


def is_empty(node: Node) -> bool:
    """Tell whether a value is written but left empty."""
    return isinstance(node, Leaf) and node.text is None


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, its line ends made alike; raise its problems otherwise."""
    name = path.as_posix()
    try:
        raw = path.read_bytes()
    except OSError as reason:
        raise ReportBuilderError(
            [
                error(
                    "unreadable-file",
                    Position(name),
                    f"The file cannot be read: {reason.strerror}.",
                )
            ]
        ) from reason
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_encoding(Position(name), "UTF-16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        before = raw[: reason.start].decode("utf-8", "replace").split("\n")
        position = Position(name, len(before), len(before[-1]) + 1)
        raise _wrong_encoding(position, "Windows-1252") from reason
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_encoding(position: Position, likely: str) -> ReportBuilderError:
    return ReportBuilderError(
        [
            error(
                "encoding",
                position,
                f"The file is not UTF-8 text; it is probably {likely}.",
                "Save it again with the encoding “UTF-8” (in Notepad: Save as, Encoding).",
            )
        ]
    )


def unprintable(text: str, path: str) -> list[Problem]:
    """Return a problem for every character in a file's text that nothing can print."""
    return [
        error(
            "unprintable-character",
            Position(path, number, match.start() + 1),
            f"There is a character that cannot be printed (U+{ord(match[0]):04X}).",
            "Delete it: it is invisible, and usually comes from copying out of slides.",
        )
        for number, line in enumerate(text.split("\n"), start=1)
        for match in _UNPRINTABLE.finditer(line)
    ]


def parse(text: str, path: str, problems: list[Problem]) -> Node | None:
    """Return the tree of a YAML text, or ``None`` where it has none.

    Faults are appended to ``problems``: duplicate fields do not stop the reading, faults of
    syntax do, because what follows them cannot be understood.
    """
    found = unprintable(text, path)
    if found:
        problems.extend(found)
        text = _UNPRINTABLE.sub(" ", text)  # the same length, so that places stay right
    try:
        return _Parser(text, path, problems).document()
    except yaml.MarkedYAMLError as fault:
        problems.append(explain(fault, text, path))
    except _TooMuchError as fault:
        problems.append(fault.problem)
    return None


class _TooMuchError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class _Parser:
    """Builds the tree from the parser's events, which come one at a time and cost no depth."""

    def __init__(self, text: str, path: str, problems: list[Problem]) -> None:
        self.places = Places(text)
        self.path, self.problems = path, problems
        self.events = iter(yaml.parse(text, Loader=yaml.CSafeLoader))
        self.anchors: dict[str, Node] = {}
        self.values = 0

    def document(self) -> Node | None:
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self.report(
                        "second-document",
                        event,
                        "A second document starts here (“---”).",
                        "Keep one event a file: delete this line.",
                    )
                    break
                root = self.node(next(self.events), depth=0)
        return root

    def node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _TooMuchError(
                error(
                    "too-deep",
                    self.position(event),
                    f"Fields and lists stand in each other more than {MAX_DEPTH} deep.",
                    "Write them flatter; look for a run of “[” or “{”.",
                )
            )
        if isinstance(event, yaml.AliasEvent):
            node = self.alias(event)
        elif isinstance(event, yaml.ScalarEvent):
            node = Leaf(self.position(event), self.scalar(event))
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self.items(event, depth)
        else:
            node = self.fields(event, depth)
        self.values += node.size if isinstance(event, yaml.AliasEvent) else 1
        if self.values > MAX_VALUES:
            raise _TooMuchError(
                error(
                    "too-many-values",
                    self.position(event),
                    f"With its “*” copies the file holds more than {MAX_VALUES:,} values.",
                    "Write the text out instead of copying it with “&” and “*”.",
                )
            )
        anchor = getattr(event, "anchor", None)
        if anchor and not isinstance(event, yaml.AliasEvent):
            self.anchors[anchor] = node
        if tag := getattr(event, "tag", None):
            self.report(
                "tag",
                event,
                f"“{tag}” is a YAML tag; content needs none.",
                "Delete the word that starts with “!”, or put quotes around the text.",
            )
        return node

    def alias(self, event: yaml.AliasEvent) -> Node:
        if event.anchor in self.anchors:
            return self.anchors[event.anchor]
        self.report(
            "unknown-alias",
            event,
            f"“*{event.anchor}” copies something that no “&{event.anchor}” above it marks.",
            "If the star is part of the text, put quotes around the text.",
        )
        return Leaf(self.position(event), self.anchored(f"*{event.anchor}", event))

    def items(self, start: yaml.SequenceStartEvent, depth: int) -> Items:
        nodes: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            node = self.node(event, depth + 1)
            if is_empty(node):
                self.report(
                    "empty-item", event, "A list item is empty.", "Fill it in, or delete its line."
                )
            if start.flow_style and nodes:
                self.warn_of_comma(nodes[-1], node, event)
            nodes.append(node)
        return Items(self.position(start), nodes, size=1 + sum(n.size for n in nodes))

    def fields(self, start: yaml.Event, depth: int) -> Fields:
        nodes: dict[Scalar, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.report(
                    "field-name",
                    event,
                    "A field's name must be a word.",
                    "Put quotes around the text if “{”, “[” or “?” is part of it.",
                )
                self.node(event, depth + 1)
                self.node(next(self.events), depth + 1)
                continue
            name = self.scalar(event) or self.anchored("", event)
            first = next((known for known in nodes if known == name), None)
            node = self.node(next(self.events), depth + 1)
            if first is not None:
                self.report(
                    "duplicate-field",
                    event,
                    f"“{name}” is written twice; it stands in line {first.position.line} too.",
                    "Keep one of the two, or join their texts.",
                )
            else:
                nodes[name] = node
        return Fields(self.position(start), nodes, size=1 + sum(n.size for n in nodes.values()))

    def warn_of_comma(self, before: Node, after: Node, event: yaml.Event) -> None:
        """Report a number such as 8,000 that a list in brackets has cut in two."""
        first, second = (n.text if isinstance(n, Leaf) else None for n in (before, after))
        line, column = place(event.start_mark)
        joined = self.places.lines[line][column - 1 : column] == ","
        if joined and re.search(r"\d$", first or "") and re.match(r"\d{3}\b", second or ""):
            self.report(
                "comma-in-list",
                event,
                f"The comma before “{second}” ends a list item.",
                "Put quotes around the text, or write the list with a “-” on each line.",
            )

    def warn_of_note(self, event: yaml.ScalarEvent) -> None:
        """Report a “#4” after a text without quotes: YAML takes it for a note."""
        line, column = place(event.end_mark)
        rest = self.places.lines[line][column:] if line < len(self.places.lines) else ""
        if found := re.match(r"\s+(#\w.*)", rest):
            noted = Position(self.path, line + 1, column + found.start(1) + 1)
            self.problems.append(
                warning(
                    "note-in-text",
                    noted,
                    f"“{found[1].strip()}” is taken for a note, and is not printed.",
                    "Put quotes around the whole text; or a space after “#” if it is a note.",
                )
            )

    def position(self, event: yaml.Event) -> Position:
        line, column = place(event.start_mark)
        return Position(self.path, line + 1, column + 1)

    def anchored(self, text: str, event: yaml.Event) -> Scalar:
        """Return a text that stands in the file otherwise: all of it is placed at its start."""
        position = self.position(event)
        return Scalar.make(text, self.path, [(0, position.line, position.column)])

    def report(self, code: str, event: yaml.Event, message: str, hint: str) -> None:
        self.problems.append(error(code, self.position(event), message, hint))

    def scalar(self, event: yaml.ScalarEvent) -> Scalar | None:
        if not event.style and event.value in ("", "~", "null"):
            return None
        if _UNPRINTABLE.search(event.value):  # made by an escape such as "\\b"
            self.report(
                "unprintable-character",
                event,
                "The text holds an escape for a character that cannot be printed.",
                "Use single quotes, in which a backslash is a backslash.",
            )
            return self.anchored(_UNPRINTABLE.sub(" ", event.value), event)
        if not event.style:
            self.warn_of_note(event)
        return Scalar.make(event.value, self.path, self.places.anchors(event))
