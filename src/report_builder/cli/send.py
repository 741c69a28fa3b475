"""Send an event's documents to its partners."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report_builder.cli.post import (
    EXIT_SOME,
    EXIT_UNKNOWN,
    asker,
    in_words,
    json_or_text,
    open_ledger,
    stops_gently,
    workspace_of,
)
from report_builder.cli.run import (
    EXIT_PROBLEMS,
    Settings,
    complete_event,
    loudness,
    print_problems,
    reports_problems,
    theme,
)

if TYPE_CHECKING:
    from report_builder.post.ledger import Ledger
    from report_builder.post.message import Message
    from report_builder.post.plan import Letter, Order, Plan
    from report_builder.post.transport import Server
    from report_builder.settings.mail import MailSettings
    from report_builder.workspace import Workspace

    Connect = Callable[[], Server]


_HELP = """
    Send the documents of EVENT to its partners: one message to each, and never a second.

    \b
    report-builder send my-event                  a dry run: who would get what
    report-builder send my-event --to-self ME     one message to yourself
    report-builder send my-event --confirm 83     send; 83 is what the dry run said

    The dry run sends nothing and needs no mail server: it writes the exact messages to
    outbox/EVENT/ and lists who gets which, who is skipped, and why. If sending was stopped, give
    the same command again: it goes on, and whoever has the message does not get it twice.

    The exit code is 0 when all is sent, 1 when nothing was sent because of a fault, 3 when some
    failed or must be tried later, 4 when it is not known whether some arrived (see “outbox”),
    75 when another run is sending.
