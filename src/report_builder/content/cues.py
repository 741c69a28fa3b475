"""What shows that a sentence tells something, or nothing.

The words of all languages hold at once, since a talk greets in one and goes on in another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from report_builder.content import cue_words as given

_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u9fff\uac00-\ud7af]")


def _phrase(phrase: str) -> str:
    """Return a pattern for a phrase: its spaces and apostrophes are of any kind."""
    pattern = re.escape(" ".join(phrase.split())).replace(r"\*", r"\w*").replace("'", "['’]")
    return pattern.replace(r"\ ", r"\s+")


def _any(phrases: Mapping[str, str]) -> str:
    """Return a pattern for any of the phrases, as whole words where the script has spaces."""
    found = [one for said in phrases.values() for one in said.split(",") if one.strip()]
    longest_first = sorted(found, key=len, reverse=True)
    unspaced = "|".join(_phrase(one) for one in longest_first if _UNSPACED.search(one))
    spaced = "|".join(_phrase(one) for one in longest_first if not _UNSPACED.search(one))
    return rf"(?<!\w)(?:{spaced})(?!\w)" + (f"|(?:{unspaced})" if unspaced else "")


def _cue(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_AMONG = r"\b(?:one|two|three|four|five|six|seven|eight|nine) in \w+\b"
_THIS = (
    r"(?:this|that)(?! (?:year|week|month|morning|autumn|spring|summer|winter|council|town|borough"
    r"|village|one in)\b)\b|(?:these|those)(?! (?:days|who|of us|with|under|over|living)\b)\b"
)
_NOT_LEANING = (
    r"(?!it is (?:time|vital|clear|wrong|right|essential|important)\b|it (?:takes|needs)\b"
    r"|(?:so|as) (?:many|few|much|long|far)\b)"
)
_COUNTED = "things|points|messages|reasons|lessons|conditions|exceptions|questions|demands|ways"
_NAME = r"(?:[A-Z][\w'’.-]+ ?\b)"
_ORDER = r"(?:first|second|third|fourth|finally|lastly|firstly|secondly|thirdly)\b[,:]"
_LEADS = r"^[\W_]*"

GREETING = _cue(rf"{_LEADS}(?:{_any(given.GREETINGS)})", _any(given.THANKS))
"""A greeting, thanks, or an introduction: it tells nothing."""
SCENE = _cue(
    _any(given.SHOWINGS),
    rf"(?:{_any(given.SHOWED)}).{{0,40}}(?:{_any(given.SHOWN)})",
    rf"{_LEADS}(?:{_any(given.SCENES)})",
    r"\bafter (?:lunch|the break|a break)\b[^,]*\b(?:spoke|talked|presented)\b",
)
"""What happened on the day, and not what was said."""
TOPIC = _cue(
    r"\b(?:spoke|talked|gave a talk|speaks|siaradodd|mówiła?)\b.{0,20}\b(?:about|on|of|am|o)\b"
)
"""What somebody spoke about, without what they said of it."""
POINTER = _cue(rf"{_LEADS}(?:{_any(given.POINTERS)})", _any(given.ELSEWHERE))
"""Where there is more to see or read."""
BIOGRAPHY = _cue(
    rf"^(?:he|she|(?-i:{_NAME}{{1,3}}))(?: is an? .{{0,40}}| who .{{0,40}}| )"
    rf"(?:{_any(given.LIVES)})",
    rf"^(?:he|she|(?-i:{_NAME}{{2,3}})) is an?\b",
    rf"{_LEADS}(?:{_any(given.OWN_LIFE)})",
)
"""Who somebody is."""
ASK = _cue(_any(given.ASKS))
"""What is wanted, or what matters most."""
FACT = _cue(r"\d", _AMONG, _any(given.FACTS))
"""A number, a reason, or what is so for all or for none."""
LEAN = _cue(rf"{_LEADS}{_NOT_LEANING}(?:{_any(given.LEANS)}|{_THIS}|{_ORDER})")
"""What a sentence begins with that means nothing without the one before it."""
LEAN_LATE = re.compile(r"\b(?:that|this|it|so|them)[.!]$", re.IGNORECASE)
"""What a sentence ends with that means what was said before it."""
NEXT = _cue(rf"{_LEADS}(?:second|third|fourth|secondly|thirdly|finally|lastly)\b[,:]")
"""What goes on with a count, which is not told in part."""
LEADS_ON = _cue(
    rf"{_LEADS}(?:{_any(given.ANNOUNCES)})",
    r"\b(?:message|point|request|advice|answer) is (?:simple|clear|this|short)[.!]?$",
    rf"\b(?:two|three|four|five|six|some) (?:{_COUNTED})\b[^,;]{{0,30}}[.!]$",
    r"\b(?:on|with) (?:one|a|certain|some) (?:condition|exception|proviso|conditions)s?[.!]$",
    r"(?:as follows|the following|listed below|see below|these)[.!]?$",
)
"""A sentence that announces what follows it, such as a list."""
OTHERS = _cue(rf"{_LEADS}(?:{_any(given.OTHERS_SAY)})")
"""What begins what others say, to which the speaker may not agree."""
TURN = _cue(rf"{_LEADS}(?:{_any(given.TURNS)})")
"""What a sentence or a clause begins with that turns round what stands before it."""
LIMIT = _cue(_any(given.LIMITS))
"""What makes something hold for less than was said."""
DENIAL = _cue(_any(given.DENIALS))
"""What says, in a short sentence, that the one before it is not so."""
ANSWER = _cue(rf"{_LEADS}(?:{_any(given.ANSWERS)})")
"""What an answer begins with that means nothing without its question."""
REPLY = _cue(rf"^(?:\S+\s+){{1,4}}(?:{_any(given.REPLIES)})")
"""What an answer that somebody gives is told with."""
CONDITION = _cue(rf"{_LEADS}(?:{_any(given.CONDITIONS)})")
"""What a clause begins with that is no sentence alone."""
