"""One connection to the mail server, which tells at every moment what may have happened.

A message may have been taken from the moment its last bytes leave until the server's answer is
read. Whoever sends notes that moment first (``before_end``); what is lost earlier certainly did
not arrive. Where the server knows BDAT (RFC 3030) it has confirmed every byte by then, and only
eleven bytes are left to go; elsewhere the system's send buffer is kept small.
"""

from __future__ import annotations

import base64
import ipaddress
import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import NoReturn

from report_builder.post.credentials import Secret
from report_builder.post.ledger import without_addresses
from report_builder.post.schema import State
from report_builder.problems import Position, ReportBuilderError, error
from report_builder.settings.mail import MailSettings

SEND_BUFFER = 64 * 1024  # bytes that may be on their way when DATA is used
TIMEOUT = 60.0  # seconds for one answer
TIMEOUT_AT_END = 600.0  # and for the last one: RFC 5321, 4.5.3.2.6
_PERMANENT = 500
_LOST = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException)
# What a server says to a recipient when it means the sender, or the whole connection.
_NOT_THE_RECIPIENT = re.compile(
    r"sender (address )?(rejected|denied|refused)|not owned by user|relay(ing)? (access )?denied"
    r"|unable to relay|authentication required|sendas ?denied|\b5\.1\.[78]\b|\b5\.7\.(57|60|8|9)\b",
    re.IGNORECASE,
)


class StopError(ReportBuilderError):
    """The server refuses the account, the sender or a safe connection: nobody would be reached."""