"""


@click.command("send", help=_HELP)
@click.argument("name", metavar="EVENT", shell_complete=complete_event)
@click.option(
    "--recipients",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    help="Who may get it. Default: partners.csv, .xlsx or .yaml in the event's folder.",
)
@click.option("--to", metavar="GROUPS", default="", help="Only these groups: partners,speakers.")
@click.option(
    "--attach",
    multiple=True,
    metavar="NAME",
    help="What to attach: report, briefing, poster.png …; several times for several.",
)
@click.option("--to-self", metavar="ADDRESS", help="Send one to yourself, marked as a test.")
@click.option("--confirm", type=click.IntRange(0), metavar="N", help="Send, to so many.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Send to no more than so many.")
@click.option("--rate", metavar="N/min", help="No faster than this: 20/min. Default: 30/min.")
@click.option(
    "--again",
    metavar="NAME",
    default="",
    help="Begin another mailing, such as a correction: who had the first gets it too.",
)
@json_or_text
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Where the documents are. Default: output/ in the workspace.",
)
@theme
@loudness
@click.pass_obj
@reports_problems
def command(
    settings: Settings,
    name: str,
    to_self: str | None,
    confirm: int | None,
    rate: str | None,
    form: str,
    output: Path | None,
    theme: str | None,
    **asked: Any,
) -> None:
    """Make a dry run, send a test, or send."""
    from report_builder.post.sending import make_plan
    from report_builder.settings.mail import seconds_between

    interval = seconds_between(rate) if rate else None
    if rate and interval is None:
        raise click.BadParameter(f"“{rate}” is no rate. Write 20/min.", param_hint="--rate")
    if to_self and confirm is not None:
        raise click.UsageError("Give --to-self or --confirm, not both.")
    workspace = workspace_of(settings, output=output, theme=theme)
    order = _order(name, asked)
    with open_ledger(workspace, alone=confirm is not None) as ledger:
        plan = make_plan(workspace, order, ledger)
        shown = [p for p in plan.problems if settings.verbose or p.severity.value != "advice"]
        print_problems(shown, stream=sys.stderr)
        if to_self:
            _send_test(plan, to_self, settings)
        elif confirm is None:
            _dry_run(plan, form, settings)
        else:
            pause = workspace.mail.interval if interval is None else interval
            code = _send(plan, ledger, confirm, pause, settings)
            raise SystemExit(code)
    if plan.refused:
        raise SystemExit(EXIT_SOME)


def _order(name: str, asked: dict[str, Any]) -> Order:
    """Return what is asked for; names of groups and mailings in one way to write them."""
    from report_builder.content.slug import slug
    from report_builder.post.documents import LONGEST_NAME
    from report_builder.post.plan import Order
    from report_builder.post.recipients import groups_of

    groups = tuple(groups_of(asked["to"]))
    again = slug(asked["again"], LONGEST_NAME)
    if asked["again"] and not again:
        raise click.BadParameter("Use letters and digits: correction.", param_hint="--again")
    return Order(name, asked["recipients"], groups, asked["attach"], again, asked["limit"])


def _dry_run(plan: Plan, form: str, settings: Settings) -> None:
    """Write the messages, and say who would get them."""
    from report_builder.post.drafts import write_messages
    from report_builder.post.plan import eml_name
    from report_builder.problems import ReportBuilderError

    if problems := list(plan.too_large(plan.workspace.mail.largest)):
        raise ReportBuilderError(problems)
    sizes: dict[str, int] = {}

    def composed() -> Iterator[tuple[str, Message]]:
        for number, letter in enumerate(plan.ready, start=1):
            message = plan.compose(letter)
            sizes[letter.person] = message.size
            yield eml_name(number, letter), message

    paths = write_messages(plan.workspace.outbox, plan.order.event, composed())
    files = dict(zip((letter.person for letter in plan.ready), paths, strict=True))
    if form == "json":
        rows = [_row(letter, sizes, files) for letter in plan.letters]
        refused = [p.as_dict() for p in plan.problems if p.position in plan.refused]
        said = {"mailing": plan.order.mailing, "confirm": len(plan.ready)}
        click.echo(
            json.dumps({**said, "letters": rows, "refused": refused}, indent=2, ensure_ascii=False)
        )
    elif not settings.quiet:
        _print_plan(plan, sizes)


def _row(letter: Letter, sizes: dict[str, int], files: dict[str, Path]) -> dict[str, Any]:
    file = files.get(letter.person)
    return {
        "name": letter.recipient.mailbox.name,
        "address": letter.recipient.mailbox.address,
        "organisation": letter.recipient.organisation,
        "documents": list(letter.files) if not letter.skipped else [],
        "skipped": letter.skipped,
        "bytes": sizes.get(letter.person, 0),
        "file": file.as_posix() if file else "",
    }


def _print_plan(plan: Plan, sizes: dict[str, int]) -> None:
    """Print who gets what and who is skipped, then how to send."""
    from report_builder.cli.run import in_bytes

    width = max(60, min(shutil.get_terminal_size((80, 24)).columns, 120))
    first = (width - 14) * 3 // 10
    second = (width - 14) * 4 // 10
    third = width - 14 - first - second
    rule = f"{{:<{first}}}  {{:<{second}}}  {{:<{third}}}  {{:>7}}"
    skipped = [letter for letter in plan.letters if letter.skipped]
    for title, last, letters in (
        ("Gets", "Size", plan.ready),
        ("Skipped because", "", skipped),
    ):
        if letters:
            click.echo(rule.format("Name", "Address", title, last).rstrip())
        for letter in letters:
            mailbox = letter.recipient.mailbox
            what = letter.skipped or ", ".join(_short(letter))
            size = in_bytes(sizes[letter.person]) if letter.person in sizes else ""
            name = mailbox.name or letter.recipient.organisation
            cells = (_cut(name, first), _cut(mailbox.address, second), _cut(what, third))
            click.echo(rule.format(*cells, size).rstrip())
        if letters:
            click.echo()
    total, largest = sum(sizes.values()), max(sizes.values(), default=0)
    click.echo(
        f"{len(plan.ready)} would get a message ({in_bytes(total)} in all, the largest"
        f" {in_bytes(largest)}); {len(skipped)} skipped, {len(plan.refused)} refused."
    )
    if not plan.ready:
        return
    click.echo(f"The messages are in {(plan.workspace.outbox / plan.order.event).as_posix()}/")
    click.echo("Nothing was sent. To send, give the same command with:")
    click.echo(f"    --confirm {len(plan.ready)}")


def _short(letter: Letter) -> list[str]:
    """Return what a letter holds, in few words: “report (large-print, pl)”."""
    said = []
    for document in letter.documents:
        version = ", ".join(filter(None, (document.edition, document.translation)))
        said.append(f"{document.kind} ({version})" if version else document.kind)
    return said


def _cut(words: str, width: int) -> str:
    return words if len(words) <= width else words[: width - 1] + "…"


def _send_test(plan: Plan, address: str, settings: Settings) -> None:
    """Send the first letter to the officer's own address."""
    from report_builder.post.address import WrongAddressError, masked, read_address
    from report_builder.post.schema import State
    from report_builder.post.suppression import read_suppressed
    from report_builder.post.transport import LaterError
    from report_builder.problems import Position, failure
    from report_builder.settings.mail import Mailbox

    mail = plan.workspace.mail
    try:
        own = Mailbox("", read_address(address))
    except WrongAddressError as reason:
        raise click.BadParameter(f"The address {reason}", param_hint="--to-self") from None
    letter = next(iter(plan.ready), plan.letters[0] if plan.letters else None)
    position = Position(mail.path or plan.order.event)
    if letter is None:
        raise failure("no-recipients", position, "There is nobody whose message to try.")
    if any(one.holds(own.address) for one in read_suppressed(plan.workspace.suppressed_file)):
        where = Position(plan.workspace.suppressed_file.as_posix())
        raise failure("suppressed", where, "Your own address is in the list of who wants nothing.")
    message = plan.compose(letter, own)
    connect = _checked(plan, _connector(plan.workspace))
    try:
        with contextlib.closing(connect()) as server:
            sender = message.sender.address
            outcome = server.deliver(sender, own.address, message.parts, before_end=lambda: None)
    except LaterError as reason:
        raise failure("smtp-later", position, f"The server cannot be reached: {reason}.") from None
    if outcome.state is not State.SENT:
        text = f"The test was not sent: {outcome.state.value}, {outcome.code} {outcome.reply}."
        raise failure("smtp-test", position, text, "Nobody else was sent anything.")
    if not settings.quiet:
        click.echo(f"A test went to {masked(own.address)}. Look at it before you send.")


