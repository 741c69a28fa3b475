"""What a build costs beside WeasyPrint alone, and what it costs where nothing has changed.

Run it with ``python benchmarks/build.py``. All are run in turn, several times; of each the least
CPU time counts, with that of the processes it starts. The ratios are what can be compared.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from report_builder import open_workspace
from report_builder.make import renderer_of
from report_builder.schedule import document_jobs
from report_builder.store.cache import FOLDER_VARIABLE

ROOT = Path(__file__).parents[1]
EVENT = "health-equity-town"
ROUNDS = 5
_ADDRESS = re.compile(r'(?:src|href)="((?:theme:|drawn:|media/)[^"]+)"')


def main() -> None:
    """Print a line for each way, and the ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        html = folder / "html" / "report.html"
        write_html(html)
        cache, output = folder / "cache", folder / "output"
        environment = {**os.environ, FOLDER_VARIABLE: str(cache)}
        ours = [sys.executable, "-m", "report_builder", "--workspace", str(ROOT), "-q"]

        def forget() -> None:
            shutil.rmtree(cache, ignore_errors=True)

        built = ["build", EVENT, "--output", str(output)]
        ways: dict[str, tuple[list[str], Callable[[], None]]] = {
            "weasyprint report.html": (
                [sys.executable, "-m", "weasyprint", str(html), str(folder / "peer.pdf")],
                lambda: None,
            ),
            "check, nothing kept": ([*ours, "check", EVENT], forget),
            "build after check": ([*ours, *built], lambda: None),
            "build, nothing kept": ([*ours, *built], forget),
            "build, nothing changed": ([*ours, *built], lambda: None),
            "python -c 'import click'": ([sys.executable, "-c", "import click"], lambda: None),
        }
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, (command, before) in ways.items():
                before()
                spent[way].append(cpu(command, environment))
    least = {way: min(seconds) for way, seconds in spent.items()}
    for way, seconds in least.items():
        print(f"{way:26} {seconds:6.2f} s")
    cold, peer = least["build, nothing kept"], least["weasyprint report.html"]
    same, bare = least["build, nothing changed"], least["python -c 'import click'"]
    print(f"a whole build is {cold / peer:.2f} times WeasyPrint's one PDF")
    print(f"a build of nothing is {same / bare:.2f} times the import of click")


def write_html(html: Path) -> None:
    """Write the report's HTML, with all that it names beside it."""
    workspace = open_workspace(ROOT)
    (job,) = document_jobs(workspace, workspace.content / EVENT, ("pdf",))
    renderer = renderer_of(job)
    text = renderer.render("report.html.j2")
    html.parent.mkdir()
    for number, address in enumerate(dict.fromkeys(_ADDRESS.findall(text))):
        content, _ = renderer.resources.read(address)
        name = f"{number}{Path(address).suffix}"
        (html.parent / name).write_bytes(content)
        text = text.replace(f'"{address}"', f'"{name}"')
    html.write_text(text, "utf-8")


def cpu(command: list[str], environment: dict[str, str]) -> float:
    """Return the CPU seconds of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, capture_output=True, check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
