"""WeasyPrint is imported quickly, and what it is spared is there when it is asked for."""

from __future__ import annotations

import json
import subprocess
import sys

ASKED = """
import json, subprocess, sys
started = []
def watch(what, args):
    if what == "subprocess.Popen":
        started.append(str(args[0]))
sys.addaudithook(watch)
from report_builder.drawings.importing import import_weasyprint
import_weasyprint()
late = [name for name in ("fontTools.subset", "fontTools.varLib.instancer") if name in sys.modules]
from weasyprint.pdf import fonts
options = fonts.subset.Options(retain_gids=True)
import fontTools.subset
print(json.dumps({
    "started": started,
    "late": late,
    "same": type(options) is fontTools.subset.Options,
}))
try:
    fonts.instantiateVariableFont(None, {})
except (AttributeError, TypeError) as reason:
    print(json.dumps(str(reason)))
"""


def test_no_program_is_started_and_what_subsets_fonts_comes_when_it_is_called() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    found, asked_of_nothing = map(json.loads, done.stdout.splitlines())
    assert found["started"] == []
    assert found["late"] == []
    assert found["same"]
    assert "NoneType" in asked_of_nothing  # said by the real function, which got no font
