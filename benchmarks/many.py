"""Reports, briefings and HTML of many events in one process: ``many.py WORKSPACE EVENT…``."""

from __future__ import annotations

import sys
from pathlib import Path

from report_builder import build, open_workspace
from report_builder.make import renderer_of
from report_builder.schedule import document_jobs


def main(root: Path, events: list[str]) -> None:
    """Make and check them all, and write the HTML that each report is set from beside it."""
    workspace = open_workspace(root)
    outcome = build(workspace, events, only=("pdf", "docx"))
    if outcome.failed:
        raise SystemExit("\n".join(problem.message for problem in outcome.problems))
    for event in events:
        (job,) = document_jobs(workspace, workspace.content / event, ("pdf",))
        html = renderer_of(job).render("report.html.j2")
        (workspace.output / event / "report.html").write_text(html, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
