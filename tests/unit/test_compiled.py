"""What is worked out of the program alone is worked out once a machine, and never used wrongly."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from report_builder import compiled
from report_builder.compiled import once

PAGE = """<ol type=i start=3><li dir=rtl>One<li>Two</ol><table border=1><th>A<td>B</table>
<q lang=fr>Three</q><input name=four value=five><pre>6</pre><h1 hidden>7</h1><p align=center>8"""
IMPORT = (
    """
import sys
from report_builder.drawings.importing import import_weasyprint
import_weasyprint()
print("pycparser" in sys.modules, "cffi" in sys.modules)
from weasyprint.text.ffi import pango
import cffi  # the real one, for whoever asks
cffi.FFI().cdef("int one;")
assert pango.pango_units_from_double(1) == 1024

import hashlib, weasyprint
page = weasyprint.HTML(string="""
    + repr(PAGE)
    + """)
pdf = page.write_pdf(presentational_hints=True, pdf_forms=True, pdf_identifier=b"one")
print(hashlib.sha256(pdf).hexdigest())
assert weasyprint.CSS(string="p { color: red }").matcher.lower_local_name_selectors
"""
)


@pytest.fixture
def numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(compiled, "_place", lambda name: tmp_path / name)
    return count()


def test_what_a_key_gives_is_worked_out_once(numbers: Iterator[int]) -> None:
    keys = ("one", "one", "two", "two", "one")
    assert [once("name", key, lambda: next(numbers)) for key in keys] == [0, 0, 1, 1, 2]
    assert once("other", "one", lambda: next(numbers)) == 3


def test_another_version_works_it_out_anew(
    numbers: Iterator[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    once("name", "key", lambda: next(numbers))
    monkeypatch.setattr(compiled, "own_code", lambda: "another")
    assert once("name", "key", lambda: next(numbers)) == 1


def test_what_weasyprint_begins_with_is_worked_out_once(tmp_path: Path) -> None:
    """It finds the types that cffi wrote, and its own style sheets; cffi is there for others."""
    first, second = (
        subprocess.run(
            [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", IMPORT],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(2)
    )
    assert first[:2] == ["True", "True"]
    assert second[:2] == ["False", "False"]
    assert first[2] == second[2]
