"""Make anew what changes while somebody writes, and say when it is there."""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from report_builder import Problem, ReportBuilderError, Severity, Workspace, build
from report_builder.cli.ending import Ending, until_interrupted
from report_builder.cli.making import print_problems_of
from report_builder.cli.run import Progress, Settings, counted
from report_builder.make import make
from report_builder.outcome import Outcome
from report_builder.schedule import document_jobs
from report_builder.store.manifest import read_manifest
from report_builder.watching import Saved, Saves
from report_builder.writers import writers

_NAMED = 3  # events that are as they were, and are named


@dataclass(frozen=True)
class Order:
    """What is wanted: of which events, in which formats, and how it is told."""

    opened: Callable[[], Workspace]
    names: tuple[str, ...]
    only: tuple[str, ...]
    settings: Settings
    form: str = "text"
    explain: bool = False
    force: bool = False

    @property
    def stages(self) -> tuple[tuple[str, ...], ...]:
        """The formats that are made and stored together, one group after the other.

        What everybody reads, and one looks at while one writes, comes in editions; it comes first.
        """
        read = tuple(name for name, writer in writers().items() if writer.has_editions)
        return (self.only,) if self.only or not read else (read, ())


@dataclass
class _Round:
    """What comes of one save: each new file with the seconds after which it was there."""

    began: float = field(default_factory=time.perf_counter)
    outcome: Outcome = field(default_factory=Outcome)
    new: dict[Path, float] = field(default_factory=dict)
    anew: bool = False

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.perf_counter() - self.began


def watch(order: Order) -> None:
    """Make what is wanted, and again whenever something is saved, until Ctrl-C is pressed."""
    workspace = order.opened()
    workspace.event_folders(order.names)  # a name that nobody has ends it at once
    with until_interrupted() as ending, Saves(workspace) as saves:
        _Watch(order, workspace, saves, ending).go_on()


@dataclass
class _Watch:
    """A watch over a workspace: what it was when it was last looked at, and what was said of it."""

    order: Order
    workspace: Workspace
    saves: Saves
    ending: Ending
    there: frozenset[str] = frozenset()
    told: frozenset[Problem] = frozenset()
    failed: frozenset[str] = frozenset()

    def go_on(self) -> None:
        """Make everything, and then what changes, without an end."""
        self.there = frozenset(self.workspace.event_names())
        first = self._make(self._concerned(None), force=self.order.force)
        self._tell(first)
        if self.order.form == "text" and not self.order.settings.quiet:
            click.echo("Watching for changes. Press Ctrl-C to end.", err=True)
        if not first.anew:
            self._warm()
        while True:
            with self.ending.at_once():
                saved = self.saves.wait()
            self._look_again()
            if events := self._concerned(saved):
                done = self._make(events)
                if done.anew or done.new or self.failed & set(events):
                    self._tell(done)

    def _look_again(self) -> None:
        """Open the workspace anew: its settings may be others, and its events too."""
        self.workspace, before = self.order.opened(), self.there
        self.saves.follow(self.workspace)
        self.there = frozenset(self.workspace.event_names())
        for name in sorted(before - self.there):
            kept = (self.workspace.output / name).as_posix()
            self._say(f"{name}: no longer there; what was made of it stays in {kept}")

    def _concerned(self, saved: Saved) -> tuple[str, ...]:
        """Return which of the events that are wanted, and there, a save concerns."""
        wanted = self.there & frozenset(self.order.names or self.there)
        return tuple(sorted(wanted if saved is None else wanted & saved))

    def _make(self, events: Sequence[str], *, force: bool = False) -> _Round:
        """Make events stage by stage, as long as nothing else is saved."""
        done, before = _Round(), self._stored(events)
        for only in self.order.stages:
            with Progress(self.order.settings) as progress:
                step = self.ending.heeding(progress)
                try:
                    done.outcome = build(
                        self.workspace, events, only=only, progress=step, force=force
                    )
                except ReportBuilderError as reason:  # an event went while it was looked for
                    done.outcome = Outcome(failed=tuple(events), problems=reason.problems)
            now = self._stored(events)
            new = [path for path, sha256 in now.items() if before.get(path) != sha256]
            before = now
            done.new.update(dict.fromkeys(new, done.seconds))
            done.anew |= bool(done.outcome.why)
            for folder in dict.fromkeys(path.parent for path in new):
                names = ", ".join(path.name for path in new if path.parent == folder)
                self._say(f"{folder.name}: {names} in {done.seconds:.1f} s")
            self.ending.heed()
            if self.saves.is_waiting:
                break
        return done

    def _stored(self, events: Sequence[str]) -> dict[Path, str]:
        """Return the hash of each file that is stored of some events."""
        folders = [self.workspace.output / event for event in events]
        return {f / o.name: o.sha256 for f in folders for o in read_manifest(f).outputs}

    def _warm(self) -> None:
        """Make a report for nothing, so that the first save does not wait for libraries to load."""
        folder = self.workspace.event_folders(self.order.names)[0]
        for job in document_jobs(self.workspace, folder, self.order.stages[0]):
            if not self.saves.is_waiting:
                self.ending.heed()
                make(job)

    def _tell(self, done: _Round) -> None:
        """Say what is wrong, and what became of events of which no file is new."""
        self.failed = (self.failed - set(done.outcome.made)) | set(done.outcome.failed)
        if self.order.form == "json":
            self._tell_program(done)
            return
        outcome, seconds = done.outcome, f"({done.seconds:.1f} s)"
        found = {problem: _wherever(problem) for problem in outcome.problems}
        fresh = [
            p for p, it in found.items() if p.severity is Severity.ERROR or it not in self.told
        ]
        self.told = frozenset((*found.values(), *self._of_others(done)))
        shown = replace(outcome, problems=tuple(fresh))
        print_problems_of(shown, self.order.settings, explain=self.order.explain)
        for event in outcome.failed:
            self._say(f"{event}: not made, its old files stay {seconds}")
        changed = {path.parent.name for path in done.new}
        if same := [name for name in outcome.made if name not in changed]:
            names = ", ".join(same) if len(same) <= _NAMED else counted(len(same), "event")
            self._say(f"{names}: all as before {seconds}")

    def _of_others(self, done: _Round) -> Iterator[Problem]:
        """Yield what was said of events that a round was not about."""
        about = {*done.outcome.made, *done.outcome.failed}
        folders = tuple(f"{(self.workspace.content / name).as_posix()}/" for name in about)
        return (p for p in self.told if not p.position.path.startswith(folders))

    def _tell_program(self, done: _Round) -> None:
        new = {path.as_posix(): round(seconds, 3) for path, seconds in done.new.items()}
        said = {
            "time": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
            "seconds": round(done.seconds, 3),
            "new": new,
            **done.outcome.as_dict(),
        }
        click.echo(json.dumps(said, ensure_ascii=False))

    def _say(self, words: str) -> None:
        if self.order.form == "text" and not self.order.settings.quiet:
            click.echo(f"{dt.datetime.now():%H:%M:%S}  {words}")
            sys.stdout.flush()


def _wherever(problem: Problem) -> Problem:
    """Return a problem without its line: it is the same one where lines are added above it."""
    return replace(problem, position=replace(problem.position, line=1, column=1))
