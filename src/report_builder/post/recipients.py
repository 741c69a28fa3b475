"""Who gets the messages: a table of partners, each row checked, everyone once."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from report_builder.content.source import parse
from report_builder.content.tables import (
    SPREADSHEETS,
    Row,
    UnreadableTableError,
    read_table,
)
from report_builder.post.address import WrongAddressError, read_address, same_person
from report_builder.problems import (
    Position,
    Problem,
    ReportBuilderError,
    did_you_mean,
    error,
    failure,
    private,
    warning,
)
from report_builder.settings.mail import Mailbox
from report_builder.settings.names import PARTNER_FILES
from report_builder.settings.textfile import read_text
from report_builder.settings.tree import Fields, Items, Leaf

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "full name", "contact", "contact name", "partner", "recipient"),
    "first name": ("first name", "forename", "given name"),
    "last name": ("last name", "surname", "family name"),
    "email": ("email", "e-mail", "email address", "e-mail address", "mail"),
    "organisation": ("organisation", "organization", "company", "employer", "org"),
    "groups": ("groups", "group", "list", "lists"),
    "language": ("language", "lang", "preferred language"),
    "edition": ("edition", "version", "format needed", "accessible format"),
    "consent": ("consent", "agreed", "opt in", "opted in", "permission", "consent given"),
}
"""What people call each column."""

_HEADINGS = {heading: field for field, headings in _COLUMNS.items() for heading in headings}
_YES = {"yes", "y", "true", "1", "agreed", "given", "ok", "x", "✓", "✔"}
_NO = {"no", "n", "false", "0", "withdrawn", "refused", "not given", "declined", "opted out"}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}( 00:00:00)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_LONGEST = 300  # characters of a name
_FORMULA = ("=", "+", "@", "-", "|", "%")
# Unlike joiners, which some scripts need, these only hide what a name is.
_HIDDEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]"
)


@dataclass(frozen=True)
class Recipient:
    """Someone who may get a message; ``consent`` is ``None`` where the table has no such column."""

    mailbox: Mailbox
    organisation: str
    groups: tuple[str, ...]
    language: str
    edition: str
    consent: bool | None
    position: Position

    @property
    def key(self) -> str:
        """What is the same for all ways to write the address."""
        return same_person(self.mailbox.address)


def find_recipients_file(folder: Path) -> Path:
    """Return the table of an event's recipients; raise where there is none."""
    for name in PARTNER_FILES:
        if (folder / name).is_file():
            return folder / name
    raise failure(
        "no-recipients",
        Position(folder.as_posix()),
        "It is not said who gets the messages.",
        f"Put {PARTNER_FILES[0]} there, with the columns name, email, organisation, groups,"
        " language, edition, consent; or name another file with --recipients.",
    )


def read_recipients(path: Path, editions: Collection[str]) -> tuple[list[Recipient], list[Problem]]:
    """Return the recipients of a table or YAML file, and what is wrong with its rows.

    A row with an error is left out, and its problem says which it is; a file that cannot be read
    is raised. No problem holds an address or a name.
    """
    name = path.as_posix()
    problems: list[Problem] = []
    is_yaml = path.suffix in (".yaml", ".yml")
    try:
        rows = list(_rows_of_yaml(path, problems) if is_yaml else _rows(path))
    except ReportBuilderError as reason:
        raise ReportBuilderError(private(reason.problems)) from reason
    if not rows and not problems:
        raise failure("no-recipients", Position(name), "The file names nobody.")
    recipients: dict[str, Recipient] = {}
    for position, cells in rows:
        found, wrong = _recipient(position, cells, editions)
        problems += wrong
        if found is None:
            continue
        if (first := recipients.get(found.key)) is not None:
            problems += _twice(first, found)
            groups = tuple(dict.fromkeys((*first.groups, *found.groups)))
            consent = first.consent and found.consent if first.consent is not None else None
            found = replace(first, groups=groups, consent=consent)
        recipients[found.key] = found
    return list(recipients.values()), private(problems)


