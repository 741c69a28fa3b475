"""The process that looks into files, as ours meets it: bytes go in, a verdict comes out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from report_builder.problems import Position, Problem, printable
from report_builder.verification.told import heard, heard_tree, unreadable
from report_builder.verification.verdict import Verdict

_TIMES = (-signal.SIGALRM, -signal.SIGPROF)
_DIVIDE = "Divide it into several files; or make it anew, without what nobody needs."


class Worker:
    """A process that looks into one file after another, and is begun anew if a file ends it."""

    def __enter__(self) -> Worker:
        self._process = _begin()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def look(self, content: bytes, path: str) -> Verdict:
        """Return what is found in a file."""
        position = Position(path)
        problems: list[Problem] = []
        claims: tuple[str, ...] = ()
        tree, is_for_press = None, False
        for row in self._rows(content, path):
            problems += heard(row.get("problems", ()), path)
            claims = tuple(map(printable, row.get("claims", claims)))
            is_for_press |= row.get("press", False)
            if "tree" in row:
                tree = heard_tree(row["tree"])
            if "broken" in row:
                problems.append(_of_break(row, position))
            elif row.get("status"):
                problems.append(_of_end(row, position))
        return Verdict(_counted(problems), claims, tree, is_for_press)

    def _rows(self, content: bytes, path: str) -> Iterator[dict[str, Any]]:
        orders, answers = self._process.stdin, self._process.stdout
        assert orders  # noqa: S101  # both are pipes
        assert answers  # noqa: S101
        order = {"path": path, "size": len(content)}
        try:
            orders.write(json.dumps(order).encode() + b"\n" + content)
            orders.flush()
        except BrokenPipeError:
            pass  # its end is read below
        while not (row := json.loads(answers.readline() or _ENDED)).get("done"):
            yield row
            if row.get("look") == "":
                self._process.wait()
                self._process = _begin()
                return


_ENDED = b'{"look": "", "status": -9}'


def _begin() -> subprocess.Popen[bytes]:
    # Our own modules are found where this process finds them, and none in the folder of now.
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "report_builder.verification.serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # libraries talk of what they meet, in the file's own words
        env={**os.environ, "PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"},
    )


def _of_break(row: dict[str, Any], position: Position) -> Problem:
    """Return the problem of a file that a look could not be taken at to its end."""
    if row["broken"] == "SafetyLimitError":
        message = f"The file is too large, or too deep, to be looked into: {row['why']}."
        return unreadable(position, printable(message), _DIVIDE)
    if row["broken"] in ("MemoryError", "TooLargeError"):
        return unreadable(position, "The file needs too much memory to be looked into.", _DIVIDE)
    if row["where"] and row["broken"] != "NotAWordFileError":
        message = "The file is damaged, or built in a way that is not known here"
        return unreadable(position, f"{message} ({row['broken']} in {row['where']}).")
    return unreadable(position)


def _of_end(row: dict[str, Any], position: Position) -> Problem:
    """Return the problem of a file that ended the process which looked at it."""
    what = row["look"] or "the file"
    if row["status"] in _TIMES:
        message = f"It takes too long to look at {what}."
    else:
        message = (
            f"To look at {what} takes too much memory, or the file is built to break programs."
        )
    return unreadable(position, message, _DIVIDE)


def _counted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once, and how often it was found: ten pictures are not ten lines."""
    counts = Counter(problems)
    return tuple(
        replace(p, message=f"{p.message.rstrip('.')} ({n} times).")
        if n > 1 and p.code != "unreadable-document"
        else p
        for p, n in counts.items()
    )
