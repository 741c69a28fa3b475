"""What all models of files are: frozen, and strict about the names of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Self, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, core_schema

from report_builder.problems import Position, nearest
from report_builder.settings.findings import Findings
from report_builder.settings.scalar import Scalar

_PYDANTICS_OWN = frozenset(get_args(core_schema.ErrorType))


def fault(
    code: str,
    message: str,
    hint: str = "",
    *,
    beside: str = "",
    follows: bool = False,
    cause: str = "",
    private: bool = False,
) -> PydanticCustomError:
    """Return what a field raises when its value is wrong; `problems_of` finds its place.

    ``beside`` names the field of the same group at which it stands instead. One that ``follows``
    is not said where the field, or its ``cause``, is written and cannot be read. The line of a
    ``private`` one is not shown.
    """
    # The message goes through a template of pydantic's: as a value it stays as it is.
    context = {"message": message, "hint": hint, "beside": beside}
    more = {"follows": follows, "cause": cause, "private": private}
    return PydanticCustomError(code, "{message}", {**context, **more})


refused = partial(fault, "settings")
"""Return what a setting raises: all that is wrong with settings has one code."""


class Model(BaseModel):
    """A group of fields. Unknown ones are refused, with the nearest known name."""

    # Built when first used: most are only parts of another, which is built with all its parts.
    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True
    )

    @classmethod
    def names(cls) -> list[str]:
        """Return the names of the fields as files have them."""
        return [field.alias or name for name, field in cls.model_fields.items()]

    @classmethod
    def meant(cls, name: str) -> str | None:
        """Return the field that was probably meant by a name that none has."""
        return nearest(name, cls.names())

    @classmethod
    def unknown(cls, name: str, _value: object, meant: str | None) -> PydanticCustomError:
        """Return the fault of a field that there is not."""
        hint = f"The fields here are: {', '.join(cls.names())}."
        if _value is None:  # {text: Fund £5,000 grants} has a field “000 grants”
            hint = "If it is part of a text with a comma, put quotes around that text."
        hint = f"Did you mean “{meant}”?" if meant else hint
        return fault("unknown-field", f"There is no field “{name}” here.", hint)

    @model_validator(mode="wrap")
    @classmethod
    def _refuse_unknown(
        cls, value: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo
    ) -> Self:
        if not isinstance(value, Mapping):
            return handler(value)
        known = cls.names()
        fields = {name: given for name, given in value.items() if name in known}
        faults: list[InitErrorDetails] = []
        for name in (name for name in value if name not in known):
            meant = cls.meant(str(name))
            if meant and meant not in fields:
                fields[meant] = value[name]  # so that its value is checked, and is not missed
            wrong = cls.unknown(str(name), value[name], meant)
            if isinstance(info.context, Findings):
                _note(info.context, name, meant, wrong)
            else:
                faults.append({"type": wrong, "loc": (str(name),), "input": value[name]})
        fields = {name: given for name, given in fields.items() if given is not None}
        if not faults:
            return handler(fields)
        try:
            handler(fields)
        except ValidationError as reason:
            faults += map(_again, reason.errors(include_url=False))
        raise ValidationError.from_exception_data(cls.__name__, faults)


class Group(Model):
    """A group of settings: its values are taken as the types that they are written as."""

    model_config = ConfigDict(strict=True)

    @classmethod
    def unknown(cls, name: str, _value: object, meant: str | None) -> PydanticCustomError:
        """Return the fault of a setting that there is not."""
        hint = f"The settings here are: {', '.join(cls.names())}."
        hint = f"Did you mean “{meant}”?" if meant else hint
        return refused(f"There is no setting “{name}” here.", hint)


def _note(findings: Findings, name: str, meant: str | None, wrong: PydanticCustomError) -> None:
    """Note a field that there is not, and go on."""
    position = name.position if isinstance(name, Scalar) else Position("")
    if meant:
        findings.mistyped[position] = meant
    said = wrong.context or {}
    findings.note(wrong.type, position, said["message"], said["hint"], private=said["private"])


def _again(found: ErrorDetails) -> InitErrorDetails:
    """Return a fault that was found as one to raise."""
    again: InitErrorDetails = {
        "type": found["type"], "loc": found["loc"], "input": found["input"]
    }  # fmt: skip
    if found["type"] not in _PYDANTICS_OWN:
        context = found.get("ctx", {"message": found["msg"]})
        again["type"] = PydanticCustomError(found["type"], "{message}", context)
    elif "ctx" in found:
        again["ctx"] = found["ctx"]
    return again
