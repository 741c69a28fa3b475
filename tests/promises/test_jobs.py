"""However many jobs are done at a time, the outcome is that of one after another."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conftest import Run

from report_builder import open_workspace
from report_builder.problems import stops
from report_builder.schedule import content_jobs
from report_builder.store.cache import FOLDER_VARIABLE
from report_builder.workers.pool import Pool
from report_builder.workers.work import Work

EVENT = """\
title: A day in {place}
language: en-GB
organiser: Northfield Council
sections:
  - type: prose
    title: Words
    body: We met in {place}, and talked. [Nowhere]()
  - type: feedback
    question: What matters?
    responses: [buses, parks, buses, {place}]
"""
WRONG = "titel: A day\nsections: [{type: prose, body: '[Nowhere]()'}]\n"
TRANSLATION = "title: Dzień\nsections: [{type: prose, titel: Słowa}]\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a workspace with events: three that are sound, one of them translated, and two not."""
    root = tmp_path / "workspace"
    texts = {place: EVENT.format(place=place) for place in ("ash", "elm", "oak")}
    for name, text in {**texts, "fir": WRONG, "yew": EVENT.format(place="yew")}.items():
        (root / "content" / name).mkdir(parents=True)
        (root / "content" / name / "event.yaml").write_text(text, "utf-8")
    (root / "content/elm/event.pl.yaml").write_text("title: Dzień\n", "utf-8")
    (root / "content/yew/event.pl.yaml").write_text(TRANSLATION, "utf-8")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def environment(folder: Path) -> Mapping[str, str]:
    """Return an environment in which nothing that was made before is at hand."""
    return {**os.environ, FOLDER_VARIABLE: str(folder)}


def made(root: Path, output: Path, run: Run, verb: str, jobs: str) -> tuple[str, dict[str, bytes]]:
    """Make documents anew; return what is said, and what is written."""
    given = ("--explain", "--jobs", jobs, "--output", str(output))
    done = run(verb, *given, cwd=root, code=1, env=environment(output.with_suffix(".kept")))
    return done.stderr, contents(output)


