"""Who hosted, took part in and paid for the event."""

from typing import Annotated

from report_builder.content.fields import Line, Model, Name, WebAddress, shorthand
from report_builder.content.picture import PictureFile
from report_builder.content.sections import Section


class Partner(Model):
    """An organisation, and what it was, such as host, partner, sponsor or funder."""

    name: Name
    role: Line | None = None
    logo: PictureFile | None = None
    web: WebAddress | None = None


class Partners(Section):
    """Organisations by role, in the order in which roles first appear."""

    in_briefing = False

    items: tuple[Annotated[Partner, shorthand("name")], ...] = ()

    @property
    def roles(self) -> dict[str, list[Partner]]:
        """The organisations of each role; those without one come under ``""``."""
        found: dict[str, list[Partner]] = {}
        for partner in self.items:
            found.setdefault(partner.role or "", []).append(partner)
        return found
