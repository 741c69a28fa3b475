"""The schema says the same of an event as check does, as far as its form goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from tests.conftest import ROOT

from report_builder.cli import main
from report_builder.cli.new import KINDS
from report_builder.cli.schema import schema_text
from report_builder.content.fields import Line, Marked
from report_builder.content.loader import load
from report_builder.content.schema import event_schema
from report_builder.content.text import Text
from report_builder.problems import stops

ACCEPTED = sorted(
    (
        *ROOT.glob("content/*/event.yaml"),
        *ROOT.glob("tests/integration/content/*/event.yaml"),
        *ROOT.glob("src/report_builder/starter/*.yaml"),
    )
)
VALIDATOR = Draft202012Validator(event_schema())


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 has no dates: editors take them for text."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(text: str) -> list[str]:
    event = yaml.load(text, Loader=AsEditorsRead)  # noqa: S506  # a SafeLoader
    return [fault.message for fault in VALIDATOR.iter_errors(event)]


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(event_schema())


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_event_names_the_schema_that_new_wrote(kind: str, tmp_path: Path) -> None:
    arguments = ["--workspace", str(tmp_path), "new", "an-event", "--kind", kind]
    assert CliRunner().invoke(main, arguments, standalone_mode=False).exit_code == 0
    event = tmp_path / "content/an-event/event.yaml"
    named = event.read_text("utf-8").split("\n")[0].partition("$schema=")[2]
    assert (event.parent / named).read_text("ascii") == schema_text()


@pytest.mark.parametrize("path", ACCEPTED, ids=lambda path: path.parent.name)
def test_it_accepts_what_check_accepts(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "venue: Luton",
        "titel: One\ntitle: One",
        "title: [One]",
        "title: One\ndate: 14 December 2023",
        "title: One\npeople: [Merron]",
        "title: One\npeople: {a: {role: Chair}}",
        "title: One\nsections: {type: prose}",
        "title: One\nsections: [{type: prosa}]",
        "title: One\nsections: [{title: No kind}]",
        "title: One\nsections: [{type: prose, bodi: Words}]",
        "title: One\nsections: [{type: actions, items: To do}]",
        "title: One\nsections: [{type: feedback, responses: [a]}]",
        "title: One\nsections: [{type: feedback, question: Q, responses: {colum: a, file: b.csv}}]",
        "title: One\nsections: [{type: sessions, items: [{speakers: {a: b}, body: [c]}]}]",
        "title: One\nsections: [{type: prose, pictures: [{file: a.png, decorative: perhaps}]}]",
        "title: One\nsections: [{type: chart, labels: [a], series: [{name: n, values: [many]}]}]",
        "title: One\nbriefing: {for: notting}",
        "title: One\ncontacts: [{email: a@b.example}]",
    ],
)
def test_it_rejects_every_fault_of_form(text: str, event: Callable[[str], Path]) -> None:
    assert faults(text)
    assert stops(load(event(text)).problems)


words = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)
lines = st.lists(words, min_size=1, max_size=6).map(" ".join)
steps = st.one_of(lines, st.fixed_dictionaries({"text": lines, "due": lines}))
sections = st.one_of(
    st.fixed_dictionaries({"type": st.just("key-messages"), "items": st.lists(lines, max_size=3)}),
    st.fixed_dictionaries(
        {
            "type": st.just("prose"),
            "title": lines,
            "body": st.lists(lines, min_size=1).map("\n\n".join),
        }
    ),
    st.fixed_dictionaries({"type": st.just("actions"), "items": st.lists(steps)}),
    st.fixed_dictionaries(
        {
            "type": st.just("glossary"),
            "items": st.lists(st.fixed_dictionaries({"term": lines})),
        }
    ),
)
events = st.fixed_dictionaries(
    {"title": lines, "sections": st.lists(sections, max_size=4)}, optional={"venue": lines}
)


def texts(value: object) -> Iterator[str]:
    """Yield every text in an event, or in the plain values it was written from."""
    if isinstance(value, Text):
        yield " ".join(value.scalar.split())
    elif isinstance(value, Marked):
        yield value.written
    elif isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name in value.model_fields_set:
                yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts(inner)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    written=events,
    flow=st.booleans(),
    width=st.integers(20, 200),
    mark=st.sampled_from([None, '"', "'"]),
)
def test_what_is_written_is_what_is_read(
    written: dict[str, Any], flow: bool, width: int, mark: str | None, event: Callable[[str], Path]
) -> None:
    text = yaml.safe_dump(
        written,
        default_flow_style=flow,
        width=width,
        default_style=mark,
        allow_unicode=True,
        sort_keys=False,
    )
    assert faults(text) == []
    loaded = load(event(text))
    assert loaded.event is not None, (text, loaded.problems)
    assert sorted(texts(loaded.event)) == sorted(texts(json.loads(json.dumps(written))))
    for found in loaded.texts:
        source = text.split("\n")[found.scalar.position.line - 1]
        first = found.scalar.lstrip()[0]
        assert first in source or "\\" in source
    assert isinstance(loaded.event.title, Line)
