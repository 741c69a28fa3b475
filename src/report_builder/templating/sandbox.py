"""The Jinja environment in which a theme from elsewhere is no program.

A template reaches plain values, and of those the attributes listed here; whatever is not listed is
refused. Names beginning with “_” lead nowhere.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import jinja2
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import TemplateSyntaxError
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Cycler, Joiner, Namespace, missing
from markupsafe import Markup, escape

from report_builder.content.fields import Line, Marked
from report_builder.content.markdown import Inline
from report_builder.content.text import Text
from report_builder.templating.attributes import ATTRIBUTES, CALLED, METHODS_OF_TEXT, name_of
from report_builder.templating.bytecode import Bytecode
from report_builder.templating.code import Generator, Missing, Template
from report_builder.templating.filters import (
    FILTERS,
    TESTS,
    VIEWS,
    GroupTuple,
    applied,
)
from report_builder.templating.functions import (
    ForbiddenError,
    Function,
    TemplateFault,
    check_arguments,
)
from report_builder.templating.loader import Loader
from report_builder.templating.operators import foresee_method, work_out
from report_builder.templating.run import RUN, budget
from report_builder.templating.values import SINGLE, printable


class _Context(Context):
    """The names that a template knows; what the run can have drawn is among them."""

    def resolve_or_missing(self, key: str) -> Any:
        """Return what a name stands for."""
        found = super().resolve_or_missing(key)
        return RUN.get().drawings.get(key, missing) if found is missing else found


class Sandbox(ImmutableSandboxedEnvironment):
    """Templates of a chain of folders, for HTML or plain text, in any language."""

    code_generator_class = Generator
    template_class = Template
    context_class = _Context
    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "**", "%"))

    def __init__(self, folders: tuple[Path, ...], *, is_html: bool) -> None:
        super().__init__(
            loader=Loader(folders),
            bytecode_cache=Bytecode(is_html=is_html),
            autoescape=is_html,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # what is worked out beforehand would be neither counted nor weighed
            extensions=["jinja2.ext.i18n"],
            finalize=_finalize,
        )
        self.newstyle_gettext = True
        own = {name: applied(name, _of_speech(name)) for name in _NAMES_OF_FILTERS}
        self.filters = {**FILTERS, **own, _STEPS: _steps}
        self.tests = dict(TESTS)
        functions: dict[str, Callable[..., Any]] = {
            "_": _of_speech("gettext"),
            "gettext": _of_speech("gettext"),
            "ngettext": _of_speech("ngettext"),
            "cycler": Cycler,
            "dict": _dict,
            "joiner": Joiner,
            "namespace": _namespace,
            "range": safe_range,
        }
        self.globals = {name: Function(name, call) for name, call in functions.items()}

    @staticmethod
    def concat(texts: Iterable[str]) -> str:
        """Return texts as one."""
        return budget().join(texts)

    def concatenated(self, context: EvalContext, values: tuple[object, ...]) -> str:
        """Return what ``~`` makes of some values."""
        shown = [printable(value) for value in values]
        if context.autoescape and any(isinstance(value, Markup | Text) for value in shown):
            return Markup(budget().join(map(escape, shown)))  # noqa: S704  # escaped
        return budget().join(map(str, shown))

    def weighed(self, value: object) -> object:
        """Return a value that is light enough to be compared."""
        if type(value) not in SINGLE:
            budget().weigh(value)
        return value

    def key(self, value: object) -> object:
        """Return a value that can be a name in a group of values."""
        if type(value) not in SINGLE:
            raise TemplateFault("a name in a group of values is a text or a number")
        return value

    def getattr(self, obj: object, attribute: str) -> Any:
        """Return what is listed of a value, and refuse all else."""
        kind = type(obj)
        if kind is dict and attribute in obj:  # type: ignore[operator]  # it is one
            return obj[attribute]  # type: ignore[index]
        if attribute in ATTRIBUTES.get(kind, ()):
            if kind is Text and attribute in METHODS_OF_TEXT:
                return Function(attribute, METHODS_OF_TEXT[attribute], obj)
            return getattr(obj, attribute)
        if isinstance(obj, jinja2.Undefined):
            _fail(obj)
        if isinstance(obj, TemplateReference):
            return self._block(obj, attribute)
        if kind in (Namespace, TemplateModule) and not attribute.startswith("_"):
            return self._maybe(obj, attribute)
        if attribute.startswith("_") or hasattr(kind, attribute):
            raise ForbiddenError(f"a template may not use “{attribute}” of {name_of(obj)}")
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: object, argument: object) -> Any:
        """Return an item of a list, or what is listed of a value under a name."""
        kind = type(obj)
        if isinstance(obj, jinja2.Undefined):
            _fail(obj)
        if isinstance(argument, jinja2.Undefined):
            _fail(argument)
        if kind is dict:
            found: Mapping[object, Any] = obj  # type: ignore[assignment]  # it is one
            if self.key(argument) in found:
                return found[argument]
            if isinstance(argument, str):  # as filters look up “attribute”
                return self.getattr(obj, str(argument))
            return self.undefined(obj=obj, name=argument)  # type: ignore[arg-type]  # any name will do
        if isinstance(argument, str):
            return self.getattr(obj, str(argument))
        if kind in (
            str,
            Markup,
            Inline,
            Line,
            Marked,
            list,
            tuple,
            GroupTuple,
            range,
        ) and isinstance(argument, int):
            try:
                return obj[argument]  # type: ignore[index]  # all of these have items
            except IndexError:
                return self.undefined(f"there is no item {argument} here", name=str(argument))
        raise TemplateFault(f"{name_of(obj)} has no items to choose by number")

    def _maybe(self, obj: object, name: str) -> Any:
        """Return what a template gave a name, or that there is nothing."""
        nothing = object()
        found = getattr(obj, name, nothing)
        return self.undefined(obj=obj, name=name) if found is nothing else found

    def _block(self, blocks: TemplateReference, name: str) -> Any:
        try:
            return blocks[name]
        except KeyError:
            raise ForbiddenError(f"a template may not use “{name}” of its blocks") from None

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as Jinja has it: a keyword may be called “self”
        """Call what may be called, and count it."""
        spent = budget()
        spent.step()
        if isinstance(__obj, jinja2.Undefined):
            _fail(__obj)
        if isinstance(__obj, types.BuiltinMethodType | types.MethodType):
            owner, name = __obj.__self__, __obj.__name__
            if name not in ATTRIBUTES.get(type(owner), ()):
                raise ForbiddenError(f"a template may not call “{name}”")
            for value in (owner, *args, *kwargs.values()):
                __self.weighed(value)
            if isinstance(owner, str):
                foresee_method(owner, name, args)
        elif type(__obj) not in CALLED:
            raise TemplateFault(f"{name_of(__obj)} cannot be called")
        result = __context.call(__obj, *args, **kwargs)
        if isinstance(result, str):
            spent.made(len(result))
        return result

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002  # as Jinja asks
        """Return ``left operator right``, if it stays within bounds."""
        for value in (left, right):
            if isinstance(value, jinja2.Undefined):
                _fail(value)
        return work_out(operator, left, right)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return a template's tree, with the rounds of its loops counted."""
        try:
            tree = super()._parse(source, name, filename)
        except (RecursionError, ValueError, MemoryError) as reason:  # a number of 5000 digits
            raise _too_much(name, filename) from reason
        for modifier in tree.find_all(nodes.EvalContextModifier):
            if not all(isinstance(option.value, nodes.Const) for option in modifier.options):
                message = "“autoescape” takes true or false"  # it is worked out beforehand
                raise TemplateSyntaxError(message, modifier.lineno, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            counted = nodes.Filter(loop.iter, _STEPS, [], [], None, None, lineno=loop.lineno)
            loop.iter = counted.set_environment(self)
        return tree

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        try:
            return super()._generate(source, *args, **kwargs)
        except (RecursionError, MemoryError) as reason:
            raise _too_much(args[0], args[1]) from reason

    def _compile(self, source: str, filename: str) -> types.CodeType:
        try:
            return super()._compile(source, filename)
        except (SyntaxError, RecursionError, MemoryError, ValueError) as reason:
            raise _too_much(None, filename) from reason


def _too_much(name: str | None, filename: str | None) -> TemplateSyntaxError:
    message = "the template is nested too deeply, or holds something too long"
    return TemplateSyntaxError(message, 1, name, filename)


@lru_cache(maxsize=32)
def sandbox_of(folders: tuple[Path, ...], *, is_html: bool) -> Sandbox:
    """Return the environment of a chain of folders: one serves all events and languages."""
    return Sandbox(folders, is_html=is_html)


_NAMES_OF_FILTERS = (
    *("date", "language", "lines", "names", "number", "own_way", "percent", "plain", "size"),
    *("stop", "told", "until"),
)
_STEPS = "counted"


def _of_speech(name: str) -> Callable[..., Any]:
    """Return what says a thing as the run's language does."""

    def say(*args: Any, **kwargs: Any) -> Any:
        call = RUN.get().speech.functions[name]
        check_arguments(name, call, args, kwargs)
        return call(*args, **kwargs)

    return say


def _steps(values: Any) -> Iterator[Any]:
    """Yield what a loop goes through, and count it."""
    if isinstance(values, jinja2.Undefined):
        _fail(values)
    if not isinstance(values, (str, list, tuple, dict, range, types.GeneratorType, *VIEWS)):
        raise TemplateFault(f"a loop cannot go through {name_of(values)}")
    spent = budget()
    rounds: Any = values
    for value in rounds:
        spent.step()
        yield value


@jinja2.pass_eval_context
def _finalize(_context: EvalContext, value: object) -> object:
    return RUN.get().speech.printed(printable(value))


def _dict(values: object = (), /, **more: object) -> dict[str, object]:
    if not isinstance(values, dict) and values != ():
        raise TemplateFault("“dict” takes a group of values, and names with values")
    return dict(values, **more)


def _namespace(**values: object) -> Namespace:
    return Namespace(values)


def _fail(undefined: jinja2.Undefined) -> NoReturn:
    undefined._fail_with_undefined_error()
