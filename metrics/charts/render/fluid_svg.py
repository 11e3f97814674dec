"""
A chart as HTML whose letters never scale: one drawing for a phone, half a page and a page.

What it is of, what was found and the figures of it stand above as words of the page; then the key line, the plot, the numbered
flags and the source. `parts.css` gives the plot its height and margins and leaves out what a phone has no room for.
"""

from collections.abc import Iterable
from html import escape

from metrics.charts import style
from metrics.charts.render import multiples, strip
from metrics.charts.render.canvas import Fluid
from metrics.charts.render.chips import flags
from metrics.charts.render.marked import key
from metrics.charts.render.plot import Plot, plot
from metrics.charts.render.samples import samples
from metrics.charts.spec.chart import Chart

LABEL = "Marked in the chart"


def figure(
    chart: Chart, *, heading: int = 3, caption: bool = True, links: Iterable[tuple[str, str]] = (), source: bool = True,
    key_label: str = LABEL,
) -> str:
    """
    A whole chart: caption, key line, plot, flags and source.

    Parameters
    ----------
    heading
        The level of the finding among the headings of the page.
    caption
        Whether what it is of and what was found stand above; a page that says both itself leaves them out.
    links
        Words and addresses after the source, such as the table and the CSV.
    key_label
        What the list of flags is called by a screen reader.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    above = captions(chart, heading) if caption else ""
    below = source_line(chart, links) if source else ""
    return f'<figure class="chart">{above}{body(chart, key_label)}{below}</figure>'


def captions(chart: Chart, heading: int = 3) -> str:
    """What it is of, what was found, and the figures of it."""
    kicker = f'<p class="kicker">{escape(chart.kicker)}</p>' if chart.kicker else ""
    subtitle = f'<p class="subtitle">{escape(chart.subtitle)}</p>' if chart.subtitle else ""
    return f'<figcaption>{kicker}<h{heading} class="finding">{escape(chart.title)}</h{heading}>{subtitle}</figcaption>'


def body(chart: Chart, key_label: str = LABEL) -> str:
    """The key line, the plot and the key of its flags."""
    if chart.panels:
        return multiples.grid(chart)
    if chart.flipped:
        return strip.strip(chart)
    drawn = plot(chart, Fluid())
    return samples(chart, bracketed=drawn.bracketed) + _plot(chart, drawn) + flags(key(drawn.flags), label=key_label)


def source_line(chart: Chart, links: Iterable[tuple[str, str]] = ()) -> str:
    """Where the figures come from, and where the same stands as a table."""
    more = " \N{MIDDLE DOT} ".join(f'<a href="{escape(address)}">{escape(words)}</a>' for words, address in links)
    return f'<p class="source">{escape(chart.source)}{" " if more else ""}{more}</p>'


def _plot(chart: Chart, drawn: Plot) -> str:
    room = f"--top:{drawn.top}px;--right:{drawn.right}px;--narrow:{drawn.narrow}px;--left:{drawn.left}px"
    look = f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}"'
    svg = f'<svg width="100%" overflow="visible" role="img" aria-label="{escape(chart.alt)}" {look}>'
    return f'<div class="plot" style="{room}">{svg}<g aria-hidden="true">{drawn.inner}</g></svg></div>'
