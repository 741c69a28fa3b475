"""Jobs made before they are asked for: which of them are begun, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from report_builder.jobs import Job
from report_builder.problems import stops
from report_builder.workers import Crew
from report_builder.workers.work import Work, work

Progress = Callable[[Sequence[str]], None]
"""What is told which jobs are being made, by their labels, whenever that changes."""


@dataclass(frozen=True)
class _Asked:
    """A job that will be wanted, of which event, after which looks, and how long it may take."""

    job: Job
    event: str
    after: frozenset[str]
    seconds: float


class Ahead:
    """Makes jobs for who wants them one after another, several ahead where there is a crew.

    What comes of them is what would come of them one by one. A job that stands on looks which
    find an error is not made, or was made in vain. ``more`` asks for more jobs, and tells whether
    there were any.
    """

    def __init__(self, crew: Crew | None, progress: Progress, more: Callable[[], bool]) -> None:
        self._crew, self._progress, self._more = crew, progress, more
        self._asked: dict[str, _Asked] = {}
        self._running: dict[str, _Asked] = {}
        self._done: dict[str, Work | Exception] = {}
        self._passed: set[str] = set()
        self._unwanted: set[str] = set()

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_: object) -> None:
        if self._crew:
            self._crew.end()

    def ask(self, job: Job, after: frozenset[str] = frozenset(), seconds: float = 0.0) -> None:
        """Note that a job will be wanted, if the looks ``after`` which it comes find no error."""
        event = job.event.name if job.event else ""
        self._asked[job.label] = _Asked(job, event, after, seconds)

    def forget(self, labels: Sequence[str]) -> None:
        """Note that jobs are not wanted any more."""
        for label in labels:
            self._asked.pop(label, None)
            self._done.pop(label, None)
        self._unwanted |= self._running.keys() & set(labels)

    def result(self, job: Job) -> Work:
        """Return what a job came to that was asked for; raise what a bug of ours raised."""
        while job.label not in self._done:
            if self._crew is None or self._is_single(self._crew):
                self._here(self._asked.pop(job.label).job)
            else:
                self._with_crew(self._crew)
        found = self._done.pop(job.label)
        if isinstance(found, Exception):
            raise found
        return found

    def _is_single(self, crew: Crew) -> bool:
        """Tell whether there is but one job to make, for which no worker need be started."""
        self._look_further(crew)
        return crew.idle and not self._running and len(self._asked) == 1

    def _here(self, job: Job) -> None:
        self._progress((job.label,))
        self._done[job.label] = work(job)
        self._progress(())

    def _with_crew(self, crew: Crew) -> None:
        """Give the crew what it has room for, and take what it has done."""
        while len(self._running) < crew.room and (asked := self._next(crew)):
            del self._asked[asked.job.label]
            self._running[asked.job.label] = asked
            crew.begin(asked.job, [one.job for one in self._asked.values()])
            self._look_further(crew)
        self._progress(tuple(self._running))
        for job, came in crew.finished():
            del self._running[job.label]
            if job.label in self._unwanted:
                continue
            self._done[job.label] = came
            if isinstance(came, Work) and not stops(came.made.problems):
                self._passed.add(job.label)
            else:
                self._drop_after(job.label)
        self._progress(tuple(self._running))

    def _look_further(self, crew: Crew) -> None:
        while len(self._asked) < 2 * crew.room and self._more():
            pass

    def _drop_after(self, label: str) -> None:
        """Let what stands on a look that found an error not be begun."""
        for name in [name for name, one in self._asked.items() if label in one.after]:
            del self._asked[name]

    def _next(self, crew: Crew) -> _Asked | None:
        """Return the longest job of the events that come next, as many as there is room for.

        While one that may be in vain is being made, others that are not come first.
        """
        events = list(dict.fromkeys(one.event for one in self._asked.values()))[: crew.room]
        near = [one for one in self._asked.values() if one.event in events]
        sure = [one for one in near if one.after <= self._passed]
        if any(not one.after <= self._passed for one in self._running.values()):
            near = sure or near
        return max(near, key=lambda one: one.seconds, default=None)
