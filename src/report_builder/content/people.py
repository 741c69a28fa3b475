"""People by their short names: who is meant where a section names somebody."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from report_builder.content.fields import SCALAR, Kept, Line, Reader, fault
from report_builder.content.slug import slug
from report_builder.problems import warning

_SHORT_NAME = re.compile(r"[a-z][a-z\d_-]*")
_SEVERAL = re.compile(r"\s*(?:[,;/&+]|\band\b|\by\b|\boraz\b)\s*")
TITLES = (
    *("cllr", "councillor", "cyng", "cynghorydd", "mr", "mrs", "ms", "miss", "mx", "dr", "prof"),
    *("professor", "rev", "revd", "sir", "lady", "lord", "dame", "hon", "imam", "mayor"),
)
"""What may stand before a name, in small letters."""
_CALLED = """
    all anonymous anyone both everybody everyone nobody none us we board cabinet carer
    carers chair child children clerk committee community council councillor councillors
    delegate delegates facilitator group groups member members moderator nurse officer
    officers organiser organisers panel parent parents participant participants partner
    partners patient patients pupil pupils resident residents schools secretary speaker
    speakers staff student students teacher team teams treasurer trustees user users
    volunteer volunteers
"""
ANYBODY = frozenset(_CALLED.split())
"""What people call others, or a group, without a name."""
_CAPITAL = "begin it with a capital letter to print it as it stands"
_SURE_OF_SLIP, _SURE_OF_LETTER = 5, 8  # letters of a name that lacks one, or has another one


def _known_person(value: object, info: ValidationInfo) -> Line:
    name = Line.read(value)
    people = Reader.of(info).people
    if people is None or name in people:
        return name
    raise _unknown(name, people)


def _unknown(name: Line, people: Mapping[str, str], or_else: str = "") -> Exception:
    hint = f"Did you mean “{short}”?" if (short := meant(name, people)) else ""
    if "," in name:
        hint = f"Write several in brackets: [{name}]."
    own = name if _SHORT_NAME.fullmatch(name) else slug(name) or "short-name"
    says = "…" if own == name else name
    add = f"Add “{own}: {{name: {says}}}” under “people”"
    return fault(
        "unknown-person",
        f"Nobody is called “{name}” under “people”.",
        hint or (f"{add}{or_else}." if own == name else f"{add}, and write “{own}” here."),
    )


def named(value: object, info: ValidationInfo) -> Line:
    """Return the name of somebody whom a short name stands for, or who is named in full."""
    return _resolved(value, info, is_person=False)


def _somebody(value: object, info: ValidationInfo) -> Line:
    """Return a person's name; one word in small letters is a short name, and must be known."""
    return _resolved(value, info, is_person=True)


def _resolved(value: object, info: ValidationInfo, *, is_person: bool) -> Line:
    reader = Reader.of(info)
    people = reader.people or {}
    if isinstance(value, (list, tuple)) and value:
        lines = [_resolved(item, info, is_person=is_person) for item in value]
        return _line(_listed(lines, reader.language), lines[0])
    name = Line.read(value)
    reader.lines.append(name)
    if name in people:
        return _line(people[name], name)
    several = _SEVERAL.split(name)
    if len(several) > 1 and all(one in people for one in several):
        return _line(_listed([people[one] for one in several], reader.language), name)
    is_slip = len(name) >= _SURE_OF_SLIP and bool(meant(name, people))
    if people and _SHORT_NAME.fullmatch(name) and (is_person or is_slip):
        raise _unknown(name, people, f", or {_CAPITAL}")
    if people and _SHORT_NAME.fullmatch(name) and name not in ANYBODY:
        message = f"“{name}” is printed as it stands: it is nobody's short name under “people”."
        hint = f"Mend it, add “{name}: {{name: …}}” there, or {_CAPITAL}."
        reader.problems.append(warning("person-unresolved", name.position, message, hint))
    return name


def _listed(names: Sequence[str], language: str) -> str:
    """Return names as the language lists them; a language that is none is another field's fault."""
    try:
        return format_list(names, locale=Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return ", ".join(names)


def _line(text: str, source: Line) -> Line:
    line = Line(text)
    line.position = source.position
    return line


def meant(name: str, people: Mapping[str, str]) -> str:
    """Return whose short name was meant, where there can be no doubt; else ``""``.

    A name that is like another may be somebody else's: it is one only where a letter is lost,
    doubled or has changed places, and all else is the same.
    """
    for short, full in people.items():
        if _folded(name) == _folded(short) or _is_same(name, full):
            return short
    near = [s for s in people if _is_slip(_folded(name), _folded(s), least=3, letter=6)]
    near = near or [short for short, full in people.items() if _is_misspelt(name, full)]
    return near[0] if len(near) == 1 else ""


def _is_same(one: str, other: str) -> bool:
    titles, words = _parts(one)
    other_titles, other_words = _parts(other)
    has_same_title = titles == other_titles or not titles or not other_titles
    return len(words) > 1 and words == other_words and has_same_title


def _is_misspelt(one: str, other: str) -> bool:
    titles, words = _parts(one)
    other_titles, other_words = _parts(other)
    if titles != other_titles or len(words) != len(other_words) or len(words) < 2:
        return False
    differ = [(a, b) for a, b in zip(words, other_words, strict=True) if a != b]
    return len(differ) == 1 and _is_slip(*differ[0], least=_SURE_OF_SLIP, letter=_SURE_OF_LETTER)


def _parts(name: str) -> tuple[list[str], list[str]]:
    """Return a name's titles and its other words."""
    words = re.findall(r"\w+(?:['’]\w+)*", _folded(name))
    titles = [word for word in words if word in TITLES]
    return titles, [word for word in words if word not in TITLES]


def _folded(name: str) -> str:
    """Return a name in small letters without their marks."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _is_slip(one: str, other: str, *, least: int, letter: int) -> bool:
    """Tell whether two words differ by one slip of the keyboard.

    One more letter at an end is none: there are Moors and Moores, Ashes and Nashes.
    """
    short, long = sorted((one, other), key=len)
    if len(long) < least or long.startswith(short) or long.endswith(short):
        return False
    if len(long) - len(short) == 1:
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or not places:
        return False
    at = places[0]
    has_swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :] == other
    return has_swapped or (len(places) == 1 and len(one) >= letter)


_NAMES = {"anyOf": [SCALAR, {"type": "array", "items": SCALAR}]}

PersonId = Annotated[Line, PlainValidator(_known_person), WithJsonSchema(SCALAR), Kept]
"""The short name of somebody under “people”."""
Somebody = Annotated[Line, PlainValidator(_somebody), WithJsonSchema(_NAMES), Kept]
"""A person's name, or the short name under “people” that stands for it; or several in a list."""
Named = Annotated[Line, PlainValidator(named), WithJsonSchema(_NAMES), Kept]
"""Who or what somebody is: a short name stands for a person, and other words for themselves."""
