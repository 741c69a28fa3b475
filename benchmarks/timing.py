"""What it takes to run something: wall clock, CPU time and memory, of this program and of others.

What fails is no measurement: every exit code is looked at.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str | Path]


@dataclass(frozen=True)
class Spent:
    """Seconds on the wall and of CPUs, and the most bytes of memory that one process had."""

    seconds: float
    cpu: float
    memory: int = 0


# What a process is said to have had begins with what its parent has: so the parent is a small one.
_LAUNCH = """
import json, os, sys, time
began = time.perf_counter()
number = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(number, 0)
took = time.perf_counter() - began
with open(sys.argv[1], "w") as file:
    json.dump([took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024], file)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""

Way = Callable[[], Spent]
"""Does something once, and returns what it took; what must be prepared is done before that."""


def run(command: Command, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command to its end, with all that it starts."""
    with tempfile.TemporaryDirectory() as name:
        found = Path(name) / "found"
        done = subprocess.run(  # noqa: S603  # our own commands
            [sys.executable, "-IS", "-c", _LAUNCH, found, *command],
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode:
            raise SystemExit(f"{' '.join(map(str, command))} failed:\n{done.stdout}")
        return Spent(*json.loads(found.read_text()))


def together(
    commands: Sequence[Command], environment: Mapping[str, str] | None = None, at_once: int = 1
) -> Spent:
    """Run commands, so many at once, each as soon as there is room for it."""
    began = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        spent = list(pool.map(lambda command: run(command, environment), commands))
    cpu = sum(one.cpu for one in spent)
    return Spent(time.perf_counter() - began, cpu, max(one.memory for one in spent))


def in_turn(ways: Mapping[str, Way], rounds: int) -> dict[str, list[Spent]]:
    """Do all in turn, so many times, so that what else the machine does meets all alike."""
    spent: dict[str, list[Spent]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            spent[name].append(way())
    return spent


def median(spent: Sequence[Spent]) -> Spent:
    """Return the median of each of what was spent, and the most memory."""
    return Spent(
        statistics.median(one.seconds for one in spent),
        statistics.median(one.cpu for one in spent),
        max(one.memory for one in spent),
    )


def best(act: Callable[[], object], times: int = 5) -> float:
    """Return the least of several times of something done in this process, in seconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return min(took)
