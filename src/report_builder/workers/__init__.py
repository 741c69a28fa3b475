"""Who makes jobs beside this process: processes of this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from report_builder.jobs import Job
from report_builder.workers.work import Work


class Crew(Protocol):
    """Workers that make several jobs at once; they begin their work at the first."""

    @property
    def room(self) -> int:
        """How many jobs are given to them at a time."""
        ...

    @property
    def idle(self) -> bool:
        """Whether they have not been called upon yet, and a single job is done here as soon."""
        ...

    def begin(self, job: Job, waiting: Sequence[Job]) -> None:
        """Have a job made; others are ``waiting``."""
        ...

    def finished(self) -> list[tuple[Job, Work | Exception]]:
        """Return jobs that are done, at least one, or what was raised; wait for one, if need be."""
        ...

    def end(self) -> None:
        """End all that is going on, at once."""
        ...


def crew_of(jobs: int, scheduler: str) -> Crew | None:
    """Return who makes jobs: a cluster, so many processes, or nobody but this one.

    Raise what keeps a cluster from being reached.
    """
    if scheduler:
        from report_builder.workers.cluster import Cluster

        return Cluster(scheduler)
    if jobs > 1:
        from report_builder.workers.pool import Pool

        return Pool(jobs)
    return None
