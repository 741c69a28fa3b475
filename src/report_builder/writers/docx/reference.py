"""A theme's reference document: the styles, header and footer that Word files are set in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from report_builder.checks.reference import check_reference
from report_builder.problems import Position, ReportBuilderError, failure, stops


def open_reference(path: Path) -> Any:
    """Return the reference document, or raise its problems if it cannot serve as one."""
    if stops(problems := check_reference(path)):
        raise ReportBuilderError(problems)
    try:
        return docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as reason:
        message = f"The reference document cannot be read: {reason}."
        hint = "Save it again in Word as “Word Document (*.docx)”."
        raise failure("word-reference", Position(path.as_posix()), message, hint) from reason
