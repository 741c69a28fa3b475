"""What is told of a text that is too long for councillors."""

from __future__ import annotations

from dataclasses import dataclass

_SURE = 0.7  # the score of a sentence that plainly tells something, wherever it stands


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a text: its ``words``, and how many items of a list are left out (``more``).

    ``score`` says how much the best of its sentences tells; ``is_short`` whether any sentence or
    part of one is left out, ``is_cut`` whether a part is; ``is_long`` whether it is still too long.
    """

    words: str = ""
    more: int = 0
    score: float = 0
    is_short: bool = False
    is_cut: bool = False
    is_long: bool = False
    stop: str = "."
    separator: str = "; "

    def with_more(self, said: str) -> str:
        """Return the words, and ``said`` where items are left out: “and 3 more”."""
        more = f"{self.separator}{said}{self.stop}" if self.more else ""
        return f"{self.words}{more}"

    @property
    def is_doubtful(self) -> bool:
        """Whether somebody should say it better."""
        is_doubted = self.is_short and self.score < _SURE
        return self.is_cut or self.is_long or self.more > 0 or is_doubted

    def __str__(self) -> str:
        return self.with_more(f"and {self.more} more")
