"""What check passes, build builds, and what it refuses, build refuses, in the same words."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report_builder import build, check, open_workspace
from report_builder.store.cache import FOLDER_VARIABLE

_PIECES = st.sampled_from(
    [
        "Warm homes",
        "1. What matters?",
        "- not a list",
        "• nor this",
        "Zażółć gęślą jaźń",
        "شہر کی صحت",
        "健康",
        "Nguyễn Thị Ánh",
        "👩🏽‍⚕️ said so",
        "2 < 3 & 4",
        "**bold** _and_ `code`",
        "[a link](https://council.example/x_y)",
        "[nothing]()",
        "# a heading",
        "* * *",
        "word" * 40,
        "\u200b\u00ad",
        "a\tb",
        "£1,000 – 20%",
        "line one\nline two\n\n1. one\n2. two",
    ]
)
WORDS = st.lists(_PIECES, min_size=1, max_size=3).map(" ".join)
CELLS = st.one_of(WORDS, st.just(""), st.integers(0, 10**6).map(str))
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=3)
)
SECTIONS = st.one_of(
    st.fixed_dictionaries({"type": st.just("prose"), "title": WORDS, "body": WORDS}),
    st.fixed_dictionaries(
        {"type": st.just("key-messages"), "items": st.lists(WORDS, min_size=1, max_size=3)}
    ),
    ROWS.map(lambda rows: {"type": "table", "columns": rows[0], "rows": rows}),
    st.fixed_dictionaries(
        {
            "type": st.just("feedback"),
            "question": WORDS,
            "responses": st.lists(WORDS, min_size=1, max_size=4),
        }
    ),
    st.fixed_dictionaries(
        {
            "type": st.just("actions"),
            "items": st.lists(
                st.fixed_dictionaries({"text": WORDS, "owner": WORDS}), min_size=1, max_size=2
            ),
        }
    ),
)
EVENTS = st.fixed_dictionaries(
    {"title": WORDS, "sections": st.lists(SECTIONS, max_size=3)},
    optional={"summary": WORDS, "venue": WORDS, "language": st.sampled_from(["en-GB", "ur", "xx"])},
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(event=EVENTS)
def test_any_event_is_checked_and_built_with_the_same_problems(event: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root = Path(folder)
        (root / "content/day").mkdir(parents=True)
        text = yaml.safe_dump(event, allow_unicode=True, sort_keys=False)
        (root / "content/day/event.yaml").write_text(text, "utf-8")
        patch.setenv(FOLDER_VARIABLE, str(root / "cache of check"))
        checked = check(open_workspace(root))
        assert not (root / "output").exists()
        patch.setenv(FOLDER_VARIABLE, str(root / "cache of build"))  # made anew, not recalled
        built = build(open_workspace(root))
    assert built.problems == checked.problems
    assert built.exit_code == checked.exit_code
    assert (built.made, built.failed) == (checked.made, checked.failed)
    assert bool(built.paths) == bool(built.made)
