"""A word cloud: where each phrase stands, and how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from report_builder.content.sections.feedback import Feedback
from report_builder.drawings.pictures import SVG, UnusablePictureError, fit_for_print
from report_builder.drawings.svg import draw_svg
from report_builder.fingerprint import hashed
from report_builder.problems import failure
from report_builder.templating.functions import TemplateFault
from report_builder.templating.resources import Drawing, Resources, check_side, drawing_of

if TYPE_CHECKING:
    from report_builder.drawings.cloud.layout import Cloud
    from report_builder.drawings.cloud.mask import Mask

_MASK_SIDE = 200.0  # millimetres at which a drawing becomes a mask: finer than any board's cells


def draw_cloud(
    section: object, width: float, height: float, *, resources: Resources, language: str
) -> Drawing:
    """Return the drawing of a section's cloud for a document."""
    if not isinstance(section, Feedback) or not section.phrases:
        raise TemplateFault("“draw_cloud” draws a section “type: feedback” that has answers")
    check_side(width)
    check_side(height)
    theme = resources.theme
    looks = (theme.font_families, theme.cloud_colours, theme.settings.cloud.engine)
    phrases = [(phrase.text, phrase.count) for phrase in section.phrases]
    mask = hashed(resources.read(section.mask)[0]) if section.mask else ""
    said = (section.question, phrases, mask, width, height, looks, language)

    def draw() -> bytes:
        from report_builder.drawings.cloud.svg import write_svg

        cloud = cloud_of(section, width, height, resources)
        return write_svg(cloud, section.question, language)

    return drawing_of("cloud", said, draw)


def cloud_of(
    section: Feedback, width: float, height: float, resources: Resources, engine: str = ""
) -> Cloud:
    """Return the cloud of a section's phrases on so many millimetres.

    Without an ``engine`` the theme says what finds the places.
    """
    # Imported here: to lay out takes numpy, which takes its time, and many documents have no cloud.
    from report_builder.drawings.cloud.layout import lay_out

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
    from report_builder.drawings.cloud.mask import mask_of

    content, media_type = resources.read(section.mask)
    try:
        if media_type == SVG:
            content, _ = draw_svg(content, _MASK_SIDE, _MASK_SIDE, resources)
        else:
            content, _ = fit_for_print(content)
        mask = mask_of(content)
    except (UnusablePictureError, OSError) as reason:
        message = f"“{section.mask}” cannot be read as a picture."
        raise failure("mask", section.mask.position, message, "Save it as PNG or SVG.") from reason
    if mask is None:
        message = f"“{section.mask}” shows no shape: nothing in it is dark."
        hint = "Draw the shape black on white, or on nothing."
        raise failure("mask", section.mask.position, message, hint)
    return mask
