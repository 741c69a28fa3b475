"""A word cloud: where each phrase stands, and how it is drawn."""

from __future__ import annotations

import hashlib

from report_builder.content.sections.feedback import Feedback
from report_builder.drawings.cloud.layout import Cloud, lay_out
from report_builder.drawings.cloud.mask import Mask, mask_of
from report_builder.drawings.cloud.svg import write_svg
from report_builder.drawings.pictures import SVG, UnusablePictureError
from report_builder.drawings.svg import draw_svg
from report_builder.problems import failure
from report_builder.templating.resources import Resources

_MASK_SIDE = 200.0  # millimetres at which a drawing becomes a mask: finer than any board's cells


def draw_cloud(
    section: Feedback, width: float, height: float, resources: Resources, language: str
) -> str:
    """Draw a section's cloud for a document; return the address to use it by."""
    said = repr([section.question, *((p.text, p.count) for p in section.phrases)]).encode()
    name = f"cloud-{hashlib.sha256(said).hexdigest()[:16]}-{width:g}x{height:g}.svg"
    if name not in resources.drawn:
        cloud = cloud_of(section, width, height, resources)
        resources.drawn[name] = write_svg(cloud, section.question, language)
    return resources.address(name)


def cloud_of(
    section: Feedback, width: float, height: float, resources: Resources, engine: str = ""
) -> Cloud:
    """Return the cloud of a section's phrases on so many millimetres.

    Without an ``engine`` the theme says what finds the places.
    """
    theme = resources.theme
    return lay_out(
        section.phrases,
        width,
        height,
        theme.font_families,
        theme.cloud_colours,
        section.question.position,
        engine or theme.settings.cloud.engine,
        _mask(section, resources),
    )


def _mask(section: Feedback, resources: Resources) -> Mask | None:
    if section.mask is None:
        return None
    content, media_type = resources.read(section.mask)
    try:
        if media_type == SVG:
            position = section.mask.position
            content, _ = draw_svg(content, _MASK_SIDE, _MASK_SIDE, position, resources)
        mask = mask_of(content)
    except (UnusablePictureError, OSError) as reason:
        message = f"“{section.mask}” cannot be read as a picture."
        raise failure("mask", section.mask.position, message, "Save it as PNG or SVG.") from reason
    if mask is None:
        message = f"“{section.mask}” shows no shape: nothing in it is dark."
        hint = "Draw the shape black on white, or on nothing."
        raise failure("mask", section.mask.position, message, hint)
    return mask
