"""Charts: what stands where in them, for tables whose cells hold the bars, and for pictures."""

from report_builder.drawings.charts.figures import chart_figures as chart_figures
from report_builder.drawings.charts.picture import draw_chart as draw_chart
from report_builder.drawings.charts.picture import draw_lines as draw_lines
