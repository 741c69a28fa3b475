"""Stories of people and projects."""

from report_builder.content.fields import Marked, Model, Text, WebAddress
from report_builder.content.people import Named
from report_builder.content.picture import Consent, Picture
from report_builder.content.sections import Section


class CaseStudy(Model):
    """One story. ``consent`` says whether the person agreed to it."""

    title: Marked
    who: Named | None = None
    body: Text | None = None
    pictures: tuple[Picture, ...] = ()
    web: WebAddress | None = None
    consent: Consent | None = None


class CaseStudies(Section):
    """Stories, each with a title of its own."""

    in_briefing = False

    items: tuple[CaseStudy, ...] = ()
