"""What a long document took of memory, given back before the next step takes as much."""

from __future__ import annotations

import ctypes
import gc
import sys
from contextlib import suppress


def give_back() -> None:
    """Let go of what nobody uses any more, and let the system have it.

    The boxes of a page refer to each other, and a thread of its own, such as the validator's,
    uses none of what the others have left.
    """
    gc.collect()
    if sys.platform == "linux":
        with suppress(AttributeError):  # of a C library that keeps nothing back
            ctypes.CDLL(None).malloc_trim(0)
