"""The poster of what delegates said: PDF, PNG, SVG, and its phrases as a table."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass

from report_builder.content.responses import Phrase
from report_builder.content.sections.feedback import Feedback
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.theme import PAPER, Theme
from report_builder.writers.pdf.typeset import Standard, typeset
from report_builder.writers.poster.layout import Cloud, lay_out
from report_builder.writers.poster.svg import write_svg
from report_builder.writers.weasy import rasterise

TEMPLATE = "poster.html.j2"
DPI = 300


@dataclass(frozen=True)
class Sheet:
    """The poster's paper in millimetres: its margin, and the heights kept above and below."""

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
    width, height = PAPER[poster["paper"]]
    scale = width / PAPER["A3"][0]
    return Sheet(width, height, *(scale * poster[name] for name in ("margin", "head", "foot")))


def draw_cloud(
    section: Feedback, width: float, height: float, resources: Resources, language: str
) -> str:
    """Draw a section's cloud for a document; return the address to use it by."""
    said = repr([section.question, *((p.text, p.count) for p in section.phrases)]).encode()
    name = f"cloud-{hashlib.sha256(said).hexdigest()[:16]}-{width:g}x{height:g}.svg"
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
        standard = Standard(renderer.pdf_standard)
        pdf = typeset(html, TEMPLATE, renderer.resources, standard)
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
        theme.font_families,
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
