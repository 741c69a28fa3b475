"""WeasyPrint's own style sheets, as it prepared them once: parsed, and their selectors compiled."""

from __future__ import annotations

import io
import marshal
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.metadata import version
from types import FunctionType
from typing import Any

from report_builder.compiled import keep, recall
from report_builder.fingerprint import hashed

_MADE_BY = ("weasyprint", "tinycss2", "cssselect2")


@contextmanager
def sheets_at_hand() -> Iterator[None]:
    """Let WeasyPrint have its sheets ready while it is imported."""
    before = _BeforeSheets()
    sys.meta_path.insert(0, before)
    try:
        yield
    finally:
        sys.meta_path.remove(before)
        before.undo()


class _BeforeSheets(MetaPathFinder):
    """Takes its turn between what reads a sheet, which is imported, and the module with them."""

    undo: Callable[[], None] = staticmethod(lambda: None)

    def find_spec(self, name: str, *_others: Any) -> None:
        """Have sheets prepared by us as soon as they are about to be read."""
        if name != "weasyprint.html":
            return
        css = sys.modules["weasyprint"].__dict__["CSS"]
        theirs = css.__init__

        def prepare(sheet: Any, string: str, counter_style: Any = None) -> None:
            _prepare(theirs, sheet, string, counter_style)

        css.__init__ = prepare
        self.undo = lambda: setattr(css, "__init__", theirs)


def _prepare(theirs: Callable[..., None], sheet: Any, string: str, counters: Any) -> None:
    """Give a sheet what was made of its text, with the counters that it defines."""
    name = f"weasyprint-sheet-{hashed(string.encode())[:8]}"
    key = " ".join((*map(version, _MADE_BY), string))
    if (kept := recall(name, key)) is not None:
        attributes, styles = pickle.loads(kept)  # noqa: S301  # kept as Python's own code
        sheet.__dict__.update(attributes)
        if counters is not None:
            counters.update(styles)
        return
    theirs(sheet, string=string, counter_style=counters)
    written = io.BytesIO()
    _Pickler(written).dump((vars(sheet), dict(counters or {})))
    keep(name, key, written.getvalue())


class _Pickler(pickle.Pickler):
    """Writes functions as well that were compiled from a selector: they hold nothing."""

    def reducer_override(self, value: Any) -> Any:
        """Return how to make a function again; all else goes its way."""
        if isinstance(value, FunctionType) and value.__name__ == "<lambda>":
            return _function, (marshal.dumps(value.__code__),)
        return NotImplemented


def _function(code: bytes) -> FunctionType:
    from cssselect2 import compiler

    return FunctionType(marshal.loads(code), vars(compiler))  # noqa: S302  # kept as such code