def _rows(path: Path) -> Iterator[tuple[Position, Mapping[str, str]]]:
    """Yield each row of a table as its cells by field."""
    name = path.as_posix()
    if not path.name.casefold().endswith((".csv", ".tsv", ".txt", *SPREADSHEETS)):
        hint = "Save it as CSV or Excel, or write it as YAML."
        raise failure("recipients-format", Position(name), "This is no table.", hint)
    try:
        first, *rows = read_table(path, headings=_HEADINGS) or [Row(1, [])]
    except UnreadableTableError as reason:
        place = Position(name, reason.line)
        raise failure("recipients-format", place, reason.message, reason.hint) from reason
    except OSError as reason:
        message = f"The file cannot be read: {reason.strerror}."
        raise failure("recipients-format", Position(name), message) from reason
    fields = _fields(first, name)
    for row in rows:
        cells = {field: cell for field, cell in zip(fields, row.cells, strict=False) if field}
        extra = any(row.cells[len(fields) :])
        yield Position(name, row.number), {**cells, **({"": "extra"} if extra else {})}


def _fields(first: Row, path: str) -> list[str]:
    """Return which field each column holds, or “” for one that is not ours."""
    heads = [re.sub(r"[\s_]+", " ", cell).strip(" :.?*").casefold() for cell in first.cells]
    fields = [_HEADINGS.get(head, "") for head in heads]
    problems = []
    for head, field in zip(heads, fields, strict=True):
        close = difflib.get_close_matches(head, _HEADINGS, n=1, cutoff=0.8) if not field else []
        if close and _HEADINGS[close[0]] not in fields:  # a slip, by which consent would be lost
            message = f"The column “{head}” is none of ours."
            hint = f"Did you mean “{close[0]}”? If not, call it otherwise."
            problems.append(error("recipients-column", Position(path, first.number), message, hint))
    for field in dict.fromkeys(filter(None, fields)):
        if fields.count(field) > 1:
            message = f"Two columns hold the {field}."
            hint = "Keep one of them, or call the other otherwise."
            problems.append(error("recipients-column", Position(path, first.number), message, hint))
    if "email" not in fields and not problems:
        hint = "Head it “email”. A table needs a first row of headings."
        message = "No column holds the e-mail addresses."
        problems.append(error("recipients-column", Position(path, first.number), message, hint))
    if problems:
        raise ReportBuilderError(problems)
    return fields


def _rows_of_yaml(
    path: Path, problems: list[Problem]
) -> Iterator[tuple[Position, Mapping[str, str]]]:
    """Yield each item of a YAML list as its values by field."""
    tree = parse(read_text(path), path.as_posix(), problems)
    if isinstance(tree, Fields) and len(tree.nodes) == 1:
        (tree,) = tree.nodes.values()  # “partners:” and the list below it
    if not isinstance(tree, Items):
        hint = "Write a list: “- {name: …, email: …}”."
        if not problems:
            place = tree.position if tree else Position(path.as_posix())
            problems.append(error("recipients-format", place, "The file holds no list.", hint))
        return
    for item in tree.nodes:
        if not isinstance(item, Fields):
            hint = "Write “- {name: …, email: …}”."
            problems.append(error("recipients-format", item.position, "This is no row.", hint))
            continue
        cells = {}
        for name, node in item.nodes.items():
            field = _HEADINGS.get(name.replace("_", " ").casefold())
            if field is None:
                hint = did_you_mean(name, _HEADINGS) or f"The fields are: {', '.join(_COLUMNS)}."
                message = "There is no such field here."
                problems.append(error("recipients-column", name.position, message, hint))
            elif isinstance(node, Items):
                words = [str(n.text) for n in node.nodes if isinstance(n, Leaf) and n.text]
                cells[field] = ", ".join(words)
            elif isinstance(node, Leaf) and node.text:
                cells[field] = str(node.text)
        yield item.position, cells


