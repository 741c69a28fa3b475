"""Rules over a cloud in which every phrase has its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from report_builder.checks.rules import Finding, Rule, hold
from report_builder.content.sections.feedback import Feedback
from report_builder.problems import Problem, Severity

if TYPE_CHECKING:
    from report_builder.drawings.cloud.layout import Cloud

_READABLE = 5.0  # millimetres of a capital: what is lower is read from less than a metre


@dataclass(frozen=True)
class Drawn:
    """What people answered, and the cloud of it as it stands on the paper."""

    section: Feedback
    cloud: Cloud


def check_cloud(section: Feedback, cloud: Cloud) -> list[Problem]:
    """Return which phrases are too small on the paper to be read from a metre away."""
    return hold(RULES, Drawn(section, cloud))


def _small(drawn: Drawn) -> Iterator[Finding]:
    # Imported here: where a cloud was drawn it is there already.
    from report_builder.drawings.cloud.shapes import cap_height

    capitals = [cap_height(p.shape) * p.size for p in drawn.cloud.placed]
    if small := [height for height in capitals if height < _READABLE]:
        have = "has" if len(small) == 1 else "have"
        longest = max((phrase.text for phrase in drawn.section.phrases), key=len)
        message = (
            f"{len(small)} of the cloud's {len(capitals)} phrases {have} letters lower than "
            f"{_READABLE:g} mm, the lowest {min(small):.1f} mm, and are hard to read "
            "from a metre away."
        )
        hint = (
            f"Choose a larger paper (--paper A1), shorten the longest (“{longest:.60}”), or "
            f"leave out the rarest (at_least: {drawn.section.at_least + 1})."
        )
        yield drawn.section.question.position, message, hint


RULES: tuple[Rule[Drawn], ...] = (
    Rule("cloud-small", Severity.ADVICE, "Letters of a poster have 5 mm.", _small),
)
