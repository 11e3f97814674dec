"""The square code that a phone's camera reads: the address of a place's public page, as a drawing for HTML and as a PNG for slides."""

import io
from html import escape

import segno

from metrics.charts import style

QUIET = 4
"""Empty modules around the code, without which cameras miss it."""
PIXELS = 12


def code_svg(url: str, *, alt: str) -> str:
    """
    The code as inline SVG, named by the words that stand for it.

    >>> code_svg("https://met.example/brent/", alt="The code").startswith('<span class="code" role="img" aria-label="The code"><svg')
    True
    """
    drawn = segno.make(url, error="m").svg_inline(
        border=QUIET, dark=style.INK, light=style.PAPER, svgclass=None, lineclass=None, omitsize=True
    )
    return f'<span class="code" role="img" aria-label="{escape(alt)}">{drawn}</span>'


def code_png(url: str) -> bytes:
    """
    The code as the bytes of a PNG, the same for the same address.

    >>> code_png("https://met.example/brent/")[1:4]
    b'PNG'
    """
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="png", border=QUIET, scale=PIXELS, dark=style.INK, light=style.PAPER)
    return out.getvalue()
