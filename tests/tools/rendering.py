"""What renders an event, as a job of its report has it."""

from __future__ import annotations

from pathlib import Path

from report_builder import open_workspace
from report_builder.make import renderer_of
from report_builder.schedule import document_jobs
from report_builder.templating.renderer import Renderer


def renderer_for(
    workspace: Path, event: Path, language: str = "", edition: str = "standard"
) -> Renderer:
    """Return the renderer of an event, in a language and an edition, in a workspace's theme."""
    jobs = document_jobs(open_workspace(workspace, editions=[edition]), event, ("pdf",))
    (job,) = (job for job in jobs if job.translation == language)
    return renderer_of(job)
