"""Faults that no rule looks for: they are met while something is drawn, set or opened."""

from __future__ import annotations

from report_builder.checks.rules import Entry
from report_builder.problems import Severity

FAULTS = (
    Entry("cloud-too-full", Severity.ERROR, "Every phrase has a place."),
    Entry("engine", Severity.ERROR, "WeasyPrint is of the release that is known."),
    Entry("font", Severity.ERROR, "The theme's fonts are installed."),
    Entry("mask", Severity.ERROR, "The cloud's shape can be read."),
    Entry("print-colours", Severity.ERROR, "The poster's colours exist in ink."),
    Entry("print-profile", Severity.ERROR, "The printer's profile is one of a press."),
    Entry("pdf-claims", Severity.ADVICE, "What a PDF says of itself is told."),
    Entry("pdf-press", Severity.ADVICE, "A printer's file is told from one to be read."),
    Entry("unreadable-document", Severity.ERROR, "What “verify” looks into can be opened."),
    Entry("word-element", Severity.ERROR, "Word has what the templates ask for."),
    Entry("word-reference", Severity.ERROR, "A reference document is a Word file."),
    Entry("words", Severity.ERROR, "The theme's translated words can be read."),
)
