"""What of a style sheet the engine of pages does not understand, and would leave out in silence."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from report_builder.drawings.importing import import_weasyprint
from report_builder.problems import did_you_mean

_PLACED = re.compile(r"(.*?)[. ]+at (\d+):(\d+)\b[:,.]?\s*(.*)", re.DOTALL)
_IGNORED = re.compile(r"Ignored `([\w-]+)\s*:(.*)`", re.DOTALL)
_SELECTOR = re.compile(r"Invalid or unsupported selector, (.*)", re.DOTALL)
_BASE = "https://content.invalid/"  # without one, no address would be understood
_UNKNOWN = "unknown property"
_NOT_PRINTED = "print media"


class Misunderstood(NamedTuple):
    """A part of a style sheet that is left out: where it stands, and what is wrong with it."""

    line: int
    column: int
    message: str
    hint: str


def misunderstood(css: str) -> list[Misunderstood]:
    """Return what of a style sheet is not understood; sheets that it imports are not looked at."""
    import_weasyprint()
    from weasyprint import CSS
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Nothing(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002  # as it asks
            return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})

    with _listening() as said:
        CSS(string=css, base_url=_BASE, url_fetcher=Nothing())
    return sorted({found for message in said for found in _told(message, css)})


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Give what WeasyPrint logs as long as this lasts."""
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, listener = logging.getLogger("weasyprint"), Listener()
    before = logger.level, logger.propagate, logger.handlers
    logger.setLevel(logging.WARNING)
    logger.propagate, logger.handlers = False, [listener]
    try:
        yield said
    finally:
        logger.setLevel(before[0])
        logger.propagate, logger.handlers = before[1:]


def _told(message: str, css: str) -> Iterator[Misunderstood]:
    """Yield what a message says in our words."""
    if found := _SELECTOR.fullmatch(message):
        selector = found[1].strip("'\" ")
        begin = css.find(selector)
        line, column = _place(css, max(begin, 0))
        said = f"The selector “{selector}” is not understood."
        yield Misunderstood(line, column, said, "Mend it, or delete its rule.")
    elif found := _PLACED.fullmatch(message):
        what, line, column, why = found[1], int(found[2]), int(found[3]), found[4]
        if (ignored := _IGNORED.fullmatch(what)) and _NOT_PRINTED not in why:
            yield Misunderstood(line, column, *_ignored(ignored[1], ignored[2].strip(), why))
        elif not ignored:
            said = "The style sheet is not understood from here on, or in this rule."
            yield Misunderstood(line, column, said, "Look for a slip in its name, or a bracket.")


def _ignored(name: str, value: str, why: str) -> tuple[str, str]:
    from weasyprint.css.properties import INITIAL_VALUES

    if _UNKNOWN in why:
        known = [known.replace("_", "-") for known in INITIAL_VALUES]
        hint = did_you_mean(name, known) or "Delete it: it changes nothing."
        return f"There is no property “{name}” for pages.", hint
    return f"“{name}” cannot be “{value}”.", "Mend the value: the line changes nothing as it is."


def _place(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
