"""From one folder of event content: an accessible report, a briefing, a poster, and more.

    from report_builder import build, check, open_workspace, verify

What is named here is all that a program needs; the command line uses nothing else. Each is
imported when it is first used, so that to import the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from report_builder.content.model import Event
    from report_builder.outcome import Outcome
    from report_builder.problems import Position, Problem, ReportBuilderError, Severity
    from report_builder.verification import Verdict, verify
    from report_builder.version import __version__
    from report_builder.walk import build, check
    from report_builder.workspace import Workspace, open_workspace

__all__ = [
    "Event",
    "Outcome",
    "Position",
    "Problem",
    "ReportBuilderError",
    "Severity",
    "Verdict",
    "Workspace",
    "__version__",
    "build",
    "check",
    "open_workspace",
    "verify",
]

_HOMES = {
    "Event": "content.model",
    "Outcome": "outcome",
    "Position": "problems",
    "Problem": "problems",
    "ReportBuilderError": "problems",
    "Severity": "problems",
    "Verdict": "verification",
    "Workspace": "workspace",
    "__version__": "version",
    "build": "walk",
    "check": "walk",
    "open_workspace": "workspace",
    "verify": "verification",
}
"""The module that each name comes from."""


def __getattr__(name: str) -> Any:
    """Import what is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
