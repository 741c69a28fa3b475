"""The walk of sending: an event's documents and recipients become letters, and these are sent.

`make_plan` says who is to get what, and `deliver` sends what is not sent yet. Each step is noted in
the ledger before it is taken; where the ledger cannot know what happened, a person is asked.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from report_builder.choices import theme_of
from report_builder.content.loader import Loaded, load_all
from report_builder.post import delivery
from report_builder.post.delivery import Pace
from report_builder.post.documents import find_documents
from report_builder.post.ledger import Ledger, Mailing
from report_builder.post.plan import Letter, Order, Plan
from report_builder.post.recipients import (
    Recipient,
    find_recipients_file,
    in_groups,
    read_recipients,
)
from report_builder.post.schema import State
from report_builder.post.suppression import Suppressed, read_suppressed
from report_builder.post.transport import Server
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    advice,
    error,
    failure,
    private,
    stops,
    warning,
)
from report_builder.schedule import is_current
from report_builder.settings.names import STANDARD_EDITION
from report_builder.templating.theme import theme_files
from report_builder.workspace import Workspace

# Seconds between a dry run and its sending that change no message. Filters of unwanted mail
# distrust one that is dated hours ago.
_DATE_LASTS = 3600
_OVER = "over the limit"


def make_plan(workspace: Workspace, order: Order, ledger: Ledger) -> Plan:
    """Return who is to get what; raise what makes it impossible to send anything.

    Rows of recipients that were refused are among the plan's problems.
    """
    (folder,) = workspace.event_folders((order.event,))
    theme = theme_of(theme_files(workspace.theme, workspace.templates), workspace.settings.tree)
    events = {loaded.translation: loaded for loaded in load_all(folder)}
    if broken := [p for loaded in events.values() if not loaded.event for p in loaded.problems]:
        raise ReportBuilderError(broken)
    wanted = order.attach or workspace.mail.attach
    current = partial(is_current, workspace, folder)
    shelf = find_documents(workspace.output / order.event, wanted, current)
    path = order.recipients or find_recipients_file(folder)
    recipients, problems = read_recipients(path, (STANDARD_EDITION, *theme.editions))
    chosen = in_groups(recipients, order.groups, path.as_posix())
    date = ledger.prepare(order.mailing, order.event, time.time(), _DATE_LASTS)
    plan = Plan(workspace, order, theme, events, shelf)
    suppressed = read_suppressed(workspace.suppressed_file)
    known = {message.person: message for message in ledger.messages(order.mailing)}
    letters, lacking = [], Counter[str]()
    for recipient in chosen:
        person = ledger.person(recipient.key)
        letter, lacks = _letter(plan, recipient, person, wanted)
        earlier = known.get(person)
        why = _why_skipped(recipient, suppressed, earlier.state if earlier else None)
        letter = replace(
            letter, skipped=why, date=earlier.date if earlier and earlier.attempts else date
        )
        letters.append(letter)
        if not letter.skipped:
            lacking.update(lacks)
    plan.listed = frozenset(ledger.person(recipient.key) for recipient in recipients)
    plan.letters = tuple(_limited(letters, order.limit))
    problems += [_lacks(what, number, path, order.event) for what, number in lacking.items()]
    if workspace.mail.sender is None:
        hint = 'Write from = "Our Council <events@council.example>" under [smtp].'
        message = "It is not said who sends, so the messages name a stand-in."
        problems.append(
            advice("no-sender", Position(workspace.settings_file.as_posix()), message, hint)
        )
    used = [document for letter in plan.ready for document in letter.documents]
    stopping = [
        *shelf.faults(used),
        *plan.proof(),
        *_changed_since(plan, ledger.mailing(order.mailing), ledger),
    ]
    if stops(stopping):
        raise ReportBuilderError(stopping)
    plan.problems = tuple(problems + stopping)
    return plan


def _letter(
    plan: Plan,
    recipient: Recipient,
    person: str,
    wanted: Sequence[str],
) -> tuple[Letter, tuple[str, ...]]:
    """Return a recipient's letter, and what could not be had as they would like it."""
    language = _translation(recipient.language, plan.events)
    edition = recipient.edition if recipient.edition != STANDARD_EDITION else ""
    documents, lacks = plan.shelf.choose(wanted, language, edition)
    if recipient.language and not language and not _speaks(plan.events[""], recipient.language):
        lacks = (*lacks, f"the message in “{recipient.language}”")
    return Letter(recipient, person, 0, (language, edition), documents), lacks


