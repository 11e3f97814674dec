"""
A chart as HTML whose letters never scale: one drawing for a phone, half a page and a page.

The page around it says what it is of, what was found and where it comes from. Here stand the key line, the plot and the numbered
flags. `parts.css` gives the plot its height and margins and leaves out what a phone has no room for.
"""

from html import escape

from metrics.charts import style
from metrics.charts.render import side_by_side
from metrics.charts.render.canvas import Fluid
from metrics.charts.render.chart_key import flag_words, sample_list
from metrics.charts.render.chips import flags
from metrics.charts.render.plot import Plot, plot
from metrics.charts.spec.chart import Chart


def figure(chart: Chart) -> str:
    """The key line, the plot and the key of its flags; a strip or small multiples where it is one."""
    return f'<figure class="chart">{_body(chart)}</figure>'


def _body(chart: Chart) -> str:
    if chart.panels:
        return side_by_side.multiples(chart)
    if chart.flipped:
        return side_by_side.strip(chart)
    drawn = plot(chart, Fluid())
    return sample_list(chart, bracketed=drawn.bracketed) + _plot(chart, drawn) + flags(flag_words(drawn.flags))


def _plot(chart: Chart, drawn: Plot) -> str:
    room = f"--top:{drawn.top}px;--right:{drawn.right}px;--narrow:{drawn.narrow}px;--left:{drawn.left}px"
    look = f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}"'
    svg = f'<svg width="100%" overflow="visible" role="img" aria-label="{escape(chart.alt)}" {look}>'
    return f'<div class="plot" style="{room}">{svg}<g aria-hidden="true">{drawn.inner}</g></svg></div>'
