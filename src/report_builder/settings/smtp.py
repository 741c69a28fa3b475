"""The group ``[smtp]`` of a workspace's settings, held to what a server can be asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from report_builder.settings.mail import (
    AUTH,
    GROUP,
    MEGABYTE,
    PORTS,
    Mailbox,
    MailSettings,
    seconds_between,
)
from report_builder.settings.model import Group, refused
from report_builder.settings.values import Filled, Listed, between, one_of

_SECRETS = ("password", "pass", "secret", "token", "access-token", "client-secret")
_ADDRESS = re.compile(r"[!-~]+@[!-~]+\.[!-~]+")


def is_secret(name: str) -> bool:
    """Tell whether a setting's name promises a secret."""
    return name.casefold().replace("_", "-") in _SECRETS


def secret_fault() -> PydanticCustomError:
    """Return what is wrong with a secret in a file; it says nothing of it."""
    hint = (
        "Delete it here, and change it, for others may have read it. Then keep it with "
        "“keyring set report-builder USERNAME”: see docs/sending.md."
    )
    return refused("A password does not belong into a file.", hint, private=True)


def _mailbox(written: object) -> object:
    """Return the name and address of ``Name <name@council.example>``, or of an address alone."""
    if isinstance(written, Mailbox):
        return written
    words = written if isinstance(written, str) else ""
    found = re.fullmatch(r"\s*(?:\"?([^<>\"]*?)\"?\s*<([^<>]*)>|([^<>]*?))\s*", words)
    name, address = (found[1] or "", (found[2] or found[3] or "").strip()) if found else ("", "")
    if _ADDRESS.fullmatch(address) and name.isprintable() and "=?" not in name:
        return Mailbox(name.strip(), address)
    hint = 'Write it as "Our Council <events@council.example>".'
    raise refused("This is no name and address.", hint)


def _interval(rate: object) -> object:
    """Return the seconds between two messages at a rate."""
    words = isinstance(rate, (str, int)) and not isinstance(rate, bool)
    interval = seconds_between(str(rate)) if words else None
    if interval is None:
        raise refused(f"“{rate}” is no rate.", 'Write rate = "20/min".')
    return float(interval)


def _filled(words: tuple[str, ...]) -> tuple[str, ...]:
    if words:
        return words
    raise refused("The list is empty, and not a list of texts.", "Name at least one.")


def _limited(least: float, most: float) -> AfterValidator:
    message = f"{{}} is not possible: it should be from {least} to {most}."
    return between(least, most, message, f"Write a number from {least} to {most}.")


Words = Annotated[Listed[Filled], AfterValidator(_filled)]
Address = Annotated[Mailbox, BeforeValidator(_mailbox)]


class Smtp(Group):
    """The settings of ``[smtp]`` as they are written."""

    security: Annotated[
        Literal["starttls", "tls", "none"], one_of(PORTS, "“{}” is no way to secure a connection.")
    ] = "starttls"
    auth: Annotated[
        Literal["password", "xoauth2", "none"] | None, one_of(AUTH, "“{}” is no way to sign in.")
    ] = Field(None, validate_default=True)
    host: str = ""
    port: Annotated[int | None, _limited(1, 65535)] = None
    username: str = Field("", validate_default=True)
    password_command: Words = Field((), alias="password-command")
    ca_file: str | None = Field(None, alias="ca-file")
    sender: Address | None = Field(None, alias="from", validate_default=True)
    reply_to: Address | None = Field(None, alias="reply-to")
    attach: Words = MailSettings.attach
    interval: Annotated[float, BeforeValidator(_interval)] = Field(
        MailSettings.interval, alias="rate"
    )
    patience: Annotated[int, _limited(0, 86400)] = int(MailSettings.patience)
    largest: Annotated[int, _limited(1, 500)] = MailSettings.largest // MEGABYTE

    @classmethod
    def meant(cls, name: str) -> str | None:
        """Return the setting that was probably meant; a secret is meant as none."""
        return None if is_secret(name) else super().meant(name)

    @classmethod
    def unknown(cls, name: str, _value: object, meant: str | None) -> PydanticCustomError:
        """Return the fault of a setting that there is not, or of a secret."""
        if is_secret(name):
            return secret_fault()
        hint = f"The settings here are: {', '.join(cls.names())}."
        hint = f"Did you mean “{meant}”?" if meant else hint
        return refused(f"“{name}” is not a setting of [{GROUP}].", hint)

    @field_validator("auth")
    @classmethod
    def _not_in_clear(cls, auth: str | None, info: ValidationInfo) -> str:
        security = info.data.get("security", "starttls")
        if security == "none" and auth not in (None, "none"):
            hint = 'Write security = "starttls", or auth = "none" for a relay inside your network.'
            message = "A password would go over the wire in clear."
            raise refused(message, hint, beside="security")
        return auth or ("none" if security == "none" else "password")

    @field_validator("username")
    @classmethod
    def _says_who_signs_in(cls, username: str, info: ValidationInfo) -> str:
        signs_in = "security" in info.data and info.data.get("auth", "none") != "none"
        if info.data.get("host") and signs_in and not username:
            hint = 'Write username = "…", or auth = "none" for a relay inside your network.'
            message = "It is not said who signs in."
            raise refused(message, hint, beside="host", follows=True)
        return username

    @field_validator("sender")
    @classmethod
    def _says_who_sends(cls, sender: Mailbox | None, info: ValidationInfo) -> Mailbox | None:
        if info.data.get("host") and sender is None:
            hint = 'Write from = "Our Council <…@…>".'
            message = "It is not said who sends."
            raise refused(message, hint, beside="host", follows=True, cause="from")
        return sender

    def settings(self, path: Path) -> MailSettings:
        """Return how messages are sent; files are beside the settings' own."""
        return MailSettings(
            path.as_posix(),
            self.host,
            self.port or PORTS[self.security],
            self.security,
            self.auth or "password",
            self.username,
            self.password_command,
            str(path.parent / self.ca_file) if self.ca_file is not None else None,
            self.sender,
            self.reply_to,
            self.attach,
            self.interval,
            self.patience,
            self.largest * MEGABYTE,
        )
