"""
A whole chart with its key line and its numbered flags: as HTML, as an image, as a picture to send around, and as PNG.

As HTML its letters never scale: one drawing for a phone, half a page and a page. `parts.css` gives the plot its height and margins and
leaves out what a phone has no room for. An image cuts off what lies outside it and cannot mix per cent with margins, so it holds the chart
at the few widths that a place on a page can have, and shows the widest that fits; its letters have the pixels of the page all the same.

The letters of a PNG are drawn from the font that lies beside this module and never from those of the machine, so that the same drawing
gives the same bytes everywhere.
"""

import itertools
import math
import re
from dataclasses import replace
from html import escape
from pathlib import Path

import resvg_py

from metrics.charts import style
from metrics.charts.render import side_by_side
from metrics.charts.render.canvas import BOLD, Fixed, Fluid, broken, short, width, words
from metrics.charts.render.chart_key import SAMPLE_WIDTH, flag_words, sample_list, samples
from metrics.charts.render.chips import flags
from metrics.charts.render.plot import BOTTOM, FLAG_RADIUS, Plot, margins, plot, sign_in_key
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


MUTED = f'fill="{style.MUTED}"'
LINE = 20
"""How high a line of a key is, in pixels."""


def keyed(chart: Chart, size: Fixed) -> tuple[str, float]:
    """
    The inside of a picture with its key line above and the key of its flags below, for where no words stand beside it.

    `size` is the width of the picture and the height of its plot.
    """
    if chart.panels:
        return side_by_side.fixed_multiples(chart, size.width)
    if chart.flipped:
        return side_by_side.fixed_strip(chart, size.width)
    left, drawn = _fitted(chart, size)
    inner, height = f'<g transform="translate({left} {drawn.top})">{drawn.inner}</g>', drawn.top + size.height + BOTTOM
    above, top = _flowed(samples(chart, bracketed=drawn.bracketed), size.width, SAMPLE_WIDTH)
    signs = [(sign_in_key(sign), words) for sign, words in flag_words(drawn.flags)]
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


def _fitted(chart: Chart, size: Fixed) -> tuple[int, Plot]:
    """The left margin, as wide as the words that stand in it, and the plot drawn in what both margins leave."""
    left, wide, narrow = margins(chart, size)
    right = narrow if size.phone else wide
    return left, plot(chart, replace(size, width=size.width - left - right))


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

    `width`: the widest it is shown, in pixels.
    `fills`: whether the image has a height of its own, from `heights_of`: the drawing then stands at its top and is never scaled.
    """
    widths = [each for each in WIDTHS if each <= width]
    own = chart.key.replace(".", "-")
    drawn = [keyed(chart, Fixed(each, PLOT, phone=each < HALF_A_PAGE)) for each in widths]
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

    >>> heights_of('<svg width="100%" height="100%" data-heights="353 300" role="img">')
    (353, 300)
    """
    whole, wide = HEIGHTS.search(drawn).groups()
    return int(whole), int(wide)


WIDTH, MARGIN = 640, 24
SCALE = 1.5
"""How many pixels of a PNG for one of the drawing."""
SIZE = Fixed(WIDTH - 2 * MARGIN, 270)
GAP = 10


def shared_svg(chart: Chart, foot: str) -> str:
    """The picture of a chart with all that it needs to stand alone."""
    above, top = _paragraphs([(chart.kicker, 14, MUTED), (chart.title, 22, 'font-weight="700"'), (chart.subtitle, 15, MUTED)], MARGIN)
    inner, height = keyed(chart, SIZE)
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


FONTS = tuple(str(path) for path in sorted(Path(__file__).with_name("fonts").glob("*.ttf")))
FAMILY = "Liberation Sans"
"""Its letters have the widths that `metrics.charts.render.canvas` reckons with."""


def png(svg: str, scale: float = 1) -> bytes:
    """
    A drawing that stands alone as PNG, enlarged so many times.

    Raises ValueError: the drawing is not well-formed.

    >>> drawn = png('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"/>', 2)
    >>> drawn[1:4], int.from_bytes(drawn[16:20]), int.from_bytes(drawn[20:24])
    (b'PNG', 16, 8)
    """
    return resvg_py.svg_to_bytes(
        svg_string=svg, zoom=scale, background=style.PAPER, skip_system_fonts=True, font_files=list(FONTS), font_family=FAMILY,
        sans_serif_family=FAMILY,
    )