class LaterError(Exception):
    """The server cannot be reached now, or says “later”; nothing was handed over."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message: `State.SENT`, ``DEFERRED``, ``FAILED`` or ``UNKNOWN``."""

    state: State
    code: int = 0
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a server offers: ``largest`` is in bytes, 0 for no limit; ``encryption`` may be none."""

    encryption: str
    largest: int
    has_chunking: bool
    sign_in: tuple[str, ...]


class Server:
    """A signed-in connection. `StopError` and `LaterError` say why there can be none."""

    def __init__(
        self,
        settings: MailSettings,
        secret: Secret | None,
        timeout: float = TIMEOUT,
        timeout_at_end: float = TIMEOUT_AT_END,
    ) -> None:
        self._settings, self._timeout_at_end = settings, timeout_at_end
        self._timeout = timeout
        self._smtp = self._connect()
        try:
            with self._while("signing in"):
                self._sign_in(secret)
        except BaseException:
            self._drop()
            raise
        # Without this, each small command would wait 40 ms for the answer to the one before.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self.offer.has_chunking:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)

    @property
    def offer(self) -> Offer:
        """What the server said of itself."""
        smtp, features = self._smtp, self._smtp.esmtp_features
        version = self._socket.version() if isinstance(self._socket, ssl.SSLSocket) else None
        size = features.get("size", "")
        return Offer(
            version or "none",
            int(size) if size.isdigit() else 0,
            bool(smtp.has_extn("chunking")),
            tuple(str(features.get("auth", "")).upper().split()),
        )

    @property
    def is_open(self) -> bool:
        """Whether a further message can be handed over."""
        return self._smtp.sock is not None

    def close(self) -> None:
        """Say goodbye if the server still listens, and end the connection."""
        with suppress(*_LOST):
            if self.is_open:
                self._smtp.quit()
        self._smtp.close()

    def deliver(
        self,
        sender: str,
        recipient: str,
        parts: Sequence[bytes],
        before_end: Callable[[], None],
    ) -> Outcome:
        """Hand over one message for one recipient, and return what became of it.

        ``parts`` joined are the message; each begins with a line of its own. Nothing can have
        arrived until ``before_end`` has returned; if that raises, nothing will.
        """
        size = sum(map(len, parts))
        try:
            refused = self._envelope(sender, recipient, size) or self._body(parts)
        except _LOST as reason:
            self._drop()
            return Outcome(State.DEFERRED, 0, f"the connection was lost: {_why(reason)}")
        if refused:
            return refused
        try:
            before_end()
        except BaseException:
            self._drop()
            raise
        return self._end()

    def _envelope(self, sender: str, recipient: str, size: int) -> Outcome | None:
        """Name sender and recipient; return an outcome where one of them is refused."""
        options = [f"SIZE={size}"] if self._smtp.has_extn("size") else []
        code, said = self._smtp.mail(sender, options)
        if code == 552 or (code >= _PERMANENT and b"5.3.4" in said):  # this message is too big
            return self._refused(code, said)
        if code >= _PERMANENT:
            hint = "Compare “from” and “username” in the settings; ask who runs the server."
            self._stop("smtp-sender", f"The server refuses the sender: {_reply(code, said)}.", hint)
        if code // 100 != 2:
            return self._refused(code, said)
        code, said = self._smtp.rcpt(recipient)
        if code // 100 == 2:
            return None
        if code == 530 or (
            code >= _PERMANENT and _NOT_THE_RECIPIENT.search(said.decode("latin-1"))
        ):
            hint = "Compare “from” and “username” in the settings; ask who runs the server."
            self._stop("smtp-sender", f"The server will not send: {_reply(code, said)}.", hint)
        return self._refused(code, said)

    def _body(self, parts: Sequence[bytes]) -> Outcome | None:
        """Hand over all but the end; return an outcome where the server refuses."""
        if self._smtp.has_extn("chunking"):
            self._smtp.send(b"BDAT %d\r\n" % sum(map(len, parts)))
            for part in parts:
                self._smtp.send(part)
            code, said = self._smtp.getreply()
            return None if code // 100 == 2 else self._refused(code, said)
        code, said = self._smtp.docmd("DATA")
        if code != 354:
            return self._refused(code, said)
        for part in parts:
            self._smtp.send(_dot_stuffed(part))
        return None

    def _end(self) -> Outcome:
        """Send the end of the message, and return what the server says of it."""
        end = b"BDAT 0 LAST\r\n" if self._smtp.has_extn("chunking") else b".\r\n"
        try:
            self._socket.settimeout(self._timeout_at_end)
            self._smtp.send(end)
            code, said = self._smtp.getreply()
            self._socket.settimeout(self._timeout)
        except _LOST as reason:
            self._drop()
            return Outcome(State.UNKNOWN, 0, f"the answer was lost: {_why(reason)}")
        if code // 100 == 2:
            return Outcome(State.SENT, code, _text(said))
        if code // 100 in (4, 5):
            return self._refused(code, said)
        self._drop()
        return Outcome(State.UNKNOWN, max(code, 0), f"the answer makes no sense: {_text(said)}")

    def _refused(self, code: int, said: bytes) -> Outcome:
        """Return what a refusal means for the message, and make ready for the next one."""
        try:
            if code == 421 or self._smtp.rset()[0] != 250:
                self._drop()
        except _LOST:
            self._drop()
        return _negative(code, said)

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        context = self._context()
        name = re.sub(r"[^A-Za-z0-9.-]", "-", socket.gethostname()) or "localhost"
        with self._while("connecting"):
            host, port = settings.host, settings.port
            smtp = (
                smtplib.SMTP_SSL(host, port, name, timeout=self._timeout, context=context)
                if settings.security == "tls"
                else smtplib.SMTP(host, port, name, self._timeout)
            )
            try:
                smtp.ehlo_or_helo_if_needed()
                self._secure(smtp, context)
            except BaseException:
                smtp.close()
                raise
        return smtp

    def _context(self) -> ssl.SSLContext:
        """Return what certificates are held to: always the server's name, and a known authority."""
        try:
            context = ssl.create_default_context(cafile=self._settings.ca_file)
        except OSError as reason:  # ssl.SSLError is one
            hint = "It should be a file of certificates in PEM, as your network's people give it."
            message = f"The ca-file cannot be used: {_why(reason)}."
            self._stop("smtp-tls", message, hint)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _secure(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        """Encrypt the connection as the settings ask; in clear only within our own network."""
        if self._settings.security == "starttls":
            if not smtp.has_extn("starttls"):
                hint = 'Nothing is sent in clear. Write security = "tls" if it has a port for that.'
                self._stop("smtp-tls", "The server offers no encryption (STARTTLS).", hint)
            smtp.starttls(context=context)
            smtp.ehlo()
        elif self._settings.security == "none" and smtp.sock:
            peer = ipaddress.ip_address(smtp.sock.getpeername()[0].partition("%")[0])
            if not (peer.is_private or peer.is_loopback):
                hint = 'Write security = "starttls" or "tls".'
                message = "The server lies outside our network, and would be told in clear."
                self._stop("smtp-tls", message, hint)

    def _sign_in(self, secret: Secret | None) -> None:
        if secret is None:
            return
        smtp, settings, offered = self._smtp, self._settings, self.offer.sign_in
        known = ["XOAUTH2"] if settings.auth == "xoauth2" else ["PLAIN", "LOGIN"]
        mechanism = next((name for name in known if name in offered), None)
        if mechanism is None:
            has = ", ".join(offered) or "none"
            hint = "Ask who runs the server how programs sign in, and write that as “auth”."
            message = f"One cannot sign in with {' or '.join(known)}; the server has: {has}."
            self._stop("smtp-auth", message, hint)
        code, said = _authenticate(smtp, mechanism, settings.username, secret)
        if code // 100 == 4:
            raise LaterError(_reply(code, said))
        if code != 235:
            hint = f"The password came from {secret.source}. Is it right, and is “username”?"
            self._stop("smtp-auth", f"The server refuses the sign-in: {_reply(code, said)}.", hint)

    @contextmanager
    def _while(self, doing: str) -> Iterator[None]:
        """Tell what stops all sending from what may pass by itself."""
        settings = self._settings
        try:
            yield
        except ssl.SSLCertVerificationError as reason:
            hint = (
                "Nothing was sent. Is “host” the server's own name? A relay with a certificate of "
                "your own network needs “ca-file”."
            )
            why = reason.verify_message or str(reason)
            self._stop("smtp-tls", f"The server's certificate does not hold: {why}.", hint)
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError) as reason:
            raise LaterError(f"lost while {doing}") from reason
        except ssl.SSLError as reason:
            hint = 'Port 465 mostly wants security = "tls", and 587 security = "starttls".'
            self._stop("smtp-tls", f"No safe connection: {reason.reason or reason}.", hint)
        except socket.gaierror as reason:
            if reason.errno != socket.EAI_NONAME:
                raise LaterError(f"no address for the server: {reason.strerror}") from reason
            message = f"There is no server “{settings.host}”."
            self._stop("smtp-host", message, "Mend “host” in the settings.")
        except smtplib.SMTPResponseException as reason:
            said = reason.smtp_error
            text = said if isinstance(said, bytes) else said.encode()
            if reason.smtp_code >= _PERMANENT:
                message = f"The server will not talk to us: {_reply(reason.smtp_code, text)}."
                self._stop("smtp-host", message, "Ask who runs the server.")
            raise LaterError(_reply(reason.smtp_code, text)) from reason
        except (OSError, smtplib.SMTPException) as reason:
            raise LaterError(f"lost while {doing}: {_why(reason)}") from reason

    def _stop(self, code: str, message: str, hint: str) -> NoReturn:
        raise StopError([error(code, Position(self._settings.path), message, hint)])

    @property
    def _socket(self) -> socket.socket:
        if self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        return self._smtp.sock

    def _drop(self) -> None:
        """End the connection without a word: what is still on its way is lost for certain."""
        self._smtp.close()


