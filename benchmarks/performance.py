"""The page docs/performance.md, written from what was measured and from nothing else."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.timing import Spent, median

PAGE = Path(__file__).parents[1] / "docs/performance.md"
_MB = 1_000_000
_HEAD = """\
# How fast it is

Measured by `make bench` beside programs that make documents of the same kind, of the same text. All
ways of a table are done in turn, {rounds} times; what stands here are the medians, and of memory
the most that one process had. Each run is a process of its own, from its start to its end. What
is quicker than ours does less: none of the others checks what it has made.

On {machine}. Beside {others}."""


@dataclass(frozen=True)
class Table:
    """Ways to do one thing: what each took in each round, and which of them is this program's."""

    title: str
    about: str
    spent: Mapping[str, Sequence[Spent]]
    ours: str = ""

    @property
    def rows(self) -> dict[str, Spent]:
        """The medians of each way."""
        return {name: median(rounds) for name, rounds in self.spent.items()}

    @property
    def ratios(self) -> dict[str, float]:
        """How many times less CPU time ours takes than each other way, by a name for both.

        What else the machine does changes that least.
        """
        rows = self.rows
        own = rows.pop(self.ours, None)
        return {f"{self.ours} | {n}": row.cpu / own.cpu for n, row in rows.items()} if own else {}

    def text(self) -> str:
        """Return the table as Markdown, with its title above it."""
        rows = self.rows
        own = rows.get(self.ours)
        heads = ["seconds", "CPU seconds", "memory", *(["ours is … times as fast"] * bool(own))]
        lines = [f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
        for name, row in rows.items():
            cells = [name, f"{row.seconds:.2f}", f"{row.cpu:.2f}", f"{row.memory / _MB:.0f} MB"]
            if own:
                cells.append(f"{row.seconds / own.seconds:.2f}" if row is not own else "–")
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join([f"## {self.title}", "", self.about, "", *lines])


def page_of(tables: Sequence[Table], machine: str, versions: Mapping[str, str], rounds: int) -> str:
    """Return the page: its tables, and on what, beside what and how often was measured."""
    others = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    head = _HEAD.format(rounds=rounds, machine=machine, others=others)
    return "\n\n".join([head, *(table.text() for table in tables)]) + "\n"


def machine() -> str:
    """Return what this machine is, in a few words."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    name = (names or [platform.machine() or "a computer"])[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores of {name}, {memory:.0f} GB of memory, Python {platform.python_version()}"
