"""Rules over what an event says: what is doubtful, missing or leads nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

from report_builder.content.files import inside
from report_builder.content.loader import Loaded
from report_builder.content.text import LINK
from report_builder.problems import Position, Problem, advice, error, warning
from report_builder.templating.pictures import UnusablePictureError, check_picture
from report_builder.workspace import EVENT_FILE

FLAT_SHARE = 0.9
"""The share of phrases with one and the same count from which a cloud is called flat."""


def check_content(loaded: Loaded) -> list[Problem]:
    """Return every problem of an event, those of its form first, in the order of their places."""
    found = [problem for rule in RULES for problem in rule(loaded)]
    return sorted([*loaded.problems, *found], key=lambda problem: problem.position)


def _links(loaded: Loaded) -> Iterator[Problem]:
    for text in loaded.texts:
        for link in text.links:
            if link.is_picture:
                yield from _text_picture(loaded.folder, link.text, link.target, link.position)
            elif not link.target:
                yield warning(
                    "link-empty",
                    link.position,
                    f"The link “{link.text}” has no address; it is printed as plain words.",
                    "Write it between the round brackets: (https://…), or (mailto:…) for e-mail.",
                )
            elif not LINK.match(link.target):
                yield error(
                    "link-address",
                    link.position,
                    f"“{link.target}” is not an address that a reader can follow.",
                    "Begin it with https://, mailto: or tel:.",
                )


def _pictures(loaded: Loaded) -> Iterator[Problem]:
    for name in loaded.pictures:
        yield from _unreadable_picture(loaded.folder / name, name.position)


def _unreadable_picture(path: Path, position: Position) -> Iterator[Problem]:
    """Find a file that is no picture, before a document leaves it out."""
    try:
        check_picture(path)
    except UnusablePictureError as reason:
        yield error("picture-unreadable", position, f"“{path.name}” {reason}", reason.hint)


def _text_picture(folder: Path, alt: str, target: str, position: Position) -> Iterator[Problem]:
    if not alt:
        yield error(
            "picture-alt",
            position,
            "The picture has no alt text.",
            f"Say in the square brackets what it shows: ![…]({target}).",
        )
    path = inside(folder, unquote(target))
    if path is None:
        yield error(
            "missing-file",
            position,
            f"There is no file “{unquote(target)}” in {folder.as_posix()}.",
            "Copy it there, or mend the name.",
        )
    else:
        yield from _unreadable_picture(path, position)


def _flat_cloud(loaded: Loaded) -> Iterator[Problem]:
    for section in loaded.event.sections_of("feedback") if loaded.event else ():
        counts = Counter(phrase.count for phrase in section.phrases)
        if counts and max(counts.values()) >= FLAT_SHARE * counts.total():
            yield advice(
                "cloud-flat",
                section.question.position,
                "Nearly every phrase was given equally often, so an honest cloud is flat.",
                "Ask for the full export of answers, in which repeats still count.",
            )


def _language(loaded: Loaded) -> Iterator[Problem]:
    if loaded.event and not loaded.event.language.startswith("en"):
        yield warning(
            "language-labels",
            loaded.event.language.position,
            "The words that the shipped templates add (Contents, Next steps …) are English.",
            "Translate the templates in a theme of your own: see docs/themes.md.",
        )


def _queries(loaded: Loaded) -> Iterator[Problem]:
    for query in loaded.event.queries if loaded.event else ():
        yield advice("query", query.position, query, "Answer it, then delete the line.")


def _briefing(loaded: Loaded) -> Iterator[Problem]:
    wanted = ("purpose", "lead_officer", "portfolio_holder", "wards", "contact", "implications")
    missing = [name for name in wanted if name not in loaded.fields("briefing")]
    if loaded.event and missing:
        path = (loaded.folder / EVENT_FILE).as_posix()
        heading = next((name for name in loaded.fields() if name == "briefing"), None)
        yield advice(
            "briefing-incomplete",
            heading.position if heading else Position(path),
            f"Councillors expect what “briefing” does not say: {', '.join(missing)}.",
            "Add the fields; what is not said is printed as “Not yet agreed”, or in general words.",
        )


RULES: tuple[Callable[[Loaded], Iterator[Problem]], ...] = (
    _links,
    _pictures,
    _flat_cloud,
    _language,
    _queries,
    _briefing,
)
