"""A job done by a worker of a cluster: values come, and values go back."""

from __future__ import annotations

import contextlib
import pickle
import threading
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from report_builder.fingerprint import ABSENT, Trace
from report_builder.jobs import Job
from report_builder.store.cache import as_named, at_its_place
from report_builder.workers.parcel import Files, Parcel, installed_here, unpacked
from report_builder.workers.work import Work, work
from report_builder.writers import Made

Told = Mapping[str, Any]
"""What a worker says: which programs it ``has`` in other versions, a ``bug``, or what it made."""

_one_at_a_time = threading.Lock()  # what draws is not made for more than one in a process


def do(
    order: bytes,
    programs: Sequence[str],
    there: Mapping[str, str],
    event: Files,
    workspace: Files,
) -> Told:
    """Do the job of a parcel, which is opened only where all programs are those of who sent it."""
    here = installed_here(programs)
    names = here.keys() | there.keys()
    if has := {n: here.get(n, ABSENT) for n in names if here.get(n) != there.get(n)}:
        return {"has": has}
    parcel: Parcel = pickle.loads(order)  # noqa: S301  # from those who may send programs, too
    with _one_at_a_time:
        try:
            job = unpacked(parcel, event, workspace)
            # The process may do other work: how much memory it gets is for the cluster to say.
            came = work(job, contextlib.nullcontext())
        except Exception:  # noqa: BLE001  # it is raised again where the job was begun
            return {"bug": traceback.format_exc()}
    return {
        "files": dict(came.made.files),
        "problems": [as_named(problem, job.roots) for problem in came.made.problems],
        "places": _places(job),
        "trace": asdict(came.trace),
        "seconds": came.seconds,
    }


def work_told(told: Told, job: Job) -> Work:
    """Return what a worker says that it made as if it had been made here."""
    problems = tuple(
        at_its_place(_said_here(one, told, job), job.roots) for one in told["problems"]
    )
    return Work(Made(told["files"], problems), Trace(**told["trace"]), told["seconds"])


def _places(job: Job) -> list[str]:
    """Return the folders that words about a job may name, each before those that it lies in."""
    assert job.event is not None  # noqa: S101  # what has no event is done where the files are
    return [place.as_posix() for place in (job.event, job.templates, job.root)]


def _said_here(problem: Mapping[str, Any], told: Told, job: Job) -> Mapping[str, Any]:
    """Return a problem in words that name folders of here, in place of those of the worker."""
    said = dict(problem)
    for there, here in zip(told["places"], _places(job), strict=True):
        said |= {part: str(said[part]).replace(there, here) for part in ("message", "hint")}
    return said
