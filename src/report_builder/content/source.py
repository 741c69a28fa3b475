"""A YAML text read as a tree in which every value knows where it stands."""

from __future__ import annotations

import re

import yaml

from report_builder.content.places import Places, place
from report_builder.content.syntax import explain
from report_builder.problems import Position, Problem, error, warning
from report_builder.settings.scalar import Scalar
from report_builder.settings.textfile import UNPRINTABLE, unprintable
from report_builder.settings.tree import Fields, Items, Leaf, Node, is_empty

# Limits far above any real event; they stop a file from eating the machine's memory.
MAX_DEPTH = 60
MAX_VALUES = 100_000


def parse(text: str, path: str, problems: list[Problem]) -> Node | None:
    """Return the tree of a YAML text, or ``None`` where it has none.

    Faults are appended to ``problems``: duplicate fields do not stop the reading, faults of
    syntax do, because what follows them cannot be understood.
    """
    found = unprintable(text, path)
    if found:
        problems.extend(found)
        text = UNPRINTABLE.sub(" ", text)  # the same length, so that places stay right
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
        if UNPRINTABLE.search(event.value):  # made by an escape such as "\\b"
            self.report(
                "unprintable-character",
                event,
                "The text holds an escape for a character that cannot be printed.",
                "Use single quotes, in which a backslash is a backslash.",
            )
            return self.anchored(UNPRINTABLE.sub(" ", event.value), event)
        if not event.style:
            self.warn_of_note(event)
        return Scalar.make(event.value, self.path, self.places.anchors(event))
