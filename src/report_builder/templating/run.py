"""The run of a template that is under way: its language, its budget, and what it may have drawn."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from report_builder.templating.bounds import Budget
from report_builder.templating.functions import Function
from report_builder.templating.speech import Speech


@dataclass(frozen=True)
class Run:
    """What the functions and filters of an environment need to know of the run they are used in."""

    speech: Speech
    drawings: Mapping[str, Function]
    budget: Budget = field(default_factory=Budget)


RUN: ContextVar[Run] = ContextVar("run")
"""The run that this thread is in: one environment serves all languages and events."""


def budget() -> Budget:
    """Return what the present run has used up."""
    return RUN.get().budget
