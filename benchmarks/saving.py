"""How long it takes from a save to the new report, while ``build --watch`` goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.timing import Spent

_LOOK = 0.002  # seconds between two looks whether the file is there
_PATIENCE = 60  # seconds for one
_TICKS = os.sysconf("SC_CLK_TCK")


def saves(root: Path, event: str, environment: Mapping[str, str], times: int) -> list[Spent]:
    """Save an event so many times, each when all of the last one is made; return what each took."""
    path, report = root / "content" / event / "event.yaml", root / "output" / event / "report.pdf"
    text = path.read_text("utf-8")
    command = [sys.executable, "-m", "report_builder", "--workspace", str(root), "build", event]
    process = subprocess.Popen(  # noqa: S603  # our own command
        [*command, "--watch", "--format", "json"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    found = []
    try:
        process.stdout.readline()  # all is made once
        for number in range(times):
            there, cpu, began = report.stat().st_ino, _cpu(process.pid), time.perf_counter()
            path.write_text(text.replace("\nsections:", f"\nsummary: Save {number}\nsections:", 1))
            while not report.is_file() or report.stat().st_ino == there:
                time.sleep(_LOOK)
                if time.perf_counter() - began > _PATIENCE:
                    raise SystemExit("The report was not made anew.")
            took = time.perf_counter() - began
            found.append(Spent(took, _cpu(process.pid) - cpu, _memory(process.pid)))
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        if process.wait(_PATIENCE):
            raise SystemExit("The watch did not end well.")
    finally:
        process.kill()
        path.write_text(text)
    return found


def _cpu(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _memory(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
