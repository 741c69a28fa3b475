"""How many times as fast as others this program is, held to what was measured before.

The figures are kept in ``ratios.json``. Where one has fallen by a quarter or more, something that
makes the program slow has come in, and the run fails.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

KEPT = Path(__file__).with_name("ratios.json")
FALL = 0.25
"""The share of a ratio by which it may not fall."""


def kept(path: Path = KEPT) -> dict[str, float]:
    """Return the ratios that were measured before, by name; none where none are kept."""
    found: dict[str, float] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def keep(ratios: Mapping[str, float], path: Path = KEPT) -> None:
    """Keep ratios in place of those of their names; what was not measured now stays."""
    rounded = {name: float(f"{ratio:.3g}") for name, ratio in ratios.items()}
    path.write_text(json.dumps({**kept(path), **rounded}, indent=2, sort_keys=True) + "\n", "utf-8")


def fallen(now: Mapping[str, float], before: Mapping[str, float]) -> list[str]:
    """Return in words each ratio that has fallen by a quarter or more."""
    return [
        f"{name}: {now[name]:.2f} times as fast, and was {before[name]:.2f}"
        for name in sorted(now.keys() & before.keys())
        if now[name] <= before[name] * (1 - FALL)
    ]
