"""A translation: a file ``event.LANGUAGE.yaml`` that says in another language what the event says.

It has the event's shape and gives only what differs, so a date or a name stands in one place.
Lists are matched item by item. What it leaves out is printed as the event says it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from report_builder.problems import Problem, advice, error, warning
from report_builder.settings.scalar import Scalar
from report_builder.settings.tree import Fields, Items, Leaf, Node, is_empty
from report_builder.settings.workspace import EVENT_FILE

SOURCE = "translates"
"""The field that holds the fingerprint of the words that were translated."""

# What is the same in every language: codes, names of files and people, addresses, answers.
_KEPT = {
    *("type", "language", "file", "web", "email", "phone", "logo", "consent", "for", "kind"),
    *("decorative", "row_heads", "across", "down", "count", "base", "values", "value", "number"),
    *("date", "start", "end", "others", "due", "speakers", "people", "answered_by", "by", "who"),
    *("owner", "organisation", "organisations", "apologies", "credit", "asked_by"),
    *("proposed_by", "seconded_by", "portfolio_holder", "lead_officer", "contact", "wards"),
    *("responses", "queries", "address", "size", "format"),
}
_PEOPLE = {"people", "contacts", "venue"}  # where “name”, and a text alone, is a name
_OF_SOMEONE = {"role", "organisation", "logo"}  # beside these, “name” is one too


def translation_file(folder: Path, language: str) -> Path:
    """Return where an event's translation lies."""
    return folder / f"{Path(EVENT_FILE).stem}.{language}.yaml"


def languages_of(folder: Path) -> list[str]:
    """Return the languages that an event is translated into."""
    stem = Path(EVENT_FILE).stem
    paths = folder.glob(f"{stem}.*.yaml")
    return sorted(path.name.removeprefix(f"{stem}.").removesuffix(".yaml") for path in paths)


def merge(event: Node, translation: Node, problems: list[Problem]) -> Node:
    """Return an event's tree with a translation's values in place of its own."""
    if is_empty(translation):
        return event
    if isinstance(event, Fields) and isinstance(translation, Fields):
        nodes = dict(event.nodes)
        for name, node in translation.nodes.items():
            if name in nodes and not is_empty(nodes[name]):
                nodes[name] = merge(nodes[name], node, problems)
            else:
                nodes[name] = node
        return Fields(event.position, nodes)
    if isinstance(event, Items) and isinstance(translation, Items):
        if len(translation.nodes) != len(event.nodes):
            here, there = len(translation.nodes), len(event.nodes)
            message = f"The list has {here} items, and {there} in {EVENT_FILE}."
            hint = "Items are matched one by one: write “- {}” for one that stays as it is."
            problems.append(error("translation-list", translation.position, message, hint))
            return event
        pairs = zip(event.nodes, translation.nodes, strict=True)
        return Items(event.position, [merge(one, other, problems) for one, other in pairs])
    return translation


def words(node: Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield everything in an event's tree that a translation says anew, with the way to it."""
    match node:
        case Fields(nodes=fields) if list(fields) == ["file"]:  # a text in a file of its own
            yield path, node
        case Fields(nodes=fields):
            named = not _OF_SOMEONE.isdisjoint(fields) or (bool(path) and path[0] in _PEOPLE)
            for name, child in fields.items():
                kept = name in _KEPT or (name == "name" and named)
                if not kept or (name == "people" and not path):
                    yield from words(child, (*path, str(name)))
        case Items(nodes=nodes):
            for number, child in enumerate(nodes):
                yield from words(child, (*path, str(number)))
        case Leaf(text=text) if text and any(c.isalpha() for c in text):
            if path != ("venue",) and not (path[0] in {"people", "contacts"} and len(path) == 2):
                yield path, node


def fingerprint(event: Node) -> str:
    """Return a short text that changes when what is to be translated does."""
    said = [(path, str(_text(node))) for path, node in words(event)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:12]


def judge(event: Node, translation: Node, language: str) -> Iterator[Problem]:
    """Yield what an officer should know of a translation: what it lacks, and whether it is old."""
    nodes = translation.nodes if isinstance(translation, Fields) else {}
    known = nodes.get(Scalar(SOURCE))
    if not (isinstance(known, Leaf) and known.text == fingerprint(event)):
        yield warning(
            "translation-old",
            known.position if known else translation.position,
            f"{EVENT_FILE} has changed since it was translated.",
            "Compare the two; then run “report-builder translate” to say that they agree.",
        )
    given = {path for path, _ in words(translation)}
    for path, node in words(event):
        if path not in given:
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
    if isinstance(node, Fields):
        node = node.nodes[Scalar("file")]
    return node.text if isinstance(node, Leaf) else None


def _name(path: tuple[str, ...]) -> str:
    """Return a field's way in words: “items 3 body” of the third of some items."""
    return " ".join(str(int(step) + 1) if step.isdigit() else step for step in path)
