"""The password or token of the mail account: where it comes from, and that it is never shown."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator

from report_builder.problems import Position, failure
from report_builder.settings.mail import MailSettings

VARIABLE = "REPORT_BUILDER_SMTP_PASSWORD"
SERVICE = "report-builder"
"""The name under which keyring keeps the password."""
_PATIENCE = 60  # seconds that a command may take


class Secret:
    """A secret that no message, traceback or print shows; ``reveal`` gives it to the server."""

    __slots__ = ("_value", "source")

    def __init__(self, value: str, source: str) -> None:
        self._value, self.source = value, source

    def reveal(self) -> str:
        """Return the secret itself."""
        return self._value

    def __repr__(self) -> str:
        return f"<a secret from {self.source}>"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("a secret is not stored")


def find_secret(settings: MailSettings, ask: Callable[[str], str] | None) -> Secret | None:
    """Return the account's secret, or ``None`` where the settings ask for no sign-in.

    It comes from keyring, else from ``password-command``, else from the environment; at last
    ``ask`` is called with the user's name, where there is somebody to ask.
    """
    if settings.auth == "none":
        return None
    for source, value in _sources(settings, ask):
        if value:
            return Secret(value, source)
    raise failure(
        "smtp-secret",
        Position(settings.path),
        f"There is no password for {settings.username or 'the mail account'}.",
        f"Keep it with “keyring set {SERVICE} {settings.username}”, name a password-command, or"
        f" set {VARIABLE}: see docs/sending.md.",
    )


def _sources(
    settings: MailSettings, ask: Callable[[str], str] | None
) -> Iterator[tuple[str, str | None]]:
    yield "keyring", _from_keyring(settings.username)
    if settings.password_command:
        yield "the password-command", _from_command(settings)
    yield f"the variable {VARIABLE}", os.environ.get(VARIABLE)
    if ask:
        yield "you", ask(settings.username)


def _from_keyring(username: str) -> str | None:
    """Return what the system's own safe holds, if it has one and keyring is installed."""
    try:
        import keyring
    except ImportError:
        return None
    try:
        return keyring.get_password(SERVICE, username)
    except Exception:  # noqa: BLE001  # a safe that is locked, or absent, raises what it likes
        return None


def _from_command(settings: MailSettings) -> str:
    """Return the first line that a program prints; no shell reads its name and arguments."""
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    try:
        done = subprocess.run(  # noqa: S603  # the officer's own command, from their settings
            settings.password_command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=environment,
            timeout=_PATIENCE,
            check=False,
        )
        said = done.stdout.decode("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as reason:
        why = getattr(reason, "strerror", None) or type(reason).__name__
        raise _command_failed(settings, str(why)) from None
    if done.returncode or not said:
        raise _command_failed(settings, f"it ended with code {done.returncode}")
    return said


def _command_failed(settings: MailSettings, why: str) -> Exception:
    hint = "Run it by hand: its first line should be the password or token, and nothing else."
    message = f"The password-command gave no password: {why}."
    return failure("smtp-secret", Position(settings.path), message, hint)
