"""What an answer means depends on when it comes: only a lost last answer leaves a doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from report_builder.post.credentials import Secret
from report_builder.post.schema import State
from report_builder.post.transport import LaterError, Offer, Server, StopError
from report_builder.settings.mail import Mailbox, MailSettings
from tests.tools.script import CUT, HANG, Script

PARTS = (b"To: k@a.example\r\n\r\n", b".a line that begins with a dot\r\n")
WITHOUT_BDAT = {"EHLO": "250-script\r\n250 SIZE 30000000"}
Begin = Callable[..., tuple[Script, MailSettings]]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Start a server that answers by a script, and return it with the settings for it."""
    scripts: list[Script] = []

    def start(answers: Mapping[str, str], **more: Any) -> tuple[Script, MailSettings]:
        script = Script(answers)
        scripts.append(script)
        sender = Mailbox("", "events@council.example")
        chosen = {"auth": "none", "security": "none", "sender": sender, **more}
        return script, MailSettings("report-builder.toml", "127.0.0.1", script.port, **chosen)

    yield start
    for script in scripts:
        script.close()


def deliver(server: Server, marks: list[str]) -> tuple[State, int]:
    outcome = server.deliver(
        "events@council.example", "k@a.example", PARTS, lambda: marks.append("end")
    )
    return outcome.state, outcome.code


@pytest.mark.parametrize(
    ("answers", "state", "code", "marked"),
    [
        ({}, State.SENT, 250, True),
        ({"MAIL": "451 4.7.1 slow down"}, State.DEFERRED, 451, False),
        ({"MAIL": "421 4.3.2 closing"}, State.DEFERRED, 421, False),
        ({"MAIL": "552 5.3.4 too big"}, State.FAILED, 552, False),
        ({"MAIL": CUT}, State.DEFERRED, 0, False),
        ({"RCPT": "550 5.1.1 unknown user"}, State.FAILED, 550, False),
        ({"RCPT": "450 4.2.0 greylisted"}, State.DEFERRED, 450, False),
        ({"RCPT": CUT}, State.DEFERRED, 0, False),
        ({"RCPT": "hello"}, State.DEFERRED, 0, False),
        ({"BDAT": "452 4.3.1 disk full"}, State.DEFERRED, 452, False),
        ({"BDAT": "554 5.6.0 no"}, State.FAILED, 554, False),
        ({"BDAT": CUT}, State.DEFERRED, 0, False),
        ({"LAST": "451 4.3.0 later"}, State.DEFERRED, 451, True),
        ({"LAST": "554 5.7.1 spam"}, State.FAILED, 554, True),
        ({"LAST": CUT}, State.UNKNOWN, 0, True),
        ({"LAST": HANG}, State.UNKNOWN, 0, True),
        ({"LAST": "what"}, State.UNKNOWN, 0, True),
        ({"LAST": "354 go on"}, State.UNKNOWN, 354, True),
        ({"LAST": "250 " + "x" * 9000}, State.UNKNOWN, 0, True),
        ({**WITHOUT_BDAT}, State.SENT, 250, True),
        ({**WITHOUT_BDAT, "DATA": "451 4.3.0 later"}, State.DEFERRED, 451, False),
        ({**WITHOUT_BDAT, "DATA": "554 5.5.1 no"}, State.FAILED, 554, False),
        ({**WITHOUT_BDAT, "DATA": CUT}, State.DEFERRED, 0, False),
        ({**WITHOUT_BDAT, ".": CUT}, State.UNKNOWN, 0, True),
        ({**WITHOUT_BDAT, ".": "552 5.2.2 full"}, State.FAILED, 552, True),
        ({**WITHOUT_BDAT, ".": HANG}, State.UNKNOWN, 0, True),
    ],
)
def test_what_an_answer_means(
    begin: Begin, answers: Mapping[str, str], state: State, code: int, marked: bool
) -> None:
    _, settings = begin(answers)
    marks: list[str] = []
    server = Server(settings, None, timeout=5, timeout_at_end=0.3)
    assert deliver(server, marks) == (state, code)
    assert marks == ["end"] * marked
    server.close()


