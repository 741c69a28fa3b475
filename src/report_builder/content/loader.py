"""Read an event's folder, and say everything that is wrong with what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from report_builder.content import source
from report_builder.content.fields import Line, Reader
from report_builder.content.files import leads_out
from report_builder.content.model import Event, event_model
from report_builder.content.scalar import Scalar
from report_builder.content.source import Fields, Items, Leaf, Node
from report_builder.content.text import Text
from report_builder.content.translation import (
    SOURCE,
    judge,
    languages_of,
    merge,
    translation_file,
)
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    advice,
    did_you_mean,
    error,
    failure,
    nearest,
)
from report_builder.settings.workspace import EVENT_FILE


@dataclass(frozen=True)
class Loaded:
    """An event's folder as read, and the problems of its form.

    ``event`` is ``None`` where the model refused what stands there; ``texts`` and ``pictures``
    are what could be read all the same. ``translation`` is the language of a translation; it is
    empty for the event itself.
    """

    folder: Path
    translation: str
    tree: Node | None
    event: Event | None
    texts: tuple[Text, ...]
    pictures: tuple[Line, ...]
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The event's name: that of its folder."""
        return self.folder.name

    def fields(self, *path: str) -> Mapping[Scalar, Node]:
        """Return the fields that the file writes, empty ones too, in the group at a path."""
        node = self.tree
        for step in path:
            node = node.nodes.get(Scalar(step)) if isinstance(node, Fields) else None
        return node.nodes if isinstance(node, Fields) else {}


def load(folder: Path, translation: str = "") -> Loaded:
    """Read ``event.yaml`` and the files it names, or the event in one of its translations.

    Faults come back as problems; none is raised.
    """
    path = folder / EVENT_FILE
    reader = Reader(folder)
    tree, event = None, None
    try:
        tree = parse_file(path, reader.problems)
        if translation and tree:
            tree = _translated(tree, translation, reader)
    except ReportBuilderError as reason:
        reader.problems.extend(reason.problems)
    else:
        event = _event(tree, path, reader)
    problems = tuple(sorted(reader.problems, key=lambda problem: problem.position))
    texts, pictures = tuple(reader.texts), tuple(reader.pictures)
    return Loaded(folder, translation, tree, event, texts, pictures, problems)


def load_all(folder: Path) -> list[Loaded]:
    """Read an event, and then each of its translations."""
    return [load(folder), *(load(folder, language) for language in languages_of(folder))]


def parse_file(path: Path, problems: list[Problem]) -> Node | None:
    """Return a YAML file's tree; raise where it cannot be read at all."""
    if leads_out(path.parent, path.name):
        message = "This is a link to a file outside the event's folder, and is not followed."
        hint = "Put a copy of the file in its place."
        raise failure("file-outside", Position(path.as_posix()), message, hint)
    return source.parse(source.read_text(path), path.as_posix(), problems)


def _translated(tree: Node, language: str, reader: Reader) -> Node:
    """Return an event's tree with the words of a translation, and note what that lacks."""
    path = translation_file(reader.folder, language)
    translation = parse_file(path, reader.problems)
    if not isinstance(translation, Fields):
        position = translation.position if translation else Position(path.as_posix())
        hint = f"Run “report-builder translate {reader.folder.name} LANGUAGE” for one to fill in."
        reader.problems.append(
            error("not-a-translation", position, "The file holds no translation.", hint)
        )
        return tree
    reader.problems += judge(tree, translation, language)
    # Its language is that of its file's name, and what it was made from is no part of an event.
    named = Scalar.make(language, path.as_posix(), [(0, 1, 1)])
    nodes = {Scalar("language"): Leaf(named.position, named), **translation.nodes}
    nodes.pop(Scalar(SOURCE), None)
    return merge(tree, Fields(translation.position, nodes), reader.problems)


def _event(tree: Node | None, path: Path, reader: Reader) -> Event | None:
    if not isinstance(tree, Fields):
        if not reader.problems:
            reader.problems.append(
                error(
                    "not-an-event",
                    tree.position if tree else Position(path.as_posix()),
                    "The file holds no event.",
                    "Begin with “title: …”; “report-builder new NAME” writes an example.",
                )
            )
        return None
    reader.people = _people(tree)
    if isinstance(language := tree.nodes.get(Scalar("language")), Leaf):
        reader.language = str(language.text)
    event = None
    try:
        event = event_model().model_validate(source.data(tree), context=reader)
    except ValidationError as faults:
        reader.problems.extend(_problem(fault, tree) for fault in faults.errors())
    refused = {problem.position for problem in reader.problems if problem.code == "unknown-field"}
    for group in source.empty_fields(tree):
        if empty := [name for name in group if name.position not in refused]:
            hint = "Fill it in once it is known, or delete the field."
            message = f"Left empty: {', '.join(empty)}."
            reader.problems.append(advice("empty-field", empty[0].position, message, hint))
    return event


