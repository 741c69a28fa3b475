"""How messages are sent: the ``[smtp]`` group of the settings, read and checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
    private,
)

GROUP = "smtp"
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""The ways to secure a connection, and the port that each mostly has."""
AUTH = ("password", "xoauth2", "none")
MEGABYTE = 1_000_000
_SHAPES: Mapping[str, type | tuple[type, ...]] = {
    "host": str,
    "port": int,
    "security": str,
    "auth": str,
    "username": str,
    "password-command": list,
    "ca-file": str,
    "from": str,
    "reply-to": str,
    "attach": list,
    "rate": (str, int),
    "patience": int,
    "largest": int,
}
_SECRETS = ("password", "pass", "secret", "token", "access-token", "client-secret")
_ADDRESS = re.compile(r"[!-~]+@[!-~]+\.[!-~]+")
_RATE = re.compile(r"\s*(\d+)\s*(?:/|per)\s*(s|sec|second|min|minute|h|hour)\s*")
_SECONDS = {"s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name, which may be empty, and an address in ASCII."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands after the @."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True)
class MailSettings:
    """Through which server messages go, and from whom. Without a host nothing can be sent.

    ``interval`` is the least time between two messages and ``patience`` how long a run waits for
    a server that says “later”, both in seconds; ``largest`` is how big a message may be, in bytes.
    """

    path: str = ""
    host: str = ""
    port: int = PORTS["starttls"]
    security: str = "starttls"
    auth: str = "password"
    username: str = ""
    password_command: tuple[str, ...] = ()
    ca_file: str | None = None
    sender: Mailbox | None = None
    reply_to: Mailbox | None = None
    attach: tuple[str, ...] = ("report",)
    interval: float = 60 / 30  # what Microsoft 365 allows
    patience: float = 300
    largest: int = 25 * MEGABYTE


def read_mail_settings(given: Mapping[str, Any], path: str, text: str) -> MailSettings:
    """Return the settings of the group, or raise everything that is wrong with it.

    ``path`` and ``text`` are those of the settings file: a problem names the line it is about.
    """
    problems = list(_wrong(given, path, text))
    if problems:
        raise ReportBuilderError(problems)
    security = given.get("security", "starttls")
    return MailSettings(
        path,
        given.get("host", ""),
        given.get("port", PORTS[security]),
        security,
        given.get("auth", "none" if security == "none" else "password"),
        given.get("username", ""),
        tuple(given.get("password-command", ())),
        str(Path(path).parent / given["ca-file"]) if "ca-file" in given else None,
        _mailbox(given.get("from", "")),
        _mailbox(given.get("reply-to", "")),
        tuple(given.get("attach", MailSettings.attach)),
        seconds_between(str(given["rate"])) or 0 if "rate" in given else MailSettings.interval,
        given.get("patience", MailSettings.patience),
        int(given["largest"] * MEGABYTE) if "largest" in given else MailSettings.largest,
    )


def seconds_between(rate: str) -> float | None:
    """Return the seconds between two messages at a rate such as ``20/min``, else ``None``."""
    if rate.strip() == "0":  # as fast as the server takes them
        return 0
    found = _RATE.fullmatch(rate)
    return _SECONDS[found[2][0]] / int(found[1]) if found and int(found[1]) else None


def _mailbox(written: str) -> Mailbox | None:
    """Return the name and address of ``Name <name@council.example>``, or of an address alone."""
    found = re.fullmatch(r"\s*(?:\"?([^<>\"]*?)\"?\s*<([^<>]*)>|([^<>]*?))\s*", written)
    if not found:
        return None
    name, address = found[1] or "", (found[2] or found[3] or "").strip()
    sound = _ADDRESS.fullmatch(address) and name.isprintable() and "=?" not in name
    return Mailbox(name.strip(), address) if sound else None


def _wrong(given: Mapping[str, Any], path: str, text: str) -> Iterator[Problem]:
    """Yield a problem for each setting that could not be used."""
    wrong = partial(_problem, path, text)
    for name, value in given.items():
        if name.casefold() in _SECRETS:
            hint = (
                "Delete it here, and change it, for others may have read it. Then keep it with "
                "“keyring set report-builder USERNAME”: see docs/sending.md."
            )
            yield wrong(name, "A password does not belong into a file.", hint)
        elif name not in _SHAPES:
            hint = did_you_mean(name, _SHAPES) or f"The settings here are: {', '.join(_SHAPES)}."
            yield wrong(name, f"“{name}” is not a setting of [{GROUP}].", hint)
        elif not isinstance(value, _SHAPES[name]) or isinstance(value, bool):
            yield wrong(name, f"“{name}” has the wrong shape.", "See docs/sending.md.")
        elif isinstance(value, list) and not (value and all(isinstance(v, str) for v in value)):
            yield wrong(name, f"“{name}” is not a list of texts.", f'Write {name} = ["…", "…"].')
    sound = {n: v for n, v in given.items() if n in _SHAPES and isinstance(v, _SHAPES[n])}
    yield from _wrong_values(sound, wrong)


def _wrong_values(
    given: Mapping[str, Any], wrong: Callable[[str, str, str], Problem]
) -> Iterator[Problem]:
    """Yield a problem for each setting of the right shape whose value means nothing."""
    security, auth = given.get("security", "starttls"), given.get("auth", "")
    if security not in PORTS:
        hint = did_you_mean(security, PORTS) or f"Write one of: {', '.join(PORTS)}."
        yield wrong("security", f"“{security}” is no way to secure a connection.", hint)
    if auth and auth not in AUTH:
        hint = did_you_mean(auth, AUTH) or f"Write one of: {', '.join(AUTH)}."
        yield wrong("auth", f"“{auth}” is no way to sign in.", hint)
    if security == "none" and auth not in ("", "none"):
        hint = 'Write security = "starttls", or auth = "none" for a relay inside your network.'
        yield wrong("security", "A password would go over the wire in clear.", hint)
    for name in ("from", "reply-to"):
        if name in given and not _mailbox(given[name]):
            hint = f'Write {name} = "Our Council <events@council.example>".'
            yield wrong(name, f"“{name}” is no name and address.", hint)
    if given.get("host") and "from" not in given:
        yield wrong("host", "It is not said who sends.", 'Write from = "Our Council <…@…>".')
    signs_in = given.get("host") and security in PORTS and (auth or security != "none")
    if signs_in and auth != "none" and not given.get("username"):
        hint = 'Write username = "…", or auth = "none" for a relay inside your network.'
        yield wrong("host", "It is not said who signs in.", hint)
    if "rate" in given and seconds_between(str(given["rate"])) is None:
        yield wrong("rate", f"“{given['rate']}” is no rate.", 'Write rate = "20/min".')
    for name, least, most in (("port", 1, 65535), ("patience", 0, 86400), ("largest", 1, 500)):
        if not least <= given.get(name, least) <= most:
            yield wrong(name, f"“{name}” should be from {least} to {most}.", "")


def _problem(path: str, text: str, name: str, message: str, hint: str) -> Problem:
    """Return a problem at the line of a setting in the group."""
    lines = text.split("\n")
    begin = next((n for n, line in enumerate(lines) if line.strip() == f"[{GROUP}]"), 0)
    here = (n for n in range(begin, len(lines)) if re.match(rf"\s*{re.escape(name)}\s*=", lines[n]))
    position = Position(path, next(here, begin) + 1)
    (found,) = private([error("settings", position, message, hint)])
    return found
