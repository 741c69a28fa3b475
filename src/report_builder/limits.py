"""How long something may take in a thread, and how much memory a process may take meanwhile."""

from __future__ import annotations

import _thread
import ctypes
import os
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any


class Deadline:
    """Raises an error in the thread that entered it, if it is there for too long by a clock.

    The error is best no `Exception`, for it strikes anywhere, and nothing in between may stop it.
    It strikes once at most, and never after the deadline was left. What a compiled library is
    about is not broken off before it returns.
    """

    def __init__(
        self, seconds: float, clock: Callable[[], float], error: type[BaseException]
    ) -> None:
        self._thread = threading.get_ident()
        self._seconds, self._clock, self._error = seconds, clock, error
        self._lock, self._left = threading.Lock(), threading.Event()
        self._struck = False

    def __enter__(self) -> None:
        # Without waiting for the thread, where a strike could meet a lock half taken.
        _thread.start_new_thread(self._watch, (self._clock(),))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        reason: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._lock:  # from here on it cannot strike
            self._left.set()
            if self._struck:  # and what has not yet come is called off
                _raise_in(self._thread, None)
        if self._struck and kind is None:  # something in between did stop it
            raise self._error

    def _watch(self, began: float) -> None:
        rest = self._seconds
        while not self._left.wait(rest):
            rest = self._seconds - (self._clock() - began)
            if rest <= 0:
                break
            rest = max(rest, 0.002)
        with self._lock:
            if not self._left.is_set():
                self._struck = True
                _raise_in(self._thread, self._error)


class Memory:
    """A limit of the process's memory as long as anything is within it, where systems have one.

    ``most`` is how many bytes the process may take beside what it has when the first enters.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock, self._users = threading.Lock(), 0
        self._before: tuple[int, int] | None = None

    def __enter__(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1 and (limits := _limits()) and (used := _in_use()):
                soft, hard = self._before = limits.getrlimit(limits.RLIMIT_AS)
                ceilings = [n for n in (soft, hard) if n != limits.RLIM_INFINITY]
                limits.setrlimit(limits.RLIMIT_AS, (min([used + self._most, *ceilings]), hard))

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._before:
                _limits().setrlimit(_limits().RLIMIT_AS, self._before)
                self._before = None


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    raised = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _limits() -> Any:
    """Return the module for a process's limits, or ``None`` where the system has none."""
    try:
        import resource
    except ImportError:
        return None
    return resource


def _in_use() -> int:
    """Return the bytes of addresses that the process has, or 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
