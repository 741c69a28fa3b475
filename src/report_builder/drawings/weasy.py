"""WeasyPrint, held to what a document may use: no connection, no file but its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from report_builder.drawings.importing import import_weasyprint, text_engine
from report_builder.drawings.letters import Printed, printed
from report_builder.drawings.pictures import PAGE_WIDTH, SVG, UnusablePictureError, fit_for_print
from report_builder.drawings.refused import refused
from report_builder.drawings.whole import whole_pictures
from report_builder.html.document import without_sources
from report_builder.problems import Position, Problem, ReportBuilderError, error
from report_builder.sources import note_presence
from report_builder.templating.faces import HINT, families_for, lacking
from report_builder.templating.fonts import WEIGHTS, characters, font_faces, font_file, only_fonts
from report_builder.templating.resources import NotAllowedError, Resources

_FONT = "font:"
# WeasyPrint resolves addresses in style attributes only against a base; this one leads nowhere.
_BASE = "https://content.invalid/"
_DATA = "data:"
_SHOWN = 40  # characters of an address that holds all of a picture
_PIXELS_PER_MM = 96 / 25.4


def to_pdf(
    html: str,
    position: Position,
    resources: Resources,
    styles: str = "",
    width: float = PAGE_WIDTH,
    render: Callable[[Any, dict[str, Any]], Any] = lambda document, how: document.render(**how),
    **options: Any,
) -> bytes:
    """Return the PDF of a document; ``styles`` come before its own, ``options`` are WeasyPrint's.

    Photos have the points that a page of a ``width`` in millimetres shows. ``render`` gives the
    pages of WeasyPrint's document by how it is to be set.

    What cannot be used (a file outside, a picture that cannot be read) is a problem at
    ``position``.
    """
    with opened(html, position, resources, styles, width) as (document, settings):
        from weasyprint import DEFAULT_OPTIONS

        how = {**DEFAULT_OPTIONS, **settings, **options}
        pages = render(document, dict(how))
        del how["font_config"]
        pdf: bytes = pages.write_pdf(**how)
    return pdf


def heights_of(
    html: str, names: Iterable[str], position: Position, resources: Resources
) -> dict[str, float]:
    """Return how high some elements of a document's first page are, in millimetres, by name."""
    with opened(html, position, resources) as (document, settings):
        page = document.render(**settings).pages[0]._page_box
    boxes = {box.element_tag: box for box in reversed(list(page.descendants()))}
    return {name: boxes[name].border_height() / _PIXELS_PER_MM for name in names}


@contextmanager
def opened(
    html: str,
    position: Position,
    resources: Resources,
    styles: str = "",
    width: float = PAGE_WIDTH,
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Give WeasyPrint's document, and how it is to be set; raise what could not be used."""
    printable = without_sources(html)
    others = printed(styles + printable, position, resources)
    texts = (printable, *(other.text for other in others))
    known = resources.theme.font_families
    needed = {*families_for(texts, known), *(f for f in known if f"font-family: '{f}'" in html)}
    families = [family for family in known if family in needed]
    problems = list(_unprintable(others, families))
    with only_fonts(families), _complaints(problems, position):
        import_weasyprint()  # here, for it takes its time, and looks for fonts
        for library in text_engine():
            note_presence(library)
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        fetcher = _fetcher(resources, families, problems, position, width)
        fonts = FontConfiguration()
        faces = CSS(string=styles + font_faces(families), font_config=fonts, url_fetcher=fetcher)
        document = HTML(string=html, base_url=_BASE, url_fetcher=fetcher)
        how = {"stylesheets": [faces], "font_config": fonts, "presentational_hints": True}

        def refuse(url: str, reason: UnusablePictureError) -> None:
            name = url.removeprefix(_BASE)
            at = position if name.startswith(_DATA) else Position(resources.place(name))
            problems.append(refused(name, reason, at))

        with whole_pictures(resources.theme.font_families, refuse):
            yield document, how
    if problems:
        raise ReportBuilderError(problems)


def _unprintable(texts: Iterable[Printed], families: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each text with characters that no family has."""
    known = frozenset().union(*(characters(family) for family in families))
    for text, position in texts:
        if named := lacking(text, known):
            yield error("no-glyph", position, f"No font of the theme has {named}.", HINT)


@contextmanager
def _complaints(problems: list[Problem], position: Position) -> Iterator[None]:
    """Turn what WeasyPrint only logs, such as a picture left out, into problems."""

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR and "Failed to load" in record.getMessage():
                problems.append(
                    error(
                        "missing-file",
                        position,
                        record.getMessage().replace(_BASE, ""),
                        "Give a file's name in the event's folder, or “theme:NAME”.",
                    )
                )

    logger, listener = logging.getLogger("weasyprint"), Listener()
    level, propagate, handlers = logger.level, logger.propagate, logger.handlers
    logger.setLevel(logging.ERROR)
    logger.propagate, logger.handlers = False, [listener]
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.propagate, logger.handlers = propagate, handlers


def _fit(content: bytes, media_type: str, width: float) -> tuple[bytes, str]:
    """Return a file as WeasyPrint can use it: photos are made fit for print."""
    is_photo = media_type.startswith("image/") and media_type != SVG
    return fit_for_print(content, width) if is_photo else (content, media_type)


def _fetcher(
    resources: Resources,
    families: list[str],
    problems: list[Problem],
    position: Position,
    width: float,
) -> Any:
    """Return what WeasyPrint asks for files."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = {font_file(f, w).name: font_file(f, w) for f in families for w in WEIGHTS}

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url.startswith(_DATA):
                return self.fetch_data(url, headers)
            url = url.removeprefix(_BASE)
            if url.startswith(_FONT) and (path := fonts.get(url.removeprefix(_FONT))):
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            try:
                content, media_type = _fit(*resources.read(url), width)
            except (NotAllowedError, UnusablePictureError, OSError) as reason:
                problems.append(refused(url, reason, position))
                raise
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

        def fetch_data(self, url: str, headers: Any) -> URLFetcherResponse:
            given = super().fetch(url, headers)
            try:
                content, media_type = _fit(given.read(), given.content_type, width)
            except UnusablePictureError as reason:
                problems.append(refused(f"{url[:_SHOWN]}…", reason, position))
                raise
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return Fetcher()
