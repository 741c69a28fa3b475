"""What is refused, or warned of, is sound once somebody has done what the message says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import Run

pytestmark = pytest.mark.slow

BOXED = "<foreignObject width='9' height='9'><p>Words</p></foreignObject>"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 0h9v9z"/></svg>'
BEGIN = ["title: A day", "people: {}", "sections:"]
ENDS = re.compile(r"\.?$")


def prose(body: str) -> str:
    return json.dumps({"type": "prose", "title": "A part", "body": body})


def after_colon(hint: str) -> str:
    """Return what a hint says is to be written: all that stands behind its colon."""
    return ENDS.sub("", hint.partition(": ")[2])


def quoted(hint: str) -> list[str]:
    return re.findall("“(.*?)”", hint)


Mend = Callable[[str, str], str]
"""Gives a line as the hint says to write it, from the line and the hint."""

# A section in a line of its own, what it is refused or warned of as, and its mend.
FAULTS: dict[str, tuple[str, Mend]] = {
    "link-place": (
        prose("See [the summary](#nowhere)."),
        lambda line, hint: line.replace("#nowhere", after_colon(hint).split(", ")[0]),
    ),
    "link-address": (
        json.dumps({"type": "sessions", "items": [{"title": "[Data](www/a.md)", "body": "B."}]}),
        lambda line, hint: line.replace("www", re.findall("https://", hint)[0] + "www.a.example"),
    ),
    "link-words": (
        prose("See [](https://www.one.example/a) today."),
        lambda line, hint: line.replace("[](", after_colon(hint).replace("…", "the plan")[:11]),
    ),
    "link-form": (
        prose("See [Action 11](https://www.one.example/11 : the plan."),
        lambda line, hint: re.sub(r"\[Act.*?11 ", after_colon(hint), line),
    ),
    "unknown-person": (
        json.dumps({"type": "attendees", "people": ["Cllr. A. Ashdown"]}),
        lambda line, hint: line.replace("Cllr. A. Ashdown", quoted(hint)[-1]),
    ),
    "picture-unreadable": (
        json.dumps({"type": "gallery", "items": [
            {"file": "boxed.svg", "alt": "A square", "consent": "not-needed"}
        ]}),
        lambda line, hint: line if "turn its words into shapes" in hint else "",
    ),
    "picture-alt": (
        prose("Before.\n\n![](plain.svg)"),
        lambda line, hint: line.replace("![](plain.svg)", after_colon(hint).replace("…", "A hall")),
    ),
    "table-rule": (
        prose("| What | Votes |\n| Bus stop | 5 |"),
        lambda line, hint: line.replace("|\\n|", f"|\\n{after_colon(hint)}\\n|", 1),
    ),
    "note-missing": (
        prose("We met[^1]."),
        lambda line, hint: line.replace('"}', f'\\n\\n{quoted(hint)[0].replace("…", "N.")}"}}'),
    ),
    "section-empty": (
        json.dumps({"type": "agenda", "title": "The day", "items": []}),
        lambda line, hint: "" if "delete it" in hint else line,
    ),
    "html": (
        prose("<font color=red>Please note</font> this."),
        lambda line, hint: re.sub("</?font.*?>", "", line) if "Delete it" in hint else line,
    ),
}  # fmt: skip
EVENTS = {
    "a-day": [code for code in FAULTS if code != "unknown-person"],
    "b-day": ["unknown-person"],
}


def write(workspace: Path, lines: dict[str, str], people: str, boxed: str) -> None:
    """Write an event of all faults, and one of those that keep others from being looked for."""
    for name, event in EVENTS.items():
        folder = workspace / "content" / name
        folder.mkdir(parents=True, exist_ok=True)
        sections = [f"  - {lines[code]}" for code in event if lines[code]]
        text = "\n".join([*BEGIN, *sections])
        (folder / "event.yaml").write_text(text.replace("people: {}", people), "utf-8")
        (folder / "boxed.svg").write_text(SVG.format(boxed))
        (folder / "plain.svg").write_text(SVG.format(""))


def test_each_mend_that_a_message_names_works_when_it_is_followed(tmp_path: Path, run: Run) -> None:
    write(tmp_path, {code: line for code, (line, _) in FAULTS.items()}, "people: {}", BOXED)
    said = json.loads(run("check", "--format", "json", cwd=tmp_path, code=1).stdout)
    found = {(p["path"], p["line"], p["code"]): p["hint"] for p in said}
    wanted = {
        (f"content/{name}/event.yaml", line, code)
        for name, event in EVENTS.items()
        for line, code in enumerate(event, start=len(BEGIN) + 1)
    }
    assert wanted <= found.keys()
    assert {p["code"] for p in said if p["severity"] == "error"} <= FAULTS.keys()
    hints = {place[2]: found[place] for place in wanted}
    mended = {code: mend(line, hints[code]) for code, (line, mend) in FAULTS.items()}
    # Of a drawing, it is the file that is mended.
    assert {code for code, line in mended.items() if line == FAULTS[code][0]} == {
        "picture-unreadable"
    }
    write(tmp_path, mended, f"people: {{{quoted(hints['unknown-person'])[0]}}}", "")
    run("build", cwd=tmp_path)
    left = json.loads(run("check", "--format", "json", cwd=tmp_path).stdout)
    assert {p["code"] for p in left if p["code"] in FAULTS} == set()
