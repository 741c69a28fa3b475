"""Against a real Postfix: each partner gets exactly one message, the right one, and alone."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.mail.conftest import EVENT, Office, people


def test_83_partners_get_one_message_each_with_the_built_bytes_and_to_them_alone(
    office: Office,
) -> None:
    office.write_partners(people(83))
    shown = office.send()
    assert "--confirm 83" in shown.stdout
    office.send("--confirm", "83")
    delivered = office.postfix.delivered()
    report = (office.root / "output" / EVENT / "report.pdf").read_bytes()
    assert sorted(one.recipient for one in delivered) == sorted(row[1] for row in people(83))
    for one in delivered:
        message = one.parsed
        assert [to.addr_spec for to in message["To"].addresses] == [one.recipient]
        assert "Cc" not in message
        assert "Bcc" not in message
        others = {row[1].encode() for row in people(83)} - {one.recipient.encode()}
        assert not any(address in one.content for address in others)
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == "town-event-report.pdf"
        assert attached.get_content() == report
    assert office.states() == {"sent": 83}


def test_the_dry_run_writes_the_very_bytes_that_are_sent(office: Office) -> None:
    office.write_partners(people(3))
    office.send()
    written = {
        re.search(rb"^To: .*<(.+)>", path.read_bytes(), re.MULTILINE)[1].decode(): path.read_bytes()
        for path in (office.root / "outbox" / EVENT).glob("*.eml")
    }
    office.send("--confirm", "3")
    got = {one.recipient: one.content for one in office.postfix.delivered()}
    assert {to: content.replace(b"\r\n", b"\n") for to, content in written.items()} == got


@pytest.mark.parametrize("security", ["starttls", "tls", "data", "clear"])
def test_every_way_to_connect_delivers_the_same(office: Office, security: str) -> None:
    office.use(security)
    office.write_partners(people(3))
    office.send("--confirm", "3")
    delivered = office.postfix.delivered()
    report = (office.root / "output" / EVENT / "report.pdf").read_bytes()
    assert len(delivered) == 3
    for one in delivered:
        (attached,) = one.parsed.iter_attachments()
        assert attached.get_content() == report


def test_each_gets_their_language_and_edition(office: Office) -> None:
    office.write_partners(
        [
            ("Anna Kowalska", "anna@org.example", "", "", "Polish", "", "yes"),
            ("Large Reader", "large@org.example", "", "", "", "large print", "yes"),
            ("Both", "both@org.example", "", "", "pl", "Large-Print", "yes"),
            ("Cymraeg", "cy@org.example", "", "", "cy", "standard", "yes"),
        ]
    )
    done = office.send("--confirm", "4")
    assert "1 would like the message in “cy”" in done.stderr
    output = office.root / "output" / EVENT
    names = {
        one.recipient: next(one.parsed.iter_attachments()) for one in office.postfix.delivered()
    }
    for who, file in (
        ("anna", "report.pl.pdf"),
        ("large", "report.large-print.pdf"),
        ("both", "report.large-print.pl.pdf"),
        ("cy", "report.pdf"),
    ):
        assert names[f"{who}@org.example"].get_content() == (output / file).read_bytes()
    polish = {one.recipient: one.parsed for one in office.postfix.delivered()}["anna@org.example"]
    assert polish["Content-Language"] == "pl"
    assert polish["Subject"] == "Raport z wydarzenia Wydarzenie"
    assert "Zimny dom szkodzi zdrowiu." in polish.get_body(("plain",)).get_content()
    assert "Dzień dobry Anna Kowalska," in polish.get_body(("html",)).get_content()


def test_nobody_gets_it_twice_however_often_it_is_run(office: Office) -> None:
    office.write_partners(people(5))
    office.send("--confirm", "5")
    assert "0 would get a message" in office.send().stdout
    office.send("--confirm", "5")
    office.send("--confirm", "0")
    office.write_partners([*people(5), ("P", "P0001@ORG1.EXAMPLE", "", "", "", "", "yes")])
    office.send("--confirm", "0")
    assert len(office.postfix.delivered()) == 5


def test_who_comes_later_gets_it_and_another_mailing_goes_to_all(office: Office) -> None:
    office.write_partners(people(2))
    office.send("--confirm", "2")
    office.write_partners(people(3))
    office.send("--confirm", "1")
    office.send("--again", "correction", "--confirm", "3")
    delivered = office.postfix.delivered()
    assert len(delivered) == 6
    assert len({one.parsed["Message-ID"] for one in delivered}) == 6


def test_another_number_than_the_dry_runs_sends_nothing(office: Office) -> None:
    office.write_partners(people(3))
    assert "3 would get the message now, not 2" in office.send("--confirm", "2", code=1).stderr
    assert office.postfix.delivered() == []


def test_a_limit_sends_so_many_and_the_rest_goes_later(office: Office) -> None:
    office.write_partners(people(5))
    office.send("--limit", "2", "--confirm", "2")
    assert len(office.postfix.delivered()) == 2
    office.send("--confirm", "3")
    assert len(office.postfix.delivered()) == 5


def test_it_leads_to_the_page_and_answers_go_where_the_settings_say(office: Office) -> None:
    settings = office.root / "report-builder.toml"
    office.use(reply_to="Public Health <health@council.example>")
    page = "https://www.council.example/events/{event}"
    settings.write_text(f'web-address = "{page}"\n{settings.read_text("utf-8")}', "utf-8")
    table = office.root / "others.csv"
    table.write_text("email\nkit@hospice.example\n")
    office.send("--recipients", str(table), "--confirm", "1")
    (one,) = office.postfix.delivered()
    assert one.parsed["Reply-To"].addresses[0].addr_spec == "health@council.example"
    assert "mailto:health@council.example" in one.parsed["List-Unsubscribe"]
    for kind in ("plain", "html"):
        assert page.format(event=EVENT) in one.parsed.get_body((kind,)).get_content()


def test_groups_choose_and_an_unknown_one_is_named(office: Office) -> None:
    office.write_partners([*people(2, groups="partners; speakers"), *people(4, groups="press")[2:]])
    assert "Did you mean “speakers”?" in office.send("--to", "speaker", code=1).stderr
    office.send("--to", "speakers,press", "--confirm", "4")
    assert len(office.postfix.delivered()) == 4


def test_a_test_goes_to_yourself_alone_and_says_so(office: Office) -> None:
    office.write_partners(people(3))
    office.send("--to-self", "me@council.example")
    (one,) = office.postfix.delivered()
    assert one.recipient == "me@council.example"
    assert one.parsed["Subject"].startswith("Test: ")
    assert "This is a test." in one.parsed.get_body(("plain",)).get_content()
    assert "--confirm 3" in office.send().stdout


def test_whoever_wants_nothing_gets_nothing_whatever_the_table_says(office: Office) -> None:
    office.call("suppress", "p0000@org0.example", "@org1.example", "--reason", "asked by telephone")
    office.write_partners(
        [
            *people(4),
            ("Plus", "p0000+events@ORG0.example", "", "", "", "", "yes"),
            ("No", "no@org.example", "", "", "", "", "no"),
            ("Blank", "blank@org.example", "", "", "", "", ""),
        ]
    )
    shown = json.loads(office.send("--format", "json").stdout)
    assert {row["address"]: row["skipped"] for row in shown["letters"]} == {
        "p0000@org0.example": "wants no messages",
        "p0001@org1.example": "wants no messages",
        "p0002@org2.example": "",
        "p0003@org3.example": "",
        "p0000+events@org0.example": "wants no messages",
        "no@org.example": "has not agreed",
        "blank@org.example": "has not agreed",
    }
    office.send("--confirm", "2")
    got = {one.recipient for one in office.postfix.delivered()}
    assert got == {"p0002@org2.example", "p0003@org3.example"}
    assert "Your own address" in office.send("--to-self", "x@org1.example", code=1).stderr


def test_a_list_of_who_wants_nothing_that_is_not_clear_stops_everything(office: Office) -> None:
    (office.root / "suppressed.csv").write_text("address\nkit(at)hospice\n")
    office.write_partners(people(1))
    assert "suppressed.csv:2:1" in office.send("--confirm", "1", code=1).stderr
    assert office.postfix.delivered() == []


def test_somebody_suppressed_after_a_stopped_run_is_taken_out(office: Office) -> None:
    office.write_partners([("Later", "later@org.example", "", "", "", "", "yes"), *people(1)])
    office.use(patience=0)
    office.send("--confirm", "2", code=3)
    assert office.states() == {"sent": 1, "deferred": 1}
    office.call("suppress", "later@org.example")
    office.send("--confirm", "0")
    assert office.states() == {"sent": 1, "skipped": 1}


def test_what_the_server_refuses_or_puts_off_is_told_with_its_own_code(office: Office) -> None:
    office.use(patience=1)
    office.write_partners(
        [
            ("Refused", "refused@org.example", "", "", "", "", "yes"),
            ("Later", "later@org.example", "", "", "", "", "yes"),
            *people(2),
        ]
    )
    done = office.send("--confirm", "4", code=3)
    assert "failed: Refused: 550 5.1.1" in done.stdout
    assert "deferred: Later: 450 4.2.0" in done.stdout
    assert office.states() == {"sent": 2, "deferred": 1, "failed": 1}
    assert len(office.postfix.delivered()) == 2


def documents(office: Office) -> Path:
    return office.root / "output" / EVENT


def test_a_document_that_was_changed_cannot_be_sent(office: Office) -> None:
    office.write_partners(people(1))
    with (documents(office) / "report.pdf").open("ab") as file:
        file.write(b"%")
    assert "[document-changed]" in office.send("--confirm", "1", code=1).stderr


def test_a_document_older_than_its_event_cannot_be_sent(office: Office) -> None:
    office.write_partners(people(1))
    event = office.root / "content" / EVENT / "event.yaml"
    event.write_text(event.read_text().replace("50 homes", "60 homes"))
    assert "[document-old]" in office.send("--confirm", "1", code=1).stderr


def test_a_document_that_nobody_is_to_get_may_be_old(office: Office) -> None:
    office.write_partners(people(1))
    translated = office.root / "content" / EVENT / "event.pl.yaml"
    translated.write_text(translated.read_text("utf-8").replace("50 domów", "60 domów"), "utf-8")
    office.send("--confirm", "1")
    office.write_partners([*people(1), *people(2, language="pl")[1:]])
    done = office.send("--confirm", "1", code=1)
    assert (
        "report.pl.pdf:1:1: error: The event, the theme or the program has changed" in done.stderr
    )
    office.call("pdf", EVENT)
    office.send("--confirm", "1")
    assert len(office.postfix.delivered()) == 2


def test_changing_who_gets_it_makes_no_document_old(office: Office) -> None:
    manifest = documents(office) / "manifest.json"
    before = manifest.read_bytes()
    office.write_partners(people(2))
    office.send()
    office.call("pdf", EVENT, "--edition", "standard", "--edition", "large-print")
    assert manifest.read_bytes() == before
    assert b"partners.csv" not in before


@pytest.mark.parametrize("name", ["Thumbs.db", "~$partners.xlsx", ".DS_Store", ".~lock.a.csv#"])
def test_a_file_that_strays_in_beside_the_event_stops_nothing(office: Office, name: str) -> None:
    office.write_partners(people(1))
    event = office.root / "content" / EVENT
    (event / "media").mkdir()
    for folder in (event, event / "media", documents(office), office.root):
        (folder / name).write_bytes(b"stray")
    office.send("--confirm", "1")
    assert len(office.postfix.delivered()) == 1


def with_answers(office: Office, paper: str, *options: str) -> Path:
    """Let the event have a poster, built on a paper that the settings name; return the settings."""
    event = office.root / "content" / EVENT
    text = (event / "event.yaml").read_text("utf-8")
    answers = "  - {type: feedback, question: What?, responses: [Homes, Homes, Parks]}\n"
    (event / "event.yaml").write_text(text + answers, "utf-8")
    (event / "event.pl.yaml").unlink()
    settings = office.root / "report-builder.toml"
    mail = settings.read_text("utf-8")
    settings.write_text(f'{mail}\n[poster]\npaper = "{paper}"\n', "utf-8")
    office.call("wordcloud", EVENT, *options)
    return settings


def test_a_new_setting_of_posters_makes_the_poster_old(office: Office) -> None:
    office.write_partners(people(1))
    settings = with_answers(office, "A1")
    asked = ("--attach", "poster", "--confirm", "1")
    settings.write_text(settings.read_text("utf-8").replace('"A1"', '"A4"'), "utf-8")
    assert "poster.pdf:1:1: error: The event, the theme" in office.send(*asked, code=1).stderr
    assert office.postfix.delivered() == []
    office.call("wordcloud", EVENT)
    office.send(*asked)
    assert len(office.postfix.delivered()) == 1


def test_a_poster_on_the_paper_that_was_asked_for_is_not_old(office: Office) -> None:
    office.write_partners(people(1))
    with_answers(office, "A3", "--paper", "A4")
    office.send("--attach", "poster", "--confirm", "1")
    assert len(office.postfix.delivered()) == 1


def test_what_was_never_built_cannot_be_sent(office: Office) -> None:
    office.write_partners(people(1))
    assert "There is no “briefing”" in office.send("--attach", "briefing", code=1).stderr


def test_a_mailing_does_not_go_on_with_another_report(office: Office) -> None:
    office.write_partners(people(2))
    office.send("--limit", "1", "--confirm", "1")
    event = office.root / "content" / EVENT / "event.yaml"
    event.write_text(event.read_text().replace("50 homes", "60 homes"))
    (event.parent / "event.pl.yaml").unlink()
    office.call("pdf", EVENT)
    assert "[mailing-changed]" in office.send("--confirm", "1", code=1).stderr
    office.send("--again", "correction", "--confirm", "2")
    assert len(office.postfix.delivered()) == 3


def test_the_ledger_holds_the_hashes_of_what_was_sent(office: Office) -> None:
    office.write_partners(people(1))
    office.send("--confirm", "1")
    exported = office.call("outbox", "export", EVENT).stdout
    report = (documents(office) / "report.pdf").read_bytes()
    assert f"report.pdf {hashlib.sha256(report).hexdigest()}" in exported


def test_a_message_over_the_servers_limit_is_refused_before_anything_goes(office: Office) -> None:
    office.use("small")
    office.write_partners(people(2))
    done = office.send("--confirm", "2", code=1)
    assert "[message-too-large]" in done.stderr
    assert office.states() == {"queued": 2}
    assert office.postfix.delivered() == []
