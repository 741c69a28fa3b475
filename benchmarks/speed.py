"""How fast this program is beside others, and how its time and memory grow.

Run it with ``make bench``, which writes docs/performance.md, or ``make bench-quick``, which takes a
minute and prints what it finds. Both fail where a ratio has fallen by a quarter against those that
``ratios.json`` keeps; ``--accept`` keeps today's in their place.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import peers, ratios  # noqa: E402
from benchmarks.cloud import order_of_d3  # noqa: E402
from benchmarks.long import event_of  # noqa: E402
from benchmarks.performance import PAGE, Table, machine, page_of  # noqa: E402
from benchmarks.phrases import phrases  # noqa: E402
from benchmarks.saving import saves  # noqa: E402
from benchmarks.timing import Command, Spent, Way, in_turn, run, together  # noqa: E402
from benchmarks.wordcloud_poster import SIDES  # noqa: E402
from tests.tools.rendering import renderer_for  # noqa: E402  # needs the path above

from report_builder.store.cache import FOLDER_VARIABLE  # noqa: E402

EVENT = "health-equity-town"
AT_ONCE = 2
PHRASES = 100
SAVES, _FEW = 20, 3
PAGES = {"18 pages": 8, "300 pages": 152, "600 pages": 308}  # and of how many parts
_POSTER = (
    "title: Answers\nsections:\n  - {type: feedback, question: What matters?, responses: a.csv}\n"
)


@dataclass(frozen=True)
class Bench:
    """A workspace in a folder of its own, with all that others are given to make documents of."""

    folder: Path
    many: int

    @property
    def environment(self) -> dict[str, str]:
        """Where what is made is kept, for as long as it is to be."""
        return {FOLDER_VARIABLE: str(self.folder / "cache")}

    def made(self, name: str) -> Path:
        """Return where another program puts what it makes."""
        return self.folder / "made" / name

    def ours(self, *arguments: str, cold: bool = True) -> Way:
        """Return the way to run this program; where it is cold, nothing is kept."""
        command = [sys.executable, "-m", "report_builder", "--workspace", str(self.folder), "-q"]

        def way() -> Spent:
            if cold:
                self.forget()
            return run([*command, *arguments], self.environment)

        return way

    def forget(self) -> None:
        """Let nothing be kept of what was made."""
        for name in ("cache", "output"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def write_event(self, name: str, text: str = "", answers: str = "") -> Path:
        """Write an event, or a copy of the real one, and return its folder."""
        folder = self.folder / "content" / name
        if not text:
            shutil.copytree(ROOT / "content" / EVENT, folder)
            return folder
        folder.mkdir(parents=True)
        (folder / "event.yaml").write_text(text, "utf-8")
        if answers:
            (folder / "a.csv").write_text(answers, "utf-8")
        return folder


def quick(bench: Bench, rounds: int) -> Iterator[Table]:
    """Measure what an officer does most, on the real event."""
    event = bench.write_event(EVENT)
    whole, plain = peers.write_html(renderer_for(bench.folder, event), bench.folder / "html")
    made = bench.made
    commands: dict[str, Command] = {
        "pandoc, Typst: PDF": peers.typst(plain, made("typst.pdf")),
        "WeasyPrint: PDF": peers.weasyprint(whole, made("weasyprint.pdf")),
        "pandoc: Word": peers.pandoc(plain, made("pandoc.docx")),
        "pandoc: web page": peers.pandoc(plain, made("pandoc.html")),
    }
    others = {name: partial(run, command) for name, command in commands.items()}
    yield Table(
        "The report as a PDF",
        "The real event, nothing kept from before. Ours is tagged, checked, and set in several ways"
        " of which the best is taken; the other programs get its HTML ready made.",
        in_turn({"pdf": bench.ours("pdf", EVENT), **_of("PDF", others)}, rounds),
        "pdf",
    )
    yield Table(
        "The briefing as a Word file",
        "pandoc makes a Word file of the report's HTML, without a style of its own.",
        in_turn({"docx": bench.ours("docx", EVENT), **_of("Word", others)}, rounds),
        "docx",
    )
    bench.ours("build", EVENT)()
    yield Table(
        "A build where nothing has changed",
        "pandoc makes a web page of the report's HTML.",
        in_turn(
            {
                "build": bench.ours("build", EVENT, cold=False),
                **_of("web page", others),
            },
            rounds,
        ),
        "build",
    )
    click = [sys.executable, "-c", "import click"]
    ways = {"--help": bench.ours("--help", cold=False), "python, import click": partial(run, click)}
    yield Table("Help", "Beside the import of what reads it.", in_turn(ways, rounds), "--help")
    yield _saves(bench, SAVES if rounds > _FEW else _FEW)


def everything(bench: Bench, rounds: int) -> Iterator[Table]:
    """Measure all else, too: whole builds, posters, many events, long reports."""
    yield from quick(bench, rounds)
    yield Table(
        "All documents of an event",
        "Report, briefing, poster and word cloud; a check makes all and stores nothing.",
        in_turn({"build": bench.ours("build", EVENT), "check": bench.ours("check", EVENT)}, rounds),
    )
    bench.ours("docx", EVENT)()
    briefing = bench.folder / "briefing.docx"
    shutil.copy(bench.folder / "output" / EVENT / "briefing.docx", briefing)
    libreoffice = partial(run, peers.libreoffice(briefing, bench.made("")))
    yield Table(
        "A PDF of a Word file",
        "LibreOffice sets the briefing's two pages; ours is the report, as above.",
        in_turn({"pdf": bench.ours("pdf", EVENT), "LibreOffice: PDF": libreoffice}, rounds),
        "pdf",
    )
    yield from _posters(bench, rounds)
    yield _many(bench, rounds)
    for name, parts in PAGES.items():
        bench.write_event(name.replace(" ", "-"), event_of(parts))
    long = {name: bench.ours("pdf", name.replace(" ", "-")) for name in PAGES}
    yield Table("Long reports", "Texts, lists and tables.", in_turn(long, rounds))


def _posters(bench: Bench, rounds: int) -> Iterator[Table]:
    rows = "".join(f"{text},{count}\n" for text, count in phrases(PHRASES))
    folder = bench.write_event("poster", _POSTER, f"answer,count\n{rows}")
    order = bench.folder / "d3.json"
    order.write_text(order_of_d3(phrases(PHRASES), bisect=True), "utf-8")
    abouts = {
        "A3": "Of the library wordcloud the cloud's pixels alone, at 300 dots an inch.",
        "A1": "The same, and of d3-cloud no more than the places, at the largest scale.",
        "A0": "Alone.",
    }
    for paper, about in abouts.items():
        poster = f"wordcloud --paper {paper}"
        ways: dict[str, Way] = {poster: bench.ours("wordcloud", "poster", "--paper", paper)}
        if paper in SIDES:
            picture = bench.made(f"{paper}.png")
            ways["the library"] = partial(run, peers.wordcloud(folder / "a.csv", paper, picture))
        if paper == "A1":
            ways["d3-cloud"] = partial(run, peers.d3(order))
        said = (
            f"{PHRASES} phrases; of ours all files, those for the press and the web, too. {about}"
        )
        ours = poster if len(ways) > 1 else ""
        yield Table(f"A poster on {paper}", said, in_turn(ways, rounds), ours)


def _many(bench: Bench, rounds: int) -> Table:
    names = [f"event-{number:03}" for number in range(bench.many)]
    for number, name in enumerate(names):
        folder = bench.write_event(name)
        text = (folder / "event.yaml").read_text("utf-8")
        (folder / "event.yaml").write_text(
            text.replace('title: "', f'title: "{number}. ', 1), "utf-8"
        )
        with (folder / "responses.csv").open("a", encoding="utf-8") as file:
            file.write(f"Answer {number}\n")  # or a cloud would be drawn once for all
    script = [sys.executable, ROOT / "benchmarks/many.py", bench.folder]
    halves = [[*script, *names[part::AT_ONCE]] for part in range(AT_ONCE)]
    plain = bench.folder / "html/plain.html"
    three = (
        peers.typst(plain, bench.made("many.pdf")),
        peers.pandoc(plain, bench.made("many.docx")),
        peers.pandoc(plain, bench.made("many.html")),
    )
    theirs = [*itertools.chain.from_iterable(itertools.repeat(three, bench.many))]

    def ours() -> Spent:
        bench.forget()
        return together(halves, bench.environment, AT_ONCE)

    ways: dict[str, Way] = {
        "report-builder": ours,
        "pandoc, and Typst": partial(together, theirs, None, AT_ONCE),
    }
    about = (
        "PDF, Word file and web page of each, on two cores: two processes of ours, each with half"
        " of the events; of the others two at a time."
    )
    return Table(f"{bench.many} events", about, in_turn(ways, rounds), "report-builder")


def _of(kind: str, ways: dict[str, Way]) -> dict[str, Way]:
    return {name: way for name, way in ways.items() if name.endswith(kind)}


def _saves(bench: Bench, times: int) -> Table:
    bench.forget()
    found = saves(bench.folder, EVENT, bench.environment, times)
    about = f"From a save to the new report.pdf, while “build --watch” goes on: {times} saves."
    return Table("A save", about, {"save": found})


def main() -> None:
    """Measure, say what was found, and fail where a ratio has fallen."""
    parser = argparse.ArgumentParser(description="Measure this program beside others.")
    parser.add_argument("--quick", action="store_true", help="what takes a minute; write no page")
    parser.add_argument("--rounds", type=int, default=0, help="5; with --quick 3")
    parser.add_argument("--events", type=int, default=100, help="how many are many: 100")
    parser.add_argument("--accept", action="store_true", help="keep the ratios of today")
    given = parser.parse_args()
    rounds = given.rounds or (_FEW if given.quick else 5)
    tables = []
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), given.events)
        bench.made("").mkdir()
        measured = quick(bench, rounds) if given.quick else everything(bench, rounds)
        for table in measured:
            tables.append(table)
            print(table.text(), end="\n\n", flush=True)
    if not given.quick:
        PAGE.write_text(page_of(tables, machine(), peers.versions(), rounds), "utf-8")
    now = {name: ratio for table in tables for name, ratio in table.ratios.items()}
    if given.accept:
        ratios.keep(now)
    elif worse := ratios.fallen(now, ratios.kept()):
        raise SystemExit("Slower than it was:\n" + "\n".join(worse))


if __name__ == "__main__":
    main()
