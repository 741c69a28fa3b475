"""What somebody saves while they write: noticed as soon as it is whole, and whose it is."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, watch

from report_builder.problems import Position, failure
from report_builder.workspace import Workspace

_WHOLE = 30  # milliseconds without a further change, after which a save is taken for whole
_LONGEST = 500  # milliseconds for which changes are waited for that keep coming
_LOOK = 60  # milliseconds between two looks whether to end

Saved = frozenset[str] | None
"""The names of the events that something was saved of; none of them where it is everybody's."""


class Saves:
    """The saves of a workspace's files from when this is entered until it is left.

    The workspace's own folder and the folders in it are watched, ``content/`` and ``templates/``
    with all that is below. What editors and the program itself put beside a file does not count.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._root = workspace.root.absolute()
        self._content = workspace.content.absolute()
        self._deep = (self._content, workspace.templates.absolute())
        self._output = workspace.output.resolve()
        self._changes: queue.Queue[set[Path] | Exception] = queue.Queue()
        self._watchers: list[_Watcher] = []

    def __enter__(self) -> Saves:
        self._begin()
        return self

    def __exit__(self, *_: object) -> None:
        for watcher in self._watchers:
            watcher.end()

    def follow(self, workspace: Workspace) -> None:
        """Know where the workspace, which may have other settings now, has its outputs."""
        self._output = workspace.output.resolve()
        self._begin_again()

    @property
    def is_waiting(self) -> bool:
        """Whether something was saved that nobody has asked for."""
        return not self._changes.empty()

    def wait(self) -> Saved:
        """Return what was saved since this was last asked; wait where nothing was."""
        names: set[str] = set()
        while not names or self.is_waiting:
            # That a folder changed says no more than what changed in it.
            names |= {self._event(path) for path in self._next() - {self._root, self._content}}
            if self._begin_again():
                names.add("")
        return None if "" in names else frozenset(names)

    def _next(self) -> set[Path]:
        change = self._changes.get()
        if isinstance(change, Exception):
            message = f"The files can no longer be watched: {change}."
            hint = "On a drive of the network, set WATCHFILES_FORCE_POLLING=true."
            raise failure("watch", Position(self._root.as_posix()), message, hint) from change
        return change

    def _begin(self) -> None:
        shallow, deep = self._folders()
        self._watchers = [
            _Watcher(shallow, self._changes, self._counts, is_deep=False),
            _Watcher(deep, self._changes, self._counts, is_deep=True),
        ]
        for watcher in self._watchers:
            watcher.ready.wait()

    def _begin_again(self) -> bool:
        """Watch other folders where there are others; return whether there are."""
        if [watcher.folders for watcher in self._watchers] == self._folders():
            return False
        self.__exit__()
        self._begin()
        return True

    def _folders(self) -> list[list[Path]]:
        """Return which folders are watched by themselves, and which with all that is below."""
        below = [path for path in self._root.iterdir() if path.is_dir()]
        near = [p for p in below if p not in self._deep and self._counts(Change.added, str(p))]
        return [[self._root, *sorted(near)], [path for path in self._deep if path.is_dir()]]

    def _counts(self, _: Change, name: str) -> bool:
        """Tell whether a path may be a file that documents are made from."""
        path = Path(name)
        is_apart = not self._root.is_relative_to(self._output)
        if is_apart and path.resolve().is_relative_to(self._output):
            return False
        return not any(map(_is_beside, path.relative_to(self._root).parts))

    def _event(self, path: Path) -> str:
        """Return the name of the event that a file belongs to, or none."""
        is_content = path.is_relative_to(self._content)
        return path.relative_to(self._content).parts[0] if is_content else ""


class _Watcher:
    """A thread that puts each group of changes in some folders into a queue."""

    def __init__(
        self,
        folders: list[Path],
        changes: queue.Queue[set[Path] | Exception],
        counts: Callable[[Change, str], bool],
        *,
        is_deep: bool,
    ) -> None:
        self.folders, self.ready = folders, threading.Event()
        self._changes, self._counts, self._is_deep = changes, counts, is_deep
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        try:
            for changed in self._groups() if self.folders else ():
                self.ready.set()
                if changed:
                    self._changes.put(changed)
        except (OSError, RuntimeError) as reason:  # as the library says that it cannot go on
            self._changes.put(reason)
        self.ready.set()

    def _groups(self) -> Iterator[set[Path]]:
        """Yield what changed, or nothing now and then where nothing did."""
        for changes in watch(
            *self.folders,
            watch_filter=self._counts,
            debounce=_LONGEST,
            step=_WHOLE,
            stop_event=self._ended,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            recursive=self._is_deep,
            ignore_permission_denied=True,
        ):
            yield {Path(name) for _, name in changes}


def _is_beside(name: str) -> bool:
    """Tell whether a name is one that editors, Office and systems give what is no one's content.

    Hidden files are: vim's “.x.swp”, LibreOffice's “.~lock.x#”, and a folder of a build at work.
    """
    return name.startswith((".", "~", "#")) or name.endswith(("~", ".tmp", ".swp", ".part"))
