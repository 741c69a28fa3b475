"""E-mail addresses: one way to write each, and whether two are one person's."""

from __future__ import annotations

import re
import unicodedata

from email_validator import EmailNotValidError, validate_email


class WrongAddressError(Exception):
    """An address cannot be used; the reason reads on from “The address”, without naming it."""


def read_address(written: str) -> str:
    """Return an address in ASCII, as headers and servers take it; raise what is wrong with it."""
    if re.search(r"[;,]|\s(?=\S+@)", written) and written.count("@") > 1:
        raise WrongAddressError("is two in one cell: write a row for each.")
    if "<" in written or written.casefold().startswith("mailto:"):
        raise WrongAddressError("holds more than an address: write only name@organisation.org.uk.")
    if hidden := next((c for c in written if unicodedata.category(c) in ("Cf", "Cc", "Zl")), None):
        raise WrongAddressError(f"holds an invisible sign (U+{ord(hidden):04X}): type it anew.")
    try:
        found = validate_email(written, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as reason:
        if written.rpartition("@")[0] and not written.rpartition("@")[0].isascii():
            raise WrongAddressError(
                "has a letter before the @ that most servers refuse: ask for another address."
            ) from None
        raise WrongAddressError(f"is none: {_without_quotes(str(reason))}") from None
    return str(found.ascii_email)


def same_person(address: str) -> str:
    """Return what addresses have in common that reach one mailbox: capitals make no other."""
    return unicodedata.normalize("NFKC", address).casefold()


def owner(address: str) -> str:
    """Return an address without what stands after a plus sign: a note of its owner's own."""
    local, _, domain = same_person(address).rpartition("@")
    return f"{local.partition('+')[0] or local}@{domain}"


def masked(address: str) -> str:
    """Return an address that its owner would know, and nobody else: ``k…@k….org.uk``."""
    local, _, domain = address.rpartition("@")
    host, dot, ending = domain.partition(".")
    return f"{local[:1]}…@{host[:1]}…{dot}{ending}"


def _without_quotes(reason: str) -> str:
    """Return a reason that quotes nothing of the address."""
    said = re.sub(r"\s*:?\s*'[^']*'", "", reason)
    return f"{said[:1].lower()}{said[1:]}"
