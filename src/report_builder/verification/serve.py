"""The process that looks into files: it reads one after another, and forks for each look.

What a file does to a look stays there: a look has a limit of time and memory, and how it ends is
told like what it finds. A file comes as a line of JSON and its bytes; answers are lines of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from report_builder.problems import Position
from report_builder.verification.looks import Part, looks_at

MEMORY = 850_000_000
"""What a look may take beside what the process has loaded, and twice the size of the file.

Of it 512 MB are for the stacks that the validator asks for, and mostly leaves as they are.
"""

_SECONDS, _PER_MB = 3.0, 30.0  # of work, at least, and for each MB of a file
_MOST_SECONDS = 60.0  # of work, for the longest file
_SHORT = 12_000  # bytes: no real document is smaller, and what is made to do harm mostly is
_WAIT_SHORT, _WAIT = 7.0, 60.0  # seconds, at least, until a busy computer has done the work
_MOST_SAID = 200  # letters of what a library says of a file
_OURS = Path(__file__).parents[1]
_OWN = ("builtins", "report_builder.readback.word")  # where what we raise is defined
_STACK = 120_000_000  # the validator follows chains of objects by calling itself


def serve() -> None:
    """Answer each file that comes, until no more do."""
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := orders.readline():
        order = json.loads(line)
        content = orders.read(order["size"])
        position = Position(order["path"])
        running = [
            (name, *_begin(look, content, position)) for name, look in looks_at(content).items()
        ]
        for name, process, parts in running:
            for row in parts:
                if row.endswith(b"\n"):  # a look that is ended breaks off in the midst of one
                    answers.write(row)
            _, status = os.waitpid(process, 0)
            _say(answers, {"look": name, "status": os.waitstatus_to_exitcode(status)})
        _say(answers, {"done": True})
        answers.flush()


def _begin(
    look: Callable[[bytes, Position], Iterator[Part]], content: bytes, position: Position
) -> tuple[int, BinaryIO]:
    """Begin a look in a process of its own; return its number, and what it tells."""
    out, into = os.pipe()
    process = os.fork()
    if process:
        os.close(into)
        return process, open(out, "rb")  # noqa: PTH123  # read to its end, then collected
    os.close(out)
    code = 1
    try:
        with open(into, "wb") as answers:  # noqa: PTH123  # a pipe
            code = _look(look, content, position, answers)
    finally:
        os._exit(code)
    raise AssertionError


def _look(
    look: Callable[[bytes, Position], Iterator[Part]],
    content: bytes,
    position: Position,
    answers: BinaryIO,
) -> int:
    _limit(len(content))
    try:
        for part in look(content, position):
            _say(answers, part)
            answers.flush()
    except Exception as reason:  # noqa: BLE001  # whatever a bad file breaks is told of the file
        last = Path(traceback.extract_tb(reason.__traceback__)[-1].filename)
        # What a compiled library raises leaves no trace of it but the name.
        is_ours = last.is_relative_to(_OURS) and type(reason).__module__ in _OWN
        row = {"broken": type(reason).__name__, "why": str(reason)[:_MOST_SAID]}
        _say(answers, row | {"where": last.name if is_ours else ""})
    return 0


def _limit(size: int) -> None:
    """Bound the time and the memory of this process, and give it a deep stack."""
    with Path("/proc/self/statm").open() as lines:
        loaded = int(lines.read().split()[0]) * os.sysconf("SC_PAGESIZE")
    most = loaded + MEMORY + 2 * size
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    stack = _STACK if hard == resource.RLIM_INFINITY else min(_STACK, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, hard))
    work = min(_SECONDS + _PER_MB * size / 1_000_000, _MOST_SECONDS)
    signal.setitimer(signal.ITIMER_PROF, work)
    wait = _WAIT_SHORT if size < _SHORT else max(_WAIT, 3 * work)
    signal.setitimer(signal.ITIMER_REAL, wait)


def _say(answers: BinaryIO, row: dict[str, Any]) -> None:
    answers.write(json.dumps(row).encode() + b"\n")


if __name__ == "__main__":
    serve()
