"""The poster of what delegates said, for walls, printers and screens, and its words in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from report_builder.writers import FileType, Made
from report_builder.writers.pdf import PDF, PROGRAMS

if TYPE_CHECKING:
    from report_builder.settings.options import Options
    from report_builder.templating.renderer import Renderer
    from report_builder.writers.poster.options import PosterOptions


class _Poster:
    name = "poster"
    verb = "wordcloud"
    summary = "Make the poster: PDF, PNG, SVG and a table of its phrases."
    help = """
    Make the poster of what delegates said, for each EVENT.

    \b
    poster.pdf         accessible, for the web and the office printer
    poster.print.pdf   for a printing house: bleed, marks if wanted, letters as outlines
    poster.png         300 dots an inch
    poster.social.png  1200 by 630 pixels, for social media
    wordcloud.svg      the cloud alone, at any size
    wordcloud.csv      its phrases with their counts, and what was counted as what

    Every phrase is there, at exactly the size that its count calls for, or you are told which
    are not and what would help.

    \b
    report-builder wordcloud my-event --paper A1 --marks
    report-builder wordcloud my-event --print x-4 --icc PSOcoated_v3.icc
    report-builder wordcloud my-event --suggest
    """
    top_keys: ClassVar = {"pdf-standard": "standard"}
    file_types: ClassVar = {
        "pdf": PDF,
        "png": FileType("PNG", "image/png"),
        "svg": FileType("SVG", "image/svg+xml"),
        "csv": FileType("CSV", "text/csv"),
    }
    attaches = True
    has_editions = False
    seconds = 1.5
    programs = (*PROGRAMS, "python-bidi", "segno", "uharfbuzz", "wordcloud")

    def options(self) -> type[PosterOptions]:
        from report_builder.writers.poster.options import PosterOptions

        return PosterOptions

    def write(self, renderer: Renderer, options: Options) -> Made:
        from report_builder.writers.poster.files import write_posters

        return write_posters(renderer, self.options().model_validate(options))


writer = _Poster()
