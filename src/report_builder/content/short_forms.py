"""Short forms of each language: which full stops end no sentence, or may end one.

To add a language, add it to `_OWN`; what it lacks is that of English.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class ShortForms:
    """What stands before full stops in a language, in small letters without the stop.

    ``never`` go on with what they belong to; ``counting`` stand before a number; ``may_end`` end a
    sentence where a word follows that begins one (``starters``). ``before_days`` stand before
    numbers that a full stop makes ordinal: “am 3. Mai”.
    """

    never: frozenset[str] = frozenset()
    counting: frozenset[str] = frozenset()
    may_end: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    before_days: frozenset[str] = frozenset()

    def __or__(self, other: ShortForms) -> ShortForms:
        return ShortForms(
            self.never | other.never,
            self.counting | other.counting,
            self.may_end | other.may_end,
            self.starters | other.starters,
            self.before_days | other.before_days,
        )


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _forms(
    never: str = "", counting: str = "", may_end: str = "", starters: str = "", days: str = ""
) -> ShortForms:
    return ShortForms(*map(_listed, (never, counting, may_end, starters, days)))


# Before a name, and nobody takes them for another word. Texts quote each other's names, so they
# hold in every language.
TITLES = _listed("""
    cllr cllrs cyng parch mr mrs ms mx messrs dr drs prof rev revd hon rt fr sr br ven lt capt cpl
    sgt insp supt det maj col gen st pc mons mme mmes mlle mlles mgr sra srta dña exmo hr frau inż
    ing bp abp płk kpt św dl dna dlui dvs dott avv geom rag med
    डॉ श्री प्रो ডা ড মো ਡਾ ਸ ਪ੍ਰੋ ડો શ્રી د أ م
    """)
_NO_NAMES = _listed("the they we he she it this that these those there you i")
"""What no name begins with, so that a title before it is none."""

_OWN: Mapping[str, ShortForms] = {
    "en": _forms(
        never="""eg ie viz cf vs incl esp approx asst dept eds sen gov pres treas attn
            misc govt assn""",
        counting="""no nos p pp para paras vol vols fig figs art arts ch chap pt sec sect s ss reg
            regs item min max ca c circa approx est ref rm apt flat unit tel ext mob jan feb mar apr
            jun jul aug sep sept oct nov dec q""",
        may_end="st rd ave ltd co corp inc plc jr snr sq cres gdns bros al est",
        starters="""the a an this that these those it its he she they we i you there here his her
            their our my your in on at by for from with to as if when while after before since
            because but and or so then however also all some many most no not nobody everyone one
            two three each every both another what who why how where which members residents
            councillors others people yes now today last next""",
    ),
    "cy": _forms(
        never="e.e h.y gw cyf",
        counting="rhif tud t tt c",
        may_end="ayyb",
        starters="""y yr mae roedd bydd nid ni mae'r a ac ond dyna felly yna hefyd rydym rwy dylai
            rhaid pawb neb""",
    ),
    "pl": _forms(
        never="""tzw tzn tj tz np m.in wg zob por red ul al pl os woj pow gm im hab mec wyd al dyr
            inż jw""",
        counting="ok godz ust poz lit tys mln mld str nr art pkt rozdz tel lp tab rys",
        starters="""to ten ta te on ona oni my wy ja nie tak w z na po do od za o i a ale oraz czy
            jest są było dziś teraz wszyscy nikt każdy""",
    ),
    "de": _forms(
        never="z.b d.h u.a bzw vgl evtl ggf inkl exkl sog insb bes dipl phil med str z d u",
        counting="nr abs ziff s seite tel ca art bd kap",
        may_end="jur",
        starters="""der die das ein eine es er sie wir ich im am bei mit nach für wenn auch alle
            dann danach das niemand jeder""",
        days="am der die das dem den des zum zur vom im beim bis ab",
    ),
    "fr": _forms(
        never="p.ex c.-à-d cf env hab me m",
        counting="n nº no p pp art chap vol fig tél",
        starters="""le la les un une des il elle ils nous vous je on ce cette ces dans en pour avec
            personne tous""",
    ),
    "es": _forms(
        never="sr d.ª don dn excmo ee uu pág aprox p.ej avda dpto",
        counting="núm nº n p pág págs art cap tel vol fig",
        may_end="uu",
        starters="""el la los las un una unos lo él ella ellos nosotros se este esta por con en no
            todos nadie""",
    ),
    "pt": _forms(
        never="sr sra exmo av aprox p.ex",
        counting="n nº p pág art cap tel",
        starters="o a os as um uma ele ela eles nós eu este esta em no na todos ninguém",
    ),
    "it": _forms(
        never="sig on es ecc.mo",
        counting="n p pag pagg art cap tel",
        starters="il lo la i gli le un una egli noi voi io questo questa in per con tutti nessuno",
    ),
    "ro": _forms(
        never="dvs ex str bd sf jud dr",
        counting="nr art pag p cap tel alin",
        may_end="ș.a",
        starters="el ea ei noi voi eu acest această acum toți nimeni nu în pe cu a am este sunt",
    ),
    "hu": _forms(
        never="dr ifj özv ún pl kb",
        counting="sz old tel",
        starters="a az ez ő mi ti én nem és de mindenki senki",
        days="dne dnia az a",
    ),
    "cs": _forms(
        never="např tzv tj mgr mudr",
        counting="č čís s str odst tel",
        starters="to ten ta on ona my vy já ne v na a ale všichni nikdo",
    ),
    "hi": _forms(never="डॉ श्री प्रो", counting="सं क्र"),
    "bn": _forms(never="ডা ড মো প্রো", counting="নং পৃ"),
    "pa": _forms(never="ਡਾ ਸ ਪ੍ਰੋ", counting="ਨੰ"),
    "gu": _forms(never="ડો શ્રી પ્રો", counting="નં"),
    "ar": _forms(never="د أ م أ.د", counting="ص رقم"),
    "ur": _forms(never="پروفیسر مس", counting="نمبر ص"),
}  # fmt: skip

# Their scripts, and their names and times, mix with English words and never with those of others.
_BESIDE_ENGLISH = _listed("cy ga gd hi bn pa gu ar ur fa ps ku zh ja ko ta so")

_STOPS = {
    **dict.fromkeys(("zh", "ja", "yue"), "。"),
    **dict.fromkeys(("hi", "bn", "pa", "ne", "mr", "as", "or"), "।"),
    "ur": "۔",
    "my": "။",
    "hy": "։",
    "am": "።",
    "th": "",
}


@lru_cache(maxsize=64)
def short_forms_of(language: str) -> ShortForms:
    """Return the short forms of a language: “cy”, “en-GB”."""
    code = primary(language)
    own = _OWN.get(code)
    return own | _OWN["en"] if own and code in _BESIDE_ENGLISH else own or _OWN["en"]


def is_title(form: str, following: str) -> bool:
    """Tell whether a short form stands before a name, by the word that follows it."""
    return form in TITLES and following not in _NO_NAMES


def stop_of(language: str) -> str:
    """Return what a sentence ends with in a language that is told nothing else."""
    return _STOPS.get(primary(language), ".")


def primary(language: str) -> str:
    """Return a language's code without its region: “en” of “en-GB”."""
    return language.replace("_", "-").partition("-")[0].casefold()
