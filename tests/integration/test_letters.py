"""Names of the world and emoji from telephones are set whole, and said as they are written."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import docx
import pypdfium2
import pytest
import yaml
from tests.conftest import ROOT, Once, Run
from tests.tools.office import text_of
from tests.tools.verapdf import failed_rules

from report_builder.readback.structure import Element, read_structure

pytestmark = pytest.mark.slow

PROFILES = ("PDFUA-1", "PDFA-2A", str(ROOT / "tests/tools/profiles/WCAG-2-2-Machine.xml"))
NAMES = (
    # Welsh, Polish, Turkish, Vietnamese, Yoruba, Igbo, Hausa, Twi
    *("Llŷr Gwŷdd Ŵyn", "Małgorzata Żółć", "İnönü Çağrı Şahin", "Trần Thị Ngọc Hằng", "Đặng Mỹ Lệ"),
    *("Ọlábísí Ẹniọlá", "Ṣadé Ọ̀yọ́", "Ǹjẹ́ Ḿbẹ̀", "Nkechị Ụzọma", "Ṅnamdị Chukwudị"),
    *("Ɓala Ƙaura", "Ƴar'adua Ɗan", "Kwabɛna Ɔkyerɛ"),
    # As it was typed on a computer that takes letters apart
    unicodedata.normalize("NFD", "Phạm Thị Ngọc"),
    # Transliteration, and sounds
    *("Muḥammad al-Ṭabarī", "ʿAbd al-Raḥmān ʾIbn", "Kṛṣṇa Śrī Rāmāyaṇa", "[ˈluːtən ðə ʃɒp]"),
    # Letters of India, and of East and South-East Asia
    *("हरिकृष्ण शर्मा", "রবীন্দ্রনাথ ঠাকুর", "அருண் குமார்", "નરેન્દ્ર પટેલ", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"),
    *("తెలుగు", "ಕನ್ನಡ", "മലയാളം", "ශ්‍රී ලංකා", "王小明", "山田さくら", "김민준", "สวัสดี น้ำ ทำงาน"),
    *("ខ្មែរ", "မြန်မာ", "ລາວ"),
    # Others
    *("Łukasz Дмитро Ґалаґан", "Γιώργος Παπαδόπουλος", "አበበ በቂላ", "გიორგი", "Հայկ", "Þórður Æsa"),
    *("Saša Đorđević", "Ștefan Țepeș", "Ōtani Jūrō", "Māra Ķēniņa"),
)
FROM_THE_RIGHT = (
    *("محمد علي", "فاطمة الزهراء", "خوش آمدید", "شب بخیر", "صباح الخير", "لا إله", "שלום עולם"),
    *("اَلسَّلَامُ عَلَيْكُمْ", "بِسْمِ ٱللَّٰهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ", "שָׁלוֹם עֲלֵיכֶם", "ދިވެހި"),
)
BOTH_WAYS = (
    *("یہ Luton Council کی رپورٹ ہے", "ہم نے NHS کے ساتھ 24/7 کام کیا"),
    *("مرکز (Venue 360) میں 80 لوگ آئے", "في عام 2026 زار Open Space Luton المدينة"),
)
EMOJI = {
    "❤️": "red heart",
    "⚠️": "warning",
    "✔️": "check mark",
    "ℹ️": "information",
    "☎️": "telephone",
    "1️⃣": "keycap 1",
    "#️⃣": "keycap #",
    "*️⃣": "keycap *",
    "🔟": "keycap 10",
    "🏖️": "beach with umbrella",
    "👨‍👩‍👧": "family man woman girl",
    "👨‍👩‍👧‍👦": "family man woman girl boy",
    "🎉": "party popper",
    "🇬🇧": "flag: United Kingdom",
    "🇵🇰": "flag: Pakistan",
    "🇳🇬": "flag: Nigeria",
    "🏴󠁧󠁢󠁷󠁬󠁳󠁿": "flag: Wales",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿": "flag: England",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿": "flag: Scotland",
    "🏳️‍🌈": "rainbow flag",
    "👍": "thumbs up",
    "👍🏽": "thumbs up medium skin tone",
    "👍🏿": "thumbs up dark skin tone",
    "🙏🏾": "folded hands medium-dark skin tone",
    "👩🏿‍💻": "woman technologist dark skin tone",
    "👩‍💻": "woman technologist",
    "🧑🏻‍🤝‍🧑🏿": "people holding hands light skin tone dark skin tone",
    "🤝": "handshake",
    "👩‍🦽": "woman in manual wheelchair",
    "🫶🏽": "heart hands medium skin tone",
    "❤️‍🔥": "heart on fire",
    "👁️‍🗨️": "eye in speech bubble",
    "🐦‍🔥": "phoenix",
    "☀️": "sun",
    "🌧️": "cloud with rain",
    "☺️": "smiling face",
    "⏰": "alarm clock",
    "✅": "check mark button",
    "🏛️": "classical building",
    "🅰️": "A button (blood type)",
    "👏": "clapping hands",
}
LETTERS = ("☎︎", "✔", "❤", "©️", "™️", "→", "½")
URDU = "رپورٹ"
BODY = "**All 🎈** [here 🔗](https://a.example)[^1]\n\n[^1]: Note 📝."
ANSWERS = ["❤️ Homes", "1️⃣ first", "👨‍👩‍👧", "☎︎ call ✔", "👍🏽", "👍🏿", "Ẹ̀kọ́", "محمد سَلَام"]


@pytest.fixture(scope="module")
def output(once: Once, run: Run) -> Path:
    def build(workspace: Path) -> None:
        for name, content in EVENTS.items():
            folder = workspace / "content" / name
            folder.mkdir(parents=True)
            (folder / "event.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        run("pdf", "--edition", "standard", "--edition", "large-print", cwd=workspace)
        run("docx", "party", cwd=workspace)
        run("wordcloud", "party", cwd=workspace)

    return once("letters", build) / "output"


def prose(title: str, sentences: Sequence[str]) -> dict[str, object]:
    return {"type": "prose", "title": title, "body": "\n\n".join(sentences)}


def sentence(words: str) -> str:
    return f"We say {words} to all."


EVENTS = {
    "names": {
        "title": f"A day with {NAMES[3]} and {FROM_THE_RIGHT[0]}",
        "date": "2026-01-31",
        "sections": [
            prose("Names", [sentence(name) for name in NAMES]),
            prose("From the right", [sentence(name) for name in FROM_THE_RIGHT]),
        ],
    },
    "urdu": {
        "title": f"{URDU} Luton 2026",
        "language": "ur",
        "sections": [prose(URDU, [*BOTH_WAYS, *FROM_THE_RIGHT, "❤️"])],
    },
    "french": {"title": "Fête", "language": "fr", "sections": [prose("Fête", ["❤️ 🇬🇧"])]},
    "party": {
        "title": "Party 👨‍👩‍👧 for ❤️ Luton",
        "people": {"z": {"name": "Zoë 🦄 Ngọc", "role": "lead ✔️"}},
        "sections": [
            prose("Emoji 👍🏽", [sentence(emoji) for emoji in (*EMOJI, *LETTERS)]),
            {
                "type": "sessions",
                "items": [{"title": "Talk 🎤", "speakers": ["z"], "body": BODY}],
            },
            {
                "type": "table",
                "title": "T ⚠️",
                "columns": ["A 🅰️", "B"],
                "rows": [["✅ yes", "1️⃣"]],
                "caption": "C 🧢",
            },
            {"type": "quotes", "items": [{"text": "I ❤️ it", "by": "Zoë 🌻", "consent": "given"}]},
            {"type": "feedback", "question": "What ❤️?", "responses": ANSWERS},
        ],
    },
}


def pdfium(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def squeezed(text: str) -> str:
    """Return a text without spaces and marks of direction, which programs add.

    That a sign is to look like a letter (U+FE0E) nobody sees.
    """
    return re.sub(
        "[\\s\ufe0e\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", unicodedata.normalize("NFC", text)
    )


def in_order(texts: Sequence[str], pdf: Path, read: Callable[[Path], str]) -> list[str]:
    """Return the texts that a program does not read where they stand."""
    there, here, lost = squeezed(read(pdf)), 0, []
    for text in texts:
        found = there.find(squeezed(text), here)
        if found < 0:
            lost.append(text)
        here = max(here, found)
    return lost


@pytest.mark.parametrize("read", [text_of, pdfium])
def test_programs_read_names_and_emoji_as_they_are_written(
    output: Path, read: Callable[[Path], str]
) -> None:
    assert len(NAMES) >= 40
    assert len(EMOJI) >= 40
    assert in_order([sentence(name) for name in NAMES], output / "names/report.pdf", read) == []
    said = [sentence(emoji) for emoji in (*EMOJI, *LETTERS)]
    assert in_order(said, output / "party/report.pdf", read) == []
    for event in ("names", "party"):  # no sign that nobody wrote
        assert "\u200b" not in read(output / event / "report.pdf")


def test_poppler_reads_what_runs_from_right_to_left(output: Path) -> None:
    def read(pdf: Path) -> str:
        return text_of(pdf, right_to_left=True)

    said = [sentence(name) for name in FROM_THE_RIGHT]
    assert in_order(said, output / "names/report.pdf", read) == []
    assert in_order([*BOTH_WAYS, *FROM_THE_RIGHT], output / "urdu/report.pdf", read) == []


@pytest.mark.parametrize("event", EVENTS)
def test_standards_are_followed_whatever_the_letters(output: Path, event: str) -> None:
    for profile in PROFILES:
        assert failed_rules(output / event / "report.pdf", profile) == {}, profile


def test_the_newer_standard_is_followed_too(output: Path, tmp_path: Path, run: Run) -> None:
    run("pdf", "--pdf-standard", "ua-2", "--output", str(tmp_path), cwd=output.parent)
    pdfs = list(tmp_path.rglob("*.pdf"))
    assert len(pdfs) == len(EVENTS)
    assert [pdf for pdf in pdfs if failed_rules(pdf, "PDFUA-2-ISO32005")] == []


def named(tree: Element | None) -> Iterator[tuple[str, str]]:
    for element in tree.walk() if tree else ():
        if element.role == "Span" and element.alternative:
            yield "".join(k for k in element.kids if isinstance(k, str)), element.alternative


def test_an_emoji_is_said_by_its_name_in_the_language_of_the_document(output: Path) -> None:
    def spoken(event: str) -> dict[str, str]:
        tree = read_structure((output / event / "report.pdf").read_bytes())
        return dict(named(tree))

    party = spoken("party")
    assert {emoji: party.get(emoji) for emoji in EMOJI} == EMOJI
    assert party.keys().isdisjoint(LETTERS)
    assert {"🦄", "🎤", "🎈", "🔗", "📝", "🧢", "🌻"} <= party.keys()
    assert spoken("french") == {"❤️": "cœur rouge", "🇬🇧": "drapeau royaume-uni"}
    urdu = read_structure((output / "urdu/report.pdf").read_bytes())
    assert urdu is not None
    assert [(e.alternative, e.notes["lang"]) for e in urdu.walk() if e.alternative] == [
        ("red heart", "en")
    ]


def test_a_phrase_from_right_to_left_stands_in_the_tree_as_it_is_read(output: Path) -> None:
    tree = read_structure((output / "names/report.pdf").read_bytes())
    assert tree is not None
    assert set(FROM_THE_RIGHT) <= {element.text for element in tree.walk()}


def test_word_files_and_posters_have_emoji_too(output: Path) -> None:
    words = docx.Document(str(output / "party/briefing.docx"))
    assert words.core_properties.title.endswith("Party 👨‍👩‍👧 for ❤️ Luton")
    poster = output / "party/poster.pdf"
    assert in_order(["❤️ Homes", "1️⃣ first"], poster, text_of) == []
    assert failed_rules(poster) == {}
    # Two thumbs are one picture that says two things; the printer's file has it twice, too.
    screen, printed = (
        ink_of(output / "party" / name) for name in ("poster.pdf", "poster.print.pdf")
    )
    assert printed == pytest.approx(screen, rel=0.01)


def ink_of(pdf: Path) -> float:
    """Return how much of a page is dark."""
    with pypdfium2.PdfDocument(pdf) as document:
        box = document[0].get_trimbox()
        document[0].set_cropbox(*box)
        pixels = document[0].render(scale=0.5).to_numpy()
    return float((pixels[:, :, 1] < 200).mean())


@pytest.fixture
def drawn(event: Callable[[str], Path]) -> Callable[[str], Path]:
    """Write an event with a drawing that says a text, and a theme that prints one."""

    def write(svg: str, css: str = "") -> Path:
        folder = event(
            "title: T\nsections:\n"
            "  - {type: gallery, title: G, items: [{file: a.svg, alt: Drawing, consent: given}]}"
        )
        (folder / "a.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">\n'
            f'<text y="15" font-family="Arial">{svg}</text></svg>'
        )
        theme = folder.parents[1] / "templates/signs"
        theme.mkdir(parents=True)
        sheet = (ROOT / "templates/default/report.css").read_text()
        (theme / "report.css").write_text(f"h2::after{{content:'{css}'}}\n{sheet}")
        return folder

    return write


def test_drawings_and_style_sheets_may_print_any_letter(drawn, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    drawn("✓ → हिन्दी محمد 王 👨‍👩‍👧", r" \2714 ☎ ❤️")
    run("pdf", "--theme", "signs", cwd=tmp_path)
    pdf = tmp_path / "output/an-event/report.pdf"
    for profile in PROFILES:
        assert failed_rules(pdf, profile) == {}
    assert in_order(["G✔☎❤", "✓ →"], pdf, text_of) == []


def test_letters_that_no_font_has_are_named_where_they_stand(drawn, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    folder = drawn("𐎠", "𐎡")
    said = run("pdf", "--theme", "signs", cwd=tmp_path, code=1).stderr
    assert "content/an-event/a.svg:2:1: error: No font of the theme has “𐎠”" in said
    assert "templates/signs/report.css:1:19: error: No font of the theme has “𐎡”" in said
    shutil.rmtree(folder)


def test_an_emoji_that_no_font_has_is_named(event, tmp_path, run) -> None:  # type: ignore[no-untyped-def]
    event("title: T\nsections:\n  - {type: prose, title: S, body: Tired 🫩 people}\n")
    said = run("pdf", cwd=tmp_path, code=1).stderr
    assert (
        "event.yaml:3:41: error: No font of the theme has “🫩” (face with bags under eyes)" in said
    )
