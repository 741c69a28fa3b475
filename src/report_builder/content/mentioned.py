"""Whether a text names somebody, so that who said it need not be said again."""

from __future__ import annotations

import re

from report_builder.content.people import TITLES

_ARTICLES = {"a", "an", "the", "one", "some"}
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
"""First names that texts use as words of other meanings, where a sentence begins at least."""


def is_mentioned(name: str, text: str) -> bool:
    """Tell whether a text names somebody: in full, by a title and surname, or by the first name.

    Where that is not certain it does not: a name is better said twice than lost.
    """
    if name.lower() == name.upper():  # a script without capitals often has no spaces either
        return name.split()[0] in text
    words = re.findall(r"[^\s,;()]+", name)
    own = [word for word in words if word.casefold().strip(".") not in TITLES]
    if not own:
        return _has(re.escape(name), text)
    if own[0].casefold() in _ARTICLES or own[-1].islower():  # “A social worker”
        what = own[1:] if own[0].casefold() in _ARTICLES else own
        return _has(r"\s+".join(map(re.escape, what)), text, re.IGNORECASE)
    if _has(r"\s+".join(map(re.escape, own)), text):
        return True
    titles = "|".join(TITLES)
    if len(own) > 1 and _has(rf"(?i:{titles})\.?\s+{re.escape(own[-1])}", text):
        return True
    return own[0].casefold() not in _WORDS_TOO and _has(re.escape(own[0]), text)


def _has(pattern: str, text: str, flags: int = 0) -> bool:
    """Tell whether a text holds what a pattern describes as whole words."""
    return re.search(rf"(?<!\w){pattern}(?!\w)", text, flags) is not None
