"""Outlines of shapes as the operators by which a PDF draws them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report_builder.drawings.simple.arcs import arc_curves
from report_builder.drawings.simple.numbers import (
    BETWEEN,
    NUMBER,
    UnknownPartError,
    numbers,
    written,
)

_FLAG = r"[\s,]*([01])"  # which needs no space behind it
_ARC = re.compile(
    r"[\s,]*".join([f"({NUMBER.pattern})"] * 3) + 2 * _FLAG + 2 * rf"[\s,]*({NUMBER.pattern})"
)
_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_ROUND = 0.5522847498  # how far, in radii, a quarter of a circle is bent at its ends


def path(data: str) -> str:
    """Return the outline of a path's data."""
    pen = _Pen()
    for command, values in _commands(data):
        pen.draw(command, values)
    return "\n".join(pen.drawn)


def polygon(points: str, *, is_closed: bool) -> str:
    """Return the outline of straight lines from point to point."""
    pen = _Pen()
    values = numbers(points)
    if len(values) % 2:
        raise UnknownPartError(points)
    for place in range(0, len(values), 2):
        pen.draw("L" if place else "M", values[place : place + 2])
    if is_closed and values:
        pen.draw("Z", ())
    return "\n".join(pen.drawn)


def ellipse(x: float, y: float, wide: float, high: float) -> str:
    """Return the outline of an ellipse about a point, by its radii."""
    a, b = wide * _ROUND, high * _ROUND
    return "\n".join(
        (
            f"{written(x + wide, y)} m",
            f"{written(x + wide, y + b, x + a, y + high, x, y + high)} c",
            f"{written(x - a, y + high, x - wide, y + b, x - wide, y)} c",
            f"{written(x - wide, y - b, x - a, y - high, x, y - high)} c",
            f"{written(x + a, y - high, x + wide, y - b, x + wide, y)} c",
            "h",
        )
    )


def rectangle(x: float, y: float, wide: float, high: float, across: float, down: float) -> str:
    """Return the outline of a rectangle whose corners are rounded by such radii, if they are."""
    across, down = min(across, wide / 2), min(down, high / 2)
    if not across or not down:
        return f"{written(x, y, wide, high)} re"
    right, bottom = x + wide, y + high
    a, b = across * (1 - _ROUND), down * (1 - _ROUND)
    return "\n".join(
        (
            f"{written(x + across, y)} m",
            f"{written(right - across, y)} l",
            f"{written(right - a, y, right, y + b, right, y + down)} c",
            f"{written(right, bottom - down)} l",
            f"{written(right, bottom - b, right - a, bottom, right - across, bottom)} c",
            f"{written(x + across, bottom)} l",
            f"{written(x + a, bottom, x, bottom - b, x, bottom - down)} c",
            f"{written(x, y + down)} l",
            f"{written(x, y + b, x + a, y, x + across, y)} c",
            "h",
        )
    )


def _commands(data: str) -> Iterator[tuple[str, Sequence[float]]]:
    """Yield each command of a path's data, with as many numbers as it takes."""
    before, *parts = _COMMAND.split(data)
    if before.strip() or (parts and parts[0] not in "Mm"):
        raise UnknownPartError(data)
    for letter, text in zip(parts[::2], parts[1::2], strict=True):
        values, count = _values(letter, text), _COUNTS[letter.upper()]
        if bool(values) != bool(count) or (count and len(values) % count):
            raise UnknownPartError(letter)
        command = letter
        for place in range(0, max(len(values), 1), count or 1):
            yield command, values[place : place + count]
            command = {"M": "L", "m": "l"}.get(command, command)


def _values(letter: str, text: str) -> list[float]:
    if letter not in "Aa":
        return numbers(text)
    if _ARC.sub("", text).strip(BETWEEN):
        raise UnknownPartError(letter)
    return [float(value) for arc in _ARC.findall(text) for value in arc]


class _Pen:
    """Follows a path: where it is, where it began, and how it was bent when it came there."""

    def __init__(self) -> None:
        self.drawn: list[str] = []
        self.x = self.y = 0.0
        self.began = (0.0, 0.0)
        self.is_closed = False
        self.bent = ("", 0.0, 0.0)  # the kind of the last curve, and its last point but one

    def draw(self, command: str, values: Sequence[float]) -> None:
        kind = command.upper()
        if command.islower():
            values = self._absolute(kind, values)
        if kind == "Z":
            self.drawn.append("h")
            (self.x, self.y), self.is_closed, self.bent = self.began, True, ("", 0.0, 0.0)
            return
        if self.is_closed and kind != "M":
            self.drawn.append(f"{written(self.x, self.y)} m")
        self.is_closed = False
        match kind:
            case "C":
                self._curve("C", *values)
            case "S":
                self._curve("C", *self._reflected("C"), *values)
            case "Q":
                self._quadratic(*values)
            case "T":
                self._quadratic(*self._reflected("Q"), *values)
            case "A":
                self._arc(*values)
            case "H":
                self._straight("l", values[0], self.y)
            case "V":
                self._straight("l", self.x, values[0])
            case _:
                self._straight(kind.lower(), *values)

    def _absolute(self, kind: str, values: Sequence[float]) -> Sequence[float]:
        here = (self.y, self.x) if kind == "V" else (self.x, self.y)
        first = 5 if kind == "A" else 0
        moved = [value + here[place % 2] for place, value in enumerate(values[first:])]
        return [*values[:first], *moved]

    def _straight(self, operator: str, x: float, y: float) -> None:
        self.x, self.y, self.bent = x, y, ("", 0.0, 0.0)
        self.drawn.append(f"{written(x, y)} {operator}")
        if operator == "m":
            self.began = x, y

    def _curve(self, kind: str, a: float, b: float, c: float, d: float, x: float, y: float) -> None:
        self.drawn.append(f"{written(a, b, c, d, x, y)} c")
        self.x, self.y, self.bent = x, y, (kind, c, d)

    def _quadratic(self, a: float, b: float, x: float, y: float) -> None:
        first = (self.x + 2 * (a - self.x) / 3, self.y + 2 * (b - self.y) / 3)
        self._curve("Q", *first, x + 2 * (a - x) / 3, y + 2 * (b - y) / 3, x, y)
        self.bent = ("Q", a, b)

    def _reflected(self, kind: str) -> tuple[float, float]:
        """Return the point that bends on as smoothly as the last curve of a kind was bent."""
        last, x, y = self.bent
        return (2 * self.x - x, 2 * self.y - y) if last == kind else (self.x, self.y)

    def _arc(
        self, wide: float, high: float, turn: float, large: float, sweep: float, x: float, y: float
    ) -> None:
        start = (self.x, self.y)
        if start == (x, y):
            return
        if not wide or not high:
            self._straight("l", x, y)
            return
        for curve in arc_curves(
            start, (wide, high), turn, (x, y), is_large=bool(large), is_sweep=bool(sweep)
        ):
            self._curve("A", *curve)
        self.x, self.y = x, y
