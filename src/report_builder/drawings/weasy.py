"""WeasyPrint, held to what a document may use: no connection, no file but its own."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from report_builder.drawings.importing import import_weasyprint, text_engine
from report_builder.drawings.pictures import SVG, UnusablePictureError, fit_for_print
from report_builder.problems import Position, Problem, ReportBuilderError, error
from report_builder.sources import note_presence
from report_builder.templating.fonts import WEIGHTS, families_for, font_faces, font_file, only_fonts
from report_builder.templating.resources import NotAllowedError, Resources

_FONT = "font:"
# WeasyPrint resolves addresses in style attributes only against a base; this one leads nowhere.
_BASE = "https://content.invalid/"
_PIXELS_PER_MM = 96 / 25.4


def to_pdf(
    html: str, position: Position, resources: Resources, styles: str = "", **options: Any
) -> bytes:
    """Return the PDF of a document; ``styles`` come before its own, ``options`` are WeasyPrint's.

    What cannot be used (a file outside, a picture that cannot be read) is a problem at
    ``position``.
    """
    with opened(html, position, resources, styles) as (document, settings):
        pdf: bytes = document.write_pdf(**settings, **options)
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
    html: str, position: Position, resources: Resources, styles: str = ""
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Give WeasyPrint's document, and how it is to be set; raise what could not be used."""
    families = families_for(html, resources.theme.font_families)
    problems: list[Problem] = []
    with only_fonts(families), _complaints(problems, position):
        import_weasyprint()  # here, for it takes its time, and looks for fonts
        for library in text_engine():
            note_presence(library)
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        fetcher = _fetcher(resources, families, problems, position)
        fonts = FontConfiguration()
        faces = CSS(string=styles + font_faces(families), font_config=fonts, url_fetcher=fetcher)
        document = HTML(string=html, base_url=_BASE, url_fetcher=fetcher)
        how = {"stylesheets": [faces], "font_config": fonts, "presentational_hints": True}
        yield document, how
    if problems:
        raise ReportBuilderError(problems)


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


def _fetcher(
    resources: Resources, families: list[str], problems: list[Problem], position: Position
) -> Any:
    """Return what WeasyPrint asks for files."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = {font_file(f, w).name: font_file(f, w) for f in families for w in WEIGHTS}

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            url = url.removeprefix(_BASE)
            if url.startswith(_FONT) and (path := fonts.get(url.removeprefix(_FONT))):
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            try:
                content, media_type = resources.read(url)
                if media_type.startswith("image/") and media_type != SVG:
                    content, media_type = fit_for_print(content)
            except (NotAllowedError, UnusablePictureError, OSError) as reason:
                message = f"The document asks for “{url}”: {reason}"
                hint = "Give a file's name in the event's folder, or “theme:NAME”."
                problems.append(error("missing-file", position, message, hint))
                raise
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return Fetcher()
