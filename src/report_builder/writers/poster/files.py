"""The files of a poster: for walls and screens, for printers, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from report_builder.checks.document import check_document
from report_builder.checks.placed import check_cloud
from report_builder.content.sections.feedback import Feedback
from report_builder.drawings.cloud import cloud_of
from report_builder.drawings.cloud.layout import Cloud
from report_builder.drawings.cloud.svg import write_svg
from report_builder.drawings.png import rasterise
from report_builder.drawings.weasy import to_pdf
from report_builder.html.document import Document, html_of
from report_builder.problems import Position, Problem, ReportBuilderError, stops
from report_builder.settings.names import least_size
from report_builder.sources import note
from report_builder.templating.renderer import Renderer
from report_builder.writers import Made
from report_builder.writers.pdf.gate import PageGate
from report_builder.writers.pdf.typeset import typeset
from report_builder.writers.poster.fill import CLOUD, SAMPLE, fill, measured, render_sheet
from report_builder.writers.poster.inks import inks_of
from report_builder.writers.poster.options import PosterOptions
from report_builder.writers.poster.press import press
from report_builder.writers.poster.sheet import CARD, CARD_DPI, Sheet, sheet_of
from report_builder.writers.poster.table import write_table

DPI = 300


@dataclass(frozen=True)
class _Poster:
    """A question's poster before it is set: its document, its sheet, and the cloud on it."""

    document: Document
    sheet: Sheet
    cloud: Cloud
    problems: tuple[Problem, ...]


def write_posters(renderer: Renderer, options: PosterOptions) -> Made:
    """Return the poster's files for each question that was answered; the first have no number."""
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    answered = (s for s in renderer.event.sections_of("feedback") if s.phrases)
    for number, section in enumerate(answered, start=1):
        suffix = "" if number == 1 else f"-{number}"
        made = vectors(renderer, section, options, suffix)
        files.update(made.files)
        problems += made.problems
        paper = sheet_of(options).pixels(DPI)
        files[f"poster{suffix}.png"] = rasterise(files[f"poster{suffix}.pdf"], DPI, paper)
        files[f"poster{suffix}.social.png"] = _card(renderer, section, options)
    return Made(files, tuple(problems))


def vectors(
    renderer: Renderer, section: Feedback, options: PosterOptions, suffix: str = ""
) -> Made:
    """Return the files of a question's poster that are no pictures of pixels."""
    inks = inks_of(note(Path(options.icc))) if options.print == "x-4" else None
    poster = _poster(renderer, section, options, sheet_of(options))
    position = Position(poster.document.path)
    gate = _gate(poster, renderer)
    pdf = typeset(
        poster.document,
        renderer.resources,
        options.standard,
        gate,
        width=poster.sheet.width,
        finisher=poster.sheet.trim,
    )
    files = {
        f"poster{suffix}.pdf": pdf,
        f"poster{suffix}.print.pdf": press(
            pdf, poster.sheet, marks=options.marks, inks=inks, position=position
        ),
        f"wordcloud{suffix}.svg": write_svg(
            poster.cloud, section.question, renderer.event.language
        ),
        f"wordcloud{suffix}.csv": write_table(section.phrases),
    }
    found = (*poster.problems, *gate.problems, *check_cloud(section, poster.cloud))
    return Made(files, found)


def _gate(poster: _Poster, renderer: Renderer, *, read: bool = True) -> PageGate:
    """Return the gate of a poster's page: the sizes in a cloud say how many people said it."""
    least = least_size(renderer.edition)
    return PageGate(poster.document, renderer.resources, least, (CLOUD, SAMPLE), read=read)


def _poster(renderer: Renderer, section: Feedback, options: PosterOptions, sheet: Sheet) -> _Poster:
    """Return a poster with the cloud in the room that its other words leave."""
    document = render_sheet(renderer, section, options, sheet)
    problems = check_document(document, renderer.theme.font_families, renderer.event)
    sheet = measured(document, sheet, section, renderer.resources)
    cloud = cloud_of(section, *sheet.cloud_size, renderer.resources, options.engine)
    fill(document, cloud, sheet)
    return _Poster(document, sheet, cloud, tuple(problems))


def _card(renderer: Renderer, section: Feedback, options: PosterOptions) -> bytes:
    """Return a picture of the cloud in the shape that social media show, laid out for it."""
    poster = _poster(renderer, section, options, CARD)
    position = Position(poster.document.path)
    gate = _gate(poster, renderer, read=False)
    with gate.watching():
        pdf = to_pdf(html_of(poster.document.root), position, renderer.resources)
    if stops(found := gate.look(pdf)):
        raise ReportBuilderError(found)
    said = "; ".join(f"{phrase.text} ({phrase.count})" for phrase in section.phrases)
    return rasterise(pdf, CARD_DPI, CARD.pixels(CARD_DPI), title=section.question, description=said)
