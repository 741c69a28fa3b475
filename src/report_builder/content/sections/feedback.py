"""What delegates answered to a question, drawn as a word cloud and listed."""

from functools import cached_property
from typing import Annotated

from pydantic import PlainValidator, WithJsonSchema

from report_builder.content.fields import Line, Text
from report_builder.content.responses import (
    RESPONSES,
    Phrase,
    Response,
    count_phrases,
    read_responses,
)
from report_builder.content.sections import Section


class Feedback(Section):
    """A question and its answers; ``list_title`` heads the list of words under the cloud.

    ``response`` says what was done about it.
    """

    question: Line
    responses: Annotated[
        tuple[Response, ...], PlainValidator(read_responses), WithJsonSchema(RESPONSES)
    ] = ()
    caption: Line | None = None
    list_title: Line | None = None
    response: Text | None = None

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """What the answers come down to, the most frequent first."""
        return count_phrases(self.responses)
