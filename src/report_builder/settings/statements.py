"""The statements of a TOML text, and where in it each name and each value stands.

What a value *is* says the standard library, a statement at a time: it stops at the first fault,
and an officer is to see all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 60

Name = tuple[str, int]
"""A part of a setting's name as it is written, and its offset in the text."""

# Before Python 3.11.5 a group that gives nothing back (“)*+”) is matched wrongly: none is used.
_WHITE = re.compile(r"[ \t]*")
_BLANKS = re.compile(r"(?:[ \t\n]|#[^\n]*+)*")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?(?:\n|\Z)")
_PART = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]++|\\[^\n])*"|'[^'\n]*'""")
_STRINGS = {
    '"""': re.compile(r'"""(?:[^"\\]++|\\(?s:.)|"(?!""))*"{3,5}'),
    "'''": re.compile(r"'''(?:[^']++|'(?!''))*'{3,5}"),
    '"': re.compile(r'"(?:[^"\\\n]++|\\[^\n])*"'),
    "'": re.compile(r"'[^'\n]*'"),
}
_BARE = re.compile(r"""\d{4}-\d\d-\d\d\ \d\d:[\d:.Z+-]*|[^\s,\[\]{}\#"'=]+""", re.VERBOSE)
_LITERAL = re.compile(r"[+-]?(?:\d.*|inf|nan)|true|false")
_KEY = rf"(?:{_PART.pattern})(?:[ \t]*\.[ \t]*(?:{_PART.pattern}))*"
_HEADING = r"\[\[?[ \t]*[A-Za-z_][\w. -]*\]\]?[ \t]*(?:#|$)"
_BEGINS = re.compile(rf"[ \t]*(?:{_KEY}[ \t]*=|{_HEADING})", re.MULTILINE)
_CURLY = "“”„«»‘’"


@dataclass(eq=False, slots=True)
class FlawError(Exception):
    """A place in the text that cannot be read: what is wrong, and how to mend it.

    ``start`` is where its statement begins, and ``name`` what that would have set.
    """

    offset: int
    message: str
    hint: str
    start: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value begins, and where the values are that it holds."""

    offset: int
    items: tuple[Place, ...] | None = None
    pairs: tuple[tuple[tuple[Name, ...], Place], ...] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A heading in one pair of brackets or two, or a setting, whose value has a place."""

    names: tuple[Name, ...]
    source: str
    offset: int
    place: Place | None = None

    @property
    def is_array(self) -> bool:
        """Tell whether a heading begins one of several tables of its name."""
        return self.source.startswith("[[")


def statements(text: str) -> Iterator[Statement | FlawError]:
    """Yield each statement, or the flaw for which it is none; after a flaw the reading goes on."""
    walk = _Walk(text)
    while walk.to_next():
        start = walk.here
        try:
            yield walk.statement()
        except FlawError as flaw:
            flaw.start = start
            yield flaw
            walk.pass_over(start)


