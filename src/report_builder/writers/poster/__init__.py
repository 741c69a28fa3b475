"""The poster of what delegates said, for walls, printers and screens, and its words in a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from report_builder.content.sections.feedback import Feedback
from report_builder.drawings.cloud import cloud_of
from report_builder.drawings.cloud.layout import Cloud
from report_builder.drawings.cloud.shapes import cap_height
from report_builder.drawings.cloud.svg import write_svg
from report_builder.drawings.svg import rasterise
from report_builder.drawings.weasy import heights_of, to_pdf
from report_builder.problems import Position, Problem, advice, failure
from report_builder.templating.renderer import Renderer
from report_builder.writers.pdf.typeset import Standard, typeset
from report_builder.writers.poster.inks import inks_of
from report_builder.writers.poster.press import press
from report_builder.writers.poster.sheet import CARD, CARD_DPI, Sheet, sheet_of
from report_builder.writers.poster.table import write_table

TEMPLATE = "poster.html.j2"
DPI = 300

_READABLE = 5.0  # millimetres of a capital: what is lower is read from less than a metre
_LEAST_SHARE = 0.2  # of the sheet's height, below which a cloud has too little room


def proof(renderer: Renderer) -> list[Problem]:
    """Return which phrases are too small on the paper to be read from a metre away."""
    problems = []
    for section in _answered(renderer):
        sheet = _measured(renderer, section, sheet_of(renderer.theme.settings["poster"]))
        cloud = cloud_of(section, *sheet.cloud_size, renderer.resources)
        capitals = [cap_height(p.shape) * p.size for p in cloud.placed]
        if small := [height for height in capitals if height < _READABLE]:
            have = "has" if len(small) == 1 else "have"
            message = (
                f"{len(small)} of the cloud's {len(capitals)} phrases {have} letters lower than "
                f"{_READABLE:g} mm, the lowest {min(small):.1f} mm, and are hard to read "
                "from a metre away."
            )
            longest = max((phrase.text for phrase in section.phrases), key=len)
            hint = (
                f"Choose a larger paper (--paper A1), shorten the longest (“{longest:.60}”), or "
                f"leave out the rarest (at_least: {section.at_least + 1})."
            )
            problems.append(advice("cloud-small", section.question.position, message, hint))
    return problems


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return the poster's files for each question that was answered; the first have no number."""
    paper = sheet_of(renderer.theme.settings["poster"])
    artefacts: dict[str, bytes] = {}
    for number, section in enumerate(_answered(renderer), start=1):
        suffix = "" if number == 1 else f"-{number}"
        artefacts.update(vectors(renderer, section, suffix))
        sheet = artefacts[f"poster{suffix}.pdf"]
        artefacts[f"poster{suffix}.png"] = rasterise(sheet, DPI, paper.pixels(DPI))
        artefacts[f"poster{suffix}.social.png"] = _card(renderer, section)
    return artefacts


def vectors(renderer: Renderer, section: Feedback, suffix: str = "") -> dict[str, bytes]:
    """Return the files of a question's poster that are no pictures of pixels."""
    resources, settings = renderer.resources, renderer.theme.settings["poster"]
    position = Position(renderer.theme.path_of(TEMPLATE))
    inks = inks_of(Path(settings["icc"])) if settings["print"] == "x-4" else None
    sheet = _measured(renderer, section, sheet_of(settings))
    cloud = cloud_of(section, *sheet.cloud_size, resources)
    html = _rendered(renderer, section, sheet, cloud)
    standard = Standard(renderer.pdf_standard)
    pdf = typeset(html, TEMPLATE, resources, standard, finisher=sheet.trim)
    printed = press(pdf, sheet, marks=settings["marks"], inks=inks, position=position)
    return {
        f"poster{suffix}.pdf": pdf,
        f"poster{suffix}.print.pdf": printed,
        f"wordcloud{suffix}.svg": write_svg(cloud, section.question, renderer.event.language),
        f"wordcloud{suffix}.csv": write_table(section.phrases),
    }


def _answered(renderer: Renderer) -> list[Feedback]:
    return [section for section in renderer.event.sections_of("feedback") if section.phrases]


def _card(renderer: Renderer, section: Feedback) -> bytes:
    """Return a picture of the cloud in the shape that social media show, laid out for it."""
    resources = renderer.resources
    sheet = _measured(renderer, section, CARD, card=True)
    cloud = cloud_of(section, *sheet.cloud_size, resources)
    html = _rendered(renderer, section, sheet, cloud, card=True)
    pdf = to_pdf(html, Position(renderer.theme.path_of(TEMPLATE)), resources)
    said = "; ".join(f"{phrase.text} ({phrase.count})" for phrase in section.phrases)
    return rasterise(pdf, CARD_DPI, CARD.pixels(CARD_DPI), title=section.question, description=said)


def _rendered(
    renderer: Renderer,
    section: Feedback,
    sheet: Sheet,
    cloud: Cloud | None = None,
    *,
    card: bool = False,
) -> str:
    """Return the HTML of a sheet; without a cloud only its words above and below."""
    shown = cloud.as_printed(sheet.sample) if cloud else None
    return renderer.render(TEMPLATE, section=section, cloud=shown, sheet=sheet, card=card)


def _measured(renderer: Renderer, section: Feedback, sheet: Sheet, *, card: bool = False) -> Sheet:
    """Return a sheet with the heights that the words above and below the cloud really have."""
    html = _rendered(renderer, section, sheet, card=card)
    position = Position(renderer.theme.path_of(TEMPLATE))
    heights = heights_of(html, ("header", "footer"), position, renderer.resources)
    measured = replace(sheet, head=heights["header"] - sheet.bleed, foot=heights["footer"])
    if measured.cloud_size[1] < _LEAST_SHARE * sheet.height:
        message = "The words above and below the cloud leave it too little room on this paper."
        hint = "Shorten the question, the titles or the venue, or choose a larger paper."
        raise failure("cloud-too-full", section.question.position, message, hint)
    return measured
