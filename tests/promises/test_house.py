"""The house stands as designed: imports run one way, and each kind of section has its partial."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.tools.writing import writes

import report_builder
from report_builder.content.sections import kinds
from report_builder.writers import writers

SOURCE = ROOT / "src" / "report_builder"
# Each room may use itself and the rooms below it.
FLOORS = (
    "cli",
    "post",
    "watching",
    "walk",
    "workers",
    "schedule",
    "workspace",
    "store",
    "specimen",
    "make",
    "choices",
    "jobs",
    "outcome",
    "verification",
    "writers",
    "checks",
    "drawings",
    "readback",
    "templating",
    "html",
    "content",
    "settings",
    "compiled",
    "fingerprint",
    "plugins",
    "problems",
    "limits",
    "sources",
    "version",
)


DOOR = report_builder.__all__


def rooms_used(path: Path) -> set[str]:
    used = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("report_builder"):
            names = [node.module or ""]
            if node.module == "report_builder":
                used |= {"the door" for alias in node.names if alias.name in DOOR}
                names = [f"report_builder.{a.name}" for a in node.names if a.name not in DOOR]
            used |= {name.split(".")[1] for name in names if "." in name}
    return used


@pytest.mark.parametrize(
    "path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix()
)
def test_imports_run_downwards(path: Path) -> None:
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__"):
        return
    below = FLOORS[FLOORS.index(room) :]
    door = {"the door"} if room == "cli" else set()
    assert rooms_used(path) <= {*below, *door}


def test_modules_are_short() -> None:
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in SOURCE.rglob("*.py"))
    assert statistics.median(lengths) <= 100
    assert lengths[len(lengths) * 9 // 10] <= 260


def test_no_format_is_named_outside_its_room() -> None:
    named = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and node.value in writers()
        if path.relative_to(SOURCE).parts[:2] not in [("writers", name) for name in writers()]
    }
    assert named == {"cli/wordcloud.py"}  # the verb of the poster that does more than make it


def test_every_kind_of_section_has_its_partial() -> None:
    partials = {
        p.name.removesuffix(".html.j2") for p in (ROOT / "templates/default/sections").iterdir()
    }
    assert partials == set(kinds())


def test_no_kind_of_section_is_named_like_a_field_of_its_own() -> None:
    """A fault's place is found by passing over the kind's name, so it may not be a field's."""
    for kind, model in kinds().items():
        assert kind not in model.model_fields


def test_only_the_post_opens_connections() -> None:
    opening = re.compile(r"^\s*(?:import|from) (?:smtplib|socket|ssl|http|urllib\.request)\b", re.M)
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if opening.search(path.read_text("utf-8"))
    }
    assert found == {"post/transport.py"}


CHANGES: Mapping[str, set[str]] = {
    # a module that may change files, and all that it may do to them
    "store/replace.py": {
        "tempfile.mkstemp",
        "os.fdopen",
        "fdopen(wb)",
        "shutil.copymode",
        "replace",
        "unlink",
    },
    "store/mark.py": {"open(x)", "open(a)"},
    "store/lock.py": {"filelock.FileLock"},
    "store/swap.py": {
        *("tempfile.mkdtemp", "mkdir", "open(xb)", "replace", "shutil.rmtree", "rmdir"),
        *("os.link", "symlink_to", "shutil.copy2", "shutil.copystat", "shutil.copymode"),
        "ctypes.CDLL",  # to let two folders change places
    },
    "store/__init__.py": {"mkdir"},
    "store/cache.py": {
        *("mkdir", "os.utime", "replace", "tempfile.NamedTemporaryFile", "unlink"),
    },
    "compiled.py": {"mkdir", "replace", "write_bytes"},
    "specimen.py": {"shutil.copy", "tempfile.TemporaryDirectory"},
    "store/begin.py": {"mkdir", "open(xb)", "rmdir", "unlink"},
    "store/eject.py": {"mkdir", "open(xb)", "unlink"},
    "cli/new.py": {"mkdir", "open(x)", "write_text", "shutil.copy", "shutil.copytree"},
    "cli/translate.py": {"open(x)"},
    "post/outbox.py": {"mkdir", "open(x)", "ctypes.windll"},
    "post/drafts.py": {"mkdir", "touch", "open(r+b)", "unlink"},
    "post/ledger.py": {"touch", "sqlite3.connect"},
    "post/suppression.py": {"touch", "open(ab)"},
    "post/credentials.py": {"subprocess.run"},  # the officer's own command, for a password
    # This ends what goes on for too long, and asks how much memory is in use.
    "limits.py": {
        *("ctypes.c_ulong", "ctypes.py_object", "ctypes.pythonapi", "os.sysconf"),
    },
    "templating/fonts.py": {
        *("mkdir", "replace", "save", "shutil.rmtree", "tempfile.mkdtemp", "write_bytes"),
    },
    # This lays out an event where a cluster's worker makes it, in a folder that goes with it.
    "workers/parcel.py": {
        *("mkdir", "shutil.rmtree", "symlink_to", "tempfile.TemporaryDirectory", "write_bytes"),
    },
    "workers/processes.py": {
        "multiprocessing.get_all_start_methods",
        "os._exit",
    },  # with the process that began it
    "writers/docx/specimen.py": {"open(xb)", "save"},
    "readback/memory.py": {"ctypes.CDLL"},  # to give memory back to the system
    # These look into files from elsewhere, in a process that has limits and changes nothing.
    "verification/worker.py": {"os.pathsep", "subprocess.Popen"},
    "verification/serve.py": {
        *("open(wb)", "os._exit", "os.close", "os.fork", "os.pipe"),
        *("os.sysconf", "os.waitpid", "os.waitstatus_to_exitcode"),
    },
    # This asks PDFium, which answers into what it is given.
    "readback/sheet.py": {
        *("ctypes.c_float", "ctypes.c_int", "ctypes.c_uint", "ctypes.c_ulong"),
        *("ctypes.c_ushort", "ctypes.sizeof"),
    },
    "drawings/png.py": {"ctypes.byref", "ctypes.c_ubyte", "ctypes.c_void_p", "ctypes.cast"},
    # These write into memory.
    "writers/docx/document.py": {"save"},
    "writers/poster/press.py": {"save"},
    "drawings/qr.py": {"save"},
    "drawings/pictures.py": {"save"},
    "drawings/simple/pixels.py": {"save"},
    "drawings/svg.py": {"save"},
    "drawings/weasy.py": {"write_pdf"},
    "writers/docx/ooxml.py": {"ZipFile(w)"},
}


