"""What can be attached: documents that are built, checked, and unchanged since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_builder.content.slug import slug
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
)
from report_builder.store.manifest import MANIFEST, read_outputs

_FORMATS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": (
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "png": ("PNG", "image/png"),
    "svg": ("SVG", "image/svg+xml"),
    "csv": ("CSV", "text/csv"),
}
"""What each ending of a name is called, and its media type; what people most want first."""

LONGEST_NAME = 60
"""How many characters of somebody's or something's name go into a file's."""

_HAVE_EDITIONS = ("report",)
"""The kinds whose lack of an edition is worth telling."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of an event's output: ``name`` is the one under which its reader gets it."""

    file: str
    kind: str
    edition: str
    translation: str
    suffix: str
    bytes: int
    sha256: str
    made_from: str
    name: str

    @property
    def format(self) -> str:
        """What people call the format."""
        return _FORMATS[self.suffix][0]

    @property
    def media_type(self) -> str:
        """What mail programs call it."""
        return _FORMATS[self.suffix][1]


@dataclass(frozen=True)
class Shelf:
    """The documents of an event that may be sent."""

    folder: Path
    made_from: str
    documents: tuple[Document, ...]

    def choose(
        self, wanted: Sequence[str], language: str, edition: str
    ) -> tuple[tuple[Document, ...], tuple[str, ...]]:
        """Return the wanted documents as they suit a reader, and which of them do not wholly.

        ``wanted`` are kinds (“report”) or files (“poster.png”). The reader's language comes
        before their edition; what was not built in it comes as it was.
        """
        chosen, lacking = [], []
        for name in wanted:
            versions = {(d.translation, d.edition): d for d in self.versions(name)}
            ways = ((language, edition), (language, ""), ("", edition), ("", ""))
            found = next(versions[way] for way in ways if way in versions)
            chosen.append(found)
            if edition and found.edition != edition and found.kind in _HAVE_EDITIONS:
                lacking.append(f"the {found.kind} in the edition “{edition}”")
            if language and found.translation != language:
                lacking.append(f"the {found.kind} in “{language}”")
        return tuple(chosen), tuple(lacking)

    def read(self, document: Document) -> bytes:
        """Return a document's bytes; raise where they are no longer what was built."""
        content = (self.folder / document.file).read_bytes()
        if hashlib.sha256(content).hexdigest() != document.sha256:
            raise ReportBuilderError([_changed(self.folder, document.file)])
        return content

    def faults(self, documents: Iterable[Document]) -> Iterator[Problem]:
        """Yield a problem for each document that is not, as built, the product of today's content.

        Those which nobody is to get may be old.
        """
        for document in sorted(set(documents), key=lambda document: document.file):
            position = Position((self.folder / document.file).as_posix())
            if hashlib.sha256(Path(position.path).read_bytes()).hexdigest() != document.sha256:
                yield _changed(self.folder, document.file)
            elif document.made_from != self.made_from:
                message = "The event, the theme or the program has changed since this was built."
                name = self.folder.name
                hint = f"Run “report-builder build {name}”, and look at it before you send it."
                yield error("document-old", position, message, hint)

    def versions(self, name: str) -> list[Document]:
        """Return all versions of a kind in one format, or of a file."""
        kind, _, suffix = name.partition(".")
        of_kind = [d for d in self.documents if d.kind == kind and suffix in ("", d.suffix)]
        best = min((list(_FORMATS).index(d.suffix) for d in of_kind), default=0)
        return [d for d in of_kind if list(_FORMATS).index(d.suffix) == best]


def find_documents(
    folder: Path, made_from: str, wanted: Sequence[str], languages: Iterable[str]
) -> Shelf:
    """Return an event's documents of the wanted kinds, or raise which of these there are not.

    ``folder`` is that of its outputs, ``made_from`` the fingerprint of what they should be made of.
    """
    found = tuple(_documents(folder.name, read_outputs(folder), tuple(languages)))
    shelf = Shelf(folder, made_from, found)
    problems = [
        _missing(folder, name, {document.kind for document in found})
        for name in wanted
        if not any(not (d.edition or d.translation) for d in shelf.versions(name))
    ]
    if problems:
        raise ReportBuilderError(problems)
    return shelf


def _documents(
    event: str, outputs: Mapping[str, Mapping[str, Any]], languages: Sequence[str]
) -> Iterator[Document]:
    """Yield what a manifest lists: ``report.large-print.ur.pdf`` is an edition in a language."""
    for file, record in outputs.items():
        kind, *middle, suffix = file.split(".")
        if suffix not in _FORMATS:
            continue
        translation = middle.pop() if middle and middle[-1] in languages else ""
        edition = ".".join(middle)
        stem = "-".join(filter(None, (slug(event, LONGEST_NAME), kind, edition, translation)))
        about = (record["bytes"], record["sha256"], record["inputs"], f"{stem}.{suffix}")
        yield Document(file, kind, edition, translation, suffix, *about)


def _changed(folder: Path, file: str) -> Problem:
    message = "This is not the document that was built and checked: somebody has changed it."
    hint = f"Run “report-builder build {folder.name}”; what it should say stands in content/."
    return error("document-changed", Position((folder / file).as_posix()), message, hint)


def _missing(folder: Path, name: str, kinds: Iterable[str]) -> Problem:
    known = sorted(kinds)
    if not known:
        message, hint = "Nothing is built yet.", f"Run “report-builder build {folder.name}” first."
    else:
        message = f"There is no “{name}” among what was built."
        hint = did_you_mean(name, known) or f"There are: {', '.join(known)}."
    return error("document-missing", Position((folder / MANIFEST).as_posix()), message, hint)
