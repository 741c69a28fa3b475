"""Warm processes of this machine that make jobs, one each at a time."""

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
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, ProcessPoolExecutor, wait
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

_COMMON = ("choices", "content.loader", "checks.content", "drawings.all", "templating.renderer")
"""What every job of an event imports: once, where processes are forked."""


class BugInWorkerError(Exception):
    """A bug of ours, met in a worker; it says which job it was, and the traceback there."""


class Pool:
    """Processes that are started at the first job, and are ended with all that they do.

    A process that dies breaks them all off: what they were making is then made once more, each
    by itself, which shows which job it was. A job beyond its time is ended in the same way.
    """

    def __init__(self, size: int) -> None:
        self._room = size
        self._processes: _Processes | None = None
        self._running: dict[Future[Work | str], tuple[Job, float]] = {}

    @property
    def room(self) -> int:
        """How many jobs can be made at a time: as many as there are processes."""
        return self._processes.size if self._processes else self._room

    @property
    def idle(self) -> bool:
        """Whether no process was started yet, for which a single job gives no reason."""
        return self._processes is None

    def begin(self, job: Job, waiting: Sequence[Job]) -> None:
        """Have a job made; so many processes are started as jobs can use."""
        if self._processes is None:
            self._processes = _Processes(min(self._room, 1 + len(waiting)), (job, *waiting))
        self._running[self._processes.submit(job)] = job, time.monotonic()

    def finished(self) -> list[tuple[Job, Work | Exception]]:
        """Return jobs that are done, and what became of those that could not be."""
        rest = min(began for _, began in self._running.values()) + _most() - time.monotonic()
        wait(self._running, max(rest, 0), FIRST_COMPLETED)
        done = {future for future in self._running if future.done()}
        if done and not any(_is_lost(future) for future in done):
            return [(self._running.pop(future)[0], _came(future)) for future in done]
        return list(self._broken_off())

    def end(self) -> None:
        """End the processes, whatever they do."""
        self._running.clear()
        if self._processes:
            self._processes.end()
            self._processes = None

    def _broken_off(self) -> Iterable[tuple[Job, Work | Exception]]:
        """Yield what became of all that was going on when a process died, or was ended here."""
        now, running = time.monotonic(), dict(self._running)
        self.end()
        for future, (job, began) in running.items():
            if not _is_lost(future):
                yield job, _came(future)
            elif now - began >= _most():
                yield job, without(job, ended(job, TIME))
            else:
                yield job, _alone(job)


class _Processes:
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
        try:
            return self._executor.submit(_work, job)
        except BrokenExecutor as reason:  # a process died while none was waited for
            lost: Future[Work | str] = Future()
            lost.set_exception(reason)
            return lost

    def end(self) -> None:
        self._end.close()
        self._executor.shutdown(wait=True, cancel_futures=True)


def _alone(job: Job) -> Work | Exception:
    """Return what comes of a job in a process that does nothing else."""
    processes = _Processes(1, (job,))
    try:
        future = processes.submit(job)
        wait([future], _most())
    finally:
        processes.end()
    if _is_lost(future):
        return without(job, ended(job, LOST if future.done() else TIME))
    return _came(future)


def _most() -> float:
    return bounds.SECONDS + GRACE


def _is_lost(future: Future[Work | str]) -> bool:
    if not future.done() or future.cancelled():
        return True
    return isinstance(future.exception(), BrokenExecutor)


def _came(future: Future[Work | str]) -> Work | Exception:
    came = future.result()
    return BugInWorkerError(came) if isinstance(came, str) else came


def _context() -> BaseContext:
    """Return how processes are begun: forked where nothing else goes on here that could be cut.

    Python does not know of every thread: what holds PDFs to the standard has its own.
    """
    if sys.platform == "linux" and len([*Path("/proc/self/task").iterdir()]) == 1:
        return multiprocessing.get_context("fork")
    ways = multiprocessing.get_all_start_methods()
    return multiprocessing.get_context("forkserver" if "forkserver" in ways else "spawn")


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
