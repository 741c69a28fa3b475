"""Who said something is never lost, and is not said twice where the text says it already."""

from __future__ import annotations

import pytest

from report_builder.content.mentioned import is_mentioned


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Councillor Jo Dean", "Councillors must visit the estates."),
        ("Cllr Jo Dean", "The Dean said so."),
        ("A social worker", "At night nobody answers the telephone."),
        ("The chair", "There is no money. The chairs are gone."),
        ("Will Ray", "Will the council mend the road? He doubted it."),
        ("Dr Sam Low", "Dr Shah is right that waits are too long. Low pay is one reason."),
        ("Dr. Sam Low", "Dr. Shah and Samantha agree."),
        ("Ed Moss", "Education needs more money than it gets."),
        ("May Lin", "In May the centre closes for good."),
        ("Mark Orr", "Markets should open on Sundays. Mark your calendars."),
        ("Jo Dean", "Jobs and Joan. Jo-Ann"[:14]),
        ("Mayor", "Mayors agree."),
        ("王小明", "大家同意。"),
    ],
)
def test_words_that_are_like_a_name_are_not_taken_for_it(name: str, text: str) -> None:
    assert not is_mentioned(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Councillor Jo Dean", "Cllr Dean asked for visits."),
        ("Councillor Jo Dean", "Jo asked for visits."),
        ("Jo Dean", "It is Jo's view."),
        ("A social worker", "The social worker said that nobody answers."),
        ("Will Ray", "Will Ray asked for a road."),
        ("Will Ray", "Mr Ray asked for a road."),
        ("Dr Sam Low", "Dr. Low said that waits are long."),
        ("Merron", "Merron spoke about relationships."),
        ("Mayor", "The Mayor spoke."),
        ("Karen Hibbert, MBE", "Karen spoke."),
        ("Nguyễn Thị Ngọc", "Nguyễn spoke."),
        ("王小明", "王小明说大家同意。"),
        ("محمد علی", "اور محمد نے کہا"),
    ],
)
def test_a_name_is_found_as_people_write_it(name: str, text: str) -> None:
    assert is_mentioned(name, text)
