"""What comes in a table is refused with its row, or sent as it stands: never another message."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

from report_builder.post.message import compose, enclose
from report_builder.post.recipients import read_recipients
from report_builder.problems import ReportBuilderError, Severity
from report_builder.settings.mail import Mailbox
from report_builder.writers.email.body import Body

EDITIONS = ("standard", "large-print")
HEADERS = [
    *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted"),
    *("X-Auto-Response-Suppress", "List-Unsubscribe", "Content-Language", "MIME-Version"),
    "Content-Type",
]
LONG = "Ffion " * 49 + "Prydd"
SENT: Mapping[str, tuple[str, str, str, str]] = {
    # what it is: name and address as written, name and address as sent
    "plain": ("Kit Example", "kit@hospice.example", "Kit Example", "kit@hospice.example"),
    "comma in name": ("Smith, John", "john@a.example", "Smith, John", "john@a.example"),
    "quotation marks": ('John "JJ" Smith', "jj@a.example", 'John "JJ" Smith', "jj@a.example"),
    "backslash": ("Back\\slash", "b@a.example", "Back\\slash", "b@a.example"),
    "brackets": ("Amy (chair)", "amy@a.example", "Amy (chair)", "amy@a.example"),
    "colon and semicolon": ("Group: A; B", "g@a.example", "Group: A; B", "g@a.example"),
    "accents": ("Zoë Ní Bhriain", "zoe@a.example", "Zoë Ní Bhriain", "zoe@a.example"),
    "Polish": ("Łukasz Żółć", "l@a.example", "Łukasz Żółć", "l@a.example"),
    "Urdu": ("سارہ خان", "sara@a.example", "سارہ خان", "sara@a.example"),
    "a joiner that Persian needs": ("می\u200cخواهم", "p@a.example", "می\u200cخواهم", "p@a.example"),
    "Chinese": ("王小明", "wang@a.example", "王小明", "wang@a.example"),
    "emoji": ("Sam 🌻", "sam@a.example", "Sam 🌻", "sam@a.example"),
    "decomposed letters": ("Zoe\u0308", "z@a.example", "Zoë", "z@a.example"),
    "300 letters": (LONG, "long@a.example", LONG, "long@a.example"),
    "300 letters without a space": ("x" * 300, "xx@a.example", "x" * 300, "xx@a.example"),
    "300 letters of Polish": ("ż" * 300, "zz@a.example", "ż" * 300, "zz@a.example"),
    "apostrophe": ("Pat O’Brien", "pat.o'brien@a.example", "Pat O’Brien", "pat.o'brien@a.example"),
    "no name": ("", "info@a.example", "", "info@a.example"),
    "line break in name": ("Kit\nExample", "k@a.example", "Kit Example", "k@a.example"),
    "CR LF in name": ("Kit\r\nBcc: x", "k@a.example", "Kit Bcc: x", "k@a.example"),
    "tab in name": ("Kit\tExample", "k@a.example", "Kit Example", "k@a.example"),
    "spaces around": ("  Kit  ", "  k@a.example  ", "Kit", "k@a.example"),
    "no-break space": ("Kit\u00a0H", "k@a.example", "Kit H", "k@a.example"),
    "IDN": ("Jürgen", "j@müller.example", "Jürgen", "j@xn--mller-kva.example"),
    "IDN in Punycode": ("J", "j@xn--mller-kva.example", "J", "j@xn--mller-kva.example"),
    "domain in capitals": ("Kit", "Kit@HOSPICE.Example", "Kit", "Kit@hospice.example"),
    "plus": ("Kit", "kit+events@a.example", "Kit", "kit+events@a.example"),
    "a name that is a header": ("Bcc: all", "k@a.example", "Bcc: all", "k@a.example"),
    "template marks": ("{{ 7*7 }}", "k@a.example", "{{ 7*7 }}", "k@a.example"),
    "ampersand": ("R&D Ltd", "k@a.example", "R&D Ltd", "k@a.example"),
    "percent": ("100% Council", "k@a.example", "100% Council", "k@a.example"),
    "dots": ("Dr. J. Smith, M.B.E.", "k@a.example", "Dr. J. Smith, M.B.E.", "k@a.example"),
}
REFUSED: Mapping[str, tuple[str, str, str]] = {
    # what it is: name and address as written, and the code of the problem
    "encoded word with Bcc": ("=?UTF-8?Q?x=0ABcc:y@b.example?=", "k@a.example", "recipient-name"),
    "encoded word within": ("Kit =?utf-8?b?QmNj?=", "k@a.example", "recipient-name"),
    "null": ("Kar\0en", "k@a.example", "recipient-name"),
    "backspace": ("Kar\x08en", "k@a.example", "recipient-name"),
    "zero-width space in name": ("Kar\u200ben", "k@a.example", "recipient-name"),
    "byte-order mark in name": ("\ufeffx\ufeffKit", "k@a.example", "recipient-name"),
    "direction turned round": ("Kit \u202egnp.exe", "k@a.example", "recipient-name"),
    "isolate": ("Kit \u2066x", "k@a.example", "recipient-name"),
    "formula": ('=HYPERLINK("http://x.example";"y")', "k@a.example", "recipient-name"),
    "formula with plus": ("+44 1582 000000", "k@a.example", "recipient-name"),
    "formula with at": ("@SUM(A1)", "k@a.example", "recipient-name"),
    "formula with minus": ("-2+3", "k@a.example", "recipient-name"),
    "HTML": ("<b>Kit</b>", "k@a.example", "recipient-name"),
    "an address as name": ("kit@b.example", "k@a.example", "recipient-name"),
    "301 letters": ("x" * 301, "k@a.example", "recipient-name"),
    "two encodings": ("CafÃ© Rouge", "k@a.example", "recipient-name"),
    "replacement sign": ("Caf\ufffd", "k@a.example", "recipient-name"),
    "no address": ("Kit", "", "recipient-address"),
    "no @": ("Kit", "kit.hospice.example", "recipient-address"),
    "two @": ("Kit", "kit@hospice@a.example", "recipient-address"),
    "no dot": ("Kit", "kit@hospice", "recipient-address"),
    "two dots": ("Kit", "kit@hospice..example", "recipient-address"),
    "two addresses": ("Kit", "k@a.example; l@a.example", "recipient-address"),
    "two addresses with a comma": ("Kit", "k@a.example,l@a.example", "recipient-address"),
    "CR LF in address": ("Kit", "k@a.example\r\nBcc: l@a.example", "recipient-address"),
    "line end and more": ("Kit", "k@a.example\nRCPT TO:<l@a.example>", "recipient-address"),
    "name and address": ("Kit", "Kit <k@a.example>", "recipient-address"),
    "mailto": ("Kit", "mailto:k@a.example", "recipient-address"),
    "accent before the @": ("José", "josé@a.example", "recipient-address"),
    "zero-width space in address": ("Kit", "k\u200b@a.example", "recipient-address"),
    "zero-width space at the end": ("Kit", "k@a.example\u200b", "recipient-address"),
    "full-width @": ("Kit", "k＠a.example", "recipient-address"),
    "Cyrillic letter before the @": ("Kit", "kаren@a.example", "recipient-address"),
    "space in address": ("Kit", "k aren@a.example", "recipient-address"),
    "quoted local part": ("Kit", '"k aren"@a.example', "recipient-address"),
    "number for a server": ("Kit", "k@[127.0.0.1]", "recipient-address"),
    "angle bracket": ("Kit", "k@a.example> SIZE=1", "recipient-address"),
    "formula as address": ("Kit", '=CONCAT("k";"@a.example")', "recipient-address"),
    "address of 300 letters": ("Kit", f"{'k' * 300}@a.example", "recipient-address"),
    "reserved domain": ("Kit", "k@localhost", "recipient-address"),
}


@dataclass
class Table:
    """Where a table of recipients is written."""

    path: Path

    def write(self, *rows: tuple[str, ...], head: tuple[str, ...] = ("name", "email")) -> Path:
        lines = io.StringIO(newline="")
        csv.writer(lines).writerows([head, *rows])
        self.path.write_bytes(lines.getvalue().encode())
        return self.path


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return Table(tmp_path / "partners.csv")


def test_there_are_more_than_sixty_of_them() -> None:
    assert len(SENT) + len(REFUSED) > 60


@pytest.mark.parametrize("what", SENT)
def test_it_is_sent_as_it_stands(what: str, table: Table) -> None:
    name, address, name_sent, address_sent = SENT[what]
    (recipient,), problems = read_recipients(table.write((name, address)), EDITIONS)
    assert problems == []
    assert recipient.mailbox == Mailbox(name_sent, address_sent)
    sender = Mailbox("Luton Council", "events@council.example")
    body = Body("Report – Cyfarfod", f"<p>Dear {name_sent}</p>", f"Dear {name_sent}\n.\n", "en-GB")
    message = compose(sender, None, recipient.mailbox, body, "<1@council.example>", 0, enclose([]))
    content = b"".join(message.parts)
    read = BytesParser(policy=policy.default).parsebytes(content)
    assert read.keys() == HEADERS
    (to,) = read["To"].addresses
    assert to.addr_spec == address_sent
    # Python's parser sees spaces within a long word that was written in pieces.
    assert to.display_name.replace(" ", "") == name_sent.replace(" ", "")
    assert read.get_body(("plain",)).get_content().splitlines() == [f"Dear {name_sent}", "."]
    assert not read.defects
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_its_row_and_without_saying_the_address(what: str, table: Table) -> None:
    name, address, code = REFUSED[what]
    good = ("Good", "good@a.example")
    recipients, problems = read_recipients(table.write(good, (name, address)), EDITIONS)
    assert [one.mailbox.address for one in recipients] == ["good@a.example"]
    assert code in [problem.code for problem in problems]
    for problem in problems:
        assert problem.position.line == 3
        assert problem.private
        said = problem.message + problem.hint
        assert not address.strip() or address.strip() not in said
        assert not name or name not in said


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("kit@hospice.example", "kit@HOSPICE.EXAMPLE"),
        ("kit@hospice.example", "Kit@Hospice.example"),
        ("j@müller.example", "J@xn--mller-kva.example"),
    ],
)
def test_one_person_in_two_rows_gets_one_message(first: str, second: str, table: Table) -> None:
    head = ("name", "email", "groups", "consent")
    path = table.write(("A", first, "partners", "yes"), ("B", second, "press", "no"), head=head)
    (recipient,), (problem,) = read_recipients(path, EDITIONS)
    assert (problem.code, problem.position.line) == ("recipient-twice", 3)
    assert recipient.mailbox.name == "A"
    assert recipient.groups == ("partners", "press")
    assert recipient.consent is False


def test_bytes_that_are_no_text_are_refused(table: Table) -> None:
    table.path.write_bytes(b"name,email\nKar\x81en,k@a.example\n\xff\xfe\xfd")
    with pytest.raises(ReportBuilderError) as caught:
        read_recipients(table.path, EDITIONS)
    assert "encoding" in str(caught.value)


def test_a_quotation_mark_left_open_is_told_without_the_row(table: Table) -> None:
    table.path.write_text('name,email\nGood,g@a.example\n"Smith,john@a.example\n')
    with pytest.raises(ReportBuilderError) as caught:
        read_recipients(table.path, EDITIONS)
    (problem,) = caught.value.problems
    assert (problem.position.line, problem.private) == (3, True)


def test_one_row_of_utf8_among_windows_1252_is_refused_with_its_row(table: Table) -> None:
    table.path.write_bytes(b"name,email\nZo\xeb,zoe@a.example\n" + "Café,l@a.example\n".encode())
    recipients, (problem,) = read_recipients(table.path, EDITIONS)
    assert [one.mailbox.name for one in recipients] == ["Zoë"]
    assert problem.position.line == 3


def test_a_comma_without_quotes_is_refused_with_its_row(table: Table) -> None:
    table.path.write_text("name,email\nGood,g@a.example\nSmith, John,john@a.example\n")
    recipients, problems = read_recipients(table.path, EDITIONS)
    assert len(recipients) == 1
    assert {problem.position.line for problem in problems} == {3}
    assert "recipient-row" in {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("head", "hint"),
    [
        (("name", "telephone"), "Head it “email”"),
        (("name", "email", "consnt"), "Did you mean “consent”?"),
        (("name", "email", "e-mail"), "Keep one of them"),
    ],
)
def test_columns_that_are_not_clear_stop_all(
    head: tuple[str, ...], hint: str, table: Table
) -> None:
    with pytest.raises(ReportBuilderError) as caught:
        read_recipients(table.write(("a", "b@a.example", "c")[: len(head)], head=head), EDITIONS)
    assert any(hint in problem.hint for problem in caught.value.problems)


@pytest.mark.parametrize(
    "head",
    [
        ("Full name", "E-mail Address", "Organization", "Group", "Preferred language"),
        ("CONTACT", "EMAIL", "company", "list", "Lang"),
        ("Name:", "e-mail", "org", "Groups", "language"),
    ],
)
def test_columns_are_known_by_what_people_call_them(head: tuple[str, ...], table: Table) -> None:
    path = table.write(("Anna", "a@a.example", "Hospice", "Press; partners", "Polish"), head=head)
    (recipient,), problems = read_recipients(path, EDITIONS)
    assert problems == []
    assert recipient.organisation == "Hospice"
    assert recipient.groups == ("press", "partners")
    assert recipient.language == "pl"


@pytest.mark.parametrize(
    ("written", "agreed"),
    [
        *(("yes", True), ("Y", True), ("2026-01-05", True), ("5/1/2026", True)),
        *(("no", False), ("withdrawn", False), ("", False), ("maybe", None), ("tbc", None)),
    ],
)
def test_consent_is_what_is_written_and_a_doubt_is_refused(
    written: str, agreed: bool | None, table: Table
) -> None:
    path = table.write(("A", "a@a.example", written), head=("name", "email", "consent"))
    recipients, problems = read_recipients(path, EDITIONS)
    assert [one.consent for one in recipients] == ([] if agreed is None else [agreed])
    assert [problem.code for problem in problems] == ["recipient-consent"] * (agreed is None)


def test_an_excel_workbook_and_a_yaml_list_give_the_same(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Name", "Email", "Edition", "Groups"])
    book.active.append(["Anna", "a@a.example", "Large print", "press, partners"])
    book.save(tmp_path / "partners.xlsx")
    (tmp_path / "partners.yaml").write_text(
        "partners:\n  - {name: Anna, email: a@a.example, edition: large-print,"
        " groups: [press, partners]}\n"
    )
    found = [
        read_recipients(tmp_path / f"partners.{ending}", EDITIONS)[0][0]
        for ending in ("xlsx", "yaml")
    ]
    for one in found:
        assert one.mailbox == Mailbox("Anna", "a@a.example")
        assert (one.edition, one.groups) == ("large-print", ("press", "partners"))


@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("consnt", "Did you mean “consent”?"),
        ("telephone_at_home", "The fields are: name, first name, last name, email, organisation,"),
    ],
)
def test_a_field_of_a_yaml_list_that_is_not_ours_is_told_at_its_place(
    field: str, hint: str, tmp_path: Path
) -> None:
    path = tmp_path / "partners.yaml"
    path.write_text(
        f"- name: Anna\n  {field}: no\n  email: a@a.example\n- {{email: b@b.example}}\n"
    )
    recipients, (problem,) = read_recipients(path, EDITIONS)
    assert [one.mailbox.address for one in recipients] == ["a@a.example", "b@b.example"]
    assert (problem.code, problem.message) == (
        "recipients-column",
        "There is no such field here.",
    )
    assert (problem.position.line, problem.position.column) == (2, 3)
    assert hint in problem.hint
    assert problem.severity is Severity.ERROR
    assert problem.private


def test_fields_of_a_yaml_list_may_be_called_as_columns_are(tmp_path: Path) -> None:
    path = tmp_path / "partners.yaml"
    path.write_text(
        "- {First_Name: Anna, SURNAME: Ek, E-mail: a@a.example, groups: [b, '', c d], org: }\n"
    )
    (recipient,), problems = read_recipients(path, EDITIONS)
    assert problems == []
    assert recipient.mailbox == Mailbox("Anna Ek", "a@a.example")
    assert (recipient.groups, recipient.organisation) == (("b", "c-d"), "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: Anna\nemail: a@a.example\n", ["1:1: The file holds no list."]),
        ("partners: Anna\n", ["1:11: The file holds no list."]),
        ("", ["1:1: The file holds no list."]),
        ("- {email: a@a.example}\n- b@b.example\n", ["2:3: This is no row."]),
    ],
)
def test_yaml_that_is_no_list_of_rows_is_told(text: str, said: list[str], tmp_path: Path) -> None:
    path = tmp_path / "partners.yaml"
    path.write_text(text)
    _, problems = read_recipients(path, EDITIONS)
    places = [f"{p.position.line}:{p.position.column}: {p.message}" for p in problems]
    assert places == said
    assert all(p.code == "recipients-format" for p in problems)
    assert all("{name: …, email: …}”." in p.hint for p in problems)


def test_yaml_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "partners.yaml"
    path.write_text("- {email: a@a.example\n")
    _, problems = read_recipients(path, EDITIONS)
    assert len(problems) == 1
    assert problems[0].message != "The file holds no list."


def test_a_subject_that_mail_programs_take_for_a_command_is_refused() -> None:
    sender = Mailbox("", "events@council.example")
    for subject in ("x\r\nBcc: a@b.example", "=?utf-8?q?x=0ABcc?=", "a\u2028b"):
        with pytest.raises(ReportBuilderError):
            compose(sender, None, sender, Body(subject, "", "", "en"), "<1@a>", 0, enclose([]))
