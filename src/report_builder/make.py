"""The one function that makes: a job goes in, files and problems come out, and nothing is written.

What is imported here is light; what a job needs is imported when it is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from report_builder.jobs import CONTENT, SETTINGS, THEME, Job
from report_builder.problems import ReportBuilderError
from report_builder.writers import Made, writers

if TYPE_CHECKING:
    from report_builder.content.loader import Loaded
    from report_builder.templating.renderer import Renderer
    from report_builder.templating.theme import Theme


def make(job: Job) -> Made:
    """Return what a job makes, and every problem of it; errors are among them, with no files.

    The same job makes the same, wherever it is done.
    """
    look = {SETTINGS: _look_at_settings, THEME: _look_at_theme, CONTENT: _look_at_content}
    do = look.get(job.document, _write)
    try:
        return do(job)
    except ReportBuilderError as reason:
        return Made({}, reason.problems)


def _write(job: Job) -> Made:
    writer = writers()[job.document]
    theme = _theme(job)
    options = writer.options().model_validate(job.settings[writer.name])
    made = writer.write(_renderer(job, theme), options)
    return Made({job.file_name(n): content for n, content in made.files.items()}, made.problems)
