"""All that templates can have drawn or arranged, by the names that they call it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from report_builder.drawings.charts import chart_figures, draw_chart, draw_lines
from report_builder.drawings.cloud import draw_cloud
from report_builder.drawings.qr import draw_qr
from report_builder.drawings.rows import picture_ratio, picture_rows

DRAWINGS: Mapping[str, Callable[..., Any]] = {
    "draw_cloud": draw_cloud,
    "draw_chart": draw_chart,
    "draw_lines": draw_lines,
    "chart_figures": chart_figures,
    "draw_qr": draw_qr,
    "picture_ratio": picture_ratio,
    "picture_rows": picture_rows,
}
