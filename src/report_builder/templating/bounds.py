"""How long a template may run, and how much it may make: far more than any event needs."""

from __future__ import annotations

import _thread
import ctypes
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from report_builder.templating.functions import TemplateFault

STEPS = 5_000_000
"""Rounds of loops and calls; a report of six hundred pages takes some ten thousand."""
TEXT = 50_000_000
"""Characters of one text, and of the whole document."""
_TEXTS = 10 * TEXT  # of all texts that are made on the way
_ITEMS = 2_000_000  # of one list
_WEIGHT = 20_000_000  # values within values that are looked at in one go, to compare two lists
SECONDS = 20.0
"""Of the processor, which others' work does not use up."""
_BY_THE_CLOCK = 6 * SECONDS  # where the system cannot tell the two apart
_MEMORY = 1 << 30  # bytes more than there are in use


class OverrunError(BaseException):
    """The template has run for too long. It strikes anywhere: nothing in between may stop it."""


class Budget:
    """What one run of a template has used up of what it may."""

    def __init__(self) -> None:
        self._steps = self._characters = 0
        self._weights: dict[int, int] = {}
        self._weighed: list[object] = []  # kept, so that no other object gets their identity

    def step(self) -> None:
        """Count a round of a loop, or a call."""
        self._steps += 1
        if self._steps > STEPS:
            raise TemplateFault(f"the template does more than {STEPS:,} steps, and was stopped")

    def foresee(self, characters: int) -> None:
        """Raise a fault before a text of so many characters is made, if they are too many."""
        if characters > TEXT:
            raise TemplateFault(
                f"the template makes a text of more than {TEXT:,} characters, and was stopped"
            )

    def foresee_items(self, count: int) -> None:
        """Raise a fault before a list of so many items is made, if they are too many."""
        if count > _ITEMS:
            raise TemplateFault(
                f"the template makes a list of more than {_ITEMS:,} items, and was stopped"
            )

    def made(self, characters: int) -> None:
        """Count a text that was made."""
        self.foresee(characters)
        self._characters += characters
        if self._characters > _TEXTS:
            raise TemplateFault("the template makes too many long texts, and was stopped")

    def join(self, texts: Iterable[str]) -> str:
        """Return texts as one."""
        parts, length = [], 0
        for text in texts:
            length += len(text)
            self.foresee(length)
            parts.append(text)
        self.made(length)
        return "".join(parts)

    def weigh(self, value: object) -> None:
        """Raise a fault for lists within lists that would take ages to compare."""
        if self._weight(value) > _WEIGHT:
            raise TemplateFault("the template nests lists too deeply, and was stopped")

    def _weight(self, value: object) -> int:
        if isinstance(value, dict):
            children: Iterable[object] = value.values()
        elif isinstance(value, list | tuple):
            children = value
        else:
            return 1
        if id(value) not in self._weights:
            self._weights[id(value)] = 1 + sum(map(self._weight, children))
            self._weighed.append(value)
        return self._weights[id(value)]


class Deadline:
    """Raises `OverrunError` in the thread that entered it, if it is there for too long.

    It strikes once at most, and never after it was left.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._thread = threading.get_ident()
        self._clock, self._seconds = _clock_of(self._thread)
        if seconds is not None:
            self._seconds = seconds
        self._lock, self._left = threading.Lock(), threading.Event()
        self._struck = False

    def __enter__(self) -> None:
        _memory.limit()
        try:  # without waiting for the thread, where a strike could meet a lock half taken
            _thread.start_new_thread(self._watch, (self._clock(),))
        except BaseException:
            _memory.release()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        reason: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with self._lock:  # from here on it cannot strike
                self._left.set()
                if self._struck:  # and what has not yet come is called off
                    _raise_in(self._thread, None)
        finally:
            _memory.release()
        if self._struck and kind is None:  # something in between did stop it
            raise OverrunError

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
                _raise_in(self._thread, OverrunError)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    raised = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _clock_of(thread: int) -> tuple[Callable[[], float], float]:
    """Return what tells a thread's time, and how much of it a template may use."""
    if hasattr(time, "pthread_getcpuclockid"):  # not on every system
        clock = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(clock), SECONDS
    return time.monotonic, _BY_THE_CLOCK


class _Memory:
    """The process's limit of memory while templates run, where the system has one."""

    def __init__(self) -> None:
        self._lock, self._users = threading.Lock(), 0
        self._before: tuple[int, int] | None = None

    def limit(self) -> None:
        """Let the process take no more than a little above what it has, until it is released."""
        with self._lock:
            self._users += 1
            if self._users == 1 and (limits := _limits()) and (used := _memory_in_use()):
                soft, hard = self._before = limits.getrlimit(limits.RLIMIT_AS)
                ceilings = [n for n in (soft, hard) if n != limits.RLIM_INFINITY]
                limits.setrlimit(limits.RLIMIT_AS, (min([used + _MEMORY, *ceilings]), hard))

    def release(self) -> None:
        """Set the limit to what it was, once no template runs any more."""
        with self._lock:
            self._users -= 1
            if self._users == 0 and self._before:
                _limits().setrlimit(_limits().RLIMIT_AS, self._before)
                self._before = None


_memory = _Memory()


def _limits() -> Any:
    """Return the module for a process's limits, or ``None`` where the system has none."""
    try:
        import resource
    except ImportError:
        return None
    return resource


def _memory_in_use() -> int:
    """Return the bytes of addresses that the process has, or 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
