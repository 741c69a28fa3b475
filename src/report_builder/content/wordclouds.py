"""The wordcloud package, without what most of its time goes into and we seldom ask for."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

_NAME, _LATER = "wordcloud", "matplotlib"


def import_wordcloud() -> ModuleType:
    """Return the package; matplotlib, of which it takes colours, comes when it asks for some."""
    if _NAME in sys.modules or _LATER in sys.modules:
        return importlib.import_module(_NAME)
    sys.modules[_LATER] = _Later(_LATER)
    try:
        return importlib.import_module(_NAME)
    finally:
        del sys.modules[_LATER]


@lru_cache(maxsize=1)
def english_stop_words() -> frozenset[str]:
    """Return the words that the package drops from English, without importing it."""
    spec = importlib.util.find_spec(_NAME)
    assert spec is not None  # noqa: S101  # it is one of our own requirements
    assert spec.submodule_search_locations  # noqa: S101
    words = Path(spec.submodule_search_locations[0]) / "stopwords"
    return frozenset(map(str.strip, words.read_text("utf-8").splitlines()))


class _Later(ModuleType):
    """Stands for a module that is imported when anything of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__name__), name)
