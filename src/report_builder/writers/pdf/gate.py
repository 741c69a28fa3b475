"""The gate that a document's pages pass: watched while they are painted, then held to the rules."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from report_builder.checks.page import check_page
from report_builder.checks.page.subject import Pages
from report_builder.html.document import Document
from report_builder.problems import Position, Problem
from report_builder.readback.painted import Place
from report_builder.readback.pixels import Grounds
from report_builder.templating.declared import Wanted
from report_builder.templating.resources import Resources
from report_builder.templating.stylesheets import in_shipped
from report_builder.writers.pdf.origins import Sources
from report_builder.writers.pdf.recorder import Recorder, glyphs_of, recording


class PageGate:
    """A document's pages as they come; ``problems`` is what `look` found in them.

    ``least`` is the smallest size of its text in points; words within the classes of ``sized`` may
    be smaller, for their sizes say something. A picture of a page is not ``read`` by a program.
    """

    def __init__(
        self,
        document: Document,
        resources: Resources,
        least: float,
        sized: tuple[str, ...] = (),
        *,
        read: bool = True,
    ) -> None:
        self.problems: list[Problem] = []
        self._path, self._resources = document.path, resources
        self._least, self._sized, self._read = least, frozenset(sized), read
        self._recorder = Recorder()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Note all that is painted, as long as this lasts."""
        with recording() as self._recorder:
            yield

    def look(self, pdf: bytes) -> list[Problem]:
        """Return what is wrong with the pages of the PDF that was painted."""
        places = self._recorder.places
        assert places is not None  # noqa: S101  # there is no PDF without a page
        sources = Sources(places.root, places.parents, self._path, self._resources)
        pages = Pages(
            self._recorder.sheets,
            self._least,
            _Origin(sources),
            Grounds(pdf),
            glyphs_of,
            self._sized,
            self._read,
        )
        self.problems = check_page(pages)
        return self.problems


class _Origin:
    """Where what is painted came from: a line of the content, or of the theme's style sheets."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    def words(self, place: Place) -> Position:
        """Return the content's line that something came from, else the theme's file."""
        return self._sources.line(place.element)

    def style(self, place: Place, wanted: Wanted) -> tuple[Position, str] | None:
        """Return where the theme itself declares one of some properties of it, and what."""
        found = self._sources.style(place.element, place.part, wanted)
        return (
            (found.position, f"{found.rule} {{ {found.name}: {found.value} }}") if found else None
        )

    def is_shipped(self, position: Position) -> bool:
        """Tell whether a place is in a file that comes with the program."""
        return in_shipped(Path(position.path))
