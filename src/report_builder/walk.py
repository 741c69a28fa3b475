"""The walk: each job of each event is recalled or made, and what an event came to is stored."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from report_builder import store
from report_builder.fingerprint import Trace, hashed, trace_now, trace_of
from report_builder.jobs import Job
from report_builder.outcome import Outcome
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    Severity,
    error,
    stops,
)
from report_builder.schedule import content_jobs, document_jobs, settings_job, theme_job
from report_builder.settings.names import EVENT_FILE
from report_builder.sources import changed_since, noting
from report_builder.store.cache import Cache, Stored, open_cache
from report_builder.store.manifest import Manifest, Output
from report_builder.workspace import Workspace

Progress = Callable[[str], None]
_REASONS = 3  # of what changed, that are named
_MANY_THINGS = 100_000  # that are made between two looks for garbage


def _silent(_step: str) -> None:
    """Say nothing of what is being made."""


def check(
    workspace: Workspace,
    events: Sequence[str] = (),
    *,
    progress: Progress = _silent,
    force: bool = False,
) -> Outcome:
    """Return which events are sound, and every problem: all is made as `build` makes it.

    Nothing is stored. ``events`` are names; none means all. With ``force`` nothing is recalled.
    """
    with _collecting_rarely():
        return _Walk(workspace, (), progress, force=force).over(events, stores=False)


def build(
    workspace: Workspace,
    events: Sequence[str] = (),
    *,
    only: Sequence[str] = (),
    progress: Progress = _silent,
    force: bool = False,
) -> Outcome:
    """Make events' documents and store them; return where they are, and every problem.

    An event that has an error is not stored at all, and keeps no other from being stored.
    ``only`` names formats; none means all.
    """
    with _collecting_rarely():
        return _Walk(workspace, tuple(only), progress, force=force).over(events, stores=True)


@dataclass(frozen=True)
class Done:
    """What a job came to: its files by name, and its problems."""

    job: Job
    trace: Trace
    files: dict[str, Stored]
    problems: tuple[Problem, ...]


@dataclass
class _Walk:
    """One walk over a workspace: what was met on the way, and what was made anew."""

    workspace: Workspace
    only: tuple[str, ...]
    progress: Progress
    force: bool
    cache: Cache = field(default_factory=open_cache)
    fresh: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    why: list[tuple[str, str]] = field(default_factory=list)

    def over(self, events: Sequence[str], *, stores: bool) -> Outcome:
        """Walk over events, and return what came of them."""
        folders = self.workspace.event_folders(tuple(events))
        made: list[str] = []
        paths: list[Path] = []
        readable, sound = self._ground()
        for folder in folders if readable else ():
            try:
                done = self._event(folder, goes_on=sound)
                paths += self._store(folder, done) if stores else ()
                made.append(folder.name)
            except ReportBuilderError as reason:
                self._say(reason.problems)
        if self.why:
            self.cache.prune()
        failed = tuple(folder.name for folder in folders if folder.name not in made)
        return Outcome(tuple(made), failed, tuple(paths), tuple(self.problems), tuple(self.why))

    def _ground(self) -> tuple[bool, bool]:
        """Look at what all events stand on; return whether they can be read, and made."""
        if self._stops(self._do(settings_job(self.workspace)).problems):
            return False, False
        return True, not self._stops(self._do(theme_job(self.workspace)).problems)

    def _event(self, folder: Path, *, goes_on: bool) -> list[Done]:
        """Return what an event's documents came to; raise what keeps it from being stored."""
        looks = [self._do(job) for job in content_jobs(self.workspace, folder)]
        done: list[Done] = []
        if goes_on and not stops(problem for look in looks for problem in look.problems):
            done += [self._do(job) for job in document_jobs(self.workspace, folder, self.only)]
        # What the event says comes before what its translations say.
        found = sorted(
            ((one.job.translation, problem) for one in (*looks, *done) for problem in one.problems),
            key=lambda pair: (pair[0], pair[1].position),
        )
        if self._stops(problem for _, problem in found) or not goes_on:
            raise ReportBuilderError(())
        if not any(one.files for one in done):
            message = f"The event holds nothing to make a {' or '.join(self.only)} of."
            hint = "A poster needs a section “type: feedback” with “responses”."
            place = Position((folder / EVENT_FILE).as_posix())
            raise ReportBuilderError([error("nothing-to-make", place, message, hint)])
        return done

    def _stops(self, problems: Iterable[Problem]) -> bool:
        """Note problems, and return whether one of them is an error."""
        return stops(self._say(problems))

    def _say(self, problems: Iterable[Problem]) -> list[Problem]:
        """Note problems that are not known yet and whose rules are not off; return those on."""
        off = self.workspace.group("rules-off")
        said = [p for p in problems if p.severity is Severity.ERROR or p.code not in off]
        # A translation holds what it does not translate, and so the same problems.
        self.problems += (p for p in dict.fromkeys(said) if p not in self.problems)
        return said

    def _do(self, job: Job) -> Done:
        """Return what a job came to: recalled where nothing that decides it has changed."""
        last = self.cache.last_trace(job.key)
        now = trace_now(last, job.roots, job.decided_by, job.programs) if last else None
        if now and not self.force and (entry := self.cache.find(now, job.roots)):
            return Done(job, now, dict(entry.files), entry.problems)
        self.why.append((job.label, self._reason(last, now)))
        return self._make(job)

    def _make(self, job: Job) -> Done:
        """Make a job anew, and keep what it came to."""
        from report_builder.make import make

        self.progress(job.label)
        began = time.time_ns()
        with noting() as paths:
            made = make(job)
        names = {job.roots.name(path): by_content for path, by_content in paths.items()}
        trace = trace_of(names, job.roots, job.decided_by, job.programs)
        files = {name: Stored(hashed(c), len(c)) for name, c in made.files.items()}
        self.fresh.update((files[name].sha256, content) for name, content in made.files.items())
        if not stops(made.problems) and not any(changed_since(began, path) for path in paths):
            self.cache.keep(job.key, trace, job.roots, made.files, made.problems)
        return Done(job, trace, files, made.problems)

    def _reason(self, last: Trace | None, now: Trace | None) -> str:
        """Return in words why a job is made anew."""
        if last is None or now is None:
            return "it was not made before"
        if self.force:
            return "everything is to be made anew"
        changes = list(islice(last.changes(now), _REASONS))
        return "; ".join(changes) or "what was made is no longer kept"

    def _store(self, folder: Path, done: Sequence[Done]) -> list[Path]:
        """Store what an event's jobs came to, where it is not there already; return the paths."""
        makers = {s.sha256: one.job for one in done for s in one.files.values()}
        outputs = tuple(
            Output(name, stored.sha256, stored.size, one.job.name)
            for one in done
            for name, stored in one.files.items()
        )
        made = Manifest(folder.name, outputs, {one.job.name: one.trace for one in done})

        def content_of(wanted: str) -> bytes:
            if wanted not in self.fresh and (kept := self.cache.read(wanted)) is not None:
                return kept
            if wanted not in self.fresh:  # somebody emptied the cache a moment ago
                self._make(makers[wanted])
            return self.fresh[wanted]

        return store.put(self.workspace.output, made, content_of, complete=not self.only)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Let Python look for garbage less often: a document is made of a million things that stay."""
    before = gc.get_threshold()
    gc.set_threshold(_MANY_THINGS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
