"""Words as a name for a file or a place: small Latin letters, digits and hyphens."""

from __future__ import annotations

from slugify import slugify


def slug(words: str, longest: int = 0) -> str:
    """Return words of any script as such a name, cut to a length if one is given.

    It is empty where words hold no letter and no digit.
    """
    # Another of the library's tables, where it is installed, would give other names.
    return slugify(words, max_length=longest, backend="text-unidecode")
