"""No secret and no address gets out; nothing goes to a server that is not who it says."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import time
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from report_builder.post.credentials import VARIABLE, Secret, find_secret
from report_builder.post.delivery import deliver
from report_builder.problems import ReportBuilderError
from report_builder.settings.mail import MailSettings
from report_builder.workspace import open_workspace
from tests.conftest import Run
from tests.mail.conftest import EVENT, Office, people
from tests.tools.postfix import PASSWORD, USER, make_certificates

CODED = base64.b64encode(PASSWORD.encode()).decode()


class Safe(KeyringBackend):
    """A safe of the system's that holds what a test puts there."""

    priority = 1.0
    kept: dict[tuple[str, str], str]

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def safe() -> Safe:
    made = Safe()
    made.kept = {}
    keyring.set_keyring(made)
    return made


def settings(**more: object) -> MailSettings:
    return MailSettings("report-builder.toml", "localhost", username=USER, **more)  # type: ignore[arg-type]


def test_the_secret_comes_from_keyring_then_a_command_then_the_environment_then_a_person(
    safe: Safe, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = (sys.executable, "-c", "print('from the command')")
    monkeypatch.setenv(VARIABLE, "from the environment")
    safe.set_password("report-builder", USER, "from keyring")
    found = []
    for mail in (settings(password_command=command), settings()):
        for _ in range(2):
            secret = find_secret(mail, lambda _: "from a person")
            assert secret is not None
            found.append(secret.reveal())
            safe.kept.clear()
        safe.set_password("report-builder", USER, "from keyring")
    monkeypatch.delenv(VARIABLE)
    safe.kept.clear()
    asked = find_secret(settings(), lambda _: "from a person")
    assert asked is not None
    assert [*found, asked.reveal()] == [
        *("from keyring", "from the command", "from keyring", "from the environment"),
        "from a person",
    ]
    assert find_secret(settings(auth="none"), None) is None
    with pytest.raises(ReportBuilderError, match="no password"):
        find_secret(settings(), None)


def test_no_shell_reads_the_command(safe: Safe) -> None:
    program = "import sys; print(sys.argv[1])"
    secret = find_secret(
        settings(password_command=(sys.executable, "-c", program, "$(id); echo `id` > x")), None
    )
    assert secret is not None
    assert secret.reveal() == "$(id); echo `id` > x"


@pytest.mark.parametrize("program", ["raise SystemExit('s3cret')", "print()", "1/0"])
def test_a_command_that_fails_says_so_and_nothing_of_what_it_printed(
    program: str, safe: Safe
) -> None:
    with pytest.raises(ReportBuilderError) as caught:
        find_secret(settings(password_command=(sys.executable, "-c", program)), None)
    assert "s3cret" not in str(caught.value)


def test_a_secret_shows_itself_to_nobody() -> None:
    import pickle

    secret = Secret("s3cret", "a test")
    assert "s3cret" not in f"{secret} {secret!r}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)


@pytest.mark.parametrize("name", ["password", "Password", "secret", "token", "pass"])
def test_a_password_in_the_settings_is_refused_by_every_command_and_not_repeated(
    name: str, tmp_path: Path, run: Run
) -> None:
    (tmp_path / "report-builder.toml").write_text(f'[smtp]\n{name} = "hunter2"\n')
    with pytest.raises(ReportBuilderError) as caught:
        _ = open_workspace(tmp_path).settings
    (problem,) = caught.value.problems
    assert problem.position.line == 2
    assert "keyring" in problem.hint
    if name == "password":
        done = run("check", cwd=tmp_path, code=1)
        assert "hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('hst = "x"', "Did you mean “host”?"),
        ('host = "x"', "It is not said who sends."),
        ('host = "x"\nfrom = "a@b.example"', "It is not said who signs in."),
        ('from = "Council"', "no name and address"),
        ('from = "A <a@b.example>\\nBcc: c@d.example"', "no name and address"),
        ('from = "=?utf-8?q?x?= <a@b.example>"', "no name and address"),
        ('security = "ssl"', "no way to secure"),
        ('security = "none"\nauth = "password"', "in clear"),
        ('auth = "cram-md5"', "no way to sign in"),
        ('rate = "fast"', "is no rate"),
        ("port = 0", "should be from 1"),
        ('port = "587"', "wrong shape"),
        ("password-command = []", "not a list of texts"),
        ('password-command = "pass show mail"', "wrong shape"),
    ],
)
def test_settings_that_mean_nothing_are_named(lines: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "report-builder.toml").write_text(f"[smtp]\n{lines}\n")
    with pytest.raises(ReportBuilderError) as caught:
        _ = open_workspace(tmp_path).settings
    assert any(message in f"{p.message} {p.hint}" for p in caught.value.problems)


