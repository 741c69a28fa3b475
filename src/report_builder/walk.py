"""The walk: each job of each event is recalled or made, and what an event came to is stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from report_builder import store
from report_builder.fingerprint import Trace, hashed, trace_now
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
from report_builder.store.cache import Cache, Stored, open_cache
from report_builder.store.manifest import Manifest, Output
from report_builder.workers import crew_of
from report_builder.workers.ahead import Ahead, Progress
from report_builder.workers.work import Work, work
from report_builder.workspace import Workspace
from report_builder.writers import writers

_REASONS = 3  # of what changed, that are named
_EVENTS_AHEAD = 256  # whose jobs are listed before it is their turn
_LOOK = 0.5  # seconds


def _silent(_labels: Sequence[str]) -> None:
    """Say nothing of what is being made."""


def check(
    workspace: Workspace,
    events: Sequence[str] = (),
    *,
    progress: Progress = _silent,
    force: bool = False,
    jobs: int = 1,
    scheduler: str = "",
) -> Outcome:
    """Return which events are sound, and every problem: all is made as `build` makes it.

    Nothing is stored. ``events`` are names; none means all. With ``force`` nothing is recalled.
    ``jobs`` are made at a time, by as many processes; or the cluster makes them that has a
    ``scheduler`` at this address. The outcome is the same.
    """
    walk = _Walk(workspace, (), progress, force=force)
    return walk.over(events, jobs, scheduler, stores=False)


def build(
    workspace: Workspace,
    events: Sequence[str] = (),
    *,
    only: Sequence[str] = (),
    progress: Progress = _silent,
    force: bool = False,
    jobs: int = 1,
    scheduler: str = "",
) -> Outcome:
    """Make events' documents and store them; return where they are, and every problem.

    An event that has an error is not stored at all, and keeps no other from being stored.
    ``only`` names formats; none means all. ``jobs`` and ``scheduler`` are those of `check`.
    """
    walk = _Walk(workspace, tuple(only), progress, force=force)
    return walk.over(events, jobs, scheduler, stores=True)


@dataclass(frozen=True)
class Done:
    """What a job came to: its files by name, and its problems."""

    job: Job
    trace: Trace
    files: dict[str, Stored]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class _Planned:
    """An event with the jobs that look at what it says, and those of its documents."""

    folder: Path
    looks: Sequence[Job]
    documents: Sequence[Job]


@dataclass
class _Walk:
    """One walk over a workspace: what was met on the way, and what was made anew."""

    workspace: Workspace
    only: tuple[str, ...]
    progress: Progress
    force: bool
    cache: Cache = field(default_factory=open_cache)
    known: dict[str, Done] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    why: list[tuple[str, str]] = field(default_factory=list)

    def over(self, events: Sequence[str], jobs: int, scheduler: str, *, stores: bool) -> Outcome:
        """Walk over events, and return what came of them."""
        folders = self.workspace.event_folders(tuple(events))
        made: list[str] = []
        paths: list[Path] = []
        readable, sound = self._ground()
        planned: deque[_Planned] = deque()
        left = iter(folders if readable else ())

        def more() -> bool:
            """Plan another event, if there is one."""
            if len(planned) == _EVENTS_AHEAD or not (folder := next(left, None)):
                return False
            planned.append(self._plan(folder, ahead, goes_on=sound))
            return True

        with Ahead(crew_of(jobs, scheduler), self.progress, more) as ahead:
            while planned or more():
                event = planned.popleft()
                try:
                    done = self._event(event, ahead, goes_on=sound)
                    paths += self._store(event.folder, done) if stores else ()
                    made.append(event.folder.name)
                except ReportBuilderError as reason:
                    self._say(reason.problems)
                self.fresh.clear()
        if self.why:
            self.cache.prune()
        failed = tuple(folder.name for folder in folders if folder.name not in made)
        return Outcome(tuple(made), failed, tuple(paths), tuple(self.problems), tuple(self.why))

    def _ground(self) -> tuple[bool, bool]:
        """Look at what all events stand on; return whether they can be read, and made.

        That is done here: what it imports is needed by all that is made anywhere.
        """
        with Ahead(None, self.progress, lambda: False) as here:
            self._recall(job := settings_job(self.workspace), here)
            if self._stops(self._do(job, here).problems):
                return False, False
            self._recall(job := theme_job(self.workspace), here)
            return True, not self._stops(self._do(job, here).problems)

    def _plan(self, folder: Path, ahead: Ahead, *, goes_on: bool) -> _Planned:
        """Return the jobs of an event, and ask for those that must be made anew."""
        looks = content_jobs(self.workspace, folder)
        documents = document_jobs(self.workspace, folder, self.only) if goes_on else []
        after = frozenset(look.label for look in looks if not self._recall(look, ahead))
        for job in documents:
            self._recall(job, ahead, after)
        return _Planned(folder, looks, documents)

    def _event(self, event: _Planned, ahead: Ahead, *, goes_on: bool) -> list[Done]:
        """Return what an event's documents came to; raise what keeps it from being stored."""
        looks = [self._do(job, ahead) for job in event.looks]
        done: list[Done] = []
        if stops(problem for look in looks for problem in look.problems):
            self._forget(event.documents, ahead)
        else:
            done += [self._do(job, ahead) for job in event.documents]
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
            place = Position((event.folder / EVENT_FILE).as_posix())
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

    def _recall(self, job: Job, ahead: Ahead, after: frozenset[str] = frozenset()) -> bool:
        """Recall what a job came to, where nothing that decides it has changed, or ask for it."""
        last = self.cache.last_trace(job.key)
        now = trace_now(last, job.roots, job.decided_by, job.programs) if last else None
        if now and not self.force and (entry := self.cache.find(now, job.roots)):
            self.known[job.label] = Done(job, now, dict(entry.files), entry.problems)
            return True
        self.reasons[job.label] = self._reason(last, now)
        usual = _LOOK if job.document not in writers() else writers()[job.document].seconds
        ahead.ask(job, after, self.cache.last_seconds(job.key) or usual)
        return False

    def _do(self, job: Job, ahead: Ahead) -> Done:
        """Return what a job came to, which was recalled or asked for."""
        if done := self.known.pop(job.label, None):
            return done
        self.why.append((job.label, self.reasons.pop(job.label)))
        return self._keep(job, ahead.result(job))

    def _keep(self, job: Job, came: Work) -> Done:
        """Keep what a job came to that was made anew."""
        made = came.made
        files = {name: Stored(hashed(c), len(c)) for name, c in made.files.items()}
        self.fresh.update((files[name].sha256, content) for name, content in made.files.items())
        if came.is_settled and not stops(made.problems):
            self.cache.keep(job.key, came.trace, job.roots, made.files, made.problems, came.seconds)
        return Done(job, came.trace, files, made.problems)

    def _forget(self, jobs: Sequence[Job], ahead: Ahead) -> None:
        """Let go of jobs that are not wanted, recalled or not."""
        for job in jobs:
            self.known.pop(job.label, None)
            self.reasons.pop(job.label, None)
        ahead.forget([job.label for job in jobs])

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
                self._keep(makers[wanted], work(makers[wanted]))
            return self.fresh[wanted]

        return store.put(self.workspace.output, made, content_of, complete=not self.only)
