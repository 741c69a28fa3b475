"""Which jobs a workspace asks for, each with what decides it and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from report_builder.content.languages import languages_of
from report_builder.fingerprint import Trace, trace_now
from report_builder.jobs import CONTENT, SETTINGS, THEME, Job
from report_builder.plugins import installed
from report_builder.settings.names import STANDARD_EDITION
from report_builder.workspace import Workspace
from report_builder.writers import Writer, writers
from report_builder.writers.pdf import WEASYPRINT

_OF_CONTENT = "wording"  # the group of a theme's settings that no document is made from
_OF_WORKSPACE = ("cloud", "brand", "logo", "logo_alt")  # what it may change, beside formats
_LOOKS = (
    "annotated-types",
    "babel",
    "pydantic",
    "pydantic-core",
    "pyyaml",
    "typing-extensions",
    "typing-inspection",
)
_RULES = (
    "coloraide",
    "pillow",
    "py3langid",
    "pyphen",
    "python-calamine",
    "stopwordsiso",
    "wordcloud",
)
_OF_LOGO = ("coloraide", "numpy", "pillow", "pypdfium2", "resvg-py")
_DOCUMENTS = (
    "brotli",
    "coloraide",
    "emoji",
    "fontpkg",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "manimgx-fonts",
    "markupsafe",
    "mdit-py-plugins",
    "mdurl",
    "numpy",
    "python-bidi",
    "python-calamine",
    "python-slugify",
    "segno",
    "stopwordsiso",
    "uharfbuzz",
    "weblate-fonts",
    "wordcloud",
)


def settings_job(workspace: Workspace) -> Job:
    """Return the job that says what is wrong with the settings, and with what was chosen."""
    where = (workspace.root, workspace.theme, workspace.templates, ())
    return Job(SETTINGS, *where, workspace.given, programs=(*_LOOKS, *_OF_LOGO))


def theme_job(workspace: Workspace) -> Job:
    """Return the job that says what is wrong with the theme."""
    drawn = (*WEASYPRINT, *_OF_LOGO, "fonttools", "jinja2", "lxml", "python-docx")
    programs = tuple(dict.fromkeys((*_LOOKS, *_RULES, *drawn)))
    return _job(workspace, THEME, _theme_settings(workspace), programs)


def content_jobs(workspace: Workspace, event: Path) -> list[Job]:
    """Return the jobs that say what is wrong with an event, and with each translation of it."""
    house = {
        "wording": workspace.chain.values.get(_OF_CONTENT, {}),
        "pre-election": [str(workspace.group("pre-election")[end]) for end in ("from", "to")]
        if workspace.group("pre-election")
        else [],
    }
    programs = (*_LOOKS, *_RULES, "markdown-it-py")
    return [
        _job(
            workspace, CONTENT, house, programs, event, translation=language, today=dt.date.today()
        )
        for language in ("", *languages_of(event))
    ]


def document_jobs(workspace: Workspace, event: Path, only: tuple[str, ...] = ()) -> list[Job]:
    """Return the jobs of an event's documents; ``only`` names the formats that are wanted."""
    return [
        _document(workspace, writer, event, language, edition)
        for language in ("", *languages_of(event))
        for edition in workspace.editions
        for writer in writers().values()
        if (not only or writer.name in only)
        and (edition == STANDARD_EDITION or writer.has_editions)
    ]


def _document(
    workspace: Workspace, writer: Writer, event: Path, language: str, edition: str
) -> Job:
    settings = {**_theme_settings(workspace), writer.name: chosen(workspace, writer)}
    programs = (*_LOOKS, *_DOCUMENTS, *_fonts(), *writer.programs)
    return _job(
        workspace,
        writer.name,
        settings,
        programs,
        event,
        given=workspace.options.get(writer.name, {}),
        translation=language,
        edition=edition,
    )


def is_current(workspace: Workspace, event: Path, trace: Trace) -> bool:
    """Tell whether a document would be made from just the same today, chosen as it was then."""
    then = trace.settings["job"]
    document = then["document"]
    if document not in writers():
        return False
    as_then = replace(workspace, options={document: then["given"]})
    job = _document(as_then, writers()[document], event, then["language"], then["edition"])
    now = trace_now(trace, job.roots, job.decided_by, job.programs)
    return now.fingerprint == trace.fingerprint


def chosen(workspace: Workspace, writer: Writer) -> dict[str, Any]:
    """Return a format's choices as they are written: the theme's, the settings', those given."""
    raw = workspace.raw
    of_theme = workspace.chain.values.get(writer.name, {})
    top = {name: raw[key] for key, name in writer.top_keys.items() if key in raw}
    given = workspace.options.get(writer.name, {})
    return {**of_theme, **top, **workspace.group(writer.name), **given}


def _theme_settings(workspace: Workspace) -> dict[str, Any]:
    """Return the theme's settings, as far as documents of every format are made from them.

    Beside them are those that the workspace has in place of some.
    """
    apart = {_OF_CONTENT, *writers()}
    settings = {k: v for k, v in workspace.chain.values.items() if k not in apart}
    own = {name: workspace.raw[name] for name in _OF_WORKSPACE if name in workspace.raw}
    return {"theme": settings, "workspace": own}


def _fonts() -> Iterator[str]:
    """Yield the distributions of fonts: which are installed decides what a letter is set in."""
    return (name for name in installed() if name.startswith("fontpkg-"))


def _job(
    workspace: Workspace,
    document: str,
    settings: Mapping[str, Any],
    programs: tuple[str, ...],
    event: Path | None = None,
    **more: Any,
) -> Job:
    where = (workspace.root, workspace.theme, workspace.templates, workspace.chain.folders)
    return Job(document, *where, settings, event=event, programs=programs, **more)
