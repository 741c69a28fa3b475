"""Say who has what, and settle what is in doubt."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sys
from typing import TYPE_CHECKING, Any

import click

from report_builder.cli.post import (
    EXIT_UNKNOWN,
    in_words,
    json_or_text,
    open_ledger,
    workspace_of,
)
from report_builder.cli.run import EXIT_PROBLEMS, Settings, complete_event, reports_problems

if TYPE_CHECKING:
    from report_builder.post.ledger import Ledger, Mailing, Message

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
event = click.argument("name", metavar="[EVENT]", required=False, shell_complete=complete_event)


@click.group("outbox")
def command() -> None:
    """Say who has what; settle doubts; prove it; forget addresses.

    The ledger in outbox/ knows of every message: queued, sent, deferred (the server said
    “later”), failed (it said “never”), skipped, or unknown: the connection was lost just when the
    server could take it. An unknown message is never sent again by itself: ask the recipient, and
    say with “resolve” whether it arrived.
    """


@command.command("status")
@event
@json_or_text
@click.pass_obj
@reports_problems
def status(settings: Settings, name: str | None, form: str) -> None:
    """Print how each mailing stands. The exit code is 4 while any message is unknown."""
    from report_builder.post.schema import State

    with open_ledger(workspace_of(settings)) as ledger:
        mailings = _mailings(ledger, name)
        counts = {mailing.id: ledger.counts(mailing.id) for mailing in mailings}
    if form == "json":
        rows = [
            {
                "mailing": m.id,
                "event": m.event,
                "date": _moment(m.date),
                "confirmed": m.confirmed,
                "documents": dict(m.documents),
                "states": {state.value: number for state, number in counts[m.id].items()},
            }
            for m in mailings
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for mailing in mailings:
            click.echo(f"{mailing.id}  {_moment(mailing.date)}  {in_words(counts[mailing.id])}")
        if not mailings:
            click.echo("Nothing was sent yet.")
    if any(State.UNKNOWN in found for found in counts.values()):
        raise SystemExit(EXIT_UNKNOWN)


@command.command("show")
@click.argument("name", metavar="MAILING")
@click.option("--state", metavar="STATE", help="Only those that are sent, unknown, failed …")
@json_or_text
@click.pass_obj
@reports_problems
def show(settings: Settings, name: str, state: str | None, form: str) -> None:
    """Print what became of each message, with its address.

    MAILING is an event, or EVENT.NAME for one begun with “send --again NAME”.
    """
    from report_builder.post.schema import State

    if state and state not in list(State):
        raise click.BadParameter(f"The states are: {', '.join(State)}.", param_hint="--state")
    with open_ledger(workspace_of(settings)) as ledger:
        mailing = _mailing(ledger, name)
        messages = ledger.messages(mailing.id, *([State(state)] if state else []))
    if form == "json":
        click.echo(json.dumps(list(map(_row, messages)), indent=2, ensure_ascii=False))
        return
    for message in messages:
        who = f"{message.name} <{message.address}>" if message.name else message.address
        reply = f"{message.code or ''} {message.reply}".strip()
        moment = _moment(message.changed)
        click.echo(f"{message.state.value:<9} {moment}  {who or message.person}  {reply}".rstrip())


@command.command("export")
@click.argument("name", metavar="MAILING")
@click.option("--history", is_flag=True, help="Every step of each message; without addresses.")
@click.pass_obj
@reports_problems
def export(settings: Settings, name: str, history: bool) -> None:
    """Print as CSV who got what, and when.

    What the server said and the hash of each document are there, too. Put it into a file:
    report-builder outbox export my-event > sent.csv
    """
    with open_ledger(workspace_of(settings)) as ledger:
        mailing = _mailing(ledger, name)
        if history:
            rows = [{**row, "at": _moment(row["at"])} for row in ledger.history(mailing.id)]
        else:
            rows = [_exported(message, mailing) for message in ledger.messages(mailing.id)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_safe(cell) for cell in row.values()] for row in rows)


@command.command("verify")
@click.pass_obj
@reports_problems
def verify(settings: Settings) -> None:
    """Say whether the ledger is whole.

    Its file must be undamaged, its guards in place, and its history must add up.
    """
    with open_ledger(workspace_of(settings)) as ledger:
        faults = list(ledger.faults())
        path = ledger.path.as_posix()
    for fault in faults:
        click.echo(f"{path}: {fault}", err=True)
    if faults:
        raise SystemExit(EXIT_PROBLEMS)
    click.echo(f"{path} is whole.")


@command.command("resolve")
@click.argument("name", metavar="MAILING")
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1)
@click.option("--all", "everyone", is_flag=True, help="All that are unknown, or all that failed.")
@click.option("--delivered", is_flag=True, help="They have it: unknown becomes sent.")
@click.option("--resend", is_flag=True, help="They do not: unknown or failed is queued again.")
@click.pass_obj
@reports_problems
def resolve(
    settings: Settings,
    name: str,
    addresses: tuple[str, ...],
    everyone: bool,
    delivered: bool,
    resend: bool,
) -> None:
    """Say of messages in doubt whether they arrived.

    Ask the recipient, or look into the server's list of sent messages. What is to be sent again
    goes with the next “send --confirm”, with the same date and identity: many mail servers then
    know a second copy, and drop it.
    """
    from report_builder.post.address import same_person
    from report_builder.post.schema import State
    from report_builder.problems import Position, failure

    if delivered == resend or bool(addresses) == everyone:
        raise click.UsageError(
            "Give --delivered or --resend; and addresses, or --all for everyone."
        )
    with open_ledger(workspace_of(settings), alone=True) as ledger:
        mailing = _mailing(ledger, name)
        states = (State.UNKNOWN,) if delivered else (State.UNKNOWN, State.FAILED)
        found = ledger.messages(mailing.id, *states)
        named = {ledger.person(same_person(address)) for address in addresses}
        chosen = [m for m in found if everyone or m.person in named]
        if not chosen or len(chosen) < len(named):
            hint = f"“report-builder outbox show {mailing.id} --state unknown” lists them."
            message = "Not every address that you name is unknown or failed. Nothing was changed."
            raise failure("outbox", Position(ledger.path.as_posix()), message, hint)
        for message_ in chosen:
            state = State.SENT if delivered else State.QUEUED
            ledger.mark(mailing.id, message_.person, state, reply="said by a person")
    click.echo(f"{len(chosen)} {'noted as sent' if delivered else 'queued again'}.")
    if resend:
        click.echo(f"Then:  report-builder send {mailing.event}")


@command.command("purge")
@click.argument("name", metavar="MAILING")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
@reports_problems
def purge(settings: Settings, name: str, yes: bool) -> None:
    """Forget the names and addresses of a mailing.

    The messages that were written are deleted, too. It stays known, without saying who, that
    each of them got it: nobody gets it twice. Do it when you no longer need to prove who got
    what, as your council's rules on keeping data say.
    """
    from report_builder.post.drafts import remove_messages

    workspace = workspace_of(settings)
    if not yes:
        click.confirm(f"Forget who got “{name}”?", abort=True, err=True)
    with open_ledger(workspace, alone=True) as ledger:
        mailing = _mailing(ledger, name)
        forgotten = ledger.purge(mailing.id)
        left = [m for m in ledger.messages(mailing.id) if m.address]
    files, others = remove_messages(workspace.outbox, mailing.event)
    click.echo(f"{forgotten} addresses forgotten, {files} messages deleted.")
    if others:
        folder = (workspace.outbox / mailing.event).as_posix()
        click.echo(
            f"{others} in {folder}/ are not as the program wrote them, and stay: look there."
        )
    if left:
        click.echo(f"{len(left)} are kept: they are still to be sent, or unknown.")


def _mailings(ledger: Ledger, name: str | None) -> list[Mailing]:
    return (
        ledger.mailings(name) if name is None or ledger.mailings(name) else [_mailing(ledger, name)]
    )


def _mailing(ledger: Ledger, name: str) -> Mailing:
    """Return the mailing of a name, or say which there are."""
    from report_builder.problems import Position, did_you_mean, failure

    known = {mailing.id: mailing for mailing in ledger.mailings()}
    if name in known:
        return known[name]
    hint = did_you_mean(name, known) or f"The mailings are: {', '.join(known) or 'none yet'}."
    message = f"There is no mailing called “{name}”."
    raise failure("outbox", Position(ledger.path.as_posix()), message, hint)


def _row(message: Message) -> dict[str, Any]:
    return {
        "state": message.state.value,
        "changed": _moment(message.changed),
        "name": message.name,
        "address": message.address,
        "organisation": message.organisation,
        "attempts": message.attempts,
        "code": message.code,
        "reply": message.reply,
        "message_id": message.message_id,
        "documents": list(message.documents),
    }


def _exported(message: Message, mailing: Mailing) -> dict[str, Any]:
    hashes = (f"{file} {mailing.documents.get(file, '')}" for file in message.documents)
    return {**_row(message), "documents": "; ".join(hashes)}


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _safe(cell: object) -> str:
    """Return a cell that a spreadsheet shows, and does not reckon with."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
