"""A theme's specimen: a shipped beginning of an event, made in the theme and held to the page."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from report_builder.checks.addresses import SHEET
from report_builder.choices import chosen
from report_builder.content.loader import load
from report_builder.drawings.all import DRAWINGS
from report_builder.problems import Problem, ReportBuilderError
from report_builder.settings.names import COMMAND_LINE, EVENT_FILE, STANDARD_EDITION
from report_builder.settings.tree import Fields, data
from report_builder.templating.loader import ENDING
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.stylesheets import in_shipped
from report_builder.templating.theme import Theme
from report_builder.writers import writers

_STARTERS = Path(__file__).parent / "starter"
_EVENT = "conference"  # the one with the most kinds of section


def check_specimen(theme: Theme) -> list[Problem]:
    """Return what a reader would meet in documents of a theme, by its own templates and sheets.

    A theme that has none says nothing of pages but what is looked at without them.
    """
    own = [path for path in theme.files.values() if not in_shipped(path)]
    if not any(path.suffix in (SHEET, ENDING) for path in own):
        return []
    places = {path.as_posix() for path in own}
    with tempfile.TemporaryDirectory() as made:
        shutil.copy(_STARTERS / "responses.csv", made)
        shutil.copy(_STARTERS / f"{_EVENT}.yaml", Path(made) / EVENT_FILE)
        found = dict.fromkeys(_problems(Path(made), theme))
    return [problem for problem in found if problem.position.path in places]


def _problems(folder: Path, theme: Theme) -> Iterator[Problem]:
    event = load(folder).event
    assert event is not None  # noqa: S101  # what is shipped is sound
    resources = Resources(folder, theme)
    bound = {"resources": resources, "language": event.language}
    drawings = {name: partial(draw, **bound) for name, draw in DRAWINGS.items()}
    for edition in (STANDARD_EDITION, *theme.editions):
        for writer in writers().values():
            if edition != STANDARD_EDITION and not writer.has_editions:
                continue
            choices = data(chosen(writer, theme.tree, Fields(COMMAND_LINE, {})))
            try:
                options = writer.options().model_validate(choices)
                renderer = Renderer(event, resources, drawings, edition)
                yield from writer.write(renderer, options).problems
            except ReportBuilderError as reason:
                yield from reason.problems


def joined(declared: list[Problem], seen: list[Problem]) -> list[Problem]:
    """Return what files declare and what is seen on pages; at one place, what is seen."""
    places = {problem.position for problem in seen}
    kept = (p for p in declared if not (p.position in places and p.code.startswith("style-")))
    return sorted({*kept, *seen}, key=lambda problem: problem.position)
