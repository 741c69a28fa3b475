"""What many events cost: on one machine, on a cluster, and what that comes to for 100,000.

Run it with ``python benchmarks/scale.py``: all formats of copies of the real event, by one process
and by as many as there are cores; then the Word files of 1,000 small events by a scheduler and
workers of Dask's over TCP, one of which is killed half-way. Give it ``--events N`` and
``--cluster N`` for other numbers.
Seconds are those of the processor, memory is what a process has at most (resident, in MB).
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from report_builder.store.cache import FOLDER_VARIABLE
from report_builder.workspace import cores

EVENT = """\
title: A day in ward {number}
language: en-GB
date: 2026-03-{day:02}
venue: Library {number}
organiser: Northfield Council
summary: We asked {number} people what would help them to stay well.
sections:
  - type: prose
    title: What we heard
    body: |
      We met in ward {number}, and talked about buses, parks and warm homes.

      1. Who comes, and who does not?
      2. What would help?
  - type: table
    title: In numbers
    columns: [What, How many]
    rows: [[People, "{number}"], [Groups, "12"]]
  - type: feedback
    question: What matters most to you?
    responses: [buses, parks, buses, warm homes, someone to talk to, parks, ward {number}]
  - type: actions
    title: Next steps
    items: [{{text: To meet again, owner: Northfield Council, due: June 2026}}]
