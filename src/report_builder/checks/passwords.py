"""A rule over passwords and codes of doors, in the words of many languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from report_builder.checks.rules import Case, Finding, Rule
from report_builder.content.prose import without_addresses
from report_builder.content.sections.table import Table
from report_builder.problems import Position, Severity

_WIFI = r"(?:wi-?fi|wlan|wireless|hotspot|guest network)"
# What each language calls a secret that opens something. A word that means other things too, such
# as “code” or “key”, stands beside what it opens.
_PLAIN = (
    r"pass ?(?:word|code|phrase|key)|pwd|(?-i:PIN)|pin (?:code|number)|keycode|network key",
    r"(?:access|entry|door|gate|key|log-?in|alarm|security|meeting|webinar) code",
    r"code (?:for|to) the (?:door|gate|room|hall|entrance|alarm|lift|building)",
    rf"{_WIFI}[ -](?:code|key|kod|kód|cod|schlüssel)",
    (
        rf"(?:code|clé|clave|chave|chiave|codice|kod|cod|cod y|kód|klucz)"
        rf"(?: (?:du|de la|del|de|do|della|pentru))? (?:l['’])?"
        rf"(?:{_WIFI}|red|rede|rete|réseau|sieci)"
    ),
    r"cyfrinair|cod (?:mynediad|drws|y drws)",  # Welsh
    r"pasfhocal|facal-faire",  # Irish, Scottish Gaelic
    r"mot de passe|mdp|code (?:d['’]accès|d['’]entrée|de la porte|secret)|digicode",  # French
    r"kennwort|passwort|zugangscode|zugangsschlüssel|türcode",  # German
    r"wachtwoord|toegangscode|lösenord|passord|adgangskode|salasana",  # Dutch, Nordic
    r"contraseña|(?:clave|código) de (?:acceso|la puerta)",  # Spanish
    r"palavra-passe|código de acesso|codice (?:di accesso|d['’]accesso)",  # Portuguese, Italian
    r"kod (?:dostępu|do drzwi|do bramy|wejścia)|cod de (?:acces|intrare)",  # Polish, Romanian
    r"jelszó|přístupový kód|prístupový kód|slaptažodis",  # Hungarian, Czech, Slovak, Lithuanian
    r"пароль|код (?:доступа|доступу|за достъп)|κωδικός πρόσβασης",
    r"fjalëkalimi?|furaha sirta|erayga sirta|mật khẩu",  # Albanian, Somali, Vietnamese
    r"كلمة (?:المرور|السر)|رمز الدخول|رمز عبور|گذرواژه|وشەی نهێنی|پاس ?ورڈ|پاس ?کوڈ",
    r"पासवर्ड|পাসওয়ার্ড|ਪਾਸਵਰਡ|પાસવર્ડ|கடவுச்சொல்|รหัสผ่าน|비밀번호",
    r"密码|密碼|通關密語|パスワード|パスコード|暗証番号",
)
# These are also a slogan, a ticket, a cipher or a word: only what looks like a secret follows.
_AMBIGUOUS = r"hasło|haslo|heslo|parol[aăe]|senha|şifre|şîfre|парола|口令|암호"
_UNSPACED = r"密码|密碼|通關密語|口令|パスワード|パスコード|暗証番号|비밀번호|암호|รหัสผ่าน"
_KEY = rf"(?P<key>(?:(?<!\w)(?:{'|'.join(_PLAIN)}|{_AMBIGUOUS})(?!\w)|{_UNSPACED}))"
# Words of what is done about passwords, which no secret follows.
_ABOUT = (
    r"(?! ?-?(?:polic|reset|manage|protect|securi|change|hygiene|strength|rule|length|expir|shar"
    r"|politi|richtlinie|regel|polity|gestion|gestor|administr))"
)
_BETWEEN = r"(?P<between>(?:[ \t]+(?![:：=])[^\s:：=.,;!?|]+){0,5}?)"
_MARKS = r"[ \t]*[*_`\"“”'’«»)\]]*"
_IS = r"is|was|will be|lautet|ist|est|es|é|è|jest|to|este|yw|ydy|är|er"
_VALUE = r"(?P<marked>(?:[*_`\"“«‘(]+[ \t]*)*)(?P<value>[^\s|<>]+)"
_LINKS = (
    rf"{_MARKS}[ \t]*(?P<sign>[:：=|]|->|→)\s*",
    rf"[ \t]+(?P<verb>{_IS})[ \t]*[:：]?[ \t]+|(?P<cjk>[是為为は])",
    rf"{_MARKS}[ \t]*",
)
# A sign, a verb, or nothing stands between a word for a password and the password.
_SIGNED, _TOLD, _BARE = (
    re.compile(f"{_KEY}{_ABOUT}{between}(?:{link}){_VALUE}", re.IGNORECASE)
    for between, link in zip((_BETWEEN, _BETWEEN, ""), _LINKS, strict=True)
)
_NO_SECRET = re.compile(
    r"(?:required|needed|none|optional|tbc|tba|yes|no|n/a|unchanged|same|below|above|see|ask|weak|strong"
    r"|safe|secret|private|new|old|wrong|invalid|available|sent|shown|on|in|at|by|not|the|your|our|their"
    r"|requis|obligatoire|aucun|non|oui|pflicht|erforderlich|nein|keine|nicht|wymagane|brak|nie|obligatoria"
    r"|ninguna|sí|dim|gofynnwch|demande[rz]|pregunt\w+|fragen|zapytaj|cereți|\w+(?:ed|ing|able|ory|ive|ent|ant|ly|tive))",
    re.IGNORECASE,
)
_AT_AN_END = re.compile(r"[ \t]*(?:$|[\n|)])")
_SHORTEST = 4  # characters
_YEAR = re.compile(r"(?:19|20)\d\d")
_MEASURE = re.compile(r"[\d.,:/-]+(?:am|pm|st|nd|rd|th|h|k|m|mb|gb|%|€|£)?|[£€$]\S+", re.IGNORECASE)


def _passwords(case: Case) -> Iterator[Finding]:
    for position in _found(case):
        yield position, "A password stands in the text.", "Take it out."


def _found(case: Case) -> Iterator[Position]:
    for text in case.texts:
        for start in secrets_in(text.scalar):
            yield text.scalar.at(start)
    for line in case.lines:
        if secrets_in(line):
            yield line.position
    for section in case.event.sections if case.event else ():
        for row in section.rows if isinstance(section, Table) else ():
            cells = [cell.text for cell in row if cell.text]
            for head, cell in pairwise(cells):
                if secrets_in(f"{head} | {cell}") and not secrets_in(cell):
                    yield cell.position


def secrets_in(source: str) -> list[int]:
    """Return where a password or code is given away."""
    source = without_addresses(source)
    found = {m.start() for m in _SIGNED.finditer(source) if _is_told_by_sign(m)}
    found |= {m.start() for m in _TOLD.finditer(source) if _is_told_by_verb(m)}
    bare = (m for m in _BARE.finditer(source) if not _NO_SECRET.fullmatch(_value(m)))
    return sorted(found | {m.start() for m in bare if _looks_secret(_value(m), is_signed=False)})


def _value(found: re.Match[str]) -> str:
    return found["value"].strip("*_`\"“”'’«»().,;:!?#。，؛،।")


def _is_told_by_sign(found: re.Match[str]) -> bool:
    value = _value(found)
    if _NO_SECRET.fullmatch(value) or not value:
        return False
    if _looks_secret(value, is_signed=True):
        return True
    is_sure = found["sign"] != "|" and not re.fullmatch(_AMBIGUOUS, found["key"], re.IGNORECASE)
    return is_sure and _is_word_alone(found, value)


def _is_told_by_verb(found: re.Match[str]) -> bool:
    value = _value(found)
    if _NO_SECRET.fullmatch(value) or not value:
        return False
    verb = (found["verb"] or "").casefold()
    is_plain = verb in ("is", "was", "lautet") or bool(found["marked"])
    if _looks_secret(value, is_signed=bool(found["cjk"])):
        return True
    return is_plain and _is_word_alone(found, value)


def _is_word_alone(found: re.Match[str], value: str) -> bool:
    """Tell whether a value is one word that ends what is said, or that is marked."""
    after = _AT_AN_END.match(found.string, found.end())
    ends = after is not None or found["value"][-1] in ".,;!?。，" or bool(found["marked"])
    return ends and len(value) >= _SHORTEST and value[0].isalpha()


def _looks_secret(value: str, *, is_signed: bool) -> bool:
    """Tell whether a value has digits or capitals where a word has none."""
    if len(value) < _SHORTEST or re.search(r"pass|wi-?fi", value, re.IGNORECASE):
        return False
    if value.isdigit():
        return is_signed or not _YEAR.fullmatch(value)
    if _MEASURE.fullmatch(value):
        return False
    has_letter, has_digit = re.search(r"[^\W\d_]", value), re.search(r"\d", value)
    inner_capital = re.search(r"[a-z][A-Z]", value) and is_signed
    return bool((has_letter and has_digit) or inner_capital)


RULES: tuple[Rule[Case], ...] = (
    Rule("password", Severity.WARNING, "No password is printed.", _passwords),
)
