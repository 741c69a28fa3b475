"""Whether a text begins with the names of those who said it: they need not stand before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from report_builder.content.people import ANYBODY, TITLES

_WORDS = """
    amber angel april art august autumn basil bay ben bill bishop blue bob brook carol chance
    charity chase chip christian clay cliff coral crystal daisy dale dawn dean dee don drew earl eve
    faith fern finn ford frank gale gay gene ginger glen grace grant guy hale harmony harry hazel
    heath heather holly honey hope hunter iris ivy jack jade jasmine jay jean jewel joy june justice
    kit lance laurel lily luna major mark mason max may mercy merry miles mint misty myrtle nick
    noble norm olive opal page paige pansy pat patience pearl peg penny pepper poppy precious prince
    prudence queen ray red reed rich rob robin rod rose rosemary ruby rusty sage sandy scarlet skip
    sky star sterling storm sue summer sunny tiger trinity trip unity van victor violet virginia
    wade ward will willow woody wren young
"""
_WORDS_TOO = frozenset(_WORDS.split())
"""First names that are words of other meanings, too: alone they are not certain to be names."""
_BETWEEN = re.compile(r"\s*(?:,|;|&|\+|،|、|\w{1,4})?\s*")  # “A, B and C”, in any language
_AFTER = re.compile(r"(?![\w-]|['’]\w)")  # neither of another name nor of what is somebody's


def begins_with_names(names: Sequence[str], text: str) -> bool:
    """Tell whether a text begins with all of the names, each of them whole.

    Where that is not certain it does not: a name is better said twice than lost.
    """
    rest, left = text, list(names)
    while left:
        start = rest.lstrip("*_ \t\n") if rest is text else rest[_between(rest) :]
        found = [name for name in left if _begins(name, start)]
        if not found:
            return False
        longest = max(found, key=len)
        left.remove(longest)
        rest = start[len(longest) :]
    return bool(names)


def _between(rest: str) -> int:
    found = _BETWEEN.match(rest)
    return found.end() if found else 0


def _begins(name: str, text: str) -> bool:
    if not text.startswith(name) or not _AFTER.match(text, len(name)):
        return False
    own = [word for word in re.findall(r"[\w'’]+", name.casefold()) if word not in TITLES]
    is_sure = len(own) > 1 or (own and own[0] not in _WORDS_TOO | ANYBODY)
    return bool(is_sure) and not _is_unspaced(name)


def _is_unspaced(name: str) -> bool:
    """Tell whether a name's script has no spaces, so that it may be the beginning of a word."""
    return re.search(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff]", name) is not None
