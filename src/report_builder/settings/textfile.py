"""A text file: its words as UTF-8, or what keeps them from being read."""

from __future__ import annotations

import re
from pathlib import Path

from report_builder.problems import Position, Problem, ReportBuilderError, error
from report_builder.sources import note

# C0 and C1 controls, line and paragraph separators, surrogates and non-characters: no font
# draws them, Word and PDF refuse them, and they arrive by pasting from slides.
UNPRINTABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


def read_text(path: Path) -> str:
    """Return a UTF-8 file's text, its line ends made alike; raise its problems otherwise."""
    name = path.as_posix()
    try:
        raw = note(path).read_bytes()
    except OSError as reason:
        raise ReportBuilderError(
            [
                error(
                    "unreadable-file",
                    Position(name),
                    f"The file cannot be read: {reason.strerror}.",
                )
            ]
        ) from reason
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _wrong_encoding(Position(name), "UTF-16")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        before = raw[: reason.start].decode("utf-8", "replace").split("\n")
        position = Position(name, len(before), len(before[-1]) + 1)
        raise _wrong_encoding(position, "Windows-1252") from reason
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_encoding(position: Position, likely: str) -> ReportBuilderError:
    return ReportBuilderError(
        [
            error(
                "encoding",
                position,
                f"The file is not UTF-8 text; it is probably {likely}.",
                "Save it again with the encoding “UTF-8” (in Notepad: Save as, Encoding).",
            )
        ]
    )


def unprintable(text: str, path: str) -> list[Problem]:
    """Return a problem for every character in a file's text that nothing can print."""
    return [
        error(
            "unprintable-character",
            Position(path, number, match.start() + 1),
            f"There is a character that cannot be printed (U+{ord(match[0]):04X}).",
            "Delete it: it is invisible, and usually comes from copying out of slides.",
        )
        for number, line in enumerate(text.split("\n"), start=1)
        for match in UNPRINTABLE.finditer(line)
    ]