def _recipient(
    position: Position, cells: Mapping[str, str], editions: Collection[str]
) -> tuple[Recipient | None, list[Problem]]:
    """Return the recipient in a row, or everything that keeps it from being one."""
    problems: list[Problem] = []

    def refuse(code: str, message: str, hint: str = "") -> None:
        problems.append(error(code, position, message, hint))

    if "" in cells:
        hint = "Put quotes around a value that has a comma in it."
        refuse("recipient-row", "The row has more cells than there are columns.", hint)
    names = [cells.get(field, "") for field in ("first name", "last name")]
    name = cells.get("name", "") or " ".join(filter(None, names))
    for field, words in (("name", name), ("organisation", cells.get("organisation", ""))):
        if why := _unfit(words):
            refuse("recipient-name", f"The {field} {why}.", "Type it anew.")
    address = ""
    try:
        address = read_address(cells.get("email", ""))
    except WrongAddressError as reason:
        empty = not cells.get("email")
        refuse("recipient-address", "The address is missing." if empty else f"The address {reason}")
    language, edition = cells.get("language", ""), cells.get("edition", "")
    if (code := _language(language)) is None:
        hint = "Write a code: en for English, cy for Welsh, pl for Polish, ur for Urdu."
        refuse("recipient-language", "The language is not known.", hint)
    if (known := _edition(edition, editions)) is None:
        hint = did_you_mean(edition, editions) or f"The editions are: {', '.join(editions)}."
        refuse("recipient-edition", "There is no such edition.", hint)
    consent = None
    if "consent" in cells:
        consent, sure = _consent(cells["consent"])
        if not sure:
            hint = "Write yes, no, or the day on which they agreed. An empty cell counts as no."
            refuse("recipient-consent", "It is not clear whether they agreed.", hint)
    if problems:
        return None, problems
    groups = tuple(groups_of(cells.get("groups", "")))
    organisation = cells.get("organisation", "")
    mailbox = Mailbox(unicodedata.normalize("NFC", name), address)
    found = (organisation, groups, code or "", known or "", consent, position)
    return Recipient(mailbox, *found), []


def _unfit(words: str) -> str:
    """Return why words cannot be somebody's name, or “”."""
    if hidden := _HIDDEN.search(words):
        return f"holds an invisible sign (U+{ord(hidden[0]):04X})"
    if "=?" in words:
        return "holds “=?”, which mail programs take for a command"
    if words.startswith(_FORMULA):
        return f"begins with “{words[0]}”, as a formula does"
    if "<" in words or ">" in words or "@" in words:
        return "holds an address or HTML"
    if len(words) > _LONGEST:
        return f"has more than {_LONGEST} letters"
    return "is in two encodings at once" if _is_mojibake(words) else ""


def _is_mojibake(words: str) -> bool:
    """Tell whether words are UTF-8 that was read as Windows-1252: “CafÃ©”."""
    try:
        return words.encode("cp1252").decode("utf-8") != words
    except UnicodeError:
        return False


def _language(written: str) -> str | None:
    """Return a language's code from its code or English name; “” for none, ``None`` if unknown."""
    if not written:
        return ""
    code = _language_codes().get(written.casefold(), written)
    try:
        Locale.parse(code.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return None
    return code.replace("_", "-")


@lru_cache(maxsize=1)
def _language_codes() -> dict[str, str]:
    return {str(name).casefold(): str(code) for code, name in Locale("en").languages.items()}


def _edition(written: str, editions: Iterable[str]) -> str | None:
    """Return an edition's name however it is written; “” for none, ``None`` if unknown."""
    plain = re.sub(r"[\W_]+", "-", written.casefold()).strip("-")
    return plain if not plain or plain in editions else None


def _consent(written: str) -> tuple[bool, bool]:
    """Return whether somebody agreed, and whether what is written makes that clear."""
    said = written.casefold().strip(" .")
    if said in _YES or _DATE.fullmatch(said):
        return True, True
    return False, not said or said in _NO


def groups_of(written: str) -> Iterator[str]:
    """Yield the groups that are named in one text, each in one way to write it."""
    for group in re.split(r"[,;/|]", written):
        if group.strip():
            yield re.sub(r"\s+", "-", group.strip().casefold())


def _twice(first: Recipient, other: Recipient) -> list[Problem]:
    """Return that two rows are one person's, and whether they disagree."""
    wanted = [(one.language, one.edition) for one in (first, other)]
    differs = "" if wanted[0] == wanted[1] else " They differ in language or edition."
    message = f"The address stands in line {first.position.line} too.{differs}"
    hint = "The first of the two counts; its groups are those of both."
    return [warning("recipient-twice", other.position, message, hint)]


def in_groups(recipients: Sequence[Recipient], groups: Sequence[str], path: str) -> list[Recipient]:
    """Return those who are in one of some groups (none: all); raise for a group without members."""
    known = sorted({group for recipient in recipients for group in recipient.groups})
    problems = [
        error(
            "unknown-group",
            Position(path),
            f"Nobody is in a group “{group}”.",
            did_you_mean(group, known) or f"The groups are: {', '.join(known) or 'none'}.",
        )
        for group in groups
        if group not in known
    ]
    if problems:
        raise ReportBuilderError(problems)
    return [one for one in recipients if not groups or set(groups) & set(one.groups)]