def _people(tree: Fields) -> dict[str, str]:
    """Return everyone's short name and name, even where “people” itself is mistyped."""
    field = "people" if "people" in tree.nodes else nearest("people", tree.nodes)
    people = tree.nodes.get(Scalar(field or ""))
    if not isinstance(people, Fields):
        return {}
    found = {}
    for short, node in people.nodes.items():
        name = node.nodes.get(Scalar("name")) if isinstance(node, Fields) else node
        if not source.is_empty(node):
            found[str(short)] = str(name.text) if isinstance(name, Leaf) else str(short)
    return found


def _problem(fault: ErrorDetails, tree: Node) -> Problem:
    """Return a fault of the model in an officer's words, at the place it speaks of."""
    node, field, named = _find(tree, fault["loc"])
    context = fault.get("ctx", {})
    match fault["type"]:
        case "missing":
            missing = fault["loc"][-1]
            return error(
                "missing-field",
                node.position,
                f"“{missing}” is missing from {named}.",
                f"Add a line “{missing}: …” here.",
            )
        case "union_tag_not_found":
            return error(
                "missing-field",
                node.position,
                "The section does not say which kind it is.",
                "Add a line “type: …”, for example “type: prose”.",
            )
        case "union_tag_invalid":
            known = [name.strip(" '") for name in context["expected_tags"].split(",")]
            kind = node.nodes[Scalar("type")] if isinstance(node, Fields) else node
            return error(
                "unknown-section-type",
                kind.position,
                f"There is no kind of section called “{context['tag']}”.",
                did_you_mean(context["tag"], known) or f"The kinds are: {', '.join(known)}.",
            )
        case "literal_error":
            known = [w.strip(" '") for w in context["expected"].replace(" or ", ", ").split(",")]
            return error(
                "unknown-value",
                node.position,
                f"“{fault['input']}” is not something that “{field}” can be.",
                did_you_mean(str(fault["input"]), known) or f"Write one of: {', '.join(known)}.",
            )
        case "tuple_type":
            return error(
                "not-a-list",
                node.position,
                f"“{field}” should be a list, and is {source.type_names[type(node)]}.",
                "Put each item on a line of its own that begins with “- ”.",
            )
        case "model_type" | "dict_type" | "model_attributes_type":
            return error(
                "not-fields",
                node.position,
                f"“{field}” should be fields with values, and is {source.type_names[type(node)]}.",
                "Write “name: value” lines, indented under it.",
            )
        case "int_parsing" | "int_type" | "float_parsing" | "float_type" | "int_from_float":
            return error(
                "not-a-number",
                node.position,
                f"“{field}” should be a number.",
                "Write digits alone: 1200 or 3.5.",
            )
        case "greater_than":
            return error(
                "not-a-number",
                node.position,
                f"“{field}” should be a number above 0.",
                "Write digits alone: 1200.",
            )
        case "bool_parsing" | "bool_type":
            return error(
                "not-yes-or-no",
                node.position,
                f"“{field}” should be true or false.",
                "Write “true” or “false” without quotes.",
            )
    message = fault["msg"]
    if field and isinstance(node, Leaf):
        message = f"{field}: {message}"
    return error(fault["type"], node.position, message, context.get("hint", ""))


def _find(tree: Node, location: tuple[int | str, ...]) -> tuple[Node, str, str]:
    """Return the value that a fault speaks of, the field that holds it, and a name for both.

    A location may hold names that stand for no value in the file: the kind of a section, the
    field that a short form stands for, a field that is missing. They are passed over.
    """
    node, field, named = tree, "", "the event"
    for step in location:
        if isinstance(node, Fields) and isinstance(step, str) and step in node.nodes:
            node, field, named = node.nodes[Scalar(step)], step, f"“{step}”"
        elif isinstance(node, Items) and isinstance(step, int):
            node = [child for child in node.nodes if not source.is_empty(child)][step]
            named = f"item {step + 1} of “{field}”"
    return node, field, named