def test_only_these_modules_change_files_and_only_so() -> None:
    found = {
        path.relative_to(SOURCE).as_posix(): writes(path.read_text("utf-8"))
        for path in SOURCE.rglob("*.py")
    }
    assert {name: what for name, what in found.items() if what} == CHANGES


@pytest.mark.parametrize(
    "line",
    [
        *("open('f', 'w')", "open('f', 'a')", "open('f', mode='wb')", "open('f', 'r+')"),
        *("path.open('w')", "path.open('xb')", "path.open(mode='a')", "Path('f').open('ab')"),
        *("path.open(how)", "open('f', how)", "open(*what)", "open('f', 'w' if x else 'r')"),
        *("import io; io.open('f', 'w')", "import gzip; gzip.open('f', 'wb')"),
        *("import os; os.open('f', os.O_RDWR)", "import os; os.fdopen(1, 'w')"),
        *("import os; os.replace('a', 'b')", "import os; os.rename('a', 'b')"),
        *("import os; os.remove('a')", "import os as o; o.unlink('a')", "from os import remove"),
        *("import os; os.chmod('a', 0)", "import os; os.truncate('a', 0)", "import os; os.rmdir"),
        *("import os; os.system('rm')", "import os; getattr(os, 'unlink')", "__import__('os')"),
        *("import shutil; shutil.move('a', 'b')", "import shutil; shutil.copyfile('a', 'b')"),
        *("import shutil; call(shutil.rmtree, 'a')", "from shutil import copytree as c"),
        *("import tempfile; tempfile.mkdtemp()", "from tempfile import NamedTemporaryFile"),
        *("import sqlite3; sqlite3.connect('a')", "from sqlite3 import connect"),
        *("image.save(path)", "page.write_pdf('f')", "array.tofile('f')", "figure.savefig('f')"),
        *("path.write_text('')", "path.write_bytes(b'')", "each(Path.unlink, paths)"),
        *("path.mkdir()", "path.touch()", "path.rmdir()", "path.unlink()", "path.chmod(0)"),
        *("path.rename(other)", "path.replace(other)", "path.symlink_to(other)"),
        *("path.hardlink_to(other)", "archive.extractall('f')", "zipfile.ZipFile('f', 'w')"),
        *("import subprocess; subprocess.run(['rm'])", "from filelock import FileLock"),
        *("import logging; logging.FileHandler('f')", "pikepdf.open(f, allow_overwriting_input=1)"),
    ],
)
def test_a_line_that_can_change_a_file_is_seen(line: str) -> None:
    assert writes(line)


@pytest.mark.parametrize(
    "line",
    [
        *(
            "open('f')",
            "open('f', 'rb')",
            "path.open()",
            "path.open('rb')",
            "text.replace('a', 'b')",
        ),
        *(
            "dataclasses.replace(one, field=1)",
            "replace(one, field=1)",
            "import os; os.path.join(a)",
        ),
        *("import pikepdf; pikepdf.open(stream)", "Image.open(stream)", "zipfile.ZipFile(stream)"),
        *("import os; os.environ['A']", "import shutil; shutil.which('a')", "path.read_text()"),
    ],
)
def test_a_line_that_changes_no_file_is_passed_over(line: str) -> None:
    assert not writes(line)


def test_no_module_of_a_format_takes_the_place_of_its_writer() -> None:
    """A module is an attribute of its package: one called “writer” would hide the format's own."""
    program = """
from importlib import import_module
from pkgutil import walk_packages
from report_builder import writers
for module in walk_packages(writers.__path__, "report_builder.writers."):
    import_module(module.name)
print(*writers.writers())
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.split() == [b"docx", b"pdf", b"poster"]
