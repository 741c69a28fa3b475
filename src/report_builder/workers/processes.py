"""Processes that end with the one that began them, each making a job at a time."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, wait
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from pathlib import Path

from report_builder.drawings.importing import import_weasyprint
from report_builder.jobs import Job
from report_builder.templating.fonts import own_folder, share
from report_builder.workers import work as bounds
from report_builder.workers.work import LOST, TIME, Work, ended, without, work

GRACE = 10.0
"""Seconds after which a process is ended that does not end its job when its time is over."""

_MOMENT, _MOMENTS = 0.001, 50  # seconds, and how many of them
_COMMON = ("choices", "content.loader", "checks.content", "drawings.all", "templating.renderer")
"""What every job of an event imports: once, where processes are forked."""


class BugInWorkerError(Exception):
    """A bug of ours, met in a worker; it says which job it was, and the traceback there."""


class Processes:
    """Processes, and the pipe that they live by: once this end is closed, or gone, they end."""

    def __init__(self, size: int, jobs: Sequence[Job]) -> None:
        context = _context()
        is_forked = context.get_start_method() == "fork"
        if is_forked:
            _import(jobs)
        self.size = size
        life, self._end = context.Pipe(duplex=False)
        given = (life, self._end if is_forked else None, own_folder())
        self._executor = ProcessPoolExecutor(size, context, _serve, given)

    def submit(self, job: Job) -> Future[Work | str]:
        """Have a job made; return what will be its work, or a bug's traceback."""
        try:
            return self._executor.submit(_work, job)
        except BrokenExecutor as reason:  # a process died while none was waited for
            lost: Future[Work | str] = Future()
            lost.set_exception(reason)
            return lost

    def end(self) -> None:
        """End the processes, whatever they do."""
        self._end.close()
        self._executor.shutdown(wait=True, cancel_futures=True)


def alone(job: Job) -> Work | Exception:
    """Return what comes of a job in a process that does nothing else."""
    processes = Processes(1, (job,))
    try:
        future = processes.submit(job)
        wait([future], most())
    finally:
        processes.end()
    if is_lost(future):
        return without(job, ended(job, LOST if future.done() else TIME))
    return came_of(future)


def most() -> float:
    """Return the seconds after which a process is ended that makes a job."""
    return bounds.SECONDS + GRACE


def is_lost(future: Future[Work | str]) -> bool:
    """Tell whether nothing came of a job: its process died, or is not done with it."""
    if not future.done() or future.cancelled():
        return True
    return isinstance(future.exception(), BrokenExecutor)


def came_of(future: Future[Work | str]) -> Work | Exception:
    """Return what came of a job that is done."""
    came = future.result()
    return BugInWorkerError(came) if isinstance(came, str) else came


def _context() -> BaseContext:
    """Return how processes are begun: forked where nothing else goes on here that could be cut."""
    if sys.platform == "linux" and _is_alone():
        return multiprocessing.get_context("fork")
    ways = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")


def _is_alone() -> bool:
    """Tell whether no thread goes on here but this one, nor any that Python does not know of.

    What holds PDFs to the standard has such. A thread that has ended takes a moment to be gone.
    """
    for _ in range(_MOMENTS):
        if len([*Path("/proc/self/task").iterdir()]) == 1:
            return True
        if threading.active_count() > 1:
            break
        time.sleep(_MOMENT)
    return False


def _import(jobs: Iterable[Job]) -> None:
    """Import what jobs have in common, which is then there in all processes at no cost."""
    for name in _COMMON:
        import_module(f"report_builder.{name}")
    if any("weasyprint" in job.programs for job in jobs):
        import_weasyprint()


def _serve(life: Connection, end: Connection | None, folder: Path) -> None:
    """Begin a worker: one that ends with the process that began it, and by no key."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which reaches all; who began it ends it
    if end:
        end.close()
    share(folder)
    gc.freeze()  # else what was there before would be copied, only to look for what is unused
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()


def _end_with(life: Connection) -> None:
    life.poll(None)
    os._exit(1)


def _work(job: Job) -> Work | str:
    """Return what a job came to, or a bug's traceback, for not every error can be sent."""
    try:
        return work(job)
    except Exception:  # noqa: BLE001  # it is raised again where the job was begun
        return traceback.format_exc()
