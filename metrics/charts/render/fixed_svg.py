"""
The same drawing at a fixed size, for pictures at an address, print and slides, where nothing can be fluid.

Letters have the pixels of the page at every size of the screen; a slide is drawn small and enlarged as a whole, by a factor that is
part of the size, so that its letters are 21 pixels of 720.
"""

from dataclasses import dataclass

from metrics.charts import style
from metrics.charts.render import multiples, samples, strip
from metrics.charts.render.canvas import Fixed, words
from metrics.charts.render.lettering import broken, width
from metrics.charts.render.marked import key
from metrics.charts.render.plot import BOTTOM, FLAG_RADIUS, Plot, margins, plot, sign_in_key
from metrics.charts.spec.chart import Chart


@dataclass(frozen=True)
class Size:
    """Width of a picture and height of its plot in pixels, and whether it is for a phone."""

    width: int
    plot: int
    phone: bool = False


MUTED = f'fill="{style.MUTED}"'
LINE = 20
"""How high a line of a key is, in pixels."""


def keyed(chart: Chart, size: Size) -> tuple[str, float]:
    """The inside of a picture with its key line above and the key of its flags below, for where no words stand beside it."""
    if chart.panels:
        return multiples.fixed(chart, size.width)
    if chart.flipped:
        return strip.fixed(chart, size.width)
    left, drawn = _fitted(chart, size)
    inner, height = f'<g transform="translate({left} {drawn.top})">{drawn.inner}</g>', drawn.top + size.plot + BOTTOM
    above, top = _flowed(samples.rows(chart, bracketed=drawn.bracketed), size.width, samples.WIDTH)
    signs = [(sign_in_key(sign), words) for sign, words in key(drawn.flags)]
    below, foot = _flowed(signs, size.width, 2 * FLAG_RADIUS)
    foot_group = f'<g transform="translate(0 {top + height + 4:g})">{below}</g>' if below else ""
    return f'{above}<g transform="translate(0 {top:g})">{inner}</g>{foot_group}', top + height + (foot + 4 if below else 0)


def _flowed(rows: list[tuple[str, str]], wide: float, sample: float) -> tuple[str, float]:
    """Samples and their words in lines as wide as the picture, and how high they are."""
    drawn, x, line = "", 0.0, 0
    for inner, text in rows:
        left = sample + 6 if inner else 0
        parts = broken(text, wide - left)
        if (x and x + left + width(parts[0]) > wide) or (len(parts) > 1 and x):
            x, line = 0.0, line + 1
        written = "".join(words(part, left, 11 + LINE * row, MUTED) for row, part in enumerate(parts))
        drawn += f'<g transform="translate({x:g} {line * LINE:g})">{inner}{written}</g>'
        line += len(parts) - 1
        x += left + width(parts[-1]) + 16
    return drawn, (line + 1) * LINE if rows else 0.0


def _fitted(chart: Chart, size: Size) -> tuple[int, Plot]:
    """The left margin, as wide as the words that stand in it, and the plot drawn in what both margins leave."""
    left, wide, narrow = margins(chart, Fixed(size.width, size.plot, size.phone))
    right = narrow if size.phone else wide
    return left, plot(chart, Fixed(size.width - left - right, size.plot, size.phone))
