"""The program, forked from a process that has its imports behind it: those take a second else.

Each call is a process of its own all the same, with its folder, environment, words and exit code.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

_ROOT = Path(__file__).parents[2]
# What the package imports late, where it is needed.
_LATE = ("coloraide.everything", "page", "weasyprint")


class Program:
    """A process that has loaded the package, and at each call forks one that runs it."""

    def __init__(self) -> None:
        self._loaded = subprocess.Popen(
            [sys.executable, "-c", f"from {__name__} import serve; serve()"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __call__(self, arguments: Sequence[str], cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run the program with arguments in a folder, in the environment of now."""
        assert self._loaded.stdin is not None
        assert self._loaded.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder) / name for name in ("stdout", "stderr")]
            order = (arguments, str(cwd), dict(os.environ), [str(path) for path in paths])
            self._loaded.stdin.write(json.dumps(order) + "\n")
            self._loaded.stdin.flush()
            code = int(self._loaded.stdout.readline())
            said = [path.read_text("utf-8") for path in paths]
        return subprocess.CompletedProcess(arguments, code, *said)

    def close(self) -> None:
        """End the process."""
        self._loaded.communicate()


def serve() -> None:
    """Load the package; then fork at each order, and answer with the exit code."""
    package = import_module("report_builder")
    modules = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    for name in (*(m.name for m in modules if not m.name.endswith("__main__")), *_LATE):
        import_module(name)
    gc.freeze()  # else each fork would copy what is loaded, only to look for what is unused
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _become(*json.loads(line))
            return
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _become(
    arguments: Sequence[str], cwd: str, environment: dict[str, str], outputs: Sequence[str]
) -> None:
    """Be what ``python -m report_builder`` is, to the end of the process."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in enumerate((os.devnull, *outputs)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), stream)
    sys.argv[1:] = arguments
    runpy.run_module("report_builder", run_name="__main__", alter_sys=True)
