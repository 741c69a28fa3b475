"""A job done to its end, here or in a worker: what it made, of what, and how long that took."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from report_builder.fingerprint import Trace, trace_of
from report_builder.jobs import Job
from report_builder.limits import Deadline, Memory
from report_builder.problems import Position, error
from report_builder.settings.names import EVENT_FILE
from report_builder.sources import changed_since, noting
from report_builder.writers import Made

SECONDS = 600.0
"""Of the clock, that a job may take: a report of six hundred pages takes some two hundred."""
MEMORY = Memory(4 << 30)
"""What a job may take beside what its process had: the largest poster takes a quarter of it."""

TIME, ROOM, LOST = "job-time", "job-memory", "job-lost"
"""Codes of what ends a job and is none of its findings."""

_MANY_THINGS = 100_000  # that are made between two looks for garbage
_SMALLER = "Divide the event into several, or leave out what is largest."
_WHY = {
    TIME: ("To make “{name}” took longer than {minutes:.3g} minutes, and was stopped.", _SMALLER),
    ROOM: ("To make “{name}” takes too much memory.", _SMALLER),
    LOST: (
        "The process that makes “{name}” was ended from outside, and so was a second one.",
        "The computer may have too little memory for it: give it more, or divide the event.",
    ),
}


class OverdueError(BaseException):
    """The job takes too long. It strikes anywhere: nothing in between may stop it."""


@dataclass(frozen=True)
class Work:
    """What a job came to: what it made of what, in how many seconds.

    It is settled unless a file was changed meanwhile.
    """

    made: Made
    trace: Trace
    seconds: float = 0.0
    is_settled: bool = True


def work(job: Job, memory: AbstractContextManager[object] | None = None) -> Work:
    """Do a job in this process; that it takes too long, or too much memory, is its problem.

    ``memory`` is what bounds it in place of `MEMORY`. What a bug of ours
    raises says which job it was.
    """
    from report_builder.make import make

    began, clock = time.time_ns(), time.perf_counter()
    with noting() as paths, _collecting_rarely():
        try:
            with memory or MEMORY, Deadline(SECONDS, time.monotonic, OverdueError):
                made = make(job)
        except OverdueError:
            made = ended(job, TIME)
        except MemoryError:
            made = ended(job, ROOM)
        except Exception as bug:
            bug.add_note(f"It was met in the job “{job.label}”.")
            raise
    names = {job.roots.name(path): by_content for path, by_content in paths.items()}
    trace = trace_of(names, job.roots, job.decided_by, job.programs)
    settled = not any(changed_since(began, path) for path in paths)
    return Work(made, trace, time.perf_counter() - clock, settled)


def ended(job: Job, code: str) -> Made:
    """Return what comes of a job that was ended: the problem that says so."""
    message, hint = _WHY[code]
    place = Position((job.event / EVENT_FILE if job.event else job.root).as_posix())
    return Made(
        {}, (error(code, place, message.format(name=job.name, minutes=SECONDS / 60), hint),)
    )


def without(job: Job, made: Made) -> Work:
    """Return the work of a job that was not done, with the problem that says why."""
    return Work(made, trace_of({}, job.roots, job.decided_by, job.programs))


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Let Python look for garbage less often: a document is made of a million things that stay."""
    before = gc.get_threshold()
    gc.set_threshold(_MANY_THINGS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
