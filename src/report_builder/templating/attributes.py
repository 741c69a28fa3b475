"""What a template may use of a value: a list for each type, and nothing that is not listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.utils import Cycler, Joiner
from markupsafe import Markup

from report_builder.content.fields import Line, Marked
from report_builder.content.markdown import Inline
from report_builder.content.text import Text
from report_builder.templating.filters import GroupTuple
from report_builder.templating.functions import Function, TemplateFault

_OF_TEXT = frozenset(
    (
        *("capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha"),
        *("isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle"),
        *("isupper", "join", "lower", "lstrip", "partition", "removeprefix", "removesuffix"),
        *("replace", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "split", "splitlines"),
        *("startswith", "strip", "swapcase", "title", "upper"),
    )
)
_OF_LOOP = frozenset(
    (
        *("changed", "cycle", "depth", "depth0", "first", "index", "index0", "last", "length"),
        *("nextitem", "previtem", "revindex", "revindex0"),
    )
)
_OF_DAY = frozenset(("day", "isoformat", "isoweekday", "month", "weekday", "year"))
_OF_TIME = frozenset(("hour", "isoformat", "minute", "second"))
_OF_LIST = frozenset(("count", "index"))

ATTRIBUTES: Mapping[type, frozenset[str]] = {
    str: _OF_TEXT,
    Markup: _OF_TEXT | {"striptags", "unescape"},
    Inline: _OF_TEXT | {"striptags", "unescape"},
    Line: _OF_TEXT | {"at", "inline"},
    Marked: _OF_TEXT | {"at", "inline"},
    Text: frozenset(("at", "inline", "line", "paragraphs", "plain", "under")),
    dict: frozenset(("get", "items", "keys", "values")),
    list: _OF_LIST,
    tuple: _OF_LIST,
    GroupTuple: _OF_LIST | {"grouper", "list"},
    dt.date: _OF_DAY,
    dt.datetime: _OF_DAY | _OF_TIME,
    dt.time: _OF_TIME,
    LoopContext: _OF_LOOP,
    Cycler: frozenset(("current", "next", "reset")),
    BlockReference: frozenset(("super",)),
}
"""What a template may use, by the type of the value."""

CALLED = (BlockReference, Function, Joiner, LoopContext, Macro)
"""The types of what it may call, besides the methods that are listed."""

_NAMES: Mapping[type, str] = {
    **dict.fromkeys((str, Markup, Inline, Line, Marked, Text), "a text"),
    **dict.fromkeys((list, tuple, GroupTuple), "a list"),
    **dict.fromkeys((bool, int, float), "a number"),
    **dict.fromkeys((dt.date, dt.datetime, dt.time), "a day"),
    type(None): "nothing",
    dict: "a group of values",
    Function: "a function",
    Macro: "a macro",
}


def name_of(value: object) -> str:
    """Return what a value is, in words for whoever wrote a template."""
    return _NAMES.get(type(value), "a thing of this kind")


def _under(text: Text, level: object) -> Markup:
    if not isinstance(level, int) or not 0 < level < 7:  # as headings have
        raise TemplateFault("“under” takes the level of a heading, from 1 to 6")
    return text.under(level)


METHODS_OF_TEXT: Mapping[str, Callable[..., Any]] = {"under": _under}
"""The methods of a `Text`, which look at what they are given."""
