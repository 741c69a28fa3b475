"""The report as an accessible PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from report_builder.writers import FileType, Made

if TYPE_CHECKING:
    from report_builder.settings.options import Options
    from report_builder.templating.renderer import Renderer
    from report_builder.writers.pdf.options import PdfOptions

PDF = FileType("PDF", "application/pdf")
WEASYPRINT = (
    *("cffi", "cssselect2", "pillow", "pycparser", "pydyf", "pyphen", "tinycss2", "tinyhtml5"),
    *("weasyprint", "webencodings"),
)
"""WeasyPrint and what it draws with."""

PROGRAMS = (*WEASYPRINT, "numpy", "page-validation", "pikepdf", "pypdfium2", "resvg-py")
"""What decides a PDF, and what is said of it, beside what every document is made with."""


class _Pdf:
    name = verb = "pdf"
    summary = "Make the accessible PDF report."
    help = """
    Make report.pdf: the accessible report (PDF/UA) of each EVENT.
    """
    top_keys: ClassVar = {"pdf-standard": "standard"}
    file_types: ClassVar = {"pdf": PDF}
    attaches = True
    has_editions = True
    seconds = 3.0
    programs = PROGRAMS

    def options(self) -> type[PdfOptions]:
        from report_builder.writers.pdf.options import PdfOptions

        return PdfOptions

    def write(self, renderer: Renderer, options: Options) -> Made:
        from report_builder.writers.pdf.report import write_report

        return write_report(renderer, self.options().model_validate(options))


writer = _Pdf()
