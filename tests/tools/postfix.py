"""A real Postfix of our own on loopback, with TLS and sign-in, that keeps what it gets."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

USER, PASSWORD = "events@council.example", "s3cret-Pa55-wörd"
_START = 30  # seconds that servers have to begin, and queues to empty after the last message
_MAIN = """\
compatibility_level = 3.6
myhostname = mail.council.example
mydestination =
inet_interfaces = loopback-only
inet_protocols = ipv4
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
alias_maps =
local_recipient_maps =
biff = no
in_flow_delay = 0
smtpd_error_sleep_time = 0
message_size_limit = 30000000
virtual_mailbox_limit = 0
virtual_mailbox_domains = regexp:{folder}/domains
virtual_mailbox_maps = regexp:{folder}/mailboxes
virtual_mailbox_base = {folder}/mail
virtual_minimum_uid = 1
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/auth
smtpd_sender_restrictions = check_sender_access regexp:{folder}/senders
smtpd_recipient_restrictions =
    check_recipient_access regexp:{folder}/recipients,
    permit_sasl_authenticated, {relay} reject
smtpd_relay_restrictions =
"""
_MASTER = """\
{starttls} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
{tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes
{data} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes
    -o smtpd_discard_ehlo_keywords=chunking
{clear} inet n - n - - smtpd -o smtpd_tls_security_level=none
    -o smtpd_recipient_restrictions=permit_mynetworks,reject -o mynetworks=127.0.0.0/8
{small} inet n - n - - smtpd -o smtpd_tls_security_level=none -o message_size_limit=20000
    -o smtpd_recipient_restrictions=permit_mynetworks,reject -o mynetworks=127.0.0.0/8
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
tlsmgr unix - - n 1000? 1 tlsmgr
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
error unix - - n - - error
retry unix - - n - - error
"""
_DOVECOT = """\
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols =
ssl = no
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = {folder}/passwords
}}
passdb {{
  driver = static
  mechanisms = xoauth2
  args = nopassword=yes
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home=/nonexistent
}}
service auth {{
  unix_listener {folder}/auth {{
    mode = 0666
  }}
}}
service anvil {{
  chroot =
  # Without this the next sign-in after a refused one waits for seconds.
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"""
_MAPS = {
    "domains": r"/\.example$/ OK",
    "mailboxes": "/./ all/",
    "senders": "/^wrong@/ 553 5.7.1 Sender address rejected: not owned by user",
    "recipients": "\n".join(
        (
            "/^refused@/ 550 5.1.1 User unknown in virtual mailbox table",
            "/^later@/ 450 4.2.0 Greylisted, try again later",
        )
    ),
}


@dataclass(frozen=True)
class Delivered:
    """One message as it was delivered: to whom, and its bytes without what Postfix put before."""

    recipient: str
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The message, read."""
        return BytesParser(policy=policy.default).parsebytes(self.content)


class Postfix:
    """A running server. Its ports are named by what each of them asks or offers."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/var/tmp"))
        self.folder.chmod(0o755)
        names = ("starttls", "tls", "data", "clear", "small")
        self.ports = dict(zip(names, _free_ports(len(names)), strict=True))
        self.certificate = self.folder / "ca.pem"
        self._write()
        make_certificates(self.folder)
        self._dovecot = subprocess.Popen(
            ["/usr/sbin/dovecot", "-F", "-c", str(self.folder / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._postfix("start")
            self._wait_until_up()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the servers, and delete all that they kept."""
        subprocess.run(self._command("abort"), capture_output=True, check=False)
        self._dovecot.terminate()
        self._dovecot.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def settings(self, name: str = "starttls", /, **more: object) -> str:
        """Return the ``[smtp]`` group of a workspace that sends through a port of this server."""
        way = {"data": "starttls", "clear": "none", "small": "none"}.get(name, name)
        lines: dict[str, object] = {
            "host": "localhost",
            "port": self.ports[name],
            "security": way,
            "from": "Luton Council <events@council.example>",
            "rate": "0",
            "patience": 20,
            "ca-file": self.certificate.as_posix(),
        }
        if way != "none":
            lines["username"] = USER
        lines |= {key.replace("_", "-"): value for key, value in more.items()}
        return "[smtp]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in lines.items())

    def delivered(self) -> list[Delivered]:
        """Return all messages that were delivered, once none is on its way."""
        self._settle()
        paths = sorted((self.folder / "mail/all/new").glob("*"))
        return [_read(path.read_bytes()) for path in paths]

    def clear(self) -> None:
        """Forget what was delivered."""
        self._settle()
        shutil.rmtree(self.folder / "mail/all", ignore_errors=True)

    def log(self) -> str:
        """Return what the server noted."""
        path = self.folder / "mail.log"
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _write(self) -> None:
        for name in ("queue", "data", "mail", "dovecot"):
            (self.folder / name).mkdir()
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "mail", "nobody", "nogroup")
        user, group = _ids("nobody")
        values = {"folder": self.folder, "user": user, "group": group, "relay": ""}
        (self.folder / "main.cf").write_text(_MAIN.format(**values))
        (self.folder / "master.cf").write_text(_MASTER.format(**self.ports))
        (self.folder / "dovecot.conf").write_text(_DOVECOT.format(**values))
        (self.folder / "passwords").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n", "utf-8")
        for name, text in _MAPS.items():
            (self.folder / name).write_text(f"{text}\n")

    def _command(self, verb: str) -> list[str]:
        return ["/usr/sbin/postfix", "-c", str(self.folder), verb]

    def _postfix(self, verb: str) -> None:
        done = subprocess.run(self._command(verb), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + self.log()

    def _wait_until_up(self) -> None:
        ends = time.monotonic() + _START
        while time.monotonic() < ends:
            if (self.folder / "auth").exists() and all(map(_answers, self.ports.values())):
                return
            time.sleep(0.05)
        raise TimeoutError(self.log())

    def _settle(self) -> None:
        """Wait until nothing is in a queue. What a lost client left half written is not."""
        queues = [self.folder / "queue" / name for name in ("incoming", "active", "deferred")]
        ends, quiet = time.monotonic() + _START, 0
        while time.monotonic() < ends and quiet < 4:
            quiet = 0 if any(p.is_file() for q in queues for p in q.rglob("*")) else quiet + 1
            time.sleep(0.05)
        assert quiet, f"the queue does not empty:\n{self.log()[-3000:]}"


def make_certificates(folder: Path) -> None:
    """Make an authority (``ca.pem``) and a certificate of localhost (``server.pem``, ``.key``)."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=True)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    openssl("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Test CA")
    openssl("req", *new, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "names").write_text("subjectAltName=DNS:localhost\n")
    signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", "names")
    openssl("x509", "-req", "-in", "server.csr", "-out", "server.pem", "-days", "7", *signing)


def _read(raw: bytes) -> Delivered:
    """Return a message without the lines that Postfix put before it."""
    found = re.match(
        rb"Return-Path:.*\r?\n(?:\s.*\n)*(?:X-Original-To:.*\n)?Delivered-To: (.*)\n", raw
    )
    assert found is not None, raw[:300]
    rest = raw[found.end() :]
    received = re.match(rb"(?:Received:.*\n(?:[ \t].*\n)*)+", rest)
    return Delivered(found[1].decode(), rest[received.end() if received else 0 :])


def _free_ports(number: int) -> list[int]:
    held = [socket.socket() for _ in range(number)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


def _ids(user: str) -> tuple[int, int]:
    import pwd

    found = pwd.getpwnam(user)
    return found.pw_uid, found.pw_gid


def _toml(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def is_administrator() -> bool:
    """Tell whether Postfix can be started: it wants to be the administrator's."""
    return os.geteuid() == 0
