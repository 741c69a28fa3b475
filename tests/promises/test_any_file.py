"""``verify`` finds what is wrong with any finished file, and no file does it harm."""

from __future__ import annotations

import json
import os
import re
import resource
from pathlib import Path

import pikepdf
import pytest
from tests.conftest import Once, Run
from tests.tools.hostile import HOSTILE, raw_pdf, stream
from tests.tools.mutating import mutants
from tests.tools.spoiling import FAULTS, VARIANTS, spoilt, write_event

from report_builder.checks import seen
from report_builder.problems import Position, Severity, printable
from report_builder.verification import Verdict, verify, verify_files
from report_builder.verification.told import unreadable

pytestmark = pytest.mark.slow

SEEN = {rule.code for rule in seen.RULES}
_SECONDS, _MEGABYTES = 10, 1000  # that a file may take to be looked into


@pytest.fixture(scope="module")
def report(once: Once, run: Run) -> Path:
    def build(folder: Path) -> None:
        write_event(folder / "content/an-event")
        run("pdf", cwd=folder)

    return once("spoiling", build) / "output/an-event/report.pdf"


def test_all_faults_are_found_that_can_be_seen_without_the_source(
    report: Path, tmp_path: Path
) -> None:
    """34 faults as programs and people make them, and some made in other ways."""
    pdf, paths = report.read_bytes(), []
    faults = {**FAULTS, **VARIANTS}
    for name, (spoil, _) in faults.items():
        paths.append(tmp_path / f"{name.replace('/', ' ')}.pdf")
        paths[-1].write_bytes(spoilt(pdf, spoil))
    found = dict(zip(faults, verify_files(paths), strict=True))
    missed = [
        name
        for name, (_, code) in faults.items()
        if code not in {p.code for p in found[name].problems}
    ]
    assert len(FAULTS) == 34
    assert missed == []
    for name, verdict in found.items():
        for problem in verdict.problems:
            assert problem.hint, (name, problem)
            assert problem.message.endswith("."), (name, problem)


def test_what_is_found_names_the_page_and_the_words(report: Path) -> None:
    def messages(fault: str) -> str:
        found = verify(spoilt(report.read_bytes(), FAULTS[fault][0]), "spoilt.pdf")
        return "\n".join(problem.message for problem in found.problems)

    assert "“IMG_1234.jpg” of a picture on page " in messages("alt text that is a file's name")
    assert re.search(r"“.+” on page \d+ is marked as", messages("text that is decoration"))
    assert re.search(
        r"“Bushbury” on page \d+ \(and 1 more", messages("heads of rows that are cells")
    )


def test_nothing_is_found_in_files_of_ours(built: Path, report: Path) -> None:
    paths = [report, *(p for p in sorted(built.iterdir()) if p.suffix in (".pdf", ".docx"))]
    assert len(paths) > 4
    for path, verdict in zip(paths, verify_files(paths), strict=True):
        codes = [problem.code for problem in verdict.problems]
        assert codes == (["pdf-press"] if ".print." in path.name else []), path.name
        assert verdict.is_accessible is (".print." not in path.name)


_BLACK_ON_WHITE = "BT /F 14 Tf 40 {y} Td 0 g (These words are plain) Tj ET "


