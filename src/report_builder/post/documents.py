"""What can be attached: documents that are built, checked, and unchanged since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from report_builder.content.slug import slug
from report_builder.fingerprint import Trace, content_hash, hashed
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
)
from report_builder.store.manifest import MANIFEST, Output, read_manifest
from report_builder.writers import FileType, writers

LONGEST_NAME = 60
"""How many characters of somebody's or something's name go into a file's."""


@lru_cache(maxsize=1)
def _file_types() -> Mapping[str, FileType]:
    """Return the types of files that can be attached by suffix, what people most want first."""
    attached = (writer for writer in writers().values() if writer.attaches)
    return {suffix: kind for writer in attached for suffix, kind in writer.file_types.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A file of an event's output: ``name`` is the one under which its reader gets it.

    Where its like ``has_editions``, the lack of one is worth telling.
    """

    file: str
    kind: str
    edition: str
    translation: str
    suffix: str
    bytes: int
    sha256: str
    has_editions: bool
    name: str

    @property
    def format(self) -> str:
        """What people call the format."""
        return _file_types()[self.suffix].name

    @property
    def media_type(self) -> str:
        """What mail programs call it."""
        return _file_types()[self.suffix].media_type


@dataclass(frozen=True)
class Shelf:
    """The documents of an event that may be sent, and what each file was made from."""

    folder: Path
    is_current: Callable[[Trace], bool]
    documents: tuple[Document, ...]
    traces: Mapping[str, Trace]

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
            if edition and found.edition != edition and found.has_editions:
                lacking.append(f"the {found.kind} in the edition “{edition}”")
            if language and found.translation != language:
                lacking.append(f"the {found.kind} in “{language}”")
        return tuple(chosen), tuple(lacking)

    def read(self, document: Document) -> bytes:
        """Return a document's bytes; raise where they are no longer what was built."""
        content = (self.folder / document.file).read_bytes()
        if hashed(content) != document.sha256:
            raise ReportBuilderError([_changed(self.folder, document.file)])
        return content

    def faults(self, documents: Iterable[Document]) -> Iterator[Problem]:
        """Yield a problem for each document that is not, as built, the product of today's content.

        Those which nobody is to get may be old.
        """
        by_file = {document.file: document for document in documents}
        for file, document in sorted(by_file.items()):
            position = Position((self.folder / file).as_posix())
            if content_hash(self.folder / file) != document.sha256:
                yield _changed(self.folder, file)
            elif not self.is_current(self.traces[file]):
                message = "The event, the theme or the program has changed since this was built."
                name = self.folder.name
                hint = f"Run “report-builder build {name}”, and look at it before you send it."
                yield error("document-old", position, message, hint)

    def versions(self, name: str) -> list[Document]:
        """Return all versions of a kind in one format, or of a file."""
        kind, _, suffix = name.partition(".")
        of_kind = [d for d in self.documents if d.kind == kind and suffix in ("", d.suffix)]
        best = min((list(_file_types()).index(d.suffix) for d in of_kind), default=0)
        return [d for d in of_kind if list(_file_types()).index(d.suffix) == best]


def find_documents(
    folder: Path, wanted: Sequence[str], is_current: Callable[[Trace], bool]
) -> Shelf:
    """Return an event's documents of the wanted kinds, or raise which of these there are not.

    ``folder`` is that of its outputs; ``is_current`` tells whether one would be made of the same
    today.
    """
    manifest = read_manifest(folder)
    made_from = manifest.traces or {}
    traces = {o.name: made_from[o.job] for o in manifest.outputs if o.job in made_from}
    found = tuple(_documents(manifest.event, manifest.outputs, traces))
    shelf = Shelf(folder, is_current, found, traces)
    problems = [
        _missing(folder, name, {document.kind for document in found})
        for name in wanted
        if not any(not (d.edition or d.translation) for d in shelf.versions(name))
    ]
    if problems:
        raise ReportBuilderError(problems)
    return shelf


def _documents(
    event: str, outputs: Iterable[Output], traces: Mapping[str, Trace]
) -> Iterator[Document]:
    """Yield what a manifest lists: ``report.large-print.ur.pdf`` is an edition in a language."""
    for output in outputs:
        kind, *middle, suffix = output.name.split(".")
        if output.name not in traces or suffix not in _file_types():
            continue
        job = traces[output.name].settings["job"]
        format_, translation = job["document"], job["language"]
        has_editions = format_ in writers() and writers()[format_].has_editions
        edition = ".".join(middle).removesuffix(translation).removesuffix(".")
        words = (slug(event, LONGEST_NAME), kind, edition, translation)
        name = f"{'-'.join(filter(None, words))}.{suffix}"
        about = (output.size, output.sha256, has_editions, name)
        yield Document(output.name, kind, edition, translation, suffix, *about)


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
