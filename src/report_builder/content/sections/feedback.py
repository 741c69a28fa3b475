"""What delegates answered to a question, drawn as a word cloud and listed."""

from typing import Annotated

from pydantic import PlainValidator

from report_builder.content.fields import Line
from report_builder.content.responses import Response, read_responses
from report_builder.content.sections import Section


class Feedback(Section):
    """A question and its answers; ``list_title`` heads the list of words under the cloud."""

    question: Line
    responses: Annotated[tuple[Response, ...], PlainValidator(read_responses)] = ()
    caption: Line | None = None
    list_title: Line | None = None
