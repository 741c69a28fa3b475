"""How long 500 messages with a report of 2 MB take, beside building each message anew.

Run it with ``python benchmarks/mail.py``; both send over one connection to a server of its own
that throws all away. Ours renders the words, composes, notes three steps in the ledger, and sends.
The other is how programs mostly do it: the same words, an ``EmailMessage`` with the report
attached, and ``smtplib.send_message``; without a ledger. Making a message alone is measured, too.
The best of three is printed. Memory is the most in use when so many messages were done.
"""

from __future__ import annotations

import csv
import os
import resource
import smtplib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from email import policy
from email.message import EmailMessage
from pathlib import Path

from report_builder import Workspace, open_workspace, store
from report_builder.fingerprint import hashed, trace_of
from report_builder.post import sending as send
from report_builder.post.delivery import Pace
from report_builder.post.ledger import Ledger
from report_builder.post.plan import Letter, Order, Plan
from report_builder.post.transport import Server
from report_builder.schedule import document_jobs
from report_builder.store.manifest import Manifest, Output

ROOT = Path(__file__).parents[1]
RECIPIENTS, SLOW, SIZE, TRIES = 500, 40, 2_000_000, 3
EVENT = """\
title: A large event
date: 2026-10-06
organiser: Luton Council
sections:
  - type: key-messages
    items: [There are lots of projects in Luton, There is an ongoing need to engage]
  - {type: actions, items: [{text: To hold a masterclass}, {text: To have a workshop}]}
"""


def main() -> None:
    """Print milliseconds a message in both ways, their ratio, and memory."""
    tries: list[tuple[float, float, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        port, stop = begin_sink()
        workspace = prepare(Path(name), port)
        memory: dict[int, float] = {}
        with Ledger(workspace.outbox) as ledger:
            for number in range(TRIES):
                order = Order("large", again=f"try-{number}")
                plan = send.make_plan(workspace, order, ledger)
                tries.append(
                    (
                        send_ours(plan, ledger, memory),
                        send_usual(plan, port),
                        each(plan, plan.compose),
                        each(plan, lambda one, plan=plan: make(plan, one)),
                    )
                )
        assert stop()[0] == TRIES * (RECIPIENTS + SLOW)
    ours, usual, make_ours, make_usual = (min(spent) for spent in zip(*tries, strict=True))
    print(f"{RECIPIENTS} messages with a document of {SIZE / 1e6:g} MB, sent: {ours:.1f} ms each")
    print(f"the usual way ({SLOW} messages): {usual:.0f} ms each; ratio {usual / ours:.0f}")
    ratio = make_usual / make_ours
    print(f"making a message: {make_ours:.1f} ms, anew {make_usual:.0f} ms; ratio {ratio:.0f}")
    shown = ", ".join(f"{number}: {megabytes:.0f} MB" for number, megabytes in memory.items())
    print(f"memory at its most, after so many messages: {shown}")


def begin_sink() -> tuple[int, Callable[[], list[int]]]:
    """Start a server in a process of its own; return its port, and what ends it and counts."""
    sink = subprocess.Popen(  # our own program
        [sys.executable, "-m", "tests.tools.sink"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sink.stdout is not None
    port = int(sink.stdout.readline())
    return port, lambda: list(map(int, sink.communicate()[0].split()))


def prepare(root: Path, port: int) -> Workspace:
    """Write a workspace with recipients and a document of the size, as a build would store it."""
    folder = root / "content" / "large"
    folder.mkdir(parents=True)
    (folder / "event.yaml").write_text(EVENT, "utf-8")
    with (folder / "partners.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "email", "organisation"])
        for number in range(RECIPIENTS):
            writer.writerow([f"Person {number}", f"p{number}@partner.example", "Keech Hospice"])
    (root / "report-builder.toml").write_text(
        f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nrate = 0\n'
        'from = "Luton Council <events@council.example>"\n'
    )
    workspace = open_workspace(root)
    (job,) = document_jobs(workspace, folder, ("pdf",))
    traces = {job.name: trace_of({}, job.roots, job.decided_by, job.programs)}
    content = os.urandom(SIZE)
    report = Output("report.pdf", hashed(content), SIZE, job.name)
    made = Manifest("large", (report,), traces)
    store.put(workspace.output, made, lambda _: content, complete=True)
    workspace.outbox.mkdir()
    return workspace


def send_ours(plan: Plan, ledger: Ledger, memory: dict[int, float]) -> float:
    """Send all; return milliseconds a message, and note memory in megabytes on the way."""

    def report(done: int) -> None:
        if done in (RECIPIENTS // 10, RECIPIENTS // 2, RECIPIENTS):
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            memory.setdefault(done, used)  # of the first try: later ones begin with its most

    def connect() -> Server:
        return Server(plan.workspace.mail, None)

    start = time.perf_counter()
    send.deliver(plan, ledger, RECIPIENTS, connect, Pace(0, 60), report, threading.Event())
    return (time.perf_counter() - start) * 1000 / RECIPIENTS


def send_usual(plan: Plan, port: int) -> float:
    """Send some in the usual way; return milliseconds a message."""
    with smtplib.SMTP("127.0.0.1", port) as server:
        start = time.perf_counter()
        for letter in plan.ready[:SLOW]:
            server.send_message(build(plan, letter))
        return (time.perf_counter() - start) * 1000 / SLOW


def build(plan: Plan, letter: Letter) -> EmailMessage:
    """Return a letter's message as Python's email package has it."""
    ours = plan.words(letter)
    message = EmailMessage()
    message["From"], message["To"] = plan.sender.address, letter.recipient.mailbox.address
    message["Subject"] = ours.subject
    message.set_content(ours.text)
    message.add_alternative(ours.html, subtype="html")
    (document,) = letter.documents
    kind, _, subtype = document.media_type.partition("/")
    content = (plan.shelf.folder / document.file).read_bytes()
    message.add_attachment(content, maintype=kind, subtype=subtype, filename=document.name)
    return message


def make(plan: Plan, letter: Letter) -> bytes:
    """Return a letter's message, built whole, in bytes."""
    return build(plan, letter).as_bytes(policy=policy.SMTP)


def each(plan: Plan, act: Callable[[Letter], object]) -> float:
    """Return how many milliseconds it takes to do something with a letter."""
    start = time.perf_counter()
    for letter in plan.ready[:SLOW]:
        act(letter)
    return (time.perf_counter() - start) * 1000 / SLOW


if __name__ == "__main__":
    main()
