"""Look at themes, and take one's files to change them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report_builder.cli.run import EXIT_PROBLEMS, Settings, print_problems, reports_problems

if TYPE_CHECKING:
    from report_builder.templating.theme import ThemeFiles

form = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text",
    help="json is for programs.",
)  # fmt: skip


@click.group("theme")
def command() -> None:
    """List themes, check one, or take its files to change them.

    A theme is a folder in templates/ that says how documents look and what they say. Your own
    needs only the files that differ from the shipped ones.
    """


@command.command("list")
@form
@click.pass_obj
@reports_problems
def list_themes(settings: Settings, form: str) -> None:
    """List the themes that can be used, and which files of theirs are yours."""
    from report_builder.templating.chain import theme_names
    from report_builder.templating.theme import theme_files
    from report_builder.workspace import open_workspace

    workspace = open_workspace(settings.workspace)
    themes = [theme_files(name, workspace.templates) for name in theme_names(workspace.templates)]
    rows = [
        {
            "name": theme.name,
            "used": theme.name == workspace.theme,
            "editions": theme.edition_names,
            "own_files": _own_files(theme, settings),
        }
        for theme in themes
    ]
    if form == "json":
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for theme, row in zip(themes, rows, strict=True):
        used = "  (used here)" if row["used"] else ""
        click.echo(f"{click.style(theme.name, bold=True)}{used}")
        click.echo(f"  editions: {', '.join(theme.edition_names)}")
        own = _own_files(theme, settings)
        click.echo(f"  files of your own: {', '.join(own) if own else 'none'}")


@command.command("check")
@click.argument("name", required=False)
@form
@click.pass_obj
def check_one(settings: Settings, name: str | None, form: str) -> None:
    """Say what is wrong with a theme: its colours, fonts, templates, style sheets, Word styles.

    Without NAME, the theme that this workspace uses. Where its files hold no error, and it has
    templates or style sheets of its own, a shipped event is made in it and its pages are looked at.
    The exit code is 1 when there are errors.
    """
    from report_builder.checks.theme import check_theme
    from report_builder.choices import find_theme
    from report_builder.problems import ReportBuilderError, stops
    from report_builder.specimen import check_specimen, joined
    from report_builder.workspace import open_workspace

    try:
        workspace = open_workspace(settings.workspace)
        theme = find_theme(name or workspace.theme, workspace.templates)
        problems = check_theme(theme)
        if not stops(problems):
            problems = joined(problems, check_specimen(theme))
    except ReportBuilderError as reason:
        problems = list(reason.problems)
    if form == "json":
        json.dump([p.as_dict() for p in problems], sys.stdout, indent=2, ensure_ascii=False)
        click.echo()
    else:
        print_problems(problems)
        if not problems and not settings.quiet:
            click.echo(f"Nothing is wrong with the theme “{theme.name}”.")
    if stops(problems):
        raise SystemExit(EXIT_PROBLEMS)


@command.command("new")
@click.argument("name")
@click.option("--brand", metavar="COLOUR", default="", help="Its main colour: #1F3A6E.")
@click.option(
    "--logo", type=click.Path(path_type=Path), metavar="FILE", help="Its logo: SVG, PNG or JPEG."
)
@click.option("--logo-alt", metavar="TEXT", default="", help="What the logo shows.")
@click.option(
    "--from",
    "parent",
    metavar="NAME",
    default="default",
    help="The theme that it stands on.",
)
@click.pass_obj
@reports_problems
def begin(
    settings: Settings, name: str, brand: str, logo: Path | None, logo_alt: str, parent: str
) -> None:
    """Begin a theme of your own: NAME, with your colour and your logo.

    All other colours follow from the one. For example:
    report-builder theme new our-council --brand "#1F3A6E" --logo logo.svg --logo-alt "Our Council"
    """
    from report_builder.checks.theme import check_theme
    from report_builder.choices import find_theme
    from report_builder.problems import ReportBuilderError
    from report_builder.store.begin import Beginning, begin_theme
    from report_builder.workspace import open_workspace

    workspace = open_workspace(settings.workspace)
    beginning = Beginning(name, brand, logo, logo_alt, parent)
    click.echo(begin_theme(workspace.templates, beginning).as_posix())
    try:
        problems = check_theme(find_theme(name, workspace.templates))
    except ReportBuilderError as reason:
        problems = list(reason.problems)
    print_problems(problems, stream=sys.stderr)
    if not settings.quiet:
        _say_how_to_use(name)


@command.command("eject")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@click.option("--from", "source", metavar="NAME", help="The theme to copy. Default: the one used.")
@click.option("--to", "target", metavar="NAME", help="Your theme's name. Default: the same name.")
@click.pass_obj
@reports_problems
def eject(
    settings: Settings, files: tuple[str, ...], source: str | None, target: str | None
) -> None:
    """Copy a theme's FILEs (none: all) to templates/ in your workspace, where yours win.

    Take only what you change: a file that stays shipped is kept up to date for you. For example:
    report-builder theme eject briefing.docx --to our-council
    """
    from report_builder.store.eject import eject_files
    from report_builder.templating.theme import theme_files
    from report_builder.workspace import open_workspace

    workspace = open_workspace(settings.workspace)
    theme = theme_files(source or workspace.theme, workspace.templates)
    paths = eject_files(theme, workspace.templates, target or theme.name, files)
    for path in paths:
        click.echo(path.as_posix())
    if not settings.quiet and (target or theme.name) != workspace.theme:
        _say_how_to_use(target or theme.name)


def _say_how_to_use(name: str) -> None:
    click.echo(
        f"Build with --theme {name}, or write this line into report-builder.toml:\n"
        f'theme = "{name}"',
        err=True,
    )


def _own_files(theme: ThemeFiles, settings: Settings) -> list[str]:
    folder = settings.workspace / "templates" / theme.name
    return [name for name, path in theme.files.items() if path.is_relative_to(folder)]
