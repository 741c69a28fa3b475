"""Short names stand for people wherever somebody is named, and nobody is taken for another."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from report_builder.content.model import Event
from report_builder.content.people import meant

PEOPLE = {
    "moor": "Cllr. Alice Moor",
    "ash": "Robin Ash",
    "hibbert": "Karen Hibbert",
    "ngoc": "Trần Thị Ngọc",
}


@pytest.mark.parametrize(
    ("written", "short"),
    [
        *[("Alice Moor", "moor"), ("robin ash", "ash"), ("Moor", "moor")],
        ("Tran Thi Ngoc", "ngoc"),
        *[("hibert", "hibbert"), ("hibbret", "hibbert"), ("mooor", "moor"), ("assh", "ash")],
        *[("Karen Hibbret", "hibbert"), ("Karen Hibert", "hibbert"), ("KAREN HIBBERT", "hibbert")],
        # Other initials, titles, first names and surnames are other people's.
        *[(name, "") for name in ("Cllr. A. Ashdown", "Mr Alice Moor", "A. Moor", "Alice Moore")],
        *[(name, "") for name in ("Cllr. Alice Moore", "Alice More", "Clare Hibbert")],
        *[(name, "") for name in ("Robin Nash", "Robyn Ash", "R. Ash", "Ash Robin", "Robin Ashe")],
        *[(name, "") for name in ("Karin Hibbert", "moon", "moore", "poor", "nash", "ashley")],
        *[(name, "") for name in ("Trần Thị Ngân", "Dr Karen Hibbert-Jones", "Prof. Robin Ashby")],
    ],
)  # fmt: skip
def test_nobody_is_taken_for_somebody_else(written: str, short: str) -> None:
    assert meant(written, PEOPLE) == short


def names_of(value: Any) -> Event:
    """Return an event in which every field that names a person has a value."""
    return Event.of(
        {
            "title": "T",
            "people": PEOPLE,
            "contacts": [{"name": value}],
            "briefing": {"lead_officer": value, "contact": value},
            "sections": [
                {
                    "type": "decisions",
                    "items": [{"text": "D", "proposed_by": value, "seconded_by": value}],
                },
                {"type": "actions", "items": [{"text": "A", "owner": value}]},
                {"type": "questions", "items": [{"question": "Q", "asked_by": value}]},
                {
                    "type": "quotes",
                    "items": [{"text": "Q", "by": value, "replies": [{"text": "R", "by": value}]}],
                },
                {"type": "attendees", "apologies": [value]},
                {"type": "case-studies", "items": [{"title": "C", "who": value}]},
            ],
        }
    )


def given(event: Event) -> list[str]:
    decisions, actions, questions, quotes, attendees, studies = (s for s in event.sections)
    item: Any = decisions
    (decision,) = item.items
    item = quotes
    (quote,) = item.items
    rest: Any = (actions, questions, attendees, studies)
    return [
        *(event.contacts[0].name, event.briefing.lead_officer or "", event.briefing.contact or ""),
        *(decision.proposed_by, decision.seconded_by, quote.by, quote.replies[0].by),
        *(rest[0].items[0].owner, rest[1].items[0].asked_by, *rest[2].apologies),
        rest[3].items[0].who,
    ]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("moor", "Cllr. Alice Moor"),
        ("Cllr. Alice Moor", "Cllr. Alice Moor"),
        ("Ann Other", "Ann Other"),
        ("A resident", "A resident"),
        ("王小明", "王小明"),
        ("moor and ash", "Cllr. Alice Moor and Robin Ash"),
        ("ash, moor & ngoc", "Robin Ash, Cllr. Alice Moor and Trần Thị Ngọc"),
        (["ash", "Ann Other"], "Robin Ash and Ann Other"),
    ],
)
def test_every_field_that_names_a_person_knows_short_names(written: Any, printed: str) -> None:
    event = names_of(written) if not isinstance(written, list) else None
    if event:
        assert set(given(event)) == {printed}
    else:
        values = {"title": "T", "people": PEOPLE}
        owner = {"type": "actions", "items": [{"text": "A", "owner": written}]}
        actions: Any = Event.of({**values, "sections": [owner]}).sections[0]
        assert actions.items[0].owner == printed


def test_one_word_in_small_letters_is_a_short_name_where_a_person_is_wanted() -> None:
    with pytest.raises(ValidationError) as refused:
        names_of("nobody")
    places = {fault["loc"][-1] for fault in refused.value.errors()}
    assert places == {"proposed_by", "seconded_by", "asked_by", 0}
    others = names_of("Nobody")
    assert set(given(others)) == {"Nobody"}


def test_where_nobody_is_known_anybody_may_be_named() -> None:
    section = {"type": "questions", "items": [{"question": "Q", "asked_by": "resident"}]}
    questions: Any = Event.of({"title": "T", "sections": [section]}).sections[0]
    assert questions.items[0].asked_by == "resident"