def _why_skipped(
    recipient: Recipient, suppressed: Sequence[Suppressed], state: State | None
) -> str:
    """Return why a recipient gets nothing, or “”. What became of a message comes before wishes."""
    known = {
        State.SENT: "has it already",
        State.UNKNOWN: "may have it: see “outbox resolve”",
        State.COMMITTING: "is being sent to",
        State.SENDING: "is being sent to",
        State.FAILED: "was refused by the server",
    }
    if state in known:
        return known[state]
    if any(one.holds(recipient.mailbox.address) for one in suppressed):
        return "wants no messages"
    return "has not agreed" if recipient.consent is False else ""


def _limited(letters: Sequence[Letter], limit: int | None) -> Iterator[Letter]:
    """Yield letters, those beyond a limit as not yet to be sent."""
    left = len(letters) if limit is None else limit
    for letter in letters:
        if not letter.skipped:
            left -= 1
        yield letter if letter.skipped or left >= 0 else replace(letter, skipped=_OVER)


def _translation(language: str, events: Mapping[str, Loaded]) -> str:
    """Return the translation of an event that suits a reader, or “” for the event itself."""
    plain = language.partition("-")[0]
    return next((one for one in (language, plain) if one in events), "")


def _speaks(loaded: Loaded, language: str) -> bool:
    """Tell whether an event is in a language."""
    own = loaded.event.language if loaded.event else ""
    return own.partition("-")[0] == language.partition("-")[0]


def _changed_since(plan: Plan, mailing: Mailing | None, ledger: Ledger) -> Iterator[Problem]:
    """Yield a problem for each document that some have, and others would get otherwise."""
    had = {
        file
        for message in ledger.messages(plan.order.mailing, State.SENT, State.UNKNOWN)
        for file in message.documents
    }
    hashes = plan.hashes
    for file, hashed in (mailing.documents if mailing else {}).items():
        if file in had and hashes.get(file, hashed) != hashed:
            message = "Some have this document as it was before it was built anew."
            hint = (
                "To send everybody the new one, begin another mailing: --again correction. "
                "To go on with this one, put back the content it was built from, and build."
            )
            position = Position((plan.shelf.folder / file).as_posix())
            yield error("mailing-changed", position, message, hint)


def _lacks(what: str, number: int, path: Path, event: str) -> Problem:
    message = f"{number} would like {what}, and it is not there. They get what there is."
    hint = f"Run “report-builder build {event} --edition standard --edition large-print”."
    if "edition" not in what:
        hint = f"“report-builder translate {event} LANGUAGE” begins a translation."
    (problem,) = private([warning("version-missing", Position(path.as_posix()), message, hint)])
    return problem


def check_number(plan: Plan, ledger: Ledger, number: int) -> None:
    """Raise unless a number is that of the letters to be sent, as the dry run named it.

    A mailing that was stopped half way goes on by the number that began it.
    """
    if number == len(plan.ready):
        return
    mailing = ledger.mailing(plan.order.mailing)
    known = {message.person for message in ledger.messages(plan.order.mailing)}
    goes_on = mailing and mailing.confirmed == number
    if goes_on and all(letter.person in known for letter in plan.ready):
        return
    raise failure(
        "confirm-number",
        Position(plan.shelf.folder.name),
        f"{len(plan.ready)} would get the message now, not {number}.",
        "Look at the dry run again: it is the same command without --confirm.",
    )


def deliver(
    plan: Plan,
    ledger: Ledger,
    number: int,
    connect: Callable[[], Server],
    pace: Pace,
    report: Callable[[int], None],
    stop: threading.Event,
) -> None:
    """Queue a plan's letters and send them; whoever no longer is to get one is taken out.

    The ledger says afterwards what became of each.
    """
    identity = plan.order.mailing
    letters = {letter.person: letter for letter in plan.ready}
    for message in ledger.messages(identity, State.SKIPPED):
        if message.person in letters:
            ledger.mark(identity, message.person, State.QUEUED, reply="is to get it after all")
    ledger.queue(identity, plan.entries(plan.ready), plan.hashes, number)
    _take_out(plan, ledger)
    waiting = ledger.messages(identity, State.QUEUED, State.DEFERRED)
    queue = [message for message in waiting if message.person in letters]
    delivery.deliver(
        ledger,
        queue,
        lambda message: plan.compose(letters[message.person]),
        connect,
        pace,
        report,
        stop,
    )


def _take_out(plan: Plan, ledger: Ledger) -> None:
    """Mark as skipped what waits for somebody who meanwhile must get nothing."""
    refusing = {
        letter.person: letter.skipped
        for letter in plan.letters
        if letter.skipped and letter.skipped != _OVER
    }
    for message in ledger.messages(plan.order.mailing, State.QUEUED, State.DEFERRED):
        listed = message.person in plan.listed
        if why := refusing.get(message.person) if listed else "is no longer in the list":
            ledger.mark(plan.order.mailing, message.person, State.SKIPPED, reply=why)
