"""A poster's document: rendered once, measured, and filled with the cloud that has room on it."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from lxml import html as lxml_html
from lxml.html import HtmlElement

from report_builder.content.phrases import Phrase
from report_builder.content.sections.feedback import Feedback
from report_builder.drawings.cloud.layout import Cloud, Line, Placed
from report_builder.drawings.weasy import heights_of
from report_builder.html.document import Document, html_of, parse_document
from report_builder.problems import Position, failure
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.writers.poster.options import PosterOptions
from report_builder.writers.poster.sheet import CARD, Sheet

TEMPLATE = "poster.html.j2"
CLOUD, SAMPLE, SAID = "cloud", "sample", "said"
"""The classes of what is filled: the list of phrases, the samples of sizes, and their words."""

_COUNT = "data-count"  # of how many people a sample is
_LEAST_SHARE = 0.2  # of the sheet's height, below which a cloud has too little room


def render_sheet(
    renderer: Renderer, section: Feedback, options: PosterOptions, sheet: Sheet
) -> Document:
    """Return a sheet's document before its cloud has places: its phrases are a plain list.

    It has a sample of each size that there may be.
    """
    html = renderer.render(
        TEMPLATE,
        section=section,
        sheet=sheet,
        card=sheet == CARD,
        poster=options,
        sizes=_round_numbers(section),
    )
    document = parse_document(html, renderer.theme.path_of(TEMPLATE))
    for holder in document.root.find_class(CLOUD):
        holder[:] = [_listed(phrase) for phrase in section.phrases]
    return document


def measured(document: Document, sheet: Sheet, section: Feedback, resources: Resources) -> Sheet:
    """Return a sheet with the heights that the words above and below the cloud really have."""
    counts = [element.get(_COUNT) for element in document.root.xpath(f"//*[@class='{SAMPLE}']")]
    shown = deepcopy(document.root)
    _keep_samples(shown, {counts[0]: sheet.sample} if counts else {})
    _place(shown, 0, 0)
    for cloud in shown.find_class(CLOUD):
        cloud.getparent().remove(cloud)
    heights = heights_of(html_of(shown), ("header", "footer"), Position(document.path), resources)
    found = replace(sheet, head=heights["header"] - sheet.bleed, foot=heights["footer"])
    if found.cloud_size[1] < _LEAST_SHARE * sheet.height:
        message = "The words above and below the cloud leave it too little room on this paper."
        hint = "Shorten the question, the titles or the venue, or choose a larger paper."
        raise failure("cloud-too-full", section.question.position, message, hint)
    return found


def fill(document: Document, cloud: Cloud, sheet: Sheet) -> None:
    """Put a cloud into a sheet's document, and keep the samples of sizes that it has."""
    samples = cloud.samples(sheet.sample)
    _keep_samples(document.root, {str(count): em for count, em in samples})
    _place(document.root, sheet.cloud_top, sheet.foot_top)
    for holder in document.root.find_class(CLOUD):
        holder[:] = [_item(placed) for placed in cloud.placed]


def _place(root: HtmlElement, cloud_top: float, foot_top: float) -> None:
    root.set("style", f"--cloud-top: {cloud_top}mm; --foot-top: {foot_top}mm")


def _round_numbers(section: Feedback) -> list[int]:
    """Return the numbers of people of which there may be a sample."""
    counts = {phrase.count for phrase in section.phrases}
    if len(counts) == 1:
        return []
    round_numbers = (n * 10**power for power in range(8) for n in (1, 2, 5))
    return [n for n in round_numbers if min(counts) <= n <= max(counts)]


def _keep_samples(root: HtmlElement, sizes: dict[str | None, float] | dict[str, float]) -> None:
    """Keep the samples of some counts, at their sizes, and the words beside the last of them."""
    for sample in root.find_class(SAMPLE):
        if sample.get(_COUNT) in sizes:
            sample.set("style", f"font-size: {sizes[sample.get(_COUNT)]:.4g}mm")
        else:
            sample.drop_tree()
    kept = list(root.find_class(SAMPLE))
    for words in root.find_class(SAID):
        if not kept or words.get(_COUNT) != kept[-1].get(_COUNT):
            words.drop_tree()
    for holder in root.find_class("sizes") if not kept else ():
        holder.drop_tree()


def _listed(phrase: Phrase) -> HtmlElement:
    """Return a phrase as an item of a list."""
    item = lxml_html.Element("li")
    item.set("data-source", str(phrase.position))
    item.text = phrase.text
    return item


def _item(placed: Placed) -> HtmlElement:
    """Return a phrase as an item of the list, each run of its letters where it stands."""
    item = _listed(placed.phrase)
    item.text = None
    item.set("style", f"font-size: {round(placed.size, 4)}mm; color: {placed.colour}")
    for line in placed.lines:
        item.extend(_runs(placed, line))
    return item


def _runs(placed: Placed, line: Line) -> list[HtmlElement]:
    runs = []
    for run in line.runs_as_read:
        span = lxml_html.Element("span")
        if run.right_to_left:
            span.set("dir", "rtl")
        left, top = line.x + run.left * placed.size, line.y - run.ascent * placed.size
        width = run.width * placed.size
        place = f"left: {round(left, 3)}mm; top: {round(top, 3)}mm; width: {round(width, 3)}mm"
        span.set("style", f"font-family: '{run.family}'; {place}")
        span.text = run.text
        runs.append(span)
    if line.before_space and runs:
        runs[-1].text = f"{runs[-1].text} "
    return runs
