"""How messages are sent: through which server, and from whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

GROUP = "smtp"
PORTS = {"starttls": 587, "tls": 465, "none": 25}
"""The ways to secure a connection, and the port that each mostly has."""
AUTH = ("password", "xoauth2", "none")
MEGABYTE = 1_000_000
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


def seconds_between(rate: str) -> float | None:
    """Return the seconds between two messages at a rate such as ``20/min``, else ``None``."""
    if rate.strip() == "0":  # as fast as the server takes them
        return 0
    found = _RATE.fullmatch(rate)
    return _SECONDS[found[2][0]] / int(found[1]) if found and int(found[1]) else None
