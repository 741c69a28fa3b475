"""Finished files spoilt at random, but always in the same way: bytes, and values within."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

_MOST_CUT = 4000


def mutants(content: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Yield so many spoilt copies of a file, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311  # nothing is kept secret with it
    plain = _in_plain(content) if content.startswith(b"%PDF") else content
    for number in range(count):
        if content.startswith(b"%PDF") and number % 2:
            yield _with_wrong_values(content, dice)
        else:
            yield _with_wrong_bytes(plain, dice)


def _in_plain(pdf: bytes) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(made, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return made.getvalue()


def _with_wrong_bytes(content: bytes, dice: random.Random) -> bytes:
    changed = bytearray(content)
    match dice.randrange(4):
        case 0:
            for _ in range(dice.choice((1, 20, 500))):
                changed[dice.randrange(len(changed))] = dice.randrange(256)
        case 1:
            start = dice.randrange(len(changed))
            del changed[start : start + dice.randrange(_MOST_CUT)]
        case 2:
            start = dice.randrange(len(changed))
            piece = changed[start : start + dice.randrange(_MOST_CUT)]
            changed[dice.randrange(len(changed)) : 0] = piece * dice.randrange(1, 20)
        case _:
            for _ in range(50):
                start = dice.randrange(len(changed))
                if changed[start : start + 1].isdigit():
                    changed[start : start + 1] = str(dice.randrange(100_000)).encode()
    return bytes(changed)


def _with_wrong_values(pdf: bytes, dice: random.Random) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        holders = [thing for thing in file.objects if isinstance(thing, Dictionary) and len(thing)]
        for _ in range(dice.choice((1, 5, 40))):
            holder = dice.choice(holders)
            key = dice.choice([key for key in holder if key != "/Length"] or ["/Other"])
            holder[key] = _anything(dice, holders)
        file.save(made, fix_metadata_version=False)
    return made.getvalue()


def _anything(dice: random.Random, holders: list[Any]) -> Any:
    return dice.choice(
        (
            dice.randrange(-5, 2**31),
            String("\x1b]0;owned\x07 words"),
            Name.Anything,
            Array([dice.choice(holders), 7, String("a")]),
            Dictionary(S=Name.P, K=dice.choice(holders), MCID=3),
            dice.choice(holders),
            True,
            Array(),
        )
    )
