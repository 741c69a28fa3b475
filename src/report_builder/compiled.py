"""What has to be worked out only once a machine, kept where Python keeps its compiled code.

As Python's own, it is made again where it is missing or of another version, and not kept where
that folder cannot be written to. Whoever can change it could change the program itself.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from report_builder.fingerprint import hashed, own_code

_ENDING = ".code"


def recall(name: str, key: str) -> bytes | None:
    """Return what was kept by a name, if it was made of just what ``key`` says."""
    with suppress(OSError):
        head, _, content = _place(name).read_bytes().partition(b"\n")
        if head == _head(key):
            return content
    return None


def keep(name: str, key: str, content: bytes) -> None:
    """Keep something by a name, in place of what was made of something else."""
    place = _place(name)
    part = place.with_suffix(f".{os.getpid()}.part")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(_head(key) + b"\n" + content)
        part.replace(place)


def once(name: str, key: str, work_out: Callable[[], Any]) -> Any:
    """Return what ``work_out`` gives, which is as JSON can hold it: worked out once for a key."""
    if (kept := recall(name, key)) is not None:
        return json.loads(kept)
    made = work_out()
    keep(name, key, json.dumps(made).encode())
    return made


def _place(name: str) -> Path:
    python = sys.implementation.cache_tag
    return Path(cache_from_source(__file__)).parent / f"{name}.{python}{_ENDING}"


def _head(key: str) -> bytes:
    return hashed("\n".join((sys.version, own_code(), key)).encode()).encode()
