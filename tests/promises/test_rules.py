"""One table holds all rules: the source, the command line and the docs say the same of each."""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from functools import cache

from tests.conftest import ROOT, Run

from report_builder.checks import page, seen
from report_builder.checks.table import TABLE, all_rules
from report_builder.problems import Severity

# What makes a problem, or a rule, of the code that is its first argument.
MAKES = {"error", "warning", "advice", "failure", "fault", "report", "refuse", "_stop"}
RULES = {"Rule", "Entry"}
# Faults of form: a file, a value, a setting or a mailing is not what it should be. No rule looks
# for them; they are told where something is read, and in docs/checks.md.
_OF_FORM = """
    yaml-syntax duplicate-field unknown-field missing-field empty-field empty-item empty-text
    not-text not-a-list not-fields not-yes-or-no not-a-number field-name tag unknown-alias
    second-document comma-in-list note-in-text too-deep too-many-values encoding
    unprintable-character unreadable-file not-an-event
    date date-order email web-address unknown-value table-width chart-values chart-size
    unknown-section-type
    unknown-person person-unresolved picture-focus id id-twice
    file-outside responses-format responses-count responses-column responses-empty
    responses-skipped merge-approval
    translation-old not-translated translation-list not-a-translation
    theme-settings unknown-theme settings theme-file theme-name unknown-event no-events
    nothing-to-make output job-time job-memory job-lost cluster watch
    no-recipients recipients-format recipients-column recipient-address recipient-name
    recipient-row recipient-language recipient-edition recipient-consent recipient-twice
    unknown-group suppressed document-missing document-old document-changed mailing-changed
    version-missing message-too-large message-headers no-sender no-server confirm-number
    smtp-secret smtp-host smtp-later smtp-tls smtp-auth smtp-sender smtp-refused smtp-test
    ledger outbox locked
"""
OF_FORM = frozenset(_OF_FORM.split())
OURS = [entry for entry in TABLE if entry not in seen.RULES]


@cache
def codes_in_source() -> dict[str, set[str]]:
    """Return every code that the source names as a literal, and by which calls."""
    found = defaultdict(set)
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            first = node.args[0]
            is_code = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if name in MAKES | RULES and is_code and re.fullmatch(r"[a-z][a-z-]*", first.value):
                found[first.value].add(name)
    return found


@cache
def documented() -> dict[str, tuple[str, str, str]]:
    """Return what docs/checks.md says of each code: severity, meaning and mend."""
    found: dict[str, tuple[str, str, str]] = {}
    for line in (ROOT / "docs/checks.md").read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if not line.startswith("| `"):
            continue
        assert len(cells) == 4, line
        for code in re.findall(r"`([a-z-]+)`", cells[0]):
            assert code not in found, f"{code} stands twice"
            found[code] = (cells[1], cells[2], cells[3])
    return found


def test_every_code_in_the_source_is_in_the_table_or_is_a_fault_of_form() -> None:
    table = {entry.code for entry in TABLE}
    assert len(table) > 90
    assert codes_in_source().keys() <= table | OF_FORM
    assert table & OF_FORM == set()


def test_every_code_in_the_table_is_used() -> None:
    """An entry of a fault that nothing meets any more is a promise that nobody keeps."""
    met = {code for code, ways in codes_in_source().items() if ways - {"Entry"}}
    assert {entry.code for entry in TABLE} - met == set()


def test_no_code_has_two_summaries_nor_two_severities_but_of_finished_files() -> None:
    for field, entries in (("summary", TABLE), ("severity", OURS)):
        said = defaultdict(set)
        for entry in entries:
            said[entry.code].add(getattr(entry, field))
        assert [code for code, values in said.items() if len(values) > 1] == []
    # What a finished file shows is told by the names of our own pages' faults, and stops nothing.
    assert {rule.severity for rule in seen.RULES} == {Severity.WARNING}
    assert {rule.code for rule in seen.RULES} < {rule.code for rule in page.RULES}


def test_what_is_met_elsewhere_has_the_severity_of_the_table() -> None:
    severities = {entry.code: entry.severity.value for entry in OURS}
    wanted = {"failure": "error", "fault": "error"}
    for code, ways in codes_in_source().items():
        for way in ways - RULES - {"report", "refuse", "_stop"} if code in severities else ():
            assert wanted.get(way, way) == severities[code], code


def test_the_docs_hold_every_code_its_severity_and_how_to_mend_it() -> None:
    there = documented()
    assert there.keys() == {entry.code for entry in TABLE} | OF_FORM
    for code, (severity, meaning, mend) in there.items():
        assert meaning, code
        assert mend, code
        assert severity in ("error", "warning", "advice"), code
    for entry in OURS:
        assert there[entry.code][0] == entry.severity.value, entry.code


def test_the_command_line_lists_the_table(run: Run) -> None:
    listed = json.loads(run("check", "--list-rules", "--format", "json").stdout)
    assert listed == [
        {"code": e.code, "severity": e.severity.value, "summary": e.summary} for e in all_rules()
    ]
    lines = run("check", "--list-rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [entry.code for entry in all_rules()]
    assert len({entry.code for entry in TABLE}) == len(lines)
