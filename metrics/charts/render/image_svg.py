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
WIDE = 860
"""From this width on a picture needs the height that it calls its wide one."""
HEIGHTS = re.compile(r'<svg [^>]*?data-heights="(\d+) (\d+)"')


def image_svg(chart: Chart, *, width: int = 640, fills: bool = False) -> str:
    """
    Draw a chart as one `<svg>` for an image that is as wide as its place and as high as the picture says.

    Give the image `width: 100%`, at most the width here, and the height of the picture: its letters then have 13 pixels everywhere.

    Parameters
    ----------
    width
        The widest it is shown, in pixels.
    fills
        Whether the image has a height of its own, from `heights_of`: the drawing then stands at its top and is never scaled.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    widths = [each for each in WIDTHS if each <= width]
    own = chart.key.replace(".", "-")
    drawn = [fixed_svg.keyed(chart, fixed_svg.Size(each, PLOT, phone=each < HALF_A_PAGE)) for each in widths]
    parts = "".join(f'<g class="{own}-{each}">{inner}</g>' for each, (inner, _) in zip(widths, drawn, strict=True))
    tall = max(height for _, height in drawn)
    wide = max((height for each, (_, height) in zip(widths, drawn, strict=True) if each >= WIDE), default=tall)
    look = f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}" role="img" aria-label="{escape(chart.alt)}"'
    style_sheet = f"<style>{_shown(own, widths)}</style>"
    size = f'width="100%" height="{"100%" if fills else f"{tall:g}"}" data-heights="{math.ceil(tall)} {math.ceil(wide)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>{style_sheet}{parts}</svg>'


def _shown(own: str, widths: list[int]) -> str:
    """Of the drawings only the widest that fits."""
    rules = [f"@media (min-width:{wider}px){{.{own}-{each}{{display:none}}}}" for each, wider in itertools.pairwise(widths)]
    rules += [f"@media (max-width:{each - 1}px){{.{own}-{each}{{display:none}}}}" for each in widths[1:]]
    return "".join(rules)


def heights_of(drawn: str) -> tuple[int, int]:
    """
    How many pixels high a picture is: at any width, and where it is wide.

    Examples
    --------
    >>> heights_of('<svg width="100%" height="100%" data-heights="353 300" role="img">')
    (353, 300)
    """
    whole, wide = HEIGHTS.search(drawn).groups()
    return int(whole), int(wide)
