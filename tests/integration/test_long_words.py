"""Long words, addresses, code, notes and pictures stay in their columns; words stay as typed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.conftest import Once, Run
from tests.integration.test_wide_tables import EDITIONS, MACHINE, MARGIN, outside
from tests.tools.office import text_of
from tests.tools.verapdf import failed_rules

pytestmark = pytest.mark.slow

GERMAN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WELSH = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
QUERY = (
    "https://forms.office.example/Pages/ResponsePage.aspx?id=xKzQ8f3hUkqYb7dZ0Lr1mT5vWc2nPsEoGiJaRu"
    "XyBhNpKtMwDqVfSgHjLkZxCvBnMqWeRtYuIoPaSdFgHjKlZx4u&lang=en-GB&utm_source=e-mail"
)
SLUG = "https://www.council.example/a-page-with-hyphens/that-goes-on-and-on/and-on-for-a-line.html"
MAIL = "neighbourhood.engagement.and.public-health.partnerships@long-borough-council-name.example"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" * 2
FILE = "/documents/s12345/Appendix_A_Health_and_Wellbeing_Strategy_2026-2030_final_version_2.pdf"
READ_BY_BOTH = (
    *(GERMAN, WELSH, QUERY, SLUG, MAIL, HASH, FILE),
    "methionylthreonylthreonylglutaminylarginyltyrosylglutamylserylleucylphenylalanyl",
    r"\\server-01\departments\public-health\health-equity\2026\Strategy_final-final.docx",
    "GB29NWBK60161331926819GB29NWBK60161331926819GB29NWBK60161331926819",
    "#HealthEquityTownMovementNorthfieldCommunityConferenceTwentyTwentySix",
    "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu",
    "parents/carers/guardians/grandparents/neighbours/friends/volunteers/councillors",
    "Article\u00a050\u00a0of\u00a0the\u00a0Treaty\u00a0on\u00a0European\u00a0Union\u00a0as\u00a0amended",
    "Featherstonehaugh-Cholmondeley-Marjoribanks-Beauchamp-Mainwaring-Wriothesley",
    "consent_to_use_of_photographs_in_printed_and_online_publications_of_the_council",
    "1234567890" * 10,
    "https://doi.org/10.1000/182.abcdefghijklmnopqrstuvwxyz-0123456789(2026)12:3::AID-XYZ",
    "превысокомногорассмотрительствующийпревысокомногорассмотрительствующий",
    "Λοπαδοτεμαχοσελαχογαλεοκρανιολειψανοδριμυποτριμματοσιλφιοκαραβομελιτο",
    "健康平等城镇运动在社区会议上收集了居民的意见和建议并制定了下一步的行动计划以改善所有人的生活",
)
OTHERS = (
    "ประเทศไทยมีการจัดงานเพื่อสุขภาพของประชาชนทุกคนในชุมชนและเมืองต่างๆทั่วประเทศ",
    "قسطنطنیہوالوںکےلیے",
)
WORDS = (*READ_BY_BOTH, *OTHERS)
CODE = [f"report-builder pdf --edition large-print {FILE}", "    " + SLUG, "if a-b:"]
FILLED = "Please do read the {}, and keep an eye out for future consultations as work goes on."
PLAIN = "summary of results"
TOO_LONG = "What delegates said they want from each partner over the coming year " * 4
HEAD = 80  # points of a page that its running head takes
NOTES = f"One[^1], two[^2], three[^3].\n\n[^1]: {GERMAN}\n[^2]: {QUERY}\n[^3]: Plain."
PICTURES = {"wide": (900, 400), "high": (300, 2400), "dot": (20, 20)}
RULED = f"| {GERMAN} | B |\n|---|---|\n| {SLUG} | {HASH} |"


def lines(words: Sequence[str], form: str) -> str:
    return "\n\n".join(form.format(word.replace("\\\\", "\\\\\\\\")) for word in words)


def text(title: str, body: str) -> dict[str, object]:
    return {"type": "prose", "title": title, "body": body}


EVENT = {
    "title": f"{GERMAN} in {WELSH}",
    "date": "2026-01-31",
    "organiser": WELSH,
    "venue": {"name": WELSH, "online": QUERY, "address": SLUG},
    "people": {"w": {"name": f"{WELSH} Jones", "role": GERMAN, "organisation": MAIL}},
    "contacts": [{"name": WELSH, "email": MAIL, "web": SLUG}],
    "sections": [
        text("Words", lines(WORDS, "Before {} after.")),
        text("Words in brackets", lines(WORDS, "See (**{}**), and more.")),
        text("Code", "```\n" + "\n".join(CODE) + f"\n```\n\nType `--a-flag` and `{FILE}`."),
        text("A list", lines((GERMAN, SLUG), "- {}")),
        text("Notes", NOTES),
        text("Pictures", "\n\n".join(f"- ![A picture](media/{name}.png)" for name in PICTURES)),
        text("Links", lines(("[summary of results](https://www.example.org/a)", PLAIN), FILLED)),
        text("A table", RULED),
        text(TOO_LONG.strip(), "\n\n".join(["A paragraph of a few words."] * 40)),
        {"type": "statistics", "title": "Numbers", "items": [
            {"value": "£1,234,567,890", "label": GERMAN},
            {"value": WELSH, "label": "a place"},
            {"value": "12 of 17", "label": SLUG},
        ]},
        {"type": "glossary", "title": "Terms", "items": [
            {"term": GERMAN, "meaning": MAIL}, {"term": "Intersectionality", "meaning": "All"},
        ]},
        {"type": "attendees", "title": "Who came", "organisations": [GERMAN, SLUG]},
        {"type": "questions", "title": "Questions", "items": [
            {"question": f"{GERMAN}?", "answer": QUERY, "asked_by": WELSH},
        ]},
        {"type": "key-messages", "items": [f"See {SLUG}", GERMAN]},
        {"type": "quotes", "title": WELSH, "items": [{"text": HASH, "by": WELSH}]},
        {"type": "sessions", "title": "Talks", "items": [
            {"speakers": ["w"], "title": GERMAN, "body": "Short.", "room": FILE},
        ]},
        {"type": "actions", "title": "Next", "items": [{"text": SLUG, "owner": WELSH}]},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def output(once: Once, run: Run) -> Path:
    def make(workspace: Path) -> None:
        folder = workspace / "content" / "long"
        (folder / "media").mkdir(parents=True)
        for name, size in PICTURES.items():
            Image.new("RGB", size, (0, 80, 92)).save(folder / "media" / f"{name}.png")
        (folder / "event.yaml").write_text(json.dumps(EVENT), "utf-8")
        run("pdf", "--edition", "standard", "--edition", "large-print", cwd=workspace)

    return once("long-words", make) / "output" / "long"


PDFS = pytest.mark.parametrize("edition", EDITIONS)


def bare(said: str) -> str:
    """Return what somebody has who pastes a text where no spaces belong."""
    return "".join(said.split())


def below_the_head(page: pypdfium2.PdfPage) -> str:
    return str(page.get_textpage().get_text_bounded(top=page.get_height() - HEAD))


@PDFS
def test_nothing_leaves_its_column(output: Path, edition: str) -> None:
    assert list(outside(output / f"{edition}.pdf")) == []


@PDFS
def test_words_are_copied_as_they_were_typed(output: Path, edition: str) -> None:
    """Poppler and PDFium give each whole, with no sign more and none less."""
    pdf = output / f"{edition}.pdf"
    with pypdfium2.PdfDocument(pdf) as document:
        pdfium = bare("".join(below_the_head(page) for page in document))
    poppler = bare(text_of(pdf, heads=False))
    for said in (pdfium, poppler):
        here = 0
        for word in READ_BY_BOTH:
            here = said.find(f"Before{bare(word)}after.", here)
            assert here >= 0, word
            assert f"See({bare(word)}),andmore." in said
        assert all(bare(line) in said for line in CODE)
        assert not {"\u200b", "\u2060", "\ufffe", "\xad"} & set(said)


@PDFS
def test_the_tags_follow_the_standards(output: Path, edition: str) -> None:
    pdf = output / f"{edition}.pdf"
    assert failed_rules(pdf) == {}
    assert failed_rules(pdf, "PDFA-2A") == {}
    # That all pages are turned alike is asked by veraPDF alone: a wide table has a wide page.
    assert failed_rules(pdf, MACHINE).keys() <= {"1.3.4-1"}


def test_the_newer_standard_is_followed_too(output: Path, tmp_path: Path, run: Run) -> None:
    run("pdf", "--pdf-standard", "ua-2", "--output", str(tmp_path), cwd=output.parents[1])
    pdfs = list(tmp_path.rglob("*.pdf"))
    assert len(pdfs) == 1
    assert [pdf for pdf in pdfs if failed_rules(pdf, "PDFUA-2-ISO32005")] == []


@PDFS
def test_pictures_in_texts_fit_their_column(output: Path, edition: str) -> None:
    sizes = []
    with pypdfium2.PdfDocument(output / f"{edition}.pdf") as document:
        for page in document:
            width, height = page.get_size()
            for picture in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
                left, bottom, right, top = picture.get_bounds()
                assert left > MARGIN
                assert right < width - MARGIN
                assert bottom > MARGIN
                assert top < height - MARGIN
                sizes.append((right - left, top - bottom))
    assert len(sizes) == len(PICTURES)
    assert any(abs(width / height - 900 / 400) < 0.05 for width, height in sizes)
    assert any(abs(width / height - 300 / 2400) < 0.05 for width, height in sizes)
    assert min(width for width, _ in sizes) < 20  # small ones stay small


def test_a_line_with_a_link_is_filled_as_one_without(output: Path) -> None:
    said = text_of(output / "report.pdf", pages=True)
    first = re.findall(r"Please do read the summary of results.*", said)
    assert first == ["Please do read the summary of results, and keep an eye out for"] * 2


@PDFS
def test_no_number_of_a_note_stands_alone(output: Path, edition: str) -> None:
    said = text_of(output / f"{edition}.pdf", pages=True)
    for number, begins in ((1, "Donau"), (2, "https://"), (3, "Plain")):
        assert re.search(rf"^{number}\s{begins}", said, re.MULTILINE), number


def test_code_keeps_its_lines(output: Path) -> None:
    said = text_of(output / "report.pdf", pages=True)
    assert re.search(r"^report-builder pdf --edition large-print", said, re.MULTILINE)
    assert re.search(r"^if a-b:$", said, re.MULTILINE)


def test_a_running_head_never_takes_more_room_than_it_has(output: Path) -> None:
    said = text_of(output / "report.large-print.pdf", pages=True).split("\f")
    assert sum("…" in page for page in said) >= 2


CONTACT = {"name": WELSH, "email": f"{'a.' * 30}team@{'longcouncil' * 5}.example", "web": QUERY}
SERIES = [{"name": name, "values": [1, 2, 3]} for name in (GERMAN, WELSH)]
GROUPS = {"type": "chart", "caption": "Two", "labels": ["a", "b", "c"], "series": SERIES}
ASKED = {
    "type": "feedback",
    "question": f"[What]({SLUG}) in {GERMAN * 3}?",
    "responses": ["a", "b"],
}


@pytest.mark.parametrize(
    "said",
    [
        *({"title": f"Meeting in {WELSH}"}, {"title": f"{WELSH}: a day"}, {"title": QUERY}),
        *({"contacts": [CONTACT]}, {"sections": [GROUPS]}, {"sections": [ASKED]}),
    ],
    ids=["title", "first-part-of-a-title", "address", "contact", "groups-of-bars", "poster"],
)
def test_no_word_is_too_long_to_be_printed(event, tmp_path, run, said) -> None:  # type: ignore[no-untyped-def]
    event(json.dumps({"title": "A day", "organiser": WELSH, "date": "2026-01-31", **said}))
    run("build", "--edition", "standard", "--edition", "large-print", cwd=tmp_path)
    for pdf in tmp_path.rglob("report*.pdf"):
        assert list(outside(pdf)) == []


URDU = (
    "یہ ایک لمبا جملہ ہے جس میں Łukasz Żółć-Świątek اور Luton Borough Council "
    "اور دوسرے لوگ بھی شامل ہیں"
)


def test_words_that_run_against_their_line_end_where_it_ends(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    body = "\n\n".join(f"{'Words ' * n}[{URDU} اور یہ آگے چلتا ہے]{{lang=ur}}" for n in range(8))
    event(json.dumps({"title": "A day", "sections": [text("One", body)]}))
    event(json.dumps({"title": "دن", "language": "ur", "sections": [text("One", body)]}), "other")
    run("pdf", cwd=tmp_path)
