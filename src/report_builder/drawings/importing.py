"""WeasyPrint imported without what it looks for or imports and does not use here."""

from __future__ import annotations

import ctypes.util
import importlib
import io
import marshal
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from report_builder.compiled import keep, recall
from report_builder.drawings.sheets import sheets_at_hand

_LATER = ("fontTools.subset", "fontTools.varLib.instancer")
"""What subsets fonts where the system has no HarfBuzz that does: large, and seldom called."""
_TYPES = "weasyprint-types"
_LIBRARY = re.compile(r"\s(/\S+/lib(?:pango|harfbuzz|fontconfig|freetype|fribidi)[^/\s]*)$", re.M)


def import_weasyprint() -> None:
    """Import WeasyPrint in less than half the time that it takes by itself."""
    if "weasyprint" not in sys.modules:
        with (
            _finding_libraries_quickly(),
            _importing_later(),
            _types_at_hand(),
            sheets_at_hand(),
        ):
            import weasyprint  # noqa: F401
        from PIL import ImageFile

        # Which it lets Pillow do: whether a picture is whole would depend on what ran before.
        ImageFile.LOAD_TRUNCATED_IMAGES = False


@lru_cache(maxsize=1)
def text_engine() -> tuple[Path, ...]:
    """Return the libraries of the system that set type; another release lies in another file.

    Where the system does not tell what is loaded there is none. What comes with a package of
    Python's has the version of the package.
    """
    loaded = Path("/proc/self/maps")
    found = _LIBRARY.findall(loaded.read_text()) if loaded.exists() else []
    return tuple(sorted(Path(name) for name in set(found) if "/site-packages/" not in name))


@contextmanager
def _finding_libraries_quickly() -> Iterator[None]:
    """Let WeasyPrint find its libraries by the names that Linux knows them by.

    It tries names of other systems first, for each of which Python starts a compiler, a linker
    and more: 214 processes that find nothing.
    """
    if sys.platform != "linux":
        yield
        return
    asked = ctypes.util.find_library
    ctypes.util.find_library = _finds_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = asked


def _finds_nothing(name: str) -> str | None:  # noqa: ARG001  # as ctypes calls it
    return None


@contextmanager
def _importing_later() -> Iterator[None]:
    """Let WeasyPrint have modules that are imported when something of theirs is called."""
    names = [name for name in _LATER if name not in sys.modules]
    sys.modules.update((name, _Later(name)) for name in names)
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


@contextmanager
def _types_at_hand() -> Iterator[None]:
    """Let WeasyPrint have the types of its libraries as cffi parsed them once, out of C."""
    if "cffi" in sys.modules:
        yield
        return
    sys.modules["cffi"] = stand_in = ModuleType("cffi")
    stand_in.__dict__["FFI"] = _Types
    try:
        yield
    finally:
        if sys.modules.get("cffi") is stand_in:
            del sys.modules["cffi"]


class _Types:
    """Stands for the types that cffi parses; all but parsing them is the real ones' own."""

    def cdef(self, declarations: str) -> None:
        """Take declarations in C."""
        key = f"{version('cffi')} {declarations}"
        if (code := recall(_TYPES, key)) is None:
            code = marshal.dumps(compile(_as_python(declarations), _TYPES, "exec"))
            keep(_TYPES, key, code)
        made: dict[str, Any] = {}
        exec(marshal.loads(code), made)  # noqa: S102, S302  # what cffi wrote, kept as Python's own
        self._real = made["ffi"]

    def __getattr__(self, name: str) -> Any:
        found = self.__dict__[name] = getattr(self._real, name)  # asked for many times
        return found


def _as_python(declarations: str) -> str:
    """Return the module of Python by which cffi knows declarations without parsing them."""
    del sys.modules["cffi"]
    from cffi import FFI
    from cffi.recompiler import make_py_source

    parsed = FFI()
    parsed.cdef(declarations)
    written = io.StringIO()
    make_py_source(parsed, _TYPES, written)
    return written.getvalue()


class _Later(ModuleType):
    """Stands for a module; what is asked of it is a call that imports the real one."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            return getattr(importlib.import_module(self.__name__), name)(*args, **kwargs)

        return call
