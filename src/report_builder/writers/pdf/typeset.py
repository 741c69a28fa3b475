"""HTML and CSS set as PDF/UA by WeasyPrint, from the document's own files alone."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from report_builder.checks.glyphs import check_glyphs
from report_builder.checks.html import check_html, parse_html
from report_builder.checks.pdf import check_pdf
from report_builder.problems import Position, Problem, ReportBuilderError, error, stops
from report_builder.templating.fonts import WEIGHTS, font_faces, font_file, use_only
from report_builder.templating.resources import NotAllowedError, Resources

FONT = "font:"
# WeasyPrint resolves addresses in style attributes only against a base; this one leads nowhere.
BASE = "https://content.invalid/"


def typeset(html: str, template: str, resources: Resources) -> bytes:
    """Return a PDF/UA-1 file of a document, or raise its problems.

    The document is checked as HTML before and as PDF after: a file that a screen reader
    cannot follow is never returned. The same document gives the same bytes.
    """
    families = resources.theme.font_families
    use_only(tuple(families))
    # Imported here: WeasyPrint takes its time, and looks for fonts when it is imported.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    root = parse_html(html)
    problems = check_html(root, template) + check_glyphs(root, template, families)
    if stops(problems):
        raise ReportBuilderError(problems)
    fetcher = _fetcher(resources, families, problems, template)
    fonts = FontConfiguration()
    faces = CSS(string=font_faces(families), font_config=fonts, url_fetcher=fetcher)
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    pdf: bytes = HTML(string=html, base_url=BASE, url_fetcher=fetcher).write_pdf(
        stylesheets=[faces],
        font_config=fonts,
        pdf_variant="pdf/ua-1",
        pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
    )
    problems += check_pdf(pdf, template)
    if stops(problems):
        raise ReportBuilderError(problems)
    return pdf


def _fetcher(
    resources: Resources, families: list[str], problems: list[Problem], template: str
) -> Any:
    """Return what WeasyPrint asks for files; it never opens a connection."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    fonts = {
        font_file(f, weight).name: font_file(f, weight) for f in families for weight in WEIGHTS
    }

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, _headers: object = None) -> URLFetcherResponse:
            url = url.removeprefix(BASE)
            if url.startswith(FONT) and (path := fonts.get(url.removeprefix(FONT))):
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})
            try:
                content, media_type = resources.read(url)
            except (NotAllowedError, OSError) as reason:
                problems.append(
                    error(
                        "missing-file",
                        Position(template),
                        f"The document asks for “{url}”: {reason}",
                        "Give a file's name in the event's folder, or “theme:NAME”.",
                    )
                )
                raise
            return URLFetcherResponse(url, content, {"Content-Type": media_type})

    return Fetcher()
