"""What is found while a file is read and held to its model, until all of it is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from report_builder.problems import Position, Problem, error


@dataclass
class Findings:
    """The problems of a file so far, and what keeps one fault from being named as several.

    ``mistyped`` holds which field was meant, by the place of its name; ``lost`` the names of
    fields that are written but cannot be read. ``code`` is that of every problem, where they do
    not have codes of their own.
    """

    problems: list[Problem] = field(default_factory=list, kw_only=True)
    mistyped: dict[Position, str] = field(default_factory=dict, kw_only=True)
    lost: set[str] = field(default_factory=set, kw_only=True)
    code: str = field(default="", kw_only=True)

    def note(
        self, code: str, position: Position, message: str, hint: str, *, private: bool = False
    ) -> None:
        """Note an error."""
        found = error(self.code or code, position, message, hint)
        self.problems.append(replace(found, private=private))
