"""The one function that makes: a job goes in, files and problems come out, and nothing is written.

What is imported here is light; what a job needs is imported when it is done.
"""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from report_builder.jobs import CONTENT, SETTINGS, THEME, Job
from report_builder.problems import ReportBuilderError
from report_builder.sources import unnoted
from report_builder.writers import Made, writers

if TYPE_CHECKING:
    from report_builder.content.loader import Loaded
    from report_builder.templating.renderer import Renderer
    from report_builder.templating.theme import Theme


def make(job: Job) -> Made:
    """Return what a job makes, and every problem of it; where one is an error, there are no files.

    The same job makes the same, wherever it is done.
    """
    while len(_drawn) > _MOST_DRAWN:
        del _drawn[next(iter(_drawn))]
    looks = {SETTINGS: _look_at_settings, THEME: _look_at_theme, CONTENT: _look_at_content}
    try:
        return looks.get(job.document, _write)(job)
    except ReportBuilderError as reason:
        return Made({}, reason.problems)


def _write(job: Job) -> Made:
    writer = writers()[job.document]
    made = writer.write(
        renderer_of(job), writer.options().model_validate(job.settings[writer.name])
    )
    return Made({job.file_name(n): content for n, content in made.files.items()}, made.problems)


def _look_at_settings(job: Job) -> Made:
    from report_builder.choices import check_settings

    return Made({}, tuple(check_settings(job.root, job.templates, job.theme, job.settings)))


def _look_at_theme(job: Job) -> Made:
    from report_builder.checks.theme import check_theme

    return Made({}, tuple(check_theme(_theme(job))))


def _look_at_content(job: Job) -> Made:
    from report_builder.checks.content import check_content
    from report_builder.checks.rules import House
    from report_builder.checks.theme import check_words

    loaded, wording = _loaded(job), job.settings["wording"]
    days = [dt.date.fromisoformat(day) for day in job.settings["pre-election"]]
    period = (days[0], days[1]) if days else None
    assert job.today is not None  # noqa: S101  # a look at content has a day
    house = House(wording["reading_age"], wording["consent"], period, job.today)
    return Made({}, (*check_content(loaded, house), *check_words(_theme(job), loaded)))


_drawn: dict[str, bytes] = {}
"""What was drawn of late, by names that are made of all that decides a drawing."""
_MOST_DRAWN = 64


def renderer_of(job: Job) -> Renderer:
    """Return what renders the event of a job in its theme."""
    from report_builder.drawings.all import DRAWINGS
    from report_builder.templating.renderer import Renderer
    from report_builder.templating.resources import Resources

    loaded = _loaded(job)
    if loaded.event is None:
        raise ReportBuilderError(loaded.problems)
    resources = Resources(loaded.folder, _theme(job), _drawn)
    bound = {"resources": resources, "language": loaded.event.language}
    drawings = {name: partial(draw, **bound) for name, draw in DRAWINGS.items()}
    return Renderer(loaded.event, resources, drawings, job.edition)


def _theme(job: Job) -> Theme:
    """Return the theme of a job, with the settings that the workspace changes."""
    from report_builder.choices import theme_of
    from report_builder.settings.names import COMMAND_LINE
    from report_builder.settings.tree import planted
    from report_builder.templating.theme import theme_files

    with unnoted():  # its settings are the job's own, and traced as such
        over = planted(job.settings.get("workspace", {}), COMMAND_LINE)
        return theme_of(theme_files(job.theme, job.templates), over)


def _loaded(job: Job) -> Loaded:
    """Return the event of a job, as read: once for all of its documents, while nothing changes."""
    from report_builder.content.loader import load_once

    assert job.event is not None  # noqa: S101  # a job of content, or of a document, has one
    return load_once(job.event, job.translation)