def test_a_wrong_password_stops_the_run_and_is_not_repeated(office: Office) -> None:
    office.write_partners(people(3))
    done = office.send("--confirm", "3", code=1, env={VARIABLE: "wr0ng-s3cret"})
    assert "[smtp-auth]" in done.stderr
    assert "wr0ng-s3cret" not in done.output
    assert office.states() == {"queued": 3}
    office.send("--confirm", "3")
    assert len(office.postfix.delivered()) == 3


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize("what", ["authority", "name"])
def test_a_certificate_that_does_not_hold_stops_the_run(
    office: Office, security: str, what: str, tmp_path: Path
) -> None:
    make_certificates(tmp_path)
    more = {"ca_file": str(tmp_path / "ca.pem")} if what == "authority" else {"host": "127.0.0.1"}
    office.use(security, **more)
    office.write_partners(people(2))
    done = office.send("--confirm", "2", code=1)
    assert "certificate does not hold" in done.stderr
    assert office.states() == {"queued": 2}
    assert office.postfix.delivered() == []


def test_a_server_without_encryption_is_told_nothing(office: Office) -> None:
    office.use("clear", security="starttls", username=USER)
    office.write_partners(people(2))
    assert "offers no encryption" in office.send("--confirm", "2", code=1).stderr
    assert CODED not in office.postfix.log()
    assert office.postfix.delivered() == []


def test_the_server_can_be_tried_without_sending(office: Office) -> None:
    said = json.loads(office.call("smtp", "check", "--format", "json").stdout)
    assert said["encryption"].startswith("TLSv1.")
    assert said["certificate"] == "verified"
    assert said["largest_message"] == 30_000_000
    assert said["secret_from"] == f"the variable {VARIABLE}"
    assert PASSWORD not in str(said)
    assert "Messages could be sent." in office.call("smtp", "check").stdout
    assert office.call("smtp", "check", code=1, env={VARIABLE: "x"}).stderr.count("error") == 2
    assert office.postfix.delivered() == []


def test_no_address_and_no_secret_is_in_what_a_run_prints_or_in_the_manifest(
    office: Office,
) -> None:
    office.use(patience=1)
    rows = [
        ("Refused", "refused@org.example", "", "", "", "", "yes"),
        ("", "later@org.example", "", "", "", "", "yes"),
        ("Broken", "broken@@org.example", "", "", "", "", "yes"),
        ("Twice", "p0000@ORG0.example", "", "", "", "", "yes"),
        *people(3),
    ]
    office.write_partners(rows)
    office.call("suppress", "p0001@org1.example")
    said = office.send("--confirm", "4", code=3).output
    said += office.call("outbox", "status", EVENT).output
    said += office.call("outbox", "export", EVENT, "--history").output
    said += (office.root / "output" / EVENT / "manifest.json").read_text("utf-8")
    addresses = [row[1].casefold() for row in rows]
    assert not [address for address in addresses if address in said.casefold()]
    assert PASSWORD not in said
    assert CODED not in said


def test_neither_is_in_the_list_of_processes(office: Office) -> None:
    office.write_partners(people(8))
    office.send()
    run = office.begin("--confirm", "8", "--rate", "20/s")
    shown = ""
    while run.poll() is None:
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
        shown += listed.stdout
        time.sleep(0.1)
    run.communicate()
    assert run.returncode == 0
    assert EVENT in shown
    assert PASSWORD not in shown
    assert not [row[1] for row in people(8) if row[1] in shown]


def test_a_bug_leaves_no_secret_and_no_address_in_its_traceback(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import traceback

    from report_builder.post import transport

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(transport.Server, "_end", broken)
    office.write_partners(people(2))
    with pytest.raises(RuntimeError) as caught:
        office.send("--confirm", "2")
    said = "".join(traceback.format_exception(caught.value))
    assert deliver.__name__ in said
    assert PASSWORD not in said
    assert CODED not in said
    assert "@org" not in said
    assert office.states() == {"queued": 1, "unknown": 1}


def test_the_outbox_is_the_officers_alone_and_git_leaves_it_out(office: Office) -> None:
    office.write_partners(people(1))
    office.send()
    outbox = office.root / "outbox"
    assert outbox.stat().st_mode & 0o777 == 0o700
    assert (outbox / "ledger.sqlite3").stat().st_mode & 0o777 == 0o600
    (eml,) = (outbox / EVENT).glob("*.eml")
    assert eml.stat().st_mode & 0o777 == 0o600
    assert (outbox / ".gitignore").read_text() == "*\n"


@pytest.mark.parametrize("auth", ["xoauth2"])
def test_a_token_signs_in_where_the_settings_ask_for_it(office: Office, auth: str) -> None:
    office.use(auth=auth)
    office.write_partners(people(1))
    office.send("--confirm", "1")
    assert len(office.postfix.delivered()) == 1
