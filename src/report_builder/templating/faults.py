"""Which errors are a template's own, and where in it they are; all others are ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType

import jinja2

import report_builder
from report_builder.problems import Position, ReportBuilderError, failure
from report_builder.templating.bounds import OverrunError
from report_builder.templating.functions import ForbiddenError
from report_builder.templating.loader import ENDING

_OURS = Path(report_builder.__file__).parent.as_posix()
# Through these a template's values pass to Jinja and Python, which may find them wrong.
_PASSED_THROUGH = {
    Path(__file__).with_name(name).as_posix()
    for name in ("bounds.py", "filters.py", "functions.py", "operators.py", "sandbox.py")
}
_SLIPS = (AttributeError, KeyError, NameError, AssertionError)  # which we make, not values
_COMPARE = "Compare the line with the shipped template."
_NO_PROGRAM = "A theme is no program: it prints what the event says."
_LONGEST = 300  # characters of a message


def fault_of(reason: BaseException, template: str) -> ReportBuilderError | None:
    """Return an error as a problem of a template, or ``None`` if it is not the template's."""
    place = _place(reason)
    match reason:
        case ReportBuilderError():
            return None
        case jinja2.TemplateSyntaxError():
            path, line = reason.filename or template, reason.lineno
            return template_failure(path, line, f"{reason.message}")
        case jinja2.TemplateNotFound():
            message = f"the theme has no file “{reason}”"
            return template_failure(*(place or (template, 1)), message)
        case ForbiddenError():
            return template_failure(*(place or (template, 1)), str(reason), _NO_PROGRAM)
        case OverrunError():
            message = "the template runs for too long, and was stopped"
            hint = "Look for a loop that does not end, or one within others."
            return template_failure(*(place or (template, 1)), message, hint)
        case jinja2.TemplateError():
            return template_failure(*(place or (template, 1)), str(reason))
        case _ if place is None:
            return None
        case MemoryError():
            return template_failure(*place, "the template needs too much memory, and was stopped")
        case RecursionError():
            return template_failure(*place, "the template uses itself without an end")
        case _ if _is_ours(reason):
            return None
    return template_failure(*place, str(reason) or type(reason).__name__)


def template_failure(
    path: str, line: int, message: str, hint: str = _COMPARE
) -> ReportBuilderError:
    """Return what to raise for a fault in a template's line."""
    said = f"{message[0].upper()}{message[1:_LONGEST].rstrip('.')}"
    end = "" if said.endswith("?") else "."
    return failure("template", Position(path, line), said + end, hint)


def _place(reason: BaseException) -> tuple[str, int] | None:
    """Return the template's file and line in which an error was raised, if it was in one."""
    found = None
    for frame, line in _frames(reason.__traceback__):
        found = _line(frame, line) or found
    return found


def _is_ours(reason: BaseException) -> bool:
    """Tell whether an error arose in our own code, called by a template or not."""
    after: list[str] = []
    for frame, line in _frames(reason.__traceback__):
        if _line(frame, line):
            after = []
        else:
            after.append(Path(frame.f_code.co_filename).as_posix())
    if any(file.startswith(_OURS) and file not in _PASSED_THROUGH for file in after):
        return True
    return after[-1:] != [] and after[-1] in _PASSED_THROUGH and isinstance(reason, _SLIPS)


def _frames(trace: TracebackType | None) -> Iterator[tuple[FrameType, int]]:
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _line(frame: FrameType, line: int) -> tuple[str, int] | None:
    """Return a template's file and line, if a frame is one of a template's."""
    template = frame.f_globals.get("__jinja_template__")
    if isinstance(template, jinja2.Template):  # not yet in terms of its source
        return str(template.filename), template.get_corresponding_lineno(line)
    path = frame.f_code.co_filename
    return (path, line) if path.endswith(ENDING) else None
