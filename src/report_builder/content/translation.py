"""A translation: a file ``event.LANGUAGE.yaml`` that says in another language what the event says.

It has the event's shape and gives only what differs, so a date or a name stands in one place.
Lists are matched item by item. What it leaves out is printed as the event says it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from report_builder.content.model import event_model
from report_builder.content.shape import Shape
from report_builder.problems import Problem, advice, error, warning
from report_builder.settings.names import EVENT_FILE
from report_builder.settings.scalar import Scalar
from report_builder.settings.tree import Fields, Items, Leaf, Node, is_empty

SOURCE = "translates"
"""The field that holds the fingerprint of the words that were translated."""


def merge(
    event: Node, translation: Node, problems: list[Problem], shape: Shape | None = None
) -> Node:
    """Return an event's tree with a translation's values in place of its own."""
    if is_empty(translation) or (isinstance(translation, Fields) and not translation.nodes):
        return event
    shape = (shape or _event_shape()).chosen(event)
    if isinstance(event, Fields) != isinstance(translation, Fields):
        event, translation = _in_full(event, shape), _in_full(translation, shape)
    if isinstance(event, Fields) and isinstance(translation, Fields):
        nodes = dict(event.nodes)
        for name, node in translation.nodes.items():
            if name in nodes and not is_empty(nodes[name]):
                nodes[name] = merge(nodes[name], node, problems, shape.field(name))
            else:
                nodes[name] = node
        return Fields(event.position, nodes)
    if isinstance(event, Items) and isinstance(translation, Items):
        if len(translation.nodes) != len(event.nodes):
            here, there = len(translation.nodes), len(event.nodes)
            message = f"The list has {here} items, and {there} in {EVENT_FILE}."
            hint = "Items are matched one by one: write “- {}” for one that stays as it is."
            problems.append(error("translation-list", translation.position, message, hint))
        pairs = enumerate(zip(event.nodes, translation.nodes, strict=False))
        merged = [merge(*pair, problems, shape.item(number)) for number, pair in pairs]
        return Items(event.position, merged + event.nodes[len(merged) :])
    return translation


def _in_full(node: Node, shape: Shape) -> Node:
    """Return a text that stands alone as the field that it stands for."""
    if not (shape.alone and isinstance(node, Leaf) and node.text):
        return node
    place = node.position
    name = Scalar.make(shape.alone, place.path, [(0, place.line, place.column)])
    return Fields(place, {name: node})


def left_empty(node: Node) -> Iterator[Node]:
    """Yield the items of lists that are still empty in an event's tree and its translation's."""
    match node:
        case Fields(nodes=fields):
            for child in fields.values():
                yield from left_empty(child)
        case Items(nodes=nodes):
            for child in nodes:
                yield from [child] if is_empty(child) else left_empty(child)


def words(
    node: Node, shape: Shape | None = None, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield everything in an event's tree that a translation says anew, with the way to it."""
    shape = (shape or _event_shape()).chosen(node)
    if shape.says:
        text = _text(node)
        if text and any(c.isalpha() for c in text):
            yield path, node
        return
    for step, child, inner in shape.parts(node):
        yield from words(child, inner, (*path, *step))


def _event_shape() -> Shape:
    return Shape.of(event_model())


def fingerprint(event: Node) -> str:
    """Return a short text that changes when what is to be translated does."""
    said = [(path, str(_text(node))) for path, node in words(event)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]


def judge(event: Node, translation: Node, merged: Node, language: str) -> Iterator[Problem]:
    """Yield what an officer should know of a translation: what it lacks, and whether it is old.

    ``merged`` is the tree of the event in that language.
    """
    nodes = translation.nodes if isinstance(translation, Fields) else {}
    known = nodes.get(Scalar(SOURCE))
    if not (isinstance(known, Leaf) and known.text == fingerprint(event)):
        yield warning(
            "translation-old",
            known.position if known else translation.position,
            f"{EVENT_FILE} has changed since it was translated.",
            "Compare the two; then run “report-builder translate” to say that they agree.",
        )
    for path, node in words(merged):
        if node.position.path == event.position.path:
            yield advice(
                "not-translated",
                node.position,
                f"Not yet translated into “{language}”: {_name(path)}.",
                "It is printed as it stands here.",
            )


def outline(event: Node, language: str) -> str:
    """Return a translation to fill in: every field, with what the event says beside it."""
    lines = [
        f"# What {EVENT_FILE} says, in another language. Write after each colon what stands in the",
        "# comment beside it; what you leave empty is printed as it is in the event.",
        f"language: {language}",
        f"{SOURCE}: {fingerprint(event)}",
        "",
    ]
    wanted = {path for path, _ in words(event)}
    lines += _outline(event, wanted, (), 0)
    return "\n".join(lines) + "\n"


def _outline(
    node: Node, wanted: set[tuple[str, ...]], path: tuple[str, ...], deep: int
) -> list[str]:
    pad = "  " * deep
    lines = []
    named: list[tuple[str, Node, str]] = []
    if isinstance(node, Fields):
        named = [(str(name), child, f"{pad}{name}:") for name, child in node.nodes.items()]
    elif isinstance(node, Items):
        named = [(str(number), child, f"{pad}-") for number, child in enumerate(node.nodes)]
    for name, child, start in named:
        here = (*path, name)
        if here in wanted:
            lines.append(f"{start}  # {_shown(child)}")
        elif any(one[: len(here)] == here for one in wanted):
            inner = _outline(child, wanted, here, deep + 1)
            if isinstance(node, Items):  # the item's first field stands beside its dash
                lines += [f"{start} {inner[0].lstrip()}", *inner[1:]]
            else:
                lines += [start, *inner]
        elif isinstance(node, Items):
            lines.append(f"{start} {{}}")
    return lines


def _shown(node: Node) -> str:
    text = " ".join(str(_text(node)).split())
    return text if len(text) <= 100 else f"{text[:100].rsplit(' ', 1)[0]} …"


def _text(node: Node) -> Scalar | None:
    """Return a text, or the name of the file that it stands in."""
    if isinstance(node, Fields) and list(node.nodes) == ["file"]:
        node = node.nodes[Scalar("file")]
    return node.text if isinstance(node, Leaf) else None


def _name(path: tuple[str, ...]) -> str:
    """Return a field's way in words: “items 3 body” of the third of some items."""
    return " ".join(str(int(step) + 1) if step.isdigit() else step for step in path)
