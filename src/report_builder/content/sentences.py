"""Sentences of a text in any language: where each ends, and where a full stop ends none.

Packages that do this cut after “Cllr.” and its like. What is a short form is data here, and the
lists of all languages hold at once: texts quote each other's names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]
"""Where something begins in a text, and where it ends."""

_CLOSERS = "\"'”’»›)\\]）」』】*_"
# Marks of scripts that are written with spaces end a sentence before one; the others anywhere.
_END = re.compile(rf"[.!?…]+[{_CLOSERS}]*(?=\s|$)|[。！？｡．۔؟।॥።။]+[{_CLOSERS}]*\s?")
_OPENERS = "\"'“‘„«‹(\\[¿¡*_（「『【"
_FIRST = re.compile(rf"\s*[{_OPENERS}]*(?P<word>\S+)")
_LAST = re.compile(r"[^\s(\[“‘\"«„*_/|]*$")
_LONGEST_FORM = 40  # characters before a full stop that are looked at
# The number of an item that a text begins with.
_ITEM = re.compile(r"\s*(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,5})$")


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Stand before a name or go on with what they belong to.
_NEVER = _listed("""
    cllr cllrs mr mrs ms mx messrs dr drs prof rev revd hon rt fr sr br ven gen col lt maj capt cpl
    sgt insp supt supt. det pc cyng parch mons mme mmes mlle mlles mgr me pr sra srta dña don dn
    d.ª exmo excmo ing inż mgr mec hab ks św bp abp płk kpt ul al pl os woj pow gm im tzw tzn tj np
    m.in wg zob por red hr frau fr. str bzw vgl evtl ggf inkl exkl sog insb bes dipl phil dl dna
    dlui dvs bld sf nt sz ifj özv ún pl. eg ie viz cf vs incl esp eds ed est approx asst dept
    tel ext mob attn re sig dott avv geom rag on sen gov pres treas e.g i.e z.b d.h u.a h.y
    e.e c.-à-d p.ex ex med ee jur
    """)
# Stand before a number.
_COUNTING = _listed("""
    no nos nr núm num nº č čís sz p pp pg para paras vol vols fig figs art arts ch chap pt sec
    sect s ss reg regs item min max ca c circa approx est ref rm apt flat unit jan feb mar apr jun
    jul aug sep sept oct nov dec ok godz ust poz lit tys mln mld r w abs ziff seite s. cap pág
    págs tab tabl rys lk rhif tud
    """)
# Can end a sentence: they do where a word follows that begins one.
_MAY_END = _listed("st rd ave ltd co corp inc plc jr snr sq cres gdns bros etc usw al")
_STARTERS = _listed("""
    the a an this that these those it its he she they we i you there here his her their our my your
    in on at by for from with to as if when while after before since because but and or so then
    however also all some many most no not nobody everyone one two three each every both another
    what who why how where which members residents councillors
    der die das ein eine es er sie wir ich im am bei mit nach für wenn auch alle
    le la les un une des il elle ils nous vous je on ce cette ces dans en pour avec
    el los las una unos lo él ella ellos nosotros se este esta por con
    y yr mae roedd bydd nid to na nie w z po na oraz
    """)
_PARTICLES = _listed("le la les el los las al de des der die von van i w z na to y yr a")
_TITLES = _listed("cllr dr mr mrs ms miss prof rev sir lady lord")
_BEFORE_ORDINALS = _listed("am der die das dem den des zum zur vom im beim bis ab dne dnia az a")
_LETTER = r"[^\W\d_]"


def sentences(text: str) -> Iterator[Span]:
    """Yield where each sentence of a paragraph stands."""
    start = _after_spaces(text, 0)
    for end in _END.finditer(text):
        if end.start() >= start and _ends(text, start, end):
            yield start, end.start() + len(end[0].rstrip())
            start = _after_spaces(text, end.end())
    if text[start:].strip():
        yield start, len(text.rstrip())


def first_sentence(text: str) -> str:
    """Return a paragraph's first sentence, with all of a quotation or bracket that it opens."""
    spans = list(sentences(text))
    said = (text[spans[0][0] : end] for _, end in spans)
    # A mark that nothing closes holds nothing together.
    return next(filter(_is_closed, said), text[slice(*spans[0])] if spans else "")


def is_ended(text: str) -> bool:
    """Tell whether a text ends as a sentence does, or in a colon that leads on."""
    return re.search(rf"[.!?…:;。！？｡．۔؟।॥።။។：；][{_CLOSERS}\s]*$", text) is not None


def _after_spaces(text: str, offset: int) -> int:
    return len(text) - len(text[offset:].lstrip())


def _is_closed(said: str) -> bool:
    opened, closed = "“«([（「『", "”»)]）」』"
    pairs = zip(opened, closed, strict=True)
    return said.count('"') % 2 == 0 and all(said.count(a) <= said.count(z) for a, z in pairs)


def _ends(text: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether a mark ends a sentence: what stands before it and after it says so."""
    mark = end[0][0]
    if mark not in ".!?…":
        return True
    following = _FIRST.match(text, end.end())
    if following is None:
        return True
    word = following["word"]
    if word[0].islower() and not word[1:2].isupper():  # “iPads” begins one
        return False
    if mark != "." or end[0].startswith(".."):
        return True
    before = text[max(start, end.start() - _LONGEST_FORM) : end.start()]
    is_item = before == text[start : end.start()] and _ITEM.fullmatch(before) is not None
    return not is_item and not _is_short_form(before, word)


def _is_short_form(before: str, word: str) -> bool:
    """Tell whether a full stop after some words, and before a word, belongs to a short form."""
    found = _LAST.search(before)
    last = (found[0] if found else "").lstrip("'’").lower()
    begins = re.sub(r"\W+$", "", word).lower()
    if last in _NEVER:
        return True
    if re.fullmatch(_LETTER, last):  # an initial, or “Plan B.” before another sentence
        return begins not in _STARTERS - _PARTICLES
    if last in _COUNTING:
        return word[0].isdigit() or re.match(r"[IVX]+\b", word) is not None
    if re.fullmatch(r"[ap]\.m", last):
        return begins in _TITLES
    if last in _MAY_END or re.fullmatch(rf"(?:{_LETTER}\.)+{_LETTER}", last):
        return begins not in _STARTERS
    if re.fullmatch(r"\d{1,2}", last):
        words = before.lower().split()
        return len(words) > 1 and words[-2] in _BEFORE_ORDINALS
    return False