class _Walk:
    """Goes through a text from one statement to the next."""

    def __init__(self, text: str) -> None:
        self.text, self.here = text, 0
        self.unclosed: set[str] = set()

    def to_next(self) -> bool:
        """Go to where the next statement begins, and tell whether there is one."""
        self.skip(_BLANKS)
        return self.here < len(self.text)

    def pass_over(self, start: int) -> None:
        """Go to the line after a flaw; after one of several lines, to where a statement begins."""
        several = "\n" in self.text[start : self.here]
        self.here = self.line_after(start)
        while several and self.here < len(self.text) and not _BEGINS.match(self.text, self.here):
            self.here = self.line_after(self.here)

    def line_after(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self.text, self.here):
            self.here = found.end()

    def takes(self, sign: str) -> bool:
        """Pass over a sign if it stands here, and tell whether it does."""
        if not self.text.startswith(sign, self.here):
            return False
        self.here += len(sign)
        return True

    def statement(self) -> Statement:
        start = self.here
        if self.takes("["):
            return self.heading(start)
        names = self.names()
        if not names or not self.takes("="):
            hint = 'A setting is a name, an equals sign and a value: theme = "our-council".'
            raise FlawError(self.here if names else start, "This line is no setting.", hint)
        try:
            return self.setting(names, start)
        except FlawError as flaw:
            flaw.name = names[-1][0]
            raise

    def setting(self, names: tuple[Name, ...], start: int) -> Statement:
        called = ".".join(name for name, _ in names)
        self.skip(_WHITE)
        if _REST.match(self.text, self.here):
            hint = f'Write {called} = "…", or delete the line.'
            raise FlawError(start, f"“{called}” has no value.", hint)
        place = self.value(called, 0)
        end = self.here
        if not (rest := _REST.match(self.text, end)):
            self.skip(_WHITE)
            message = f"Something stands after the value of “{called}”."
            raise FlawError(
                self.here, message, "Put quotes around all of a text, or delete the rest."
            )
        self.here = rest.end()
        return Statement(names, self.text[start:end], start, place)

    def heading(self, start: int) -> Statement:
        several = self.takes("[")
        names = self.names()
        if not names or not self.takes("]]" if several else "]"):
            hint = "Write a name in square brackets: [poster]."
            raise FlawError(start, "This is no heading of settings.", hint)
        end = self.here
        if not (rest := _REST.match(self.text, end)):
            self.skip(_WHITE)
            hint = "Put the settings on the lines below it."
            raise FlawError(self.here, "Something stands after the heading.", hint)
        self.here = rest.end()
        return Statement(names, self.text[start:end], start)

    def names(self) -> tuple[Name, ...]:
        """Pass over a name and its parts; none where there is no whole name."""
        found: list[Name] = []
        while True:
            self.skip(_WHITE)
            part = _PART.match(self.text, self.here)
            if not part:
                return ()
            found.append((part[0], self.here))
            self.here = part.end()
            self.skip(_WHITE)
            if not self.takes("."):
                break
            if len(found) >= MAX_DEPTH:
                hint = "Write fewer dots."
                raise FlawError(self.here, f"A name has more than {MAX_DEPTH} parts.", hint)
        return tuple(found)

    def value(self, called: str, depth: int) -> Place:
        start = self.here
        if depth > MAX_DEPTH:
            message = f"Lists stand in each other more than {MAX_DEPTH} deep."
            raise FlawError(start, message, "Look for a run of “[” or “{”.")
        if self.takes("["):
            return self.array(called, start, depth)
        if self.takes("{"):
            return self.table(called, start, depth)
        for quotes, pattern in _STRINGS.items():
            if self.text.startswith(quotes, start):
                return self.string(quotes, pattern)
        word = _BARE.match(self.text, start)
        if not word or not _LITERAL.fullmatch(word[0]):
            raise _no_value(self.text[start : start + 1], word[0] if word else "", called, start)
        self.here = word.end()
        return Place(start)

    def string(self, quotes: str, pattern: re.Pattern[str]) -> Place:
        start = self.here
        # Once such quotes are left open, looking for their end again would take ever longer.
        found = None if quotes in self.unclosed else pattern.match(self.text, start)
        if not found:
            if len(quotes) > 1:
                self.unclosed.add(quotes)
                self.here = len(self.text)
            hint = f"End it with what it begins with: {quotes}"
            raise FlawError(start, "The text that begins here is not closed.", hint)
        self.here = found.end()
        return Place(start)

    def array(self, called: str, start: int, depth: int) -> Place:
        items = []
        self.skip(_BLANKS)
        while not self.takes("]"):
            if self.here >= len(self.text) or _BEGINS.match(self.text, self.here):
                raise _unclosed("list", "]", start)
            items.append(self.value(called, depth + 1))
            self.skip(_BLANKS)
            if not self.takes(","):
                if self.takes("]"):
                    break
                raise _unclosed("list", "]", start)
            self.skip(_BLANKS)
        return Place(start, items=tuple(items))

    def table(self, called: str, start: int, depth: int) -> Place:
        pairs = []
        self.skip(_WHITE)
        while not self.takes("}"):
            names = self.names()
            if not names or not self.takes("="):
                raise _unclosed("group", "}", start)
            self.skip(_WHITE)
            pairs.append((names, self.value(called, depth + 1)))
            self.skip(_WHITE)
            if not self.takes(","):
                if self.takes("}"):
                    break
                raise _unclosed("group", "}", start)
            self.skip(_WHITE)
        return Place(start, pairs=tuple(pairs))


def _no_value(sign: str, word: str, called: str, offset: int) -> FlawError:
    """Return the flaw of a value that is neither a number nor in quotes; it is not repeated."""
    hint = f'Put quotes around a text: {called} = "…".'
    if sign and sign in _CURLY:
        hint = f'Use straight ones: {called} = "…".'
        return FlawError(offset, f"The quotes of “{called}” are curly.", hint)
    if word.casefold() in ("true", "false", "yes", "no", "on", "off"):
        hint = f"Write {called} = true, or false, in small letters and without quotes."
    return FlawError(offset, f"The value of “{called}” cannot be read.", hint)


def _unclosed(what: str, sign: str, offset: int) -> FlawError:
    hint = f"Put a comma between its values, and “{sign}” at its end."
    return FlawError(offset, f"The {what} that begins here is not closed.", hint)
