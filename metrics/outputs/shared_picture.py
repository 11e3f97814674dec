"""The picture of a measure in a place that is sent around: its chart under what was found, with its source, its day and whose it is."""

from metrics.charts.render.raster import png
from metrics.charts.render.shared_svg import SCALE, shared_svg
from metrics.charts.spec import Chart
from metrics.narrative import Wording
from metrics.report.scorecard import Row


def drawing(chart: Chart, row: Row, wording: Wording, whose: str) -> str:
    """
    The picture as SVG.

    Parameters
    ----------
    chart
        The chart as the page draws it.
    whose
        The name of the site, with its address where it has one.
    """
    title = row.title or row.measure.title
    captioned = chart.titled(title, kicker=f"{row.measure.title}, {row.place.name}", subtitle=row.finding)
    return shared_svg(captioned, f"{whose}. {wording.text['page']['whose']}")


def as_png(svg: str) -> bytes:
    """Such a picture as PNG."""
    return png(svg, SCALE)