@pytest.mark.parametrize(
    "answers",
    [
        {"MAIL": "550 5.7.1 sender refused"},
        {"MAIL": "530 5.7.0 sign in first"},
        {"RCPT": "553 5.7.1 <events@council.example>: Sender address rejected: not owned by user"},
        {"RCPT": "554 5.7.1 <k@a.example>: Relay access denied"},
        {"RCPT": "530 5.7.57 client was not authenticated"},
        {"RCPT": "550 5.7.60 SendAsDenied; client does not have permission"},
    ],
)
def test_a_server_that_does_not_send_for_us_stops_the_run(
    begin: Begin, answers: Mapping[str, str]
) -> None:
    _, settings = begin(answers)
    server = Server(settings, None, timeout=5)
    with pytest.raises(StopError) as caught:
        deliver(server, [])
    assert "@council" not in str(caught.value)
    server.close()


@pytest.mark.parametrize(
    ("answers", "more", "error"),
    [
        ({"greeting": "421 4.3.2 busy"}, {}, LaterError),
        ({"greeting": "554 5.7.1 go away"}, {}, StopError),
        ({"greeting": CUT}, {}, LaterError),
        ({"EHLO": CUT}, {}, LaterError),
        ({}, {"security": "starttls"}, StopError),
        ({}, {"security": "tls"}, StopError),
        ({"AUTH": "535 5.7.8 wrong"}, {"auth": "password"}, StopError),
        ({"AUTH": "454 4.7.0 later"}, {"auth": "password"}, LaterError),
        ({"AUTH": CUT}, {"auth": "password"}, LaterError),
        ({"EHLO": "250-script\r\n250 AUTH CRAM-MD5"}, {"auth": "password"}, StopError),
        ({"EHLO": "250 script"}, {"auth": "xoauth2"}, StopError),
        (
            {"AUTH": "334 eyJzdGF0dXMiOiI0MDEifQ==", "": "535 5.7.8 no"},
            {"auth": "xoauth2"},
            StopError,
        ),
    ],
)
def test_what_keeps_from_a_connection_stops_or_passes(
    begin: Begin, answers: Mapping[str, str], more: Mapping[str, str], error: type[Exception]
) -> None:
    _, settings = begin(answers, **more)
    secret = Secret("s3cret", "a test") if settings.auth != "none" else None
    with pytest.raises(error) as caught:
        Server(settings, secret, timeout=2)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("offered", "auth", "said"),
    [
        ("LOGIN PLAIN CRAM-MD5", "password", "AUTH PLAIN AGV2ZW50cwBzM2NyZXQ="),
        ("LOGIN", "password", "czNjcmV0"),
        ("XOAUTH2 PLAIN", "xoauth2", "AUTH XOAUTH2 dXNlcj1ldmVudHMBYXV0aD1CZWFyZXIgczNjcmV0AQE="),
    ],
)
def test_signing_in_is_as_the_server_offers_and_the_settings_ask(
    begin: Begin, offered: str, auth: str, said: str
) -> None:
    ehlo = f"250-script\r\n250-AUTH {offered}\r\n250 CHUNKING"
    login = {"AUTH": "334 VXNlcm5hbWU6", "ZXZLBNRZ": "334 UGFzc3dvcmQ6", "CZNJCMV0": "235 ok"}
    answers = {"EHLO": ehlo, **(login if offered == "LOGIN" else {})}
    script, settings = begin(answers, auth=auth, username="events")
    Server(settings, Secret("s3cret", "a test"), timeout=5).close()
    assert said in script.said


def test_where_the_mark_cannot_be_made_the_end_is_never_sent(begin: Begin) -> None:
    script, settings = begin({})
    server = Server(settings, None, timeout=5)

    def cannot() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        server.deliver("events@council.example", "k@a.example", PARTS, cannot)
    assert not server.is_open
    assert not any("LAST" in line for line in script.said)


def test_a_server_says_what_it_offers(begin: Begin) -> None:
    _, settings = begin({})
    server = Server(settings, None, timeout=5)
    assert server.offer == Offer("none", 30_000_000, True, ("PLAIN", "LOGIN", "XOAUTH2"))
    server.close()


def test_a_server_outside_our_network_is_told_nothing_in_clear(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    _, settings = begin({})
    monkeypatch.setattr(socket.socket, "getpeername", lambda _: ("8.8.8.8", 25))
    with pytest.raises(StopError, match="outside our network"):
        Server(settings, None, timeout=2)
