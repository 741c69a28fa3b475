"""A Dask cluster that makes jobs: it schedules them, and does them again whose worker is lost."""

from __future__ import annotations

import contextlib
import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_builder.jobs import Job
from report_builder.problems import Problem, error, failure
from report_builder.settings.names import COMMAND_LINE
from report_builder.workers import work as bounds
from report_builder.workers.elsewhere import Told, work_told
from report_builder.workers.parcel import Files, Parcel, installed_here, is_bound, packed
from report_builder.workers.work import LOST, TIME, Work, ended, without, work
from report_builder.writers import Made

if TYPE_CHECKING:
    from distributed import Client

CODE = "cluster"
_WAIT = 30.0  # seconds until there must be a scheduler, with a worker
_FOLDERS = 64  # of events, that the cluster is asked to keep
_REFRESH = 5.0  # seconds between two looks at how many workers there are
_NAMED = 3  # programs that differ


class BugInClusterError(Exception):
    """A bug of ours, met in a worker; it says which job it was, and the traceback there."""


class Cluster:
    """The workers of a scheduler, which is reached when there is a first job for them.

    That it cannot be reached, or is lost, is a problem of each job that it should have made.
    """

    idle = False

    def __init__(self, address: str) -> None:
        if not find_spec("distributed"):
            hint = "Install it: pip install “report-builder[dask]”, here and on the workers."
            message = "To use a cluster, Dask is needed, which is not installed."
            raise failure(CODE, COMMAND_LINE, message, hint)
        self._address = address
        self._client: Client | None = None
        self._executor: Executor | None = None
        self._running: dict[Future[Told], Job] = {}
        self._here: deque[tuple[Job, Problem | None]] = deque()
        self._folders: dict[str, Any] = {}
        self._lost: Problem | None = None
        self._room, self._looked = 2, 0.0

    @property
    def room(self) -> int:
        """How many jobs are sent at a time: to each worker one to do, and one to go on with."""
        if self._client and time.monotonic() - self._looked > _REFRESH:
            with contextlib.suppress(OSError):  # it is lost, as the next job will tell
                self._room = max(2, 2 * sum(self._client.nthreads().values()))
            self._looked = time.monotonic()
        return self._room

    def begin(self, job: Job, waiting: Sequence[Job]) -> None:  # noqa: ARG002  # as of every crew
        """Have a job made: by the cluster, unless it reads files that lie anywhere here."""
        try:
            parcel = None if is_bound(job) else packed(job)
        except OSError:  # which is told where the file lies
            parcel = None
        if not parcel:
            self._here.append((job, None))
            return
        try:
            self._send(job, *parcel)
        except OSError:
            self._lost = _unreachable(self._address)
        if self._lost:
            self._here.append((job, self._lost))

    def finished(self) -> list[tuple[Job, Work | Exception]]:
        """Return jobs that are done, or what keeps them from being done."""
        if self._here:
            job, problem = self._here.popleft()
            return [(job, without(job, Made({}, (problem,))) if problem else work(job))]
        # A job may wait for another that its worker does before.
        wait(self._running, 2 * bounds.SECONDS, FIRST_COMPLETED)
        done = [future for future in self._running if future.done()]
        if not done:
            late, self._running = self._running, {}
            return [(job, without(job, ended(job, TIME))) for job in late.values()]
        return [self._came(future, self._running.pop(future)) for future in done]

    def end(self) -> None:
        """Call off what has not begun, and leave the cluster."""
        if self._executor:
            self._executor.shutdown(wait=False)
        if self._client:
            self._client.close()

    def _send(self, job: Job, parcel: Parcel, event: Files, workspace: Files) -> None:
        """Send a job to the cluster, unless it is lost; raise what keeps it from being reached."""
        if self._lost:
            return
        if not self._client:
            self._client = _client(self._address)
            self._executor = self._client.get_executor(pure=False)
        assert self._executor  # noqa: S101  # which comes with the client
        files = (self._folder(parcel.event, event), self._folder(parcel.workspace, workspace))
        order = pickle.dumps(parcel), job.programs, installed_here(job.programs)
        self._running[self._executor.submit(_do(), *order, *files)] = job

    def _folder(self, name: str, files: Files) -> Any:
        """Return files as a value that the cluster keeps, and makes again if a worker is lost."""
        assert self._client  # noqa: S101  # it was reached before
        known = self._folders.pop(name, None)
        self._folders[name] = known or self._client.submit(
            _same(), files, key=f"report-builder-{name}"
        )
        while len(self._folders) > _FOLDERS:
            del self._folders[next(iter(self._folders))]
        return self._folders[name]

    def _came(self, future: Future[Told], job: Job) -> tuple[Job, Work | Exception]:
        from distributed import KilledWorker

        try:
            told = future.result()
        except KilledWorker:
            return job, without(job, ended(job, LOST))
        except ModuleNotFoundError as reason:
            message = f"A worker of the cluster lacks report-builder, or a part of it: {reason}."
            return job, without(job, Made({}, (_same_everywhere(message),)))
        except (CancelledError, OSError):
            self._lost = _unreachable(self._address)
            return job, without(job, Made({}, (self._lost,)))
        if "bug" in told:
            return job, BugInClusterError(told["bug"])
        if "has" in told:
            return job, without(job, Made({}, (_differs(told["has"], job),)))
        came = work_told(told, job)
        # What sets type is the system's, and another release of it has another name.
        strange = [name for name in came.trace.files if name[:1] == "/" and not _is_here(name)]
        if strange:
            message = f"A worker of the cluster sets type with {strange[0]}, which is not here."
            return job, without(job, Made({}, (_same_everywhere(message),)))
        return job, came


@lru_cache(maxsize=64)
def _is_here(library: str) -> bool:
    return Path(library).exists()


def _client(address: str) -> Client:
    """Return a connection to a scheduler that has workers, or raise that there is none."""
    import dask
    from distributed import Client

    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})  # photos
    for name in ("distributed", "distributed.client"):  # what it logs is told as problems
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=_WAIT, set_as_default=False)
        client.wait_for_workers(1, timeout=_WAIT)
    except ValueError as reason:  # no address
        raise OSError(address) from reason
    return client


def _do() -> Callable[..., Told]:
    """Return what a worker calls. It goes there as code, for the scheduler need not know ours."""

    def do(*order: Any) -> Any:
        from report_builder.workers.elsewhere import do

        return do(*order)

    return do


def _same() -> Callable[[Files], Files]:
    def same(files: Files) -> Files:
        return files

    return same


def _unreachable(address: str) -> Problem:
    message = f"There is no Dask scheduler with workers at {address}, or it was lost."
    hint = "Start “dask scheduler” and “dask worker”, and mend the address after --scheduler."
    return error(CODE, COMMAND_LINE, message, hint)


def _same_everywhere(message: str) -> Problem:
    hint = "Install the same versions there and here: the same documents come only of these."
    return error(CODE, COMMAND_LINE, message, hint)


def _differs(has: Told, job: Job) -> Problem:
    here = installed_here(job.programs)
    said = [f"{name} {there}, and not {here.get(name)}" for name, there in sorted(has.items())]
    return _same_everywhere(f"A worker of the cluster has {'; '.join(said[:_NAMED])}.")
