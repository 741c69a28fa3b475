"""The briefing, or the whole report, as a Word file in the styles of a reference document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from report_builder.writers import FileType, Made

if TYPE_CHECKING:
    from report_builder.settings.options import Options
    from report_builder.templating.renderer import Renderer
    from report_builder.writers.docx.options import DocxOptions

_WORD = FileType("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


class _Docx:
    name = verb = "docx"
    summary = "Make the Word briefing for councillors."
    help = """
    Make briefing.docx: two sides of A4 for councillors, in the styles of the theme.
    """
    top_keys: ClassVar = {"word-documents": "documents"}
    file_types: ClassVar = {"docx": _WORD}
    attaches = True
    has_editions = False
    seconds = 0.5
    programs = ("coloraide", "numpy", "pillow", "pypdfium2", "pyphen", "python-docx", "resvg-py")

    def options(self) -> type[DocxOptions]:
        from report_builder.writers.docx.options import DocxOptions

        return DocxOptions

    def write(self, renderer: Renderer, options: Options) -> Made:
        from report_builder.writers.docx.briefing import write_documents

        return write_documents(renderer, self.options().model_validate(options))


writer = _Docx()
