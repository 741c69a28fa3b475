"""The kinds of value that settings have, each with what is wrong with one that is none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from report_builder.problems import did_you_mean
from report_builder.settings.model import refused

T = TypeVar("T")


def one_of(known: Iterable[str], message: str) -> BeforeValidator:
    """Return what refuses a text that is none of those known; {} in the message is the text."""
    known = tuple(known)

    def check(value: Any) -> Any:
        if isinstance(value, str) and value not in known:
            quoted = " or ".join(f'"{one}"' for one in known)
            hint = did_you_mean(value, known) or f"Write {quoted}."
            raise refused(message.format(value), hint)
        return value

    return BeforeValidator(check)


def between(least: float, most: float, message: str, hint: str) -> AfterValidator:
    """Return what refuses a number outside limits; {} in the message is the number."""

    def check(value: float) -> float:
        if least <= value <= most:
            return value
        raise refused(message.format(f"{value:g}"), hint)

    return AfterValidator(check)


def _not_blank(value: str) -> str:
    if value.strip():
        return value
    raise refused("The text is empty.", "Fill it in, or delete the setting.")


Filled = Annotated[str, AfterValidator(_not_blank)]
Listed = Annotated[tuple[T, ...], Field(strict=False)]
"""A list: TOML has lists where a frozen value has a tuple."""
