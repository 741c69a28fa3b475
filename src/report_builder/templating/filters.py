"""Jinja's own filters and tests, with a look at what they are given and what they would make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from itertools import islice
from typing import Any

import jinja2
from jinja2 import filters as jinja_filters
from jinja2 import tests as jinja_tests
from jinja2.filters import _GroupTuple, make_attrgetter
from jinja2.nodes import EvalContext

from report_builder.templating.bounds import Budget
from report_builder.templating.functions import ForbiddenError, TemplateFault
from report_builder.templating.run import budget
from report_builder.templating.values import SINGLE, printable

_REFUSED = ("attr", "format", "pprint", "random", "tojson", "urlize")
_OF_WORDS = (
    *("capitalize", "center", "e", "escape", "forceescape", "indent", "lower", "replace", "safe"),
    *("string", "striptags", "title", "trim", "truncate", "upper", "urlencode", "wordcount"),
    "wordwrap",
)
_OF_NUMBERS = ("abs", "filesizeformat", "float", "int", "round")
_COMPARING = ("dictsort", "groupby", "max", "min", "sort", "unique")
_SLOW = ("striptags", "title", "trim", "wordcount", "wordwrap")
_LONGEST = 1_000_000  # characters that these take
_LONGEST_TRIM = 100  # characters that are taken from the ends of a text
_DIGITS = 20

Look = Callable[..., None]
GroupTuple = _GroupTuple
"""What the filter “groupby” gives: a value, and those that have it."""
VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
"""What the methods of a group of values give."""


def applied(name: str, call: Callable[..., Any], look: Look | None = None) -> Callable[..., Any]:
    """Return a filter that takes plain values alone, and gives lists for whatever yields.

    ``look`` is called before it, and refuses what would be too much.
    """
    first = int(getattr(call, "jinja_pass_arg", None) is not None)

    @wraps(call)
    def apply(*args: Any, **kwargs: Any) -> Any:
        given = [_taken(name, value) for value in args[first:]]
        named = {key: _taken(name, value) for key, value in kwargs.items()}
        if look:
            look(budget(), *given, **named)
        return _kept(call(*args[:first], *given, **named))

    return apply


def _taken(name: str, value: Any) -> Any:
    """Return what a filter is given, as a value that can be looked at twice."""
    if type(value) in SINGLE or isinstance(value, jinja2.Undefined):
        return value
    if isinstance(value, list | tuple | dict | range):
        return value
    if isinstance(value, (Iterator, *VIEWS)):
        values: Any = value
        return _listed(values)
    raise TemplateFault(f"the filter “{name}” takes values, and is given something else")


def _kept(made: Any) -> Any:
    if isinstance(made, str):
        budget().made(len(made))
    elif isinstance(made, Iterator):
        return _listed(made)
    elif isinstance(made, list):
        budget().foresee_items(len(made))
    return made


def _listed(values: Iterable[Any]) -> list[Any]:
    """Return values as a list, a thousand at a time: it may be that they do not end."""
    found: list[Any] = []
    values = iter(values)
    while more := list(islice(values, 1000)):
        found += more
        budget().foresee_items(len(found))
    return found


def _words(name: str) -> Look:
    def look(spent: Budget, *given: Any, **named: Any) -> None:
        for value in (*given, *named.values()):
            printable(value)
        text = given[0]
        length = len(text) if isinstance(text, str) else 0
        if name in _SLOW and length > _LONGEST:
            raise TemplateFault(f"the filter “{name}” takes no text as long as this")
        more = _MORE.get(name)
        if more:
            more(spent, *given, **named)

    return look


def _center(spent: Budget, _text: object, width: object = 80) -> None:
    spent.foresee(_whole(width))


def _indent(spent: Budget, text: object, width: object = 4, *_: object, **__: object) -> None:
    step = len(width) if isinstance(width, str) else _whole(width)
    spent.foresee((str(text).count("\n") + 1) * step)


def foresee_replaced(
    spent: Budget, text: object, old: object, new: object, *_: object, **__: object
) -> None:
    """Refuse a text that would be too long once every ``old`` in it is ``new``."""
    text, old, new = str(text), str(old), str(new)
    times = text.count(old) if old else len(text) + 1
    spent.foresee(len(text) + times * max(5 * len(new) - len(old), 0))  # “&” becomes “&amp;”


def foresee_trimmed(_spent: Budget, _text: object, chars: object = "") -> None:
    """Refuse to trim so many characters that each of a text would be looked for among them."""
    if len(str(chars)) > _LONGEST_TRIM:
        raise TemplateFault(f"no more than {_LONGEST_TRIM} characters can be trimmed")


def _wordwrap(
    spent: Budget,
    text: object,
    width: object = 79,
    _break: object = True,  # as Jinja has it
    wrapstring: object = "\n",
    *_: object,
    **__: object,
) -> None:
    lines = len(str(text)) // max(_whole(width), 1) + str(text).count("\n") + 1
    spent.foresee(lines * len(str(wrapstring or "")))


_MORE: Mapping[str, Look] = {
    "center": _center,
    "indent": _indent,
    "replace": foresee_replaced,
    "trim": foresee_trimmed,
    "wordwrap": _wordwrap,
}


def _numbers(_spent: Budget, *given: Any, **named: Any) -> None:
    for value in (*given, *named.values()):
        printable(value)


def _round(_spent: Budget, value: object, precision: object = 0, *_: object, **__: object) -> None:
    if not isinstance(value, int | float) or abs(_whole(precision)) > _DIGITS:
        raise TemplateFault(f"the filter “round” takes a number, and up to {_DIGITS} digits")


def _comparing(spent: Budget, *given: Any, **_named: Any) -> None:
    for value in given:
        spent.weigh(value)


def _batch(spent: Budget, _values: object, count: object, *_: object, **__: object) -> None:
    if _whole(count) < 1:
        raise TemplateFault("“batch” and “slice” take a number from 1")
    spent.foresee_items(_whole(count))


def _list(spent: Budget, values: Any) -> None:
    if isinstance(values, Sequence):
        spent.foresee_items(len(values))


def _xmlattr(_spent: Budget, values: Any, *_: object, **__: object) -> None:
    for value in values.values() if isinstance(values, dict) else (values,):
        if not isinstance(value, jinja2.Undefined):
            printable(value)
    if not isinstance(values, dict):
        raise TemplateFault("the filter “xmlattr” takes names with values")


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TemplateFault("here a whole number is wanted")
    return value


@jinja2.pass_eval_context
def _join(
    context: EvalContext, values: Any, between: object = "", attribute: str | int | None = None
) -> str:
    """Return printable values as one text."""
    if not isinstance(values, str | list | tuple | dict | range):
        raise TemplateFault("the filter “join” takes a list")
    if attribute is not None:
        values = [make_attrgetter(context.environment, attribute)(value) for value in values]
    shown = [printable(value) for value in values]
    lengths = (len(value) for value in shown if isinstance(value, str))
    budget().foresee(sum(lengths) + len(str(printable(between))) * len(shown))
    return jinja_filters.sync_do_join(context, shown, between, None)  # type: ignore[arg-type]  # it takes what has a text


@jinja2.pass_environment
def _sum(
    environment: jinja2.Environment,
    values: Any,
    attribute: str | int | None = None,
    start: float = 0,
) -> float:
    """Return the sum of numbers."""
    if not isinstance(values, list | tuple | range):
        raise TemplateFault("the filter “sum” takes a list of numbers")
    get = make_attrgetter(environment, attribute)
    numbers = [get(value) for value in values]
    if not all(isinstance(number, int | float) for number in (*numbers, start)):
        raise TemplateFault("the filter “sum” adds up numbers alone")
    return sum(numbers, start)


def _refused(name: str) -> Callable[..., Any]:
    def refuse(*_: object, **__: object) -> None:
        raise ForbiddenError(f"a template may not use the filter “{name}”")

    return refuse


def _filters() -> Iterator[tuple[str, Callable[..., Any]]]:
    looks: dict[str, Look] = {
        **{name: _words(name) for name in _OF_WORDS},
        **dict.fromkeys(_OF_NUMBERS, _numbers),
        **dict.fromkeys(_COMPARING, _comparing),
        "batch": _batch,
        "list": _list,
        "round": _round,
        "slice": _batch,
        "xmlattr": _xmlattr,
    }
    own = {"join": _join, "sum": _sum}
    for name, call in {**jinja_filters.FILTERS, **own}.items():
        yield name, _refused(name) if name in _REFUSED else applied(name, call, looks.get(name))


def _weighed(call: Any) -> Callable[..., Any]:
    @wraps(call)
    def test(*args: Any, **kwargs: Any) -> Any:
        for value in args:
            budget().weigh(value)
        return call(*args, **kwargs)

    return test


FILTERS: Mapping[str, Callable[..., Any]] = dict(_filters())
"""What templates may apply to a value."""

TESTS: Mapping[str, Callable[..., Any]] = {
    name: _weighed(call) for name, call in jinja_tests.TESTS.items()
}
"""What templates may ask of a value."""
