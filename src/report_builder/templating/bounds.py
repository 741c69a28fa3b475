"""How long a template may run, and how much it may make: far more than any event needs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType

from report_builder import limits
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
_memory = limits.Memory(1 << 30)


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


class Deadline(limits.Deadline):
    """Raises `OverrunError` in the thread that entered it, if it is there for too long."""

    def __init__(self, seconds: float | None = None) -> None:
        clock, most = _clock_of(threading.get_ident())
        super().__init__(most if seconds is None else seconds, clock, OverrunError)

    def __enter__(self) -> None:
        _memory.__enter__()
        try:
            super().__enter__()
        except BaseException:
            _memory.__exit__()
            raise

    def __exit__(
        self,
        kind: type[BaseException] | None,
        reason: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            super().__exit__(kind, reason, trace)
        finally:
            _memory.__exit__()


def _clock_of(thread: int) -> tuple[Callable[[], float], float]:
    """Return what tells a thread's time, and how much of it a template may use."""
    if hasattr(time, "pthread_getcpuclockid"):  # not on every system
        clock = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(clock), SECONDS
    return time.monotonic, _BY_THE_CLOCK