def _connector(workspace: Workspace) -> Connect:
    """Return what opens a connection; the secret is found now, and kept until then."""
    from report_builder.post.credentials import find_secret
    from report_builder.post.transport import Server
    from report_builder.problems import Position, failure

    mail: MailSettings = workspace.mail
    if not mail.host:
        hint = "Write host and from under [smtp] in report-builder.toml: see docs/sending.md."
        position = Position(workspace.settings_file.as_posix())
        raise failure("no-server", position, "It is not said through which server to send.", hint)
    secret = find_secret(mail, asker())

    def connect() -> Server:
        return Server(mail, secret)

    return connect


def _send(plan: Plan, ledger: Ledger, number: int, pause: float, settings: Settings) -> int:
    """Send what is not sent yet, and return the exit code."""
    from report_builder.post.delivery import Pace
    from report_builder.post.schema import State
    from report_builder.post.sending import check_number, deliver
    from report_builder.problems import ReportBuilderError

    check_number(plan, ledger, number)
    before = ledger.counts(plan.order.mailing).get(State.SENT, 0)
    fault = False
    connect = _checked(plan, _connector(plan.workspace)) if plan.ready else _nobody
    pace = Pace(pause, plan.workspace.mail.patience)
    with _Counter(len(plan.ready), settings) as counter, stops_gently() as stop:
        try:
            deliver(plan, ledger, number, connect, pace, counter, stop)
        except ReportBuilderError as reason:
            counter.clear()
            print_problems(reason.problems, stream=sys.stderr)
            fault = True
    counts = ledger.counts(plan.order.mailing)
    if not settings.quiet:
        _print_end(plan, ledger)
    if fault and counts.get(State.SENT, 0) == before:
        return EXIT_PROBLEMS
    if counts.get(State.UNKNOWN):
        return EXIT_UNKNOWN
    asked = {letter.person for letter in plan.ready}
    open_states = (State.QUEUED, State.DEFERRED)
    left = any(m.person in asked for m in ledger.messages(plan.order.mailing, *open_states))
    if left and not settings.quiet:
        click.echo("To go on, give the same command again.")
    return EXIT_SOME if left or plan.refused or counts.get(State.FAILED) else 0


def _nobody() -> Server:
    """Stand for a connection where there is nobody to send to."""
    raise AssertionError("nothing is queued")


def _checked(plan: Plan, connect: Connect) -> Connect:
    """Return a connector that first asks the server whether the messages are too large for it."""
    from report_builder.problems import ReportBuilderError

    asked: list[Server] = []

    def connect_and_ask() -> Server:
        server = connect()
        if not asked:
            limits = (server.offer.largest, plan.workspace.mail.largest)
            if problems := list(plan.too_large(min(filter(None, limits)))):
                server.close()
                raise ReportBuilderError(problems)
            asked.append(server)
        return server

    return connect_and_ask


def _print_end(plan: Plan, ledger: Ledger) -> None:
    """Print how the mailing stands, and who is in doubt or was refused."""
    from report_builder.post.address import masked
    from report_builder.post.schema import State

    mailing = plan.order.mailing
    click.echo(f"{mailing}: {in_words(ledger.counts(mailing))}.")
    for message in ledger.messages(mailing, State.FAILED, State.DEFERRED, State.UNKNOWN):
        who = message.name or message.organisation or masked(message.address)
        click.echo(f"  {message.state.value}: {who}: {message.code or ''} {message.reply}".rstrip())
    if ledger.messages(mailing, State.UNKNOWN):
        click.echo("Ask the unknown whether they have it, then: report-builder outbox resolve")


class _Counter:
    """One line on a terminal that counts what is done; it goes when the run ends."""

    def __init__(self, total: int, settings: Settings) -> None:
        self.total = total
        self.live = sys.stderr.isatty() and not settings.quiet

    def __enter__(self) -> _Counter:
        self(0)
        return self

    def __call__(self, done: int) -> None:
        """Say how many are done."""
        if self.live:
            click.echo(f"\r\033[KSending {done} of {self.total} …", err=True, nl=False)

    def __exit__(self, *_: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take the line away."""
        if self.live:
            click.echo("\r\033[K", err=True, nl=False)