def _authenticate(
    smtp: smtplib.SMTP, mechanism: str, username: str, secret: Secret
) -> tuple[int, bytes]:
    """Return the server's answer to a sign-in. smtplib's own would show the secret when traced."""
    if mechanism == "LOGIN":
        code, said = smtp.docmd("AUTH", "LOGIN")
        for answer in (username, secret.reveal()):
            if code != 334:
                break
            code, said = smtp.docmd(_base64(answer))
        return code, said
    if mechanism == "PLAIN":
        return smtp.docmd(
            "AUTH", f"PLAIN {_base64(f'{chr(0)}{username}{chr(0)}{secret.reveal()}')}"
        )
    token = f"user={username}\1auth=Bearer {secret.reveal()}\1\1"
    code, said = smtp.docmd("AUTH", f"XOAUTH2 {_base64(token)}")
    return smtp.docmd("") if code == 334 else (code, said)  # 334 brings an error's details


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _dot_stuffed(part: bytes) -> bytes:
    """Return lines with a dot before those that begin with one, as DATA wants it."""
    return re.sub(rb"(?m)^\.", b"..", part) if part[:1] == b"." or b"\n." in part else part


def _negative(code: int, said: bytes) -> Outcome:
    """Return what a refusal means; an answer that makes no sense is one to try again after."""
    state = State.FAILED if code >= _PERMANENT else State.DEFERRED
    return Outcome(state, max(code, 0), _text(said))


def _text(said: bytes) -> str:
    return without_addresses(said.decode("utf-8", "replace"))


def _reply(code: int, said: bytes) -> str:
    return f"{code} {_text(said)}".rstrip(". ")


def _why(reason: BaseException) -> str:
    """Return a reason in few words, without what a server may have put into it."""
    return getattr(reason, "strerror", None) or type(reason).__name__
