"""The values of a TOML file alone: read quickly, and not checked.

They tell whether anything has changed. What is wrong with a file, and where, is told by
`settings.toml`, which takes longer.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any


def raw_values(path: Path) -> dict[str, Any]:
    """Return what a file says; nothing where it cannot be read."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """Return the values of both, group by group; where both have one, that of ``over``."""
    both = {**base, **over}
    for name in base.keys() & over.keys():
        if isinstance(base[name], dict) and isinstance(over[name], dict):
            both[name] = merged(base[name], over[name])
    return both
