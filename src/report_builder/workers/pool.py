"""Warm processes of this machine that make jobs, one each at a time.

What makes processes is imported with the first job: most runs of somebody who writes have none.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from report_builder.jobs import Job
from report_builder.workers.work import TIME, Work, ended, without

if TYPE_CHECKING:
    from concurrent.futures import Future

    from report_builder.workers.processes import Processes


class Pool:
    """Processes that are started at the first job, and are ended with all that they do.

    A process that dies breaks them all off: what they were making is then made once more, each
    by itself, which shows which job it was. A job beyond its time is ended in the same way.
    """

    def __init__(self, size: int) -> None:
        self._room = size
        self._processes: Processes | None = None
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
        from report_builder.workers.processes import Processes

        if self._processes is None:
            self._processes = Processes(min(self._room, 1 + len(waiting)), (job, *waiting))
        self._running[self._processes.submit(job)] = job, time.monotonic()

    def finished(self) -> list[tuple[Job, Work | Exception]]:
        """Return jobs that are done, and what became of those that could not be."""
        from concurrent.futures import FIRST_COMPLETED, wait

        from report_builder.workers.processes import came_of, is_lost, most

        rest = min(began for _, began in self._running.values()) + most() - time.monotonic()
        wait(self._running, max(rest, 0), FIRST_COMPLETED)
        done = {future for future in self._running if future.done()}
        if done and not any(is_lost(future) for future in done):
            return [(self._running.pop(future)[0], came_of(future)) for future in done]
        return list(self._broken_off())

    def end(self) -> None:
        """End the processes, whatever they do."""
        self._running.clear()
        if self._processes:
            self._processes.end()
            self._processes = None

    def _broken_off(self) -> Iterable[tuple[Job, Work | Exception]]:
        """Yield what became of all that was going on when a process died, or was ended here."""
        from report_builder.workers.processes import alone, came_of, is_lost, most

        now, running = time.monotonic(), dict(self._running)
        self.end()
        for future, (job, began) in running.items():
            if not is_lost(future):
                yield job, came_of(future)
            elif now - began >= most():
                yield job, without(job, ended(job, TIME))
            else:
                yield job, alone(job)