"""
REAL = Path(__file__).parents[1] / "content/health-equity-town"
PORT = 28786
_LARGE = (1_000, 10_000, 100_000)


@dataclass
class Watched:
    """What processes took: seconds of the processor and the most memory, by what they are."""

    seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    def look(self, process: psutil.Process, name: str) -> None:
        """Look at a process, and at those that it began."""
        try:
            below = process.children(recursive=True)
            for one, kind in ((process, name), *((child, "worker") for child in below)):
                times, key = one.cpu_times(), f"{kind} {one.pid}"
                self.seconds[key] = times.user + times.system
                now = one.memory_info().rss / 1e6
                self.memory[key] = max(now, self.memory.get(key, 0))
        except psutil.Error:  # it ended a moment ago
            pass

    def of(self, kind: str) -> tuple[float, float]:
        """Return the seconds of all processes of a kind, and the most memory of one."""
        names = [name for name in self.seconds if name.startswith(kind)]
        spent = sum(self.seconds[name] for name in names)
        return spent, max((self.memory[name] for name in names), default=0.0)


def main() -> None:
    """Print a line for each way, and what they come to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=12)
    parser.add_argument("--cluster", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_copies(folder / "few", asked.events)
        print(f"all formats of {asked.events} copies of the real event")
        for jobs in sorted({1, 2, cores()}):
            own, workers, most, wall = processes(folder, jobs)
            print(
                f"  --jobs {jobs}: {asked.events / wall * 60:5.0f} events a minute; "
                f"seconds an event: {own / asked.events:.3f} here, "
                f"{workers / asked.events:.3f} in workers; {most:.0f} MB a process",
                flush=True,
            )
        seconds = (own + workers) / asked.events
        print(f"Word files of {asked.cluster} events by a cluster, a worker of which is killed")
        write_events(folder / "many", asked.cluster)
        cluster(folder, asked.cluster)
        again = up_to_date(folder)
        print(f"  what is up to date: {again / asked.cluster * 1000:.1f} ms an event")
    print("what that comes to for all formats")
    for events in _LARGE:
        for machines in (1, 8, 64):
            hours = events * seconds / (machines * 8) / 3600
            print(
                f"  {events:7,} events, {machines * 8:3} cores: {hours:7.2f} h; "
                f"{events * seconds / 3600:6.1f} core hours"
            )


def write_events(root: Path, count: int) -> None:
    """Write events that differ in their words."""
    for number in range(1, count + 1):
        folder = root / "content" / f"day-{number:06}"
        folder.mkdir(parents=True)
        text = EVENT.format(number=number, day=number % 28 + 1)
        (folder / "event.yaml").write_text(text, "utf-8")


def write_copies(root: Path, count: int) -> None:
    """Write copies of the real event, each with a title of its own."""
    for number in range(1, count + 1):
        folder = shutil.copytree(REAL, root / "content" / f"event-{number:06}")
        text = (folder / "event.yaml").read_text("utf-8")
        text = text.replace("Health equity town", f"Health equity town {number}", 1)
        (folder / "event.yaml").write_text(text, "utf-8")


def processes(folder: Path, jobs: int) -> tuple[float, float, float, float]:
    """Build with processes of this machine; return seconds here, in workers, memory, wall time."""
    root, output = folder / "few", folder / f"out{jobs}"
    with running(ours(root, output, "build", "--jobs", str(jobs)), folder / f"c{jobs}") as build:
        watched, wall = watch({"here": build})
    assert build.returncode == 0
    (own, mine), (spent, most) = watched.of("here"), watched.of("worker")
    return own, spent, most or mine, wall


def cluster(folder: Path, count: int) -> None:
    """Build with a cluster, kill one of its workers half-way, and tell what all took."""
    root, output, address = folder / "many", folder / "out", f"tcp://127.0.0.1:{PORT}"
    scheduler = ("dask_scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard")
    worker = ("dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    command = ours(root, output, "docx", "--scheduler", address)
    cache = folder / "cache"
    with (
        running(dask(scheduler), cache) as first,
        running(dask(worker), cache) as one,
        running(dask(worker), cache) as other,
        running(command, cache) as build,
    ):
        kinds = {"here": build, "scheduler": first, "worker": one, "worker's peer": other}
        watched, wall = watch(kinds, lambda: built(output) > count / 2)
    made = len(list(output.glob("*/briefing.docx")))
    print(f"  {made} of {count} made, {count - made} lost; {made / wall * 60:.0f} a minute")
    assert (build.returncode, made) == (0, count)
    for kind in ("here", "scheduler", "worker"):
        spent, most = watched.of(kind)
        print(f"  {kind:9}: {spent / count:.3f} s an event, {most:.0f} MB")


def built(output: Path) -> int:
    """Return how many events have been built."""
    return sum(path.name[0] != "." for path in output.iterdir()) if output.exists() else 0


def up_to_date(folder: Path) -> float:
    """Return the seconds of a run that finds nothing changed."""
    with running(ours(folder / "many", folder / "out", "docx"), folder / "cache") as build:
        watched, _ = watch({"here": build})
    return watched.of("here")[0]


def watch(
    processes_of: dict[str, subprocess.Popen[bytes]], is_half_way: object = None
) -> tuple[Watched, float]:
    """Look at processes until the one that is here ends; kill a worker half-way, if asked to."""
    watched, began = Watched(), time.perf_counter()
    handles = {name: psutil.Process(one.pid) for name, one in processes_of.items()}
    while processes_of["here"].poll() is None:
        for name, handle in handles.items():
            watched.look(handle, name)
        if callable(is_half_way) and is_half_way():
            processes_of["worker"].send_signal(signal.SIGKILL)
            is_half_way = None
        time.sleep(0.1)
    return watched, time.perf_counter() - began


def ours(root: Path, output: Path, verb: str, *more: str) -> list[str]:
    """Return the command that makes what is asked for."""
    program = [sys.executable, "-m", "report_builder", "-q", "--workspace", str(root)]
    return [*program, verb, "--output", str(output), *more]


def dask(command: Sequence[str]) -> list[str]:
    """Return the command that starts a part of a cluster."""
    return [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:]]


@contextmanager
def running(command: list[str], cache: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command, with what is kept in a folder of its own, and end it."""
    process = subprocess.Popen(  # noqa: S603
        command,
        env={**os.environ, FOLDER_VARIABLE: str(cache)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


if __name__ == "__main__":
    main()
