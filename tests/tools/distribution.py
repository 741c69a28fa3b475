"""A package as an installer would leave it in a folder, which brings a format or a section."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def install(site: Path, name: str, module: str, code: str, group: str, entry: str) -> None:
    """Write a distribution of one module, and the entry point by which it is found."""
    facts = site / f"{name}-1.0.dist-info"
    facts.mkdir(parents=True)
    (site / f"{module}.py").write_text(code)
    (facts / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(f"[{group}]\n{entry}\n")


def environment(site: Path) -> dict[str, str]:
    """Return the environment in which Python finds what is installed there, too."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join((str(site), *sys.path))}
