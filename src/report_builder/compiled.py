"""Code that was compiled once, kept where Python keeps what it compiled of this package.

As Python's own, it is made again where it is missing or of another version, and not kept where
that folder cannot be written to. Whoever can change it could change the program itself.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

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
        place.parent.mkdir(exist_ok=True)
        part.write_bytes(_head(key) + b"\n" + content)
        part.replace(place)


def _place(name: str) -> Path:
    python = sys.implementation.cache_tag
    return Path(cache_from_source(__file__)).parent / f"{name}.{python}{_ENDING}"


def _head(key: str) -> bytes:
    return hashed("\n".join((sys.version, own_code(), key)).encode()).encode()