def painted(*contents: str) -> Verdict:
    """Return what is found in a PDF whose page paints something."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    picture = stream(
        b"\x00" * 100,
        "/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    page = "/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>"
    content = stream("".join(contents).encode())
    return verify(raw_pdf(content, font, picture, page=page), "painted.pdf")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (_BLACK_ON_WHITE.format(y=100), ""),
        ("BT /F 14 Tf 250 100 Td (Words that run off) Tj ET", "beyond-page"),
        ("BT /F 14 Tf 40 -4 Td (Words that run off) Tj ET", "beyond-page"),
        ("BT /F 7 Tf 40 100 Td (Words that are small) Tj ET", "small-text"),
        ("BT .5 0 0 .5 40 100 Tm /F 14 Tf (Words that are small) Tj ET", "small-text"),
        ("BT /F 14 Tf 40 100 Td 1 g (Words that are white) Tj ET", "unseen-text"),
        ("BT /F 14 Tf 40 100 Td 3 Tr (Words that are not set) Tj ET", "unseen-text"),
        ("BT /F 14 Tf 4000 100 Td (Words that are far away) Tj ET", "unseen-text"),
        ("q 200 0 0 50 40 90 cm /I Do Q BT /F 14 Tf 40 100 Td 3 Tr (Words of a scan) Tj ET", ""),
        ("BT /F 14 Tf 40 100 Td .7 g (Words that are pale) Tj ET", "contrast"),
        ("0 0 .5 rg 20 80 250 60 re f BT /F 14 Tf 40 100 Td 0 g (On blue) Tj ET", "contrast"),
        ("0 0 .5 rg 20 80 250 60 re f BT /F 14 Tf 40 100 Td 1 g (On blue) Tj ET", ""),
        ("0 g 20 80 250 60 re f BT /F 14 Tf 40 100 Td 0 g (On black) Tj ET", "unseen-text"),
    ],
)  # fmt: skip
def test_what_the_eye_meets_is_found(content: str, code: str) -> None:
    found = {p.code for p in painted(content).problems if p.code in SEEN}
    assert code in found if code else not found
    assert code == "beyond-page" or found <= {code, "beyond-page"}


def test_no_file_takes_long_or_much(tmp_path: Path) -> None:
    paths = []
    for name, make in HOSTILE.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(make())
    for path in paths:
        before = worked()
        verdict = verify(path.read_bytes(), path.name)
        assert worked() - before < _SECONDS, path.name
        assert not verdict.is_accessible, path.name
        assert "not known here" not in str(verdict.problems), path.name
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    assert used < _MEGABYTES


def worked() -> float:
    """Return the seconds that ended processes of ours have worked, on however busy a computer."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_no_file_of_a_hundred_that_are_damaged_breaks_it(report: Path, tmp_path: Path) -> None:
    paths = []
    for number, mutant in enumerate(mutants(report.read_bytes(), 100, seed=14)):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(mutant)
    for path, verdict in zip(paths, verify_files(paths), strict=True):
        found = str(verdict.problems)
        assert "not known here" not in found, path.name
        assert "too long" not in found, path.name
        assert found == printable(found)


def test_one_file_that_cannot_be_read_does_not_stop_the_others(
    report: Path, tmp_path: Path, run: Run
) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "cut.pdf").write_bytes(report.read_bytes()[:9000])
    with pikepdf.open(report) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="a", owner="b"))
    bad = ["pipe.pdf", "folder.pdf", "empty.pdf", "cut.pdf", "locked.pdf", "nowhere.pdf"]
    said = run("verify", *bad, str(report), cwd=tmp_path, code=1).stdout
    assert [line for line in said.splitlines() if line.endswith(": not accessible.")] == [
        f"{name}: not accessible." for name in bad
    ]
    assert f"{report.as_posix()}: accessible;" in said
    found = json.loads(run("verify", *bad, "--format", "json", cwd=tmp_path, code=1).stdout)
    assert {problem["code"] for problem in found} >= {"unreadable-document"}
    assert {problem["path"] for problem in found} == set(bad)
    run("verify", str(report), cwd=tmp_path, code=0)


_EVIL = "\x1b]0;owned\x07\x9b31m‮evil⁦\x7f"


def evil(pdf: pikepdf.Pdf) -> None:
    """Let a report say to a terminal what to do, wherever it says something."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") is not None:
            thing.ActualText = thing.Alt = thing.E = thing.Lang = pikepdf.String(_EVIL)
            thing.S = pikepdf.Name("/H7\x1b[31m") if thing.S == pikepdf.Name.P else thing.S
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Title") is not None:
            thing.Title = pikepdf.String(_EVIL)


@pytest.mark.parametrize("options", [(), ("--tree",), ("--read-aloud",), ("--format", "json")])
def test_nothing_that_a_file_says_is_obeyed_by_a_terminal(
    options: tuple[str, ...], report: Path, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / f"evil{_EVIL}.pdf"
    path.write_bytes(spoilt(report.read_bytes(), evil))
    for name in (path.name, f"no{_EVIL}.docx"):
        said = run("verify", *options, name, cwd=tmp_path, code=None).stdout
        assert "evil" in said
        for line in said.splitlines():
            assert line == printable(line)
    if "json" in options:
        assert {row["path"] for row in json.loads(said)} == {name}


def test_a_terminal_gets_words_alone() -> None:
    """What joins letters and what is no control is kept."""
    assert printable("a\x1b[0m\tb\r\nc\x85‮d\udcff") == "a\ufffd[0m b  c\ufffdd\ufffd"
    for words in ("می‌خواهم", "👩‍👩‍👧", "Nkechị", "❤️", "क्‍ष"):
        assert printable(words) == words


def test_what_cannot_be_looked_into_has_its_mend() -> None:
    problem = unreadable(Position("a.pdf"))
    assert problem.severity is Severity.ERROR
    assert problem.hint
