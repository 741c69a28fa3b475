"""Rules over alt texts: that they say what there is to see, in the language that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report_builder.checks.rules import Case, Finding, Rule, parts
from report_builder.content.picture import Banner
from report_builder.problems import Position, Severity

_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|svg|webp|heic|tiff?|bmp|avif|pdf)"
    r"|(?:img|dsc[nf]?|pxl|p|mvimg)[ _-]?\d[\d _.-]*(?:\(\d+\))?"
    r"|whatsapp image .*|screenshot .*\d\d[.:]\d\d.*|untitled(?:[ -]?\d+)?",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\W*|(?:image|photo|photograph|picture|pic|graphic|scan|foto|bild|llun|delwedd|imagen|imagem"
    r"|immagine|obraz|zdjęcie|imagine|poză|afbeelding|kép|fotó|صورة|تصویر|照片|圖片|图片|写真|画像)"
    r"[ _-]?\d*\.?",
    re.IGNORECASE,
)
# What a screen reader says by itself: “graphic”, and then the alt text. A word for a picture is
# followed by what it is of, as the language joins the two.
_OF_A_PICTURE = {
    "en": r"(?:an? |the )?(?:image|photo|photograph|picture|pic|graphic|snapshot)"
    r" (?:of|showing|shows)\b",
    "cy": r"(?:yr? )?(?:llun|delwedd|ffotograff|darlun)(?: sy['’]n dangos| yn dangos| o\b)",
    "fr": r"(?:une |la |l['’])?(?:image|photo|photographie)"
    r" (?:de\b|du\b|des\b|d['’]|montrant\b|représentant\b)",
    "de": r"(?:ein |das |eine )?(?:foto|bild|fotografie|abbildung|aufnahme)"
    r" (?:von|vom|der|des|einer|eines|zeigt|mit)\b",
    "es": r"(?:una |la )?(?:imagen|foto|fotografía) (?:del?|que muestra|con)\b",
    "pt": r"(?:uma |a )?(?:imagem|foto|fotografia) (?:d[eao]s?|que mostra)\b",
    "it": r"(?:una |un['’]|la |l['’])?(?:immagine|foto|fotografia)"
    r" (?:di|del|della|dello|dei|degli|delle|che mostra)\b",
    "pl": r"(?:zdjęcie|obraz|obrazek|fotografia) \w+",
    "ro": r"(?:o )?(?:imaginea?|fotografi[ea]|poz[ăa]) (?:cu|a|al|ale|de|din|reprezentând)\b",
    "nl": r"(?:een |de )?(?:foto|afbeelding) (?:van|met)\b",
    "cs": r"(?:fotografie|fotka|obrázek|snímek) \w+",
    "sk": r"(?:fotografia|fotka|obrázok|snímka) \w+",
    "hu": r"(?:fotó|fénykép|kép) (?:az?|arról|egy)\b",
    "lt": r"(?:nuotrauka|paveikslėlis),? \w+",
    "tr": r".{3,60} (?:fotoğrafı|resmi)$",
    "uk": r"(?:зображення|фото|фотографія|світлина) \w+",
    "ru": r"(?:изображение|фото|фотография) \w+",
    "bg": r"(?:снимка|изображение) на\b",
    "ar": r"صورة\b",
    "fa": r"(?:تصویر|عکس)\b",
    "ur": r"(?:تصویر|فوٹو)\b|.{3,60} کی تصویر$",
    "hi": r".{3,60} (?:की तस्वीर|का चित्र|की फोटो)$",
    "pa": r".{3,60} ਦੀ (?:ਤਸਵੀਰ|ਫੋਟੋ)$",
    "bn": r".{3,60}র (?:ছবি|চিত্র)$",
    "zh": r".{2,60}的(?:照片|圖片|图片|圖像|图像)$|(?:照片|圖片|图片)[：:]",
    "ja": r".{2,60}の(?:写真|画像)$|(?:写真|画像)[：:]",
}
_BEFORE_A_SIGN = r"(?:image|photo|picture|foto|bild|llun|imagen|immagine|zdjęcie|obraz) ?[:–-] ?\w"
_SAY = "Say what the picture shows."


@dataclass(frozen=True)
class _Alt:
    """An alt text, where it stands and in which language."""

    text: str
    position: Position
    language: str


def _alts(case: Case) -> Iterator[_Alt]:
    for part in parts(case.event):
        if isinstance(part, Banner) and part.alt:
            yield _Alt(part.alt, part.alt.position, case.language_of(part.alt))
    for text in case.texts:
        for link in text.links:
            if link.is_picture:
                yield _Alt(link.text, link.position, case.language_of(text))


def _file_names(case: Case) -> Iterator[Finding]:
    for alt in _alts(case):
        said = alt.text.strip()
        if _FILE_NAME.fullmatch(said):
            yield alt.position, f"The alt text “{said}” is a file's name.", _SAY
        elif said and _NOTHING.fullmatch(said):
            yield alt.position, f"The alt text “{said}” says nothing of the picture.", _SAY


def _redundant(case: Case) -> Iterator[Finding]:
    hint = "Begin the alt text with what there is to see."
    for alt in _alts(case):
        codes = dict.fromkeys((alt.language.split("-")[0].casefold(), "en"))
        known = [_OF_A_PICTURE[code] for code in codes if code in _OF_A_PICTURE]
        pattern = "|".join((*known, _BEFORE_A_SIGN))
        if re.match(pattern, alt.text.strip(), re.IGNORECASE):
            message = f"“{alt.text:.40}” says that it is a picture; a screen reader says so, too."
            yield alt.position, message, hint


RULES: tuple[Rule[Case], ...] = (
    Rule("picture-alt", Severity.ERROR, "Pictures say what they show.", _file_names),
    Rule("alt-picture-of", Severity.ADVICE, "Alt texts do not say “picture of”.", _redundant),
)
