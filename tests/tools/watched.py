"""A build that goes on while a test writes: what it says of each save, as it says it."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

_PATIENCE = 120  # seconds for what must come


class Watched:
    """``report-builder VERB --watch`` in a workspace, as a process of its own."""

    def __init__(self, workspace: Path, *arguments: str, form: str = "json") -> None:
        command = [sys.executable, "-m", "report_builder", *arguments, "--watch", "--format", form]
        self._process = subprocess.Popen(
            command,
            cwd=workspace,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        self._lines: dict[str, queue.Queue[str]] = {}
        for name in ("stdout", "stderr"):
            self._lines[name] = queue.Queue()
            threading.Thread(target=self._read, args=(name,), daemon=True).start()

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def round(self) -> dict[str, Any]:
        """Return what it says of the next round."""
        return dict(json.loads(self.line()))

    def line(self, stream: str = "stdout") -> str:
        """Return the next line of a stream; wait for it."""
        return self._lines[stream].get(timeout=_PATIENCE)

    def until(self, words: str, stream: str = "stdout") -> str:
        """Return what is said up to a line with some words, which comes last."""
        said = [self.line(stream)]
        while words not in said[-1]:
            said.append(self.line(stream))
        return "".join(said)

    def is_silent(self) -> bool:
        """Tell whether there is no line that nobody has asked for."""
        return all(lines.empty() for lines in self._lines.values())

    def end(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit code, and all that was said on the error stream."""
        self._process.send_signal(signal.SIGINT)
        code = self._process.wait(_PATIENCE)
        said = []
        while line := self.line("stderr"):
            said.append(line)
        return code, "".join(said)

    def _read(self, name: str) -> None:
        stream = getattr(self._process, name)
        for line in stream:
            self._lines[name].put(line)
        self._lines[name].put("")
