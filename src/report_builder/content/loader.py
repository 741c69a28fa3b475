"""Read an event's folder, and say everything that is wrong with what it holds."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from report_builder.content.anchors import anchors_of
from report_builder.content.fields import Line, Reader
from report_builder.content.files import leads_out
from report_builder.content.languages import languages_of, translation_file
from report_builder.content.model import Event, event_model
from report_builder.content.shape import unknown
from report_builder.content.source import parse
from report_builder.content.text import Text
from report_builder.content.translation import (
    SOURCE,
    judge,
    left_empty,
    merge,
)
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    advice,
    error,
    failure,
    nearest,
)
from report_builder.settings.faults import YAML, problems_of
from report_builder.settings.names import EVENT_FILE
from report_builder.settings.scalar import Scalar
from report_builder.settings.textfile import read_text
from report_builder.settings.tree import (
    Fields,
    Leaf,
    Node,
    data,
    empty_fields,
    is_empty,
)
from report_builder.sources import Noted, changed_since, note_again, noting


@dataclass(frozen=True)
class Loaded:
    """An event's folder as read, and the problems of its form.

    ``event`` is ``None`` where the model refused what stands there; ``texts`` and ``pictures``
    are what could be read all the same. ``translation`` is the language of a translation; it is
    empty for the event itself. ``ids`` are the names that it gives its parts.
    """

    folder: Path
    translation: str
    tree: Node | None
    event: Event | None
    texts: tuple[Text, ...]
    lines: tuple[Line, ...]
    pictures: tuple[Line, ...]
    ids: tuple[Line, ...]
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
    found = tuple(reader.texts), tuple(reader.lines), tuple(reader.pictures), tuple(reader.ids)
    return Loaded(folder, translation, tree, event, *found, problems)


def load_once(folder: Path, translation: str = "") -> Loaded:
    """Return what `load` does, as read before where none of its files has changed since."""
    known = _kept.pop((folder, translation), None)
    if known is None or known.stamps != _stamps(known.noted):
        began = time.time_ns()
        with noting() as noted:
            loaded = load(folder, translation)
        if any(changed_since(began, path) for path in noted):
            return loaded  # which of it was read before the change, nobody knows
        known = _Kept(loaded, noted, _stamps(noted))
    else:
        note_again(known.noted)
    _kept[folder, translation] = known
    while len(_kept) > _MOST_KEPT:
        del _kept[next(iter(_kept))]  # the one that was asked for the longest time ago
    return known.loaded


@dataclass(frozen=True)
class _Kept:
    """An event as read, from which files, and how these stood then."""

    loaded: Loaded
    noted: Noted
    stamps: dict[Path, tuple[int, ...]]


_kept: dict[tuple[Path, str], _Kept] = {}
_MOST_KEPT = 8  # an event in its translations


def _stamps(noted: Noted) -> dict[Path, tuple[int, ...]]:
    return {path: _stamp(path) for path in noted}


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def load_all(folder: Path) -> list[Loaded]:
    """Read an event, and then each of its translations."""
    return [load(folder), *(load(folder, language) for language in languages_of(folder))]


def parse_file(path: Path, problems: list[Problem]) -> Node | None:
    """Return a YAML file's tree; raise where it cannot be read at all."""
    if leads_out(path.parent, path.name):
        message = "This is a link to a file outside the event's folder, and is not followed."
        hint = "Put a copy of the file in its place."
        raise failure("file-outside", Position(path.as_posix()), message, hint)
    return parse(read_text(path), path.as_posix(), problems)


def _translated(tree: Node, language: str, reader: Reader) -> Node:
    """Return an event's tree with the words of a translation, and note what that lacks."""
    path = translation_file(reader.folder, language)
    problems: list[Problem] = []
    translation = parse_file(path, problems)
    if not isinstance(translation, Fields):
        position = translation.position if translation else Position(path.as_posix())
        hint = f"Run “report-builder translate {reader.folder.name} LANGUAGE” for one to fill in."
        said = error("not-a-translation", position, "The file holds no translation.", hint)
        reader.problems += [*problems, said]
        return tree
    # Its language is that of its file's name, and what it was made from is no part of an event.
    named = Scalar.make(language, path.as_posix(), [(0, 1, 1)])
    nodes = {Scalar("language"): Leaf(named.position, named), **translation.nodes}
    nodes.pop(Scalar(SOURCE), None)
    merged = merge(tree, Fields(translation.position, nodes), problems)
    # An item that is left empty is printed as the event says it.
    empty = {item.position for item in left_empty(merged)}
    reader.problems += [p for p in problems if p.code != "empty-item" or p.position in empty]
    reader.problems += judge(tree, translation, merged, language)
    return merged


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
    reader.anchors = anchors_of(tree)
    _fill_unknown(tree, reader)
    if isinstance(language := tree.nodes.get(Scalar("language")), Leaf):
        reader.language = str(language.text)
    event = None
    try:
        event = event_model().model_validate(data(tree), context=reader)
    except ValidationError as faults:
        reader.problems += problems_of(faults, tree, YAML, reader)
    refused = {problem.position for problem in reader.problems if problem.code == "unknown-field"}
    for group in empty_fields(tree):
        if empty := [name for name in group if name.position not in refused]:
            hint = "Fill it in once it is known, or delete the field."
            message = f"Left empty: {', '.join(empty)}."
            reader.problems.append(advice("empty-field", empty[0].position, message, hint))
    return event


def _fill_unknown(tree: Fields, reader: Reader) -> None:
    """Let items that may be left empty be so, where nobody knows the number."""
    if any(problem.code == "empty-item" for problem in reader.problems):
        filled = set(unknown(tree))
        reader.problems[:] = [
            p for p in reader.problems if p.code != "empty-item" or p.position not in filled
        ]


def _people(tree: Fields) -> dict[str, str]:
    """Return everyone's short name and name, even where “people” itself is mistyped."""
    field = "people" if "people" in tree.nodes else nearest("people", tree.nodes)
    people = tree.nodes.get(Scalar(field or ""))
    if not isinstance(people, Fields):
        return {}
    found = {}
    for short, node in people.nodes.items():
        name = node.nodes.get(Scalar("name")) if isinstance(node, Fields) else node
        if not is_empty(node):
            found[str(short)] = str(name.text) if isinstance(name, Leaf) else str(short)
    return found
