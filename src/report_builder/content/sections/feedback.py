"""What delegates answered to a question, drawn as a word cloud and listed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator, PositiveInt, PrivateAttr, ValidationInfo, WithJsonSchema

from report_builder.content.counts import Count
from report_builder.content.fields import (
    SCALAR,
    Answer,
    Kept,
    Line,
    Marked,
    Model,
    OneOrMore,
    Reader,
    Text,
    fault,
)
from report_builder.content.mentions import mentions
from report_builder.content.people import named
from report_builder.content.phrases import Merging, Phrase, count_phrases, without
from report_builder.content.picture import PictureFile
from report_builder.content.responses import RESPONSES, Response, read_responses
from report_builder.content.sections import Section


def _approver(value: object, info: ValidationInfo) -> Line:
    if isinstance(value, str) and not value.strip():
        raise fault(
            "merge-approval",
            "Nobody has approved this merge.",
            "Write the name of whoever says that these answers mean the same.",
        )
    return named(value, info)


class Merge(Model):
    """Answers that mean the same: what they are counted as, and who said so."""

    into: Answer
    phrases: Annotated[OneOrMore[Answer], Field(alias="from")]
    approved_by: Annotated[Line, PlainValidator(_approver), WithJsonSchema(SCALAR), Kept]


class Feedback(Section):
    """A question and its answers; ``list_title`` heads the list of words under the cloud.

    With ``kind: text`` the answers are sentences, and the cloud draws their words. ``base`` is how
    many people answered. ``merge`` says which answers are one, ``blocked`` which words are not
    printed, ``at_least`` how many people must have said what is; ``mask`` is a shape for the
    cloud. ``response`` says what was done about it.
    """

    question: Marked
    kind: Literal["phrases", "text"] = "phrases"
    responses: Annotated[
        tuple[Response, ...], PlainValidator(read_responses), WithJsonSchema(RESPONSES)
    ] = ()
    base: Annotated[Count, Field(gt=0)] | None = None
    merge: OneOrMore[Merge] = ()
    blocked: OneOrMore[Answer] = ()
    stop_words: OneOrMore[Answer] = ()
    at_least: PositiveInt = 1
    mask: PictureFile | None = None
    caption: Marked | None = None
    list_title: Marked | None = None
    response: Text | None = None
    _event_language: str = PrivateAttr(default="en-GB")

    def model_post_init(self, context: Any, /) -> None:
        """Keep the language of the event, in which the answers are unless the section has one."""
        self._event_language = Reader.current(context).language

    @property
    def language_of_answers(self) -> str:
        """The language in which people answered."""
        return self.language or self._event_language

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return sum(response.count for response in self.responses)

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """What the answers come down to and is printed, the most frequent first."""
        return tuple(phrase for phrase in self._unblocked[0] if phrase.count >= self.at_least)

    @property
    def refused(self) -> Mapping[str, tuple[Phrase, ...]]:
        """The phrases that are not printed, by the blocked word that each holds."""
        return self._unblocked[1]

    @property
    def rare(self) -> int:
        """How many phrases fewer people said than are asked for."""
        return len(self._unblocked[0]) - len(self.phrases)

    @cached_property
    def written(self) -> tuple[Phrase, ...]:
        """What the answers come down to before anybody merged or blocked any."""
        return count_phrases(self._counted)

    @cached_property
    def _unblocked(self) -> tuple[tuple[Phrase, ...], Mapping[str, tuple[Phrase, ...]]]:
        mergings = [Merging(m.into, m.phrases, m.approved_by) for m in self.merge]
        return without(count_phrases(self._counted, mergings), self.blocked)

    @cached_property
    def _counted(self) -> tuple[Response, ...]:
        if self.kind == "phrases":
            return self.responses
        return mentions(self.responses, self.language_of_answers, self.stop_words)
