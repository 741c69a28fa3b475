"""A Dask cluster makes what this computer makes, and loses nothing when it loses a worker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from tests.conftest import ROOT

from report_builder import Outcome, ReportBuilderError, build, check, open_workspace
from report_builder.store.cache import FOLDER_VARIABLE
from report_builder.workers import cluster, crew_of

EVENT = """\
title: A day in {place}
language: en-GB
organiser: Northfield Council
sections:
  - type: prose
    title: Words
    body: We met in {place}, and talked. [Nowhere]()
    pictures: [{{file: media/hall.svg, alt: A hall, consent: not-needed}}]
"""
HALL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="20mm" viewBox="0 0 4 2">'
    '<path d="M0 0h4v2z" fill="#00505C"/></svg>'
)
pytestmark = pytest.mark.slow


@contextmanager
def running(*command: str, cwd: Path, path: Path | None = None) -> Iterator[subprocess.Popen[str]]:
    """Run a process of Dask's in another folder; it is killed at the end."""
    with (cwd / "log").open("a") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:]],
            cwd=cwd,
            env={**os.environ, **({"PYTHONPATH": str(path)} if path else {})},
            stdout=log,
            stderr=log,
            text=True,
        )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def far(tmp_path: Path) -> Path:
    """Return a folder in which no file of the workspace is found."""
    (tmp_path / "far").mkdir()
    return tmp_path / "far"


@pytest.fixture
def start(far: Path) -> Iterator[Start]:
    """Start workers of the scheduler, one a call."""
    with ExitStack() as stack:
        address = f"tcp://127.0.0.1:{_port()}"
        host, _, port = address.removeprefix("tcp://").partition(":")
        stack.enter_context(
            running("dask_scheduler", "--host", host, "--port", port, "--no-dashboard", cwd=far)
        )

        def worker(path: Path | None = None) -> subprocess.Popen[str]:
            given = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
            return stack.enter_context(running("dask_worker", address, *given, cwd=far, path=path))

        worker.address = address  # type: ignore[attr-defined]  # beside the one call
        yield worker


def _port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with a theme, a logo and events, of which one is wrong."""
    root = tmp_path / "workspace"
    shutil.copytree(ROOT / "templates/plain", root / "templates/ours")
    (root / "logo.svg").write_text(HALL, "utf-8")
    settings = 'theme = "ours"\nlogo = "logo.svg"\nlogo_alt = "Us"\n'
    (root / "report-builder.toml").write_text(settings, "utf-8")
    for place in ("ash", "elm", "oak", "yew"):
        folder = root / "content" / place
        (folder / "media").mkdir(parents=True)
        (folder / "event.yaml").write_text(EVENT.format(place=place), "utf-8")
        (folder / "media/hall.svg").write_text(HALL, "utf-8")
    (root / "content/elm/event.pl.yaml").write_text("title: Dzień\n", "utf-8")
    # A link to elsewhere is refused, there as here; one to beside it is followed.
    (root / "content/yew/media/hall.svg").unlink()
    (root / "content/yew/media/hall.svg").symlink_to(root / "logo.svg")
    (root / "content/oak/media/hall.svg").rename(root / "content/oak/hall.svg")
    (root / "content/oak/media/hall.svg").symlink_to(root / "content/oak/hall.svg")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def anew(root: Path, output: Path, scheduler: str = "", **more: object) -> Outcome:
    """Build where nothing is known that was made before."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER_VARIABLE, f"{output}.kept")
        workspace = open_workspace(root, output=output)
        return build(workspace, scheduler=scheduler, **more)  # type: ignore[arg-type]


def test_a_cluster_makes_the_same_bytes_and_loses_nothing_with_a_worker(
    root: Path, tmp_path: Path, start: Start
) -> None:
    workers = [start(), start()]
    here = anew(root, tmp_path / "here")
    assert here.failed == ("yew",)
    killed = []

    def kill(labels: object) -> None:
        if list((tmp_path / "there").glob("*/report.pdf")) and not killed:
            workers[0].kill()  # while it makes another
            killed.append(labels)

    there = anew(root, tmp_path / "there", start.address, progress=kill)  # type: ignore[attr-defined]
    assert killed, (there.problems, (tmp_path / "far/log").read_text()[-3000:])
    assert killed[0]
    assert (there.made, there.failed, there.why) == (here.made, here.failed, here.why)
    assert there.problems == here.problems
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_worker_with_another_version_is_a_problem_that_says_so(
    root: Path, tmp_path: Path, start: Start
) -> None:
    other = tmp_path / "src"
    shutil.copytree(ROOT / "src", other)
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    with (other / "report_builder/version.py").open("a") as code:
        code.write("# Another one.\n")
    start(other)
    outcome = anew(root, tmp_path / "there", start.address)  # type: ignore[attr-defined]
    assert not outcome.made
    (problem,) = (p for p in outcome.problems if p.code == "cluster")
    assert problem.message.startswith("A worker of the cluster has report-builder 0.1.0 ")
    assert "Install the same versions" in problem.hint


def test_what_is_not_there_is_a_problem_that_says_how_to_get_it(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_WAIT", 1.0)
    outcome = check(open_workspace(root), scheduler=f"tcp://127.0.0.1:{_port()}")
    assert not outcome.made
    assert [p.hint for p in outcome.problems if p.code == "cluster"] == [
        "Start “dask scheduler” and “dask worker”, and mend the address after --scheduler."
    ]
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(ReportBuilderError, match="Dask is needed") as raised:
        crew_of(1, "tcp://127.0.0.1:1")
    assert "pip install" in raised.value.problems[0].hint
