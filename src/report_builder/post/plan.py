"""A plan: who is to get what of a mailing. Its letters can be composed."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from report_builder.content.fields import Line
from report_builder.content.loader import Loaded
from report_builder.content.slug import slug
from report_builder.post.documents import LONGEST_NAME, Document, Shelf
from report_builder.post.ledger import Entry
from report_builder.post.message import (
    Attachment,
    Enclosure,
    Message,
    compose,
    enclose,
    message_id,
)
from report_builder.post.recipients import Recipient
from report_builder.problems import Position, Problem, error, stops
from report_builder.settings.mail import Mailbox
from report_builder.settings.names import STANDARD_EDITION
from report_builder.templating.renderer import Renderer
from report_builder.templating.resources import Resources
from report_builder.templating.theme import Theme
from report_builder.workspace import Workspace
from report_builder.writers.email.body import Body, check_body, write_body

_NAMES_DIFFER = 4_000  # bytes by which two letters of one version differ at most
_STAND_IN = Mailbox("", "nobody@council.invalid")


@dataclass(frozen=True)
class Order:
    """What is asked for: the event, who of its recipients, with which documents.

    ``attach`` and ``recipients`` are empty where the settings and the event's folder say it.
    ``again`` names a further mailing, whose recipients may have had an earlier one.
    """

    event: str
    recipients: Path | None = None
    groups: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    again: str = ""
    limit: int | None = None

    @property
    def mailing(self) -> str:
        """The identity of the mailing: nobody gets two messages of one."""
        return f"{self.event}.{self.again}" if self.again else self.event


@dataclass(frozen=True)
class Letter:
    """What one recipient is to get, or ``skipped``: why they get nothing."""

    recipient: Recipient
    person: str
    date: float
    version: tuple[str, str]
    documents: tuple[Document, ...]
    skipped: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        """The files of the event's output that are attached."""
        return tuple(document.file for document in self.documents)


@dataclass
class Plan:
    """Who is to get what of a mailing, and what is wrong with it; its letters can be composed.

    ``letters`` are for those who were asked for, ``listed`` knows everyone in the table.
    """

    workspace: Workspace
    order: Order
    theme: Theme
    events: Mapping[str, Loaded]
    shelf: Shelf
    letters: tuple[Letter, ...] = ()
    listed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    _renderers: dict[tuple[str, str], Renderer] = field(default_factory=dict)
    _enclosures: dict[tuple[str, ...], Enclosure] = field(default_factory=dict)

    @cached_property
    def ready(self) -> list[Letter]:
        """The letters that are to be sent."""
        return [letter for letter in self.letters if not letter.skipped]

    @property
    def refused(self) -> set[Position]:
        """The rows of the table that were refused."""
        return {p.position for p in self.problems if p.code.startswith("recipient-") and stops([p])}

    @property
    def sender(self) -> Mailbox:
        """Who sends; a stand-in where the settings do not say."""
        return self.workspace.mail.sender or _STAND_IN

    @property
    def hashes(self) -> dict[str, str]:
        """The hash of each document that a letter holds."""
        return {d.file: d.sha256 for letter in self.ready for d in letter.documents}

    def compose(self, letter: Letter, test_to: Mailbox | None = None) -> Message:
        """Return a letter's message; with ``test_to`` it goes there, and says it is a test."""
        identity = self.identity(letter)
        if test_to:
            identity = identity.replace("<", f"<test-{time.time_ns():x}-", 1)
        mail = self.workspace.mail
        return compose(
            self.sender,
            mail.reply_to,
            test_to or letter.recipient.mailbox,
            self.words(letter, is_test=bool(test_to)),
            identity,
            time.time() if test_to else letter.date,
            self._enclosure(letter.documents),
        )

    def words(self, letter: Letter, *, is_test: bool = False) -> Body:
        """Return what a letter says."""
        return write_body(self._renderer(letter), self._values(letter, is_test=is_test))

    def identity(self, letter: Letter) -> str:
        """Return the Message-ID of a letter."""
        hashes = {document.file: document.sha256 for document in letter.documents}
        return message_id(self.order.mailing, letter.person, hashes, self.sender.domain)

    def entries(self, letters: Sequence[Letter]) -> list[Entry]:
        """Return letters as the ledger queues them."""
        return [
            Entry(
                letter.person,
                letter.recipient.mailbox.address,
                letter.recipient.mailbox.name,
                letter.recipient.organisation,
                self.identity(letter),
                letter.date,
                letter.files,
            )
            for letter in letters
        ]

    def proof(self) -> Iterator[Problem]:
        """Yield what is wrong with the words of messages: once for each language and edition."""
        seen = set()
        for letter in self.ready:
            if letter.version not in seen:
                seen.add(letter.version)
                values = self._values(letter, is_test=False)
                yield from check_body(self._renderer(letter), values)

    def too_large(self, limit: int) -> Iterator[Problem]:
        """Yield a problem for each set of documents that makes a message over a limit in bytes."""
        seen = set()
        for letter in self.ready:
            if letter.files in seen:
                continue
            seen.add(letter.files)
            size = self.compose(letter).size + _NAMES_DIFFER
            if limit and size > limit:
                yield _over(letter, size, limit, self.shelf.folder)

    def _renderer(self, letter: Letter) -> Renderer:
        if letter.version not in self._renderers:
            translation, edition = letter.version
            loaded = self.events[translation]
            assert loaded.event is not None  # noqa: S101  # make_plan has seen to it
            resources = Resources(loaded.folder, self.theme)
            made = Renderer(loaded.event, resources, {}, edition or STANDARD_EDITION)
            self._renderers[letter.version] = made
        return self._renderers[letter.version]

    def _values(self, letter: Letter, *, is_test: bool) -> dict[str, object]:
        """Return what the templates say of a recipient."""
        mail, recipient = self.workspace.mail, letter.recipient
        names = {"name": recipient.mailbox.name, "organisation": recipient.organisation}
        return {
            "recipient": {kind: Line(words) for kind, words in names.items()},
            "documents": letter.documents,
            "web": self._renderer(letter).event.web or self._web_address(),
            "is_test": is_test,
            "stop_address": Line((mail.reply_to or self.sender).address),
        }

    def _web_address(self) -> str:
        """Return where the page of an event that does not say so itself is, if settings tell."""
        where, event = self.workspace.web_address, self.order.event
        if not where or "{event}" in where:
            return where.replace("{event}", event)
        return f"{where.rstrip('/')}/{event}/"

    def _enclosure(self, documents: Sequence[Document]) -> Enclosure:
        """Return attachments encoded, once for all who get the same."""
        files = tuple(document.file for document in documents)
        if files not in self._enclosures:
            self._enclosures[files] = enclose(
                [Attachment(d.name, self.shelf.read(d), d.media_type) for d in documents]
            )
        return self._enclosures[files]


def _over(letter: Letter, size: int, limit: int, folder: Path) -> Problem:
    """Return that a message is too large, and which of its documents makes it so."""
    largest = max(letter.documents, key=lambda document: document.bytes)
    message = f"The message would have {size / 1e6:.1f} MB; no more than {limit / 1e6:.1f} go."
    hint = (
        f"{largest.file} has {largest.bytes / 1e6:.1f} MB, and a third more in a message. Attach"
        " less, and let “web-address” lead to the rest."
    )
    return error("message-too-large", Position((folder / largest.file).as_posix()), message, hint)


def eml_name(number: int, letter: Letter) -> str:
    """Return what a letter's file is called in the outbox."""
    return f"{number:04d}-{slug(letter.recipient.mailbox.name, LONGEST_NAME) or 'recipient'}"
