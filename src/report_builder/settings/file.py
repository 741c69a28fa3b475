"""What ``report-builder.toml`` may say, and how it is read: with all its faults at once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    ValidationInfo,
    create_model,
    field_validator,
)
from pydantic_core import PydanticCustomError

from report_builder.problems import ReportBuilderError, private
from report_builder.settings.faults import TOML, problems_of
from report_builder.settings.findings import Findings
from report_builder.settings.mail import GROUP as SMTP
from report_builder.settings.model import Group, Model, refused
from report_builder.settings.smtp import Smtp, is_secret, secret_fault
from report_builder.settings.theme import Brand, LogoFile
from report_builder.settings.toml import read_toml
from report_builder.settings.tree import Fields, data, merge, places, walk
from report_builder.settings.values import Filled, Listed

CODE = "settings"
M = TypeVar("M", bound=Model)


def _given(name: str) -> BeforeValidator:
    """Return what refuses that a day is not given."""

    def check(value: object) -> object:
        if value is not None:
            return value
        message = "“pre-election” needs a first and a last day."
        hint = "Write from = 2027-03-20 and to = 2027-05-06 under [pre-election]."
        raise refused(message, hint, follows=True, cause=name)

    return BeforeValidator(check)


def _day(name: str) -> Any:
    """Return a field for a day that must be given."""
    return Field(None, alias=name, validate_default=True)


class PreElection(Group):
    """The first and last day on which councillors are not to be named."""

    first: Annotated[dt.date, _given("from")] = _day("from")
    last: Annotated[dt.date, _given("to")] = _day("to")

    @field_validator("last")
    @classmethod
    def _in_order(cls, last: dt.date, info: ValidationInfo) -> dt.date:
        if "first" in info.data and last < info.data["first"]:
            raise refused("The period ends before it begins.", "Exchange the two days.")
        return last


def _reason(why: str) -> str:
    if why.strip():
        return why
    message = "The rule is switched off without a reason."
    raise refused(message, "Write why between the quotes, for whoever comes after you.")


def _web_address(value: str) -> str:
    if not value or re.fullmatch(r"https?://[^\s/]+\.[^\s]+", value):
        return value
    hint = 'Write web-address = "https://www.council.example/events/{event}".'
    raise refused(f"“{value}” is not a web address.", hint)


def _at_least_one(jobs: int) -> int:
    if jobs > 0:
        return jobs
    raise refused("At least one job must be done at a time.", "Write jobs = 1, or more.")


class WorkspaceFile(Group):
    """What every workspace may set, whichever formats there are."""

    output: Filled = "output"
    theme: Filled = "default"
    brand: Brand = ""
    logo: LogoFile = ""
    logo_alt: str = ""
    rules_off: Mapping[str, Annotated[str, AfterValidator(_reason)]] = Field(
        default_factory=dict, alias="rules-off"
    )
    pre_election: PreElection | None = Field(None, alias="pre-election")
    editions: Listed[Filled] = ()
    web_address: Annotated[str, AfterValidator(_web_address)] = Field("", alias="web-address")
    jobs: Annotated[int, AfterValidator(_at_least_one)] | None = None
    outbox: Filled = "outbox"
    smtp: Smtp = Smtp.model_construct()

    @classmethod
    def meant(cls, name: str) -> str | None:
        """Return the setting that was probably meant; a secret is meant as none."""
        return None if is_secret(name) else super().meant(name)

    @classmethod
    def unknown(cls, name: str, _value: object, meant: str | None) -> PydanticCustomError:
        """Return the fault of a setting that there is not, or of a secret."""
        return secret_fault() if is_secret(name) else super().unknown(name, None, meant)


@dataclass(frozen=True)
class WorkspaceSettings:
    """A workspace's settings as read; ``tree`` knows where each of them stands."""

    file: WorkspaceFile
    tree: Fields


def read_workspace(
    path: Path, over: Fields, groups: Mapping[str, type[Model]], top: Mapping[str, Any]
) -> WorkspaceSettings:
    """Return the settings in a file with those of ``over`` in place of its own.

    ``groups`` are models of groups that change some of a theme's settings, or of a format's;
    ``top`` are types of settings that stand in no group, by their names. Everything that is wrong
    is raised at once.
    """
    findings = Findings(code=CODE)
    tree = read_toml(path, findings)
    findings.problems = private(findings.problems)  # a line that cannot be read may hold a secret
    model = _file_model(groups, top)
    for one in (tree, over):
        _validate(model, one, findings)
    if findings.problems:
        once = dict.fromkeys(findings.problems)
        raise ReportBuilderError(sorted(once, key=lambda problem: problem.position))
    both = merge(tree, over)
    settled = model.model_validate(data(both), context=Findings())
    return WorkspaceSettings(settled, both)


def _file_model(groups: Mapping[str, type[Model]], top: Mapping[str, Any]) -> type[WorkspaceFile]:
    """Return the model of a file that has these groups and settings, too."""
    fields: Any = {name: (part_of(group) | None, None) for name, group in groups.items()}
    for name, kind in top.items():
        fields[name.replace("-", "_")] = (kind | None, Field(None, alias=name))
    return cast(
        "type[WorkspaceFile]", create_model("WorkspaceFile", __base__=WorkspaceFile, **fields)
    )


def part_of(model: type[M]) -> type[Model]:
    """Return a model of some of another's settings, in which any may be missing.

    Each is held to its own rules; rules over several are for where all of them are known.
    """
    fields = {}
    for name, field in model.model_fields.items():
        parts = (field.annotation, *field.metadata)
        kind = Annotated[parts] if field.metadata else field.annotation
        fields[name] = (kind | None, Field(None, alias=field.alias))  # type: ignore[operator]
    base = Group if issubclass(model, Group) else Model
    return create_model(model.__name__, __base__=base, **cast("Any", fields))


def _validate(model: type[Model], tree: Fields, findings: Findings) -> None:
    """Note what is wrong with a tree; lines of ``[smtp]`` hold addresses, and are not shown."""
    begun = len(findings.problems)
    try:
        model.model_validate(data(tree), context=findings)
    except ValidationError as reason:
        findings.problems += list(problems_of(reason, tree, TOML, findings))
    hidden = set(places(walk(tree, (SMTP,))[0])) if SMTP in tree.nodes else set()
    findings.problems[begun:] = [
        replace(problem, private=problem.private or problem.position in hidden)
        for problem in findings.problems[begun:]
    ]
