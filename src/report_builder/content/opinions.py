"""Answers that are steps of an opinion: “strongly agree” stands farther out than “agree”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

# Each scale in the languages of our readers: English, Welsh, Polish, Urdu, Romanian, Bengali.
_FOR = (
    r"agree|satisfied|good|easy|safe|likely|important|support|favour|useful|helpful|confident|happy"
    r"|well|better|comfortable|yes|increased?|more|improved|higher|positive|"
    r"cytuno|bodlon|da|hawdd|diogel|tebygol|pwysig|ydw|ydy|oes|"
    r"zgadzam się|się zgadzam|zadowolon\w+|dobr[zy]\w*|łatwo|bezpiecznie|tak|ważne|"
    r"متفق|مطمئن|اچھا|اچھی|ہاں|جی ہاں|"
    r"de acord|mulțumit[ăi]?|bun[ăe]?|bine|ușor|"
    r"একমত|সন্তুষ্ট|ভালো|হ্যাঁ"
)
_AGAINST = (
    r"disagree|dissatisfied|unsatisfied|poor|bad|difficult|hard|unsafe|unlikely|unimportant|oppose"
    r"|against|useless|unhelpful|unhappy|badly|worse|uncomfortable|no|"
    r"decreased?|less|declined|lower|negative|"
    r"not (?:satisfied|good|easy|safe|likely|important|useful|helpful|confident|happy|well|at all)|"
    r"anghytuno|anfodlon|gwael|anodd|nac ydw|nac oes|"
    r"nie zgadzam się|się nie zgadzam|niezadowolon\w+|źle|zł[yae]|trudno|niebezpiecznie|nie|"
    r"nieważne|"
    r"غیر متفق|متفق نہیں|غیر مطمئن|برا|خراب|نہیں|"
    r"dezacord|nemulțumit[ăi]?|slab[ăe]?|rău|greu|nu|"
    r"একমত নই|অসন্তুষ্ট|খারাপ|না"
)
_NEITHER = (
    r"neither\b.*|neutral|undecided|mixed|fair|average|sometimes|in between|about right|acceptable|"
    r"(?:(?:about|stayed|much) )?(?:the )?same|no (?:change|difference)|unchanged|"
    r"not sure|unsure|"
    r"ddim yn cytuno nac yn anghytuno|niwtral|weithiau|"
    r"ani .*|neutralnie|trudno powiedzieć|średnio|czasami|czasem|"
    r"نہ متفق نہ غیر متفق|غیر جانبدار|کبھی کبھی|"
    r"neutru|nici .*|uneori|নিরপেক্ষ|মাঝে মাঝে"
)
_STRONGLY = (
    r"very|strongly|completely|totally|fully|extremely|definitely|absolutely|much|a lot|"
    r"yn gryf|iawn|zdecydowanie|bardzo|całkowicie|بہت|سختی سے|مکمل|foarte|total|complet|"
    r"খুব|দৃঢ়ভাবে|সম্পূর্ণ"
)
_SLIGHTLY = (
    r"tend to|slightly|somewhat|fairly|quite|rather|a little|partly|mostly|generally|probably|"
    r"tueddu i|eithaf|raczej|dość|کچھ|کسی حد تک|oarecum|destul de|কিছুটা"
)
_TAIL = r"(?:[,;:]| (?:with|that|about|overall)\b)"  # what may follow: “agree with the plan”
_OFTEN = (
    (3, r"always|every (?:day|time)|all of the time|bob amser|zawsze|ہمیشہ|întotdeauna|সবসময়"),
    (3, r"excellent|outstanding|ardderchog|doskonale|بہترین|excelent|চমৎকার"),
    (2, r"(?:very )?often|usually|frequently|most of the time|yn aml|często|zwykle|اکثر|des|প্রায়ই"),
    (-2, r"rarely|seldom|hardly ever|occasionally|anaml|rzadko|شاذ و نادر|rar|কদাচিৎ"),
    (-3, r"never|not at all|none of the time|byth|nigdy|کبھی نہیں|niciodată|কখনও না"),
)


def opinions(answers: Sequence[str]) -> tuple[float, ...] | None:
    """Return where answers stand, from 3 (wholly for) to -3; ``None`` if one says no opinion."""
    found = tuple(rank for answer in answers if (rank := _opinion(answer)) is not None)
    return found if len(found) == len(answers) else None


def is_scale(answers: Sequence[str]) -> bool:
    """Tell whether answers are the steps of one scale, from one end to the other."""
    ranks = opinions(answers)
    if not ranks or len(ranks) < 2:
        return False
    falls = all(one > other for one, other in pairwise(ranks))
    rises = all(one < other for one, other in pairwise(ranks))
    return (falls or rises) and min(ranks) < 0 < max(ranks)


def _opinion(answer: str) -> float | None:
    answer = answer.casefold().replace("'n ", " yn ").replace("’n ", " yn ")
    words = re.sub(r"^\s*\d+\s*[-–:.)=]*\s*|\s*\(.*\)\s*$", "", answer).strip(" .,:;–-")
    for rank, pattern in _OFTEN:
        if re.fullmatch(pattern, words):
            return rank
    if re.fullmatch(_NEITHER, words):
        return 0
    if re.fullmatch(rf"not (?:very|so|particularly|that) (?:{_FOR})", words):
        return -1
    if re.fullmatch(rf"not at all (?:{_FOR})", words):
        return -3
    strongly, slightly = (_take(pattern, words) for pattern in (_STRONGLY, _SLIGHTLY))
    bare = strongly or slightly or words
    side = -1 if re.fullmatch(_AGAINST, bare) else 1 if re.fullmatch(_FOR, bare) else 0
    if not side and (found := re.match(rf"({_AGAINST}|{_FOR}){_TAIL}", bare)):
        side = -1 if re.fullmatch(_AGAINST, found[1]) else 1
    return side * (3 if strongly else 1 if slightly else 2) if side else None


def _take(pattern: str, words: str) -> str:
    """Return words without those that say how strongly; nothing where none of them does."""
    bare = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", " ", words)
    bare = " ".join(bare.replace("rwyf", " ").replace("rwy'n", " ").replace("yn ", " ").split())
    return bare if bare != words else ""
