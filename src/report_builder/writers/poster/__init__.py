"""The poster of what delegates said: PDF, PNG, SVG, and its phrases as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from report_builder.content.responses import Phrase
from report_builder.content.sections.feedback import Feedback
from report_builder.problems import Position, ReportBuilderError, did_you_mean, error
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.theme import THEME_FILE, Theme
from report_builder.writers.pdf.typeset import typeset
from report_builder.writers.pictures import rasterise
from report_builder.writers.poster.layout import Cloud, lay_out
from report_builder.writers.poster.svg import write_svg

TEMPLATE = "poster.html.j2"
DPI = 300
PAPER = {"A0": (841, 1189), "A1": (594, 841), "A2": (420, 594), "A3": (297, 420), "A4": (210, 297)}


@dataclass(frozen=True)
class Sheet:
    """The poster's paper in millimetres: its margin, and the heights kept above and below."""

    name: str
    width: float
    height: float
    margin: float
    head: float
    foot: float

    @property
    def cloud_size(self) -> tuple[float, float]:
        """Width and height that are left for the cloud."""
        return self.width - 2 * self.margin, self.height - 2 * self.margin - self.head - self.foot


def sheet(theme: Theme) -> Sheet:
    """Return the theme's poster sheet; its measures are given for A3 and grow with the paper."""
    poster = theme.settings["poster"]
    name = poster["paper"]
    if name not in PAPER:
        raise ReportBuilderError(
            [
                error(
                    "paper",
                    Position((theme.find(THEME_FILE) or Path(THEME_FILE)).as_posix()),
                    f"There is no poster paper called “{name}”.",
                    did_you_mean(name, PAPER) or f"The papers are: {', '.join(PAPER)}.",
                )
            ]
        )
    width, height = PAPER[name]
    scale = width / PAPER["A3"][0]
    return Sheet(name, width, height, *(scale * poster[k] for k in ("margin", "head", "foot")))


def draw_cloud(
    section: Feedback, width: float, height: float, resources: Resources, language: str
) -> str:
    """Draw a section's cloud for a document; return the address to use it by."""
    name = f"cloud-{section.question.position.line}-{width:g}x{height:g}.svg"
    if name not in resources.drawn:
        cloud = _cloud(section, width, height, resources.theme)
        resources.drawn[name] = write_svg(cloud, section.question, language)
    return resources.address(name)


def write(renderer: Renderer) -> dict[str, bytes]:
    """Return the poster's files for each question that was answered; the first have no number."""
    paper = sheet(renderer.theme)
    artefacts: dict[str, bytes] = {}
    answered = [s for s in renderer.event.sections_of("feedback") if s.phrases]
    for number, section in enumerate(answered, start=1):
        suffix = "" if number == 1 else f"-{number}"
        cloud = _cloud(section, *paper.cloud_size, renderer.theme)
        html = renderer.render(TEMPLATE, section=section, cloud=cloud, sheet=paper)
        pdf = typeset(html, TEMPLATE, renderer.resources)
        artefacts[f"poster{suffix}.pdf"] = pdf
        artefacts[f"poster{suffix}.png"] = rasterise(pdf, DPI)
        artefacts[f"wordcloud{suffix}.svg"] = write_svg(
            cloud, section.question, renderer.event.language
        )
        artefacts[f"wordcloud{suffix}.csv"] = _table(section.phrases)
    return artefacts


def _cloud(section: Feedback, width: float, height: float, theme: Theme) -> Cloud:
    return lay_out(
        section.phrases,
        width,
        height,
        theme.font_families[0],
        theme.cloud_colours,
        section.question.position,
    )


def _table(rows: Iterable[Phrase]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["phrase", "count"])
    writer.writerows((_safe(phrase.text), phrase.count) for phrase in rows)
    # Excel takes a CSV file for UTF-8 only when it begins with this mark.
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def _safe(text: str) -> str:
    """Return a cell that a spreadsheet shows as text: a delegate's “=…” is never a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
