"""What a file holds, as a tree in which every value knows where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from report_builder.problems import Position
from report_builder.settings.scalar import Scalar

Value = Scalar | bool | int | float | dt.date | dt.time
"""What a single value may be: text, or one of the types that TOML has and YAML content has not."""


@dataclass(slots=True)
class Node:
    """A value in the tree: its place and how many values it holds, itself included."""

    position: Position
    size: int = field(default=1, kw_only=True)


@dataclass(slots=True)
class Leaf(Node):
    """A single value, or ``None`` where the file leaves it empty."""

    value: Value | None

    @property
    def text(self) -> Scalar | None:
        """The value where it is a piece of text."""
        return self.value if isinstance(self.value, Scalar) else None


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
    """Return the tree as dicts, lists and values; an empty field's value is ``None``."""
    match node:
        case Leaf(value=value):
            return value
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
    return isinstance(node, Leaf) and node.value is None


def merge(base: Fields, over: Fields) -> Fields:
    """Return the fields of both, group by group; where both have one, that of ``over``.

    Each keeps its own place, so that a fault in it is named where it was written.
    """
    nodes: dict[Scalar, Node] = {}
    own = {name: name for name in over.nodes}
    for name, before in base.nodes.items():
        node = over.nodes.get(name, before)
        if isinstance(before, Fields) and isinstance(node, Fields) and node is not before:
            node = merge(before, node)
        nodes[own.get(name, name)] = node
    for name, node in over.nodes.items():
        nodes.setdefault(name, node)
    return Fields(over.position, nodes)


def planted(values: Mapping[str, object], position: Position) -> Fields:
    """Return plain values as a tree all of which stands at one place, such as the command line."""
    node = _planted(values, position)
    assert isinstance(node, Fields)  # noqa: S101  # a mapping becomes nothing else
    return node


def _planted(value: object, position: Position) -> Node:
    match value:
        case Mapping():
            names = {_named(str(name), position): name for name in value}
            return Fields(
                position, {name: _planted(value[key], position) for name, key in names.items()}
            )
        case list() | tuple():
            return Items(position, [_planted(one, position) for one in value])
        case bool() | int() | float() | dt.date() | dt.time() | None:
            return Leaf(position, value)
    return Leaf(position, _named(str(value), position))


def _named(text: str, position: Position) -> Scalar:
    return Scalar.make(text, position.path, [(0, position.line, position.column)])


def at(node: Node, *path: str | int) -> Position:
    """Return where the value at a path stands, or the last thing on the way to it."""
    return walk(node, path)[0].position


def name_at(node: Node, *path: str | int) -> Position:
    """Return where the name of the field at a path is written, or the last thing on the way."""
    found, names = walk(node, path)
    return names[-1].position if len(names) == len(path) and names else found.position


def walk(node: Node, path: tuple[str | int, ...]) -> tuple[Node, list[Scalar]]:
    """Return what stands at a path, as far as it leads somewhere, and the names on the way."""
    names: list[Scalar] = []
    for step in path:
        if isinstance(node, Fields) and step in node.nodes:
            names.append(next(name for name in node.nodes if name == step))
            node = node.nodes[names[-1]]
        elif isinstance(node, Items) and isinstance(step, int) and step < len(node.nodes):
            node = node.nodes[step]
        else:
            break
    return node, names


def places(node: Node) -> Iterator[Position]:
    """Yield where a value stands, and every name and value in it."""
    yield node.position
    if isinstance(node, Fields):
        for name, child in node.nodes.items():
            yield name.position
            yield from places(child)
    elif isinstance(node, Items):
        for child in node.nodes:
            yield from places(child)
