"""
A chart as one SVG whose letters keep their size wherever it is shown as an image.

An image cuts off what lies outside it and cannot mix per cent with margins, so the picture holds the chart at the few widths that
a place on a page can have, and shows the widest that fits. On a page that takes inline SVG, `fluid_svg` draws it once.
"""

import itertools
import math
import re
from html import escape

from metrics.charts import style
from metrics.charts.render import fixed_svg
from metrics.charts.spec.chart import Chart

WIDTHS = (288, 348, 480, 640, 860, 1104)
"""The widths that the chart is drawn at, in pixels."""
PLOT = 270
HALF_A_PAGE = 560
HEIGHT = re.compile(r'<svg [^>]*?height="([\d.]+)"')


def image_svg(chart: Chart, *, width: int = 640) -> str:
    """
    Draw a chart as one `<svg>` for an image that is as wide as its place and as high as the picture says.

    Give the image `width: 100%`, at most the width here, and the height of the picture: its letters then have 13 pixels everywhere.

    Parameters
    ----------
    width
        The widest it is shown, in pixels.

    Raises
    ------
    ValueError
        Nothing in the chart is published, or it is small multiples, which are a list of the page.
    """
    widths = [each for each in WIDTHS if each <= width]
    own = chart.key.replace(".", "-")
    drawn = [fixed_svg.keyed(chart, fixed_svg.Size(each, PLOT, phone=each < HALF_A_PAGE)) for each in widths]
    parts = "".join(f'<g class="{own}-{each}">{inner}</g>' for each, (inner, _) in zip(widths, drawn, strict=True))
    tall = max(height for _, height in drawn)
    look = f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}" role="img" aria-label="{escape(chart.alt)}"'
    style_sheet = f"<style>{_shown(own, widths)}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="{tall:g}" {look}>{style_sheet}{parts}</svg>'


def _shown(own: str, widths: list[int]) -> str:
    """Of the drawings only the widest that fits."""
    rules = [f"@media (min-width:{wider}px){{.{own}-{each}{{display:none}}}}" for each, wider in itertools.pairwise(widths)]
    rules += [f"@media (max-width:{each - 1}px){{.{own}-{each}{{display:none}}}}" for each in widths[1:]]
    return "".join(rules)


def height_of(drawn: str) -> int:
    """
    How many pixels high a picture is.

    Examples
    --------
    >>> height_of('<svg width="100%" height="352.5" role="img">')
    353
    """
    return math.ceil(float(HEIGHT.search(drawn)[1]))
