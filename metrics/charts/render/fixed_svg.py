"""
The same drawing at a fixed size, for pictures at an address, print and slides, where nothing can be fluid.

Letters have the pixels of the page at every size of the screen; a slide is drawn small and enlarged as a whole, by a factor that is
part of the size, so that its letters are 21 pixels of 720.
"""

from dataclasses import dataclass
from html import escape

from metrics.charts import style
from metrics.charts.render import multiples, samples, strip
from metrics.charts.render.canvas import Fixed, short, words
from metrics.charts.render.lettering import broken, width
from metrics.charts.render.marked import Flag, key
from metrics.charts.render.plot import BOTTOM, FLAG_RADIUS, Plot, margins, plot, sign_in_key
from metrics.charts.spec.chart import Chart


@dataclass(frozen=True)
class Size:
    """Width of a picture and height of its plot in pixels, by how much the whole is enlarged, and whether it is for a phone."""

    width: int
    plot: int
    scale: float = 1.0
    phone: bool = False


MUTED = f'fill="{style.MUTED}"'
LINE = 20
"""How high a line of a key is, in pixels."""
PHONE, HALF, WIDE = Size(328, 240, phone=True), Size(688, 270), Size(1104, 330)
SLIDE = Size(496, 196, 1.6)
SHEET = Size(620, 180)
"""A4 in print: half a page at 10 point letters."""
SIZES = {"phone": PHONE, "half": HALF, "wide": WIDE, "slide": SLIDE, "sheet": SHEET}


def picture(chart: Chart, size: Size) -> str:
    """
    The plot with its margins as an SVG that stands alone; caption, key line and flags are words beside it.

    Raises
    ------
    ValueError
        Nothing in the chart is published.
    """
    return _svg(chart, size, *inside(chart, size))


def inside(chart: Chart, size: Size) -> tuple[str, float]:
    """The inside of such a picture, and its height."""
    if chart.flipped:
        return strip.fixed(chart, size.width)
    return _placed(size, *_fitted(chart, size))


def _placed(size: Size, left: int, _right: int, drawn: Plot) -> tuple[str, float]:
    """A plot within its margins, and the height of all."""
    return f'<g transform="translate({left} {drawn.top})">{drawn.inner}</g>', drawn.top + size.plot + BOTTOM


def keyed(chart: Chart, size: Size) -> tuple[str, float]:
    """The inside of a picture with its key line above and the key of its flags below, for where no words stand beside it."""
    if chart.panels:
        return multiples.fixed(chart, size.width)
    if chart.flipped:
        return inside(chart, size)
    fitted = _fitted(chart, size)
    drawn, (inner, height) = fitted[2], _placed(size, *fitted)
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


def flags(chart: Chart, size: Size) -> tuple[Flag, ...]:
    """The flags in the picture; a strip has none."""
    return () if chart.flipped else _fitted(chart, size)[2].flags


def bracketed(chart: Chart, size: Size) -> bool:
    """Whether the picture names its bracket itself."""
    return chart.flipped or _fitted(chart, size)[2].bracketed


def _fitted(chart: Chart, size: Size) -> tuple[int, int, Plot]:
    """Left and right margins as wide as the words that stand in them, and the plot drawn in what is left."""
    left, wide, narrow = margins(chart, Fixed(size.width, size.plot, size.phone))
    right = narrow if size.phone else wide
    return left, right, plot(chart, Fixed(size.width - left - right, size.plot, size.phone))


def _svg(chart: Chart, size: Size, inner: str, height: float) -> str:
    shown = f'width="{short(size.width * size.scale)}" height="{short(height * size.scale)}" viewBox="0 0 {size.width} {short(height)}"'
    look = f'stroke-linejoin="round" font-family="{style.FONT}" font-size="{style.LETTERING}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {shown} {look} role="img" aria-label="{escape(chart.alt)}">{inner}</svg>'
