"""What templates may call, and what is raised when they use it wrongly."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from inspect import Signature, signature
from types import FunctionType, MethodType
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError


class TemplateFault(jinja2.TemplateRuntimeError):
    """A template asks for what cannot be; the message says so to whoever wrote it."""


class ForbiddenError(SecurityError):
    """A template tries to do what only a program may."""


class Function:
    """A function as templates see it: it can be called, and that is all."""

    __slots__ = ("_bound", "_call", "_name")

    def __init__(self, name: str, call: Callable[..., Any], *bound: object) -> None:
        self._name, self._call, self._bound = name, call, bound

    def __repr__(self) -> str:
        return f"<function {self._name}>"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Return what the function does with these arguments, if it takes them."""
        check_arguments(self._name, self._call, (*self._bound, *args), kwargs)
        return self._call(*self._bound, *args, **kwargs)


def check_arguments(
    name: str, call: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    """Raise a fault of the template's where a function cannot be called with these arguments."""
    if isinstance(call, MethodType):  # what is kept below is kept for good: no method's owner
        args = (call.__self__, *args)
        call = call.__func__
    known = _signature(call) if isinstance(call, FunctionType) else signature(call)
    try:
        known.bind(*args, **kwargs)
    except TypeError as reason:
        raise TemplateFault(f"“{name}” is called wrongly: {reason}") from None


@lru_cache(maxsize=256)
def _signature(call: FunctionType) -> Signature:
    return signature(call)
