"""
A verdict as a chip, the tally of a place, the shapes, the tag of an old figure and the numbered flags.

Shapes are drawn, because fonts draw them differently; each is told apart without colour. `parts.css` says how the rest looks.
Where a page takes no inline SVG, `image=True` leaves the drawing of a shape to the style sheet of `shapes_style`, which is sent once.
"""

from collections.abc import Mapping
from html import escape

from metrics.charts import style
from metrics.charts.render.spark import data_address

KINDS = {
    "clear improvement": "improvement", "clear worsening": "worsening", "clear rise": "rise", "clear fall": "fall",
    "possible change": "possible", "no clear change": "none", "not enough data": "unknown", "cannot be compared": "incomparable",
}
"""Every verdict in the order in which they are always shown, with the class of its chip."""
SIZE = 14
SHAPE_STYLE = (
    f"span.shape{{display:inline-block;width:{SIZE}px;height:{SIZE}px;flex:none;background-repeat:no-repeat;"
    "background-size:contain;background-position:center;"
    "print-color-adjust:exact;-webkit-print-color-adjust:exact;forced-color-adjust:none}"
)
WORDS = {"unknown": style.MUTED, "incomparable": style.MUTED}
OLD_TAG = '<span class="old">old</span>'
"""The tag of a figure whose newest period is more than a year old."""


def shape(verdict: str, *, size: int = SIZE, on_fill: bool = False, image: bool = False) -> str:
    """
    The shape of a verdict, in pixels; `on_fill` is the one that stands on the solid chip of an improvement.

    Raises KeyError: the verdict is none of the closed set.

    >>> shape("not enough data")[-59:]
    '<path d="M3 8h10" stroke="#505A5F" stroke-width="2"/></svg>'
    """
    if image:
        sized = "" if size == SIZE else f' style="width:{size}px;height:{size}px"'
        return f'<span class="shape {KINDS[verdict]}"{sized}></span>'
    inner = _inside(KINDS[verdict], style.PAPER if on_fill else "")
    return f'<svg class="shape" viewBox="0 0 16 16" width="{size}" height="{size}" aria-hidden="true">{inner}</svg>'


def shapes_style() -> str:
    """
    The style sheet that draws the shapes of `image=True`, those on a chip's fill in the colour of paper.

    >>> shapes_style().count("span.shape.")
    9
    """
    rules = [_rule(f"span.shape.{kind}", _inside(kind, "")) for kind in KINDS.values()]
    return "".join([SHAPE_STYLE, *rules, _rule(".chip.improvement span.shape.improvement", _inside("improvement", style.PAPER))])


def chip(verdict: str, direction: str = "", *, word: str = "", image: bool = False) -> str:
    """
    A verdict: its shape, its word, and in which direction where that can be said.

    `direction`: such as "below usual" or "fewer"; said by rule, never from the sign of a difference.
    `word`: the verdict in words, where a page says it otherwise.

    >>> chip("possible change", "below usual").endswith('Possible change<small> below usual</small></span>')
    True
    """
    kind = KINDS[verdict]
    drawn = shape(verdict, on_fill=kind == "improvement", image=image)
    way = f"<small> {escape(direction)}</small>" if direction else ""
    return f'<span class="chip {kind}">{drawn}{escape(word or verdict.capitalize())}{way}</span>'


def tally(counts: Mapping[str, int], label: str) -> str:
    """
    How many measures have which verdict: one bar, a segment each in the fixed order, and a key.

    `counts`: how many by verdict; those of none are left out. A picture of counts, not a score.

    >>> tally({"no clear change": 26, "clear worsening": 1}, "27 measures").count("<li>")
    2
    """
    shown = [(verdict, counts[verdict]) for verdict in KINDS if counts.get(verdict)]
    bar = "".join(f'<i class="{KINDS[verdict]}" style="flex:{count}"><b>{count}</b></i>' for verdict, count in shown)
    key = "".join(f"<li>{shape(verdict)}<b>{count}</b> {escape(verdict)}</li>" for verdict, count in shown)
    return (
        f'<div class="tally"><div class="tally-bar" aria-hidden="true">{bar}</div>'
        f'<ul class="tally-key" aria-label="{escape(label)}">{key}</ul></div>'
    )


def flag(sign: str) -> str:
    """
    A numbered flag as it stands in a key or a line of words; M is the meeting.

    >>> flag("M"), flag("2")
    ('<b class="flag meeting">M</b>', '<b class="flag">2</b>')
    """
    return f'<b class="flag{" meeting" if sign == "M" else ""}">{escape(sign)}</b>'


def flags(rows: list[tuple[str, str]]) -> str:
    """
    The key of a chart's flags: sign and words, in order; nothing where there is none.

    >>> flags([("1", "March 2024: new recording system")]).count("<li>")
    1
    """
    items = "".join(f"<li>{flag(sign)}<span>{escape(words)}</span></li>" for sign, words in rows)
    return f'<ol class="flags" aria-label="Marked in the chart">{items}</ol>' if items else ""


def _rule(selector: str, inner: str) -> str:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{inner}</svg>'
    return f'{selector}{{background-image:url("{data_address(drawing)}")}}'


def _inside(kind: str, on_fill: str) -> str:
    colour = on_fill or WORDS.get(kind, style.INK)
    ring = f'fill="{style.PAPER}" stroke="{colour}" stroke-width="1.6"'
    return {
        "improvement": f'<circle cx="8" cy="8" r="6" fill="{on_fill or style.BLUE}"/>',
        "worsening": f'<path d="M8 1l7 7-7 7-7-7z" fill="{style.ORANGE}" stroke="{style.RUST}"/>',
        "rise": f'<path d="M8 2l6.5 12h-13z" fill="{style.PLUM}"/>',
        "fall": f'<path d="M8 14l6.5-12h-13z" fill="{style.PLUM}"/>',
        "possible": f'<circle cx="8" cy="8" r="5.5" {ring}/><path d="M8 2.5a5.5 5.5 0 0 0 0 11z" fill="{colour}"/>',
        "none": f'<circle cx="8" cy="8" r="5.2" {ring}/>',
        "unknown": f'<path d="M3 8h10" stroke="{colour}" stroke-width="2"/>',
        "incomparable": f'<path d="M4 4l8 8M12 4l-8 8" stroke="{colour}" stroke-width="2"/>',
    }[kind]
