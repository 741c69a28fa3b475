"""The flags of verbs that make documents: each format's own choices, read from its model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import click

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

    from report_builder.settings.options import Flag
    from report_builder.writers import Writer


class Making(click.Command):
    """A verb that makes documents. Its formats' flags are read when one of them is asked for."""

    def __init__(self, *args: Any, formats: Sequence[Writer], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.formats = formats
        self.knows_flags = False

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line, with the formats' flags where there may be any."""
        known = {name for option in self.params for name in (*option.opts, *option.secondary_opts)}
        known |= set(ctx.help_option_names)
        given = {word.partition("=")[0] for word in args if word.startswith("--") and word != "--"}
        if ctx.resilient_parsing or not given <= known:
            self.learn_flags()
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print what can be chosen, with the formats' flags."""
        self.learn_flags()
        super().format_options(ctx, formatter)

    def learn_flags(self) -> None:
        """Read the formats' flags, once."""
        if not self.knows_flags:
            self.params[:0] = flag_options(self.formats)
            self.knows_flags = True


def flag_options(formats: Iterable[Writer]) -> Iterator[click.Option]:
    """Yield an option for each flag; one that several formats have is chosen for all of them."""
    from report_builder.settings.options import flags

    found: dict[str, tuple[Flag, FieldInfo, list[tuple[str, str]]]] = {}
    for writer in formats:
        model = writer.options()
        for name, flag in flags(model):
            _, _, places = found.setdefault(flag.name, (flag, model.model_fields[name], []))
            places.append((writer.name, name))
    for flag, info, places in found.values():
        yield _option(flag, info, places)


def _option(flag: Flag, info: FieldInfo, places: Sequence[tuple[str, str]]) -> click.Option:
    def choose(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value is None or value == ():
            return
        _validate(info, value, ctx, param)
        chosen: dict[str, Mapping[str, Any]] = dict(ctx.obj.options)
        for format_, name in places:
            before = chosen.get(format_, {})
            chosen[format_] = {**dict(flag.also), **before, name: value}
        ctx.obj = replace(ctx.obj, options=chosen)

    return click.Option(
        [flag.name, flag.name.lstrip("-").replace("-", "_") + "_"],
        help=flag.help,
        metavar=flag.metavar,
        default=None,
        expose_value=False,
        callback=choose,
        **_kind(info),
    )


def _kind(info: FieldInfo) -> dict[str, Any]:
    """Return what click is to make of a value, by the type of its field."""
    kind = info.annotation
    if get_origin(kind) is tuple:
        return {"type": _choice(get_args(kind)[0]), "multiple": True}
    if kind is bool:
        return {"is_flag": True}
    return {"type": _choice(kind) or (float if kind is float else str)}


def _choice(kind: Any) -> click.Choice[str] | None:
    """Return the words that a field may be, where it may be no others."""
    if get_origin(kind) is Literal:
        return click.Choice([str(word) for word in get_args(kind) if word])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return click.Choice([member.value for member in kind])
    return None


def _validate(info: FieldInfo, value: Any, ctx: click.Context, param: click.Parameter) -> None:
    """Refuse a value that the field would not take, in the field's own words."""
    from typing import Annotated

    from pydantic import TypeAdapter, ValidationError

    kind: Any = Annotated[info.annotation, *info.metadata]
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        adapter.validate_python(value)
    except ValidationError as reason:
        (fault, *_) = reason.errors()
        hint = fault.get("ctx", {}).get("hint", "")
        raise click.BadParameter(f"{fault['msg']} {hint}".strip(), ctx, param) from None
