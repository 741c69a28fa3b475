"""A message in the bytes that a server gets: a head for one recipient, and what all share."""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from functools import cached_property, lru_cache

from report_builder.problems import Position, failure
from report_builder.settings.mail import Mailbox
from report_builder.writers.email.body import Body

_POLICY = policy.SMTP.clone(max_line_length=76)
_COMMAND = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]|=\?")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file under the name that its reader sees, in ASCII, of a media type."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Enclosure:
    """Attachments as they stand in a message, encoded once for everyone who gets the same."""

    boundary: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """One message; ``parts`` joined are its bytes."""

    sender: Mailbox
    recipient: Mailbox
    subject: str
    message_id: str
    head: bytes
    enclosure: Enclosure

    @property
    def parts(self) -> tuple[bytes, bytes]:
        """The recipient's own bytes, and those that are everyone's."""
        return self.head, self.enclosure.content

    @cached_property
    def size(self) -> int:
        """How many bytes the server gets."""
        return sum(map(len, self.parts))


def enclose(attachments: Sequence[Attachment]) -> Enclosure:
    """Return attachments ready to stand at a message's end.

    The boundary comes from what it divides, so the same files give the same bytes.
    """
    digest = hashlib.sha256()
    parts = []
    for attachment in attachments:
        part = EmailMessage(policy=_POLICY)
        kind, _, subtype = attachment.media_type.partition("/")
        part.set_content(
            attachment.content,
            maintype=kind,
            subtype=subtype,
            filename=attachment.name,
            disposition="attachment",
        )
        del part["MIME-Version"]
        parts.append(part.as_bytes())
        digest.update(attachment.name.encode() + b"\0" + hashlib.sha256(parts[-1]).digest())
    boundary = f"=_documents_{digest.hexdigest()[:32]}"
    line = b"--" + boundary.encode()
    content = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    return Enclosure(boundary, content)


def message_id(mailing: str, person: str, documents: Mapping[str, str], domain: str) -> str:
    """Return the same identity for the same documents to the same person in the same mailing.

    A server that gets such a message again can tell; who the person is, it cannot.
    """
    said = "\0".join((mailing, person, *(f"{n}\0{documents[n]}" for n in sorted(documents))))
    return f"<{hashlib.sha256(said.encode()).hexdigest()[:40]}@{domain}>"


def compose(
    sender: Mailbox,
    reply_to: Mailbox | None,
    recipient: Mailbox,
    body: Body,
    identity: str,
    date: float,
    enclosure: Enclosure,
) -> Message:
    """Return the message for one recipient; raise where its headers would not be what is meant."""
    headers: dict[str, str | Mailbox] = {
        "From": sender,
        **({"Reply-To": reply_to} if reply_to else {}),
        "To": recipient,
        "Subject": body.subject,
        "Date": format_datetime(datetime.fromtimestamp(date, UTC)),
        "Message-ID": identity,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "List-Unsubscribe": f"<mailto:{(reply_to or sender).address}?subject=unsubscribe>",
        "Content-Language": body.language,
        "MIME-Version": "1.0",
    }
    if _COMMAND.search(body.subject):
        raise _not_as_meant("the subject holds a sign that mail programs take for a command")
    folded = b"".join(_folded(name, value) for name, value in headers.items())
    folded += f'Content-Type: multipart/mixed;\r\n boundary="{enclosure.boundary}"\r\n'.encode()
    _confirm(folded, (*headers, "Content-Type"), recipient, body.subject)
    between = f"\r\n--{enclosure.boundary}\r\n".encode()
    head = folded + between + _alternatives(body, enclosure.boundary) + b"\r\n"
    return Message(sender, recipient, body.subject, identity, head, enclosure)


def _alternatives(body: Body, outer: str) -> bytes:
    """Return the part that holds the words twice: as text, and as HTML."""
    boundary = outer.replace("=_documents_", "=_words_")
    lines = [f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n\r\n'.encode()]
    for subtype, words in (("plain", body.text), ("html", body.html)):
        lines.append(
            f"--{boundary}\r\nContent-Type: text/{subtype}; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
        )
        with_ends = "\r\n".join(words.splitlines()) + "\r\n"
        lines.append(binascii.b2a_qp(with_ends.encode()) + b"\r\n")
    lines.append(f"--{boundary}--\r\n".encode())
    return b"".join(lines)


@lru_cache(maxsize=256)  # most are the same for everyone
def _folded(name: str, value: str | Mailbox) -> bytes:
    """Return a header as its lines: a comma in a name makes no second address."""
    top = EmailMessage(policy=_POLICY)
    if isinstance(value, Mailbox):
        top[name] = Address(value.name, addr_spec=value.address)
    else:
        top[name] = value
    return _POLICY.fold_binary(name, top[name])


def _confirm(head: bytes, names: Sequence[str], recipient: Mailbox, subject: str) -> None:
    """Read the headers back, and raise unless they are those that were written, and no more.

    Spaces are not compared: Python reads some within a long word that was written in pieces.
    """
    read = BytesHeaderParser(policy=policy.default).parsebytes(head + b"\r\n")
    if list(read.keys()) != list(names):
        raise _not_as_meant("its headers would be read otherwise")
    to = [(_letters(one.display_name), one.addr_spec) for one in read["To"].addresses]
    if to != [(_letters(recipient.name), recipient.address)]:
        raise _not_as_meant("it would be addressed otherwise")
    if _letters(str(read["Subject"])) != _letters(subject):
        raise _not_as_meant("its subject would be read otherwise")


def _letters(words: str) -> str:
    return "".join(words.split())


def _not_as_meant(why: str) -> Exception:
    hint = "Look for odd signs in the name or the title, and write it anew by hand."
    return failure("message-headers", Position("email.html.j2"), f"No message: {why}.", hint)
