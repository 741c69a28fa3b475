"""Sums and texts put together, as far as they stay within bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import add, floordiv, mod, mul, sub, truediv
from typing import Any

from report_builder.templating.attributes import name_of
from report_builder.templating.filters import foresee_replaced, foresee_trimmed
from report_builder.templating.functions import ForbiddenError, TemplateFault
from report_builder.templating.run import budget

_LONGEST_NUMBER = 4096  # bits

_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": truediv,
    "//": floordiv,
    "%": mod,
    "**": pow,
}


def work_out(operator: str, left: Any, right: Any) -> Any:
    """Return ``left operator right`` for numbers of a sane size; join texts, and lists."""
    if isinstance(left, int | float) and isinstance(right, int | float):
        if operator in ("*", "**"):
            _foresee_number(operator, left, right)
        return _OPERATORS[operator](left, right)
    if operator == "%" and isinstance(left, str):
        raise ForbiddenError("a template may not format with “%”: join texts with “~”")
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        budget().made(len(left) + len(right))
        return left + right
    if operator == "+" and type(left) is type(right) and type(left) in (list, tuple):
        budget().foresee_items(len(left) + len(right))
        return left + right
    if operator == "*":
        thing, times = (right, left) if isinstance(left, int) else (left, right)
        if isinstance(times, int) and isinstance(thing, str):
            budget().made(len(thing) * max(times, 0))
            return thing * times
        if isinstance(times, int) and type(thing) in (list, tuple):
            budget().foresee_items(len(thing) * max(times, 0))
            return thing * times
    raise TemplateFault(f"“{operator}” does not work with {name_of(left)} and {name_of(right)}")


def foresee_method(owner: str, name: str, args: tuple[Any, ...]) -> None:
    """Refuse what a text's method would make too long, or what would take it too long."""
    if name == "replace" and len(args) > 1 and all(isinstance(arg, str) for arg in args[:2]):
        foresee_replaced(budget(), owner, args[0], args[1])
    elif name == "join" and args:
        texts = args[0]
        if not isinstance(texts, list | tuple) or not all(isinstance(t, str) for t in texts):
            raise TemplateFault("“join” takes a list of texts")
        budget().foresee(sum(map(len, texts)) + 5 * len(owner) * len(texts))
    elif name in ("strip", "lstrip", "rstrip") and args:
        foresee_trimmed(budget(), owner, args[0])


def _foresee_number(operator: str, left: float, right: float) -> None:
    if isinstance(left, int) and isinstance(right, int):
        times = operator == "*"
        bits = left.bit_length() + right.bit_length() if times else left.bit_length() * abs(right)
        if bits > _LONGEST_NUMBER:
            raise TemplateFault("the template works out a number of more than a thousand digits")
