"""
A chart as one picture that says by itself what it is: what was found and where above, source and day below, for wherever it is sent.

It is the chart of the page at a fixed size, narrow enough for its letters to be read on a phone.
"""

from html import escape

from metrics.charts import style
from metrics.charts.render import fixed_svg
from metrics.charts.render.canvas import short, words
from metrics.charts.render.fixed_svg import MUTED, Size
from metrics.charts.render.lettering import BOLD, broken
from metrics.charts.spec.chart import Chart

WIDTH, MARGIN = 640, 24
SCALE = 1.5
"""How many pixels of a PNG for one of the drawing."""
SIZE = Size(WIDTH - 2 * MARGIN, 270)
GAP = 10


def shared_svg(chart: Chart, foot: str) -> str:
    """
    The picture of a chart with all that it needs to stand alone.

    Parameters
    ----------
    chart
        With what was found as its title.
    foot
        Whose picture it is.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    above, top = _paragraphs([(chart.kicker, 14, MUTED), (chart.title, 22, 'font-weight="700"'), (chart.subtitle, 15, MUTED)], MARGIN)
    inner, height = fixed_svg.keyed(chart, SIZE)
    drawn = f'<g transform="translate({MARGIN} {short(top + GAP)})">{inner}</g>'
    below, bottom = _paragraphs([(chart.source, style.LETTERING, MUTED), (foot, style.LETTERING, MUTED)], top + height + 2 * GAP)
    return _whole(chart.alt, bottom + MARGIN - GAP, above + drawn + below)


def _whole(alt: str, height: float, inner: str) -> str:
    room = f'width="{WIDTH}" height="{short(height)}" viewBox="0 0 {WIDTH} {short(height)}"'
    look = f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}" role="img" aria-label="{escape(alt)}"'
    paper = f'<rect width="100%" height="100%" fill="{style.PAPER}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {room} {look}>{paper}{inner}</svg>'


def _paragraphs(texts: list[tuple[str, int, str]], top: float) -> tuple[str, float]:
    """Texts below each other in lines as wide as the picture, each with its size and its looks, and where they end."""
    drawn = ""
    for text, size, look in texts:
        for line in broken(text, SIZE.width, size * (BOLD if "font-weight" in look else 1)) if text else ():
            drawn += words(line, MARGIN, top + size, f'font-size="{size}" {look}')
            top += round(1.3 * size)
        top += 3 if text else 0
    return drawn, top