def scripted(root: Path, script: str, asked: str = "jobs=2") -> subprocess.Popen[str]:
    """Begin a build of Word files in another process, after a script has spoilt something."""
    program = f"""
import os, signal, sys, time
from report_builder import build, make, open_workspace, limits
from report_builder.workers import processes, work
real, own = make.make, os.getpid()
{script}
make.make = spoilt
outcome = build(open_workspace({str(root)!r}), only=["docx"], {asked})
print(*outcome.made)
print(*outcome.failed)
for problem in outcome.problems:
    if problem.code.startswith("job-"):
        print(problem.code, problem.position.path.rpartition("content/")[2], problem.message)
"""
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env=environment(root / "kept"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def told(root: Path, script: str, asked: str = "jobs=2") -> list[str]:
    """Return what is said of a build after a script has spoilt something."""
    said, wrong = (process := scripted(root, script, asked)).communicate()
    assert process.returncode == 0, wrong
    return said.splitlines()


def ends(group: int) -> bool:
    """Tell whether all processes of a group end within some seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("verb", ["docx", "build"])
def test_any_number_of_jobs_makes_the_same(root: Path, tmp_path: Path, run: Run, verb: str) -> None:
    said, files = made(root, tmp_path / "1", run, verb, "1")
    assert {name.partition("/")[0] for name in files} >= {"ash", "elm", "oak"}
    assert "Not built: fir, yew." in said
    for jobs in ("2", "8"):
        assert (said, files) == made(root, tmp_path / jobs, run, verb, jobs), jobs


@pytest.mark.slow
def test_check_by_many_says_the_same(root: Path, tmp_path: Path, run: Run) -> None:
    said = [
        run("check", "--jobs", jobs, cwd=root, code=1, env=environment(tmp_path / jobs)).stdout
        for jobs in ("1", "3")
    ]
    assert said[0] == said[1]
    assert "titel" in said[0]


KILLS = """
def spoilt(job):
    if job.label == "elm: docx" and os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(job)
"""


@pytest.mark.slow
def test_a_job_that_kills_its_worker_is_named_and_the_rest_is_made(root: Path) -> None:
    built, failed, problem = told(root, KILLS)
    assert (built, failed) == ("ash oak", "elm fir yew")
    assert problem.startswith("job-lost elm/event.yaml The process that makes “docx” was ended")


@pytest.mark.slow
def test_a_worker_that_is_killed_once_costs_nothing(root: Path, tmp_path: Path) -> None:
    mark = tmp_path / "killed"
    once = KILLS.replace("os.getpid() != own:", f"not os.path.exists({str(mark)!r}):").replace(
        "        os.kill", f"        open({str(mark)!r}, 'x').close()\n        os.kill"
    )
    assert told(root, once) == ["ash elm oak", "fir yew"]
    assert mark.exists()


@pytest.mark.slow
def test_workers_that_die_while_nobody_waits_cost_nothing(root: Path) -> None:
    workspace = open_workspace(root)
    jobs = [
        job for name in ("ash", "elm") for job in content_jobs(workspace, root / "content" / name)
    ]
    pool = Pool(2)
    try:
        pool.begin(jobs[0], jobs[1:])
        done = pool.finished()
        for worker in multiprocessing.active_children():
            worker.kill()
            worker.join()
        time.sleep(1)  # so that it is noticed
        for job in jobs[1:]:
            pool.begin(job, ())
        while len(done) < len(jobs):
            done += pool.finished()
    finally:
        pool.end()
    assert sorted(job.label for job, _ in done) == [job.label for job in jobs]
    assert all(isinstance(came, Work) and not stops(came.made.problems) for _, came in done)


@pytest.mark.slow
@pytest.mark.parametrize("endless", ["while True: pass", "time.sleep(100)"])
def test_a_job_that_takes_too_long_is_ended_and_named(root: Path, endless: str) -> None:
    """A loop of Python is broken off in its process; what does not heed that ends with it."""
    script = f"""
work.SECONDS, processes.GRACE = 4, 2
def spoilt(job):
    if job.label == "elm: docx":
        {endless}
    return real(job)
"""
    built, failed, problem = told(root, script)
    assert (built, failed) == ("ash oak", "elm fir yew")
    assert problem.startswith("job-time elm/event.yaml To make “docx” took longer")


@pytest.mark.slow
def test_a_job_that_takes_too_much_memory_is_named(root: Path) -> None:
    script = """
work.MEMORY = limits.Memory(400_000_000)
def spoilt(job):
    if job.label == "elm: docx":
        bytearray(1 << 30)
    return real(job)
"""
    built, failed, problem = told(root, script)
    assert (built, failed) == ("ash oak", "elm fir yew")
    assert problem == "job-memory elm/event.yaml To make “docx” takes too much memory."


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_in_a_job_has_its_traceback_and_the_name_of_the_job(root: Path, jobs: int) -> None:
    script = """
def spoilt(job):
    if job.label == "elm: content":
        1 / 0
    return real(job)
"""
    process = scripted(root, script, f"jobs={jobs}")
    _, wrong = process.communicate()
    assert process.returncode == 1
    assert "in spoilt" in wrong
    assert "ZeroDivisionError: division by zero" in wrong
    assert "It was met in the job “elm: content”." in wrong


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_nothing_running(root: Path, how: signal.Signals) -> None:
    script = """
def spoilt(job):
    if os.getpid() != own:
        os.write(1, b".")
        time.sleep(100)
    return real(job)
"""
    process = scripted(root, script)
    assert process.stdout
    assert process.stdout.read(2) == ".."  # two workers are at it
    if how == signal.SIGINT:  # which the keyboard gives to all
        os.killpg(process.pid, how)
    else:
        process.send_signal(how)
    _, wrong = process.communicate()
    assert ends(process.pid)
    assert how != signal.SIGINT or wrong.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.slow
def test_for_a_single_job_no_worker_is_started(root: Path) -> None:
    script = """
def spoilt(job):
    assert os.getpid() == own
    return real(job)
"""
    alone = "events=['ash'], jobs=2"
    assert told(root, script, "events=['ash'], jobs=1") == ["ash", ""]
    (root / "report-builder.toml").write_text('word-documents = ["report"]\n')
    assert told(root, script, alone) == ["ash", ""]
    path = root / "content/ash/event.yaml"
    path.write_text(path.read_text("utf-8").replace("talked", "listened"), "utf-8")
    _, wrong = scripted(root, script, alone).communicate()
    assert "AssertionError" in wrong  # what the event says is looked at beside its document
