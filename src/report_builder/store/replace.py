"""A file's content replaced in one step: whoever reads it meets the old or the new, whole."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path


def replace_file(path: Path, content: bytes) -> None:
    """Give a file other content, and leave it its mode; where a link leads, the link stays."""
    path = path.resolve()
    if not os.access(path, os.W_OK):  # to put another in its place would be allowed
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
