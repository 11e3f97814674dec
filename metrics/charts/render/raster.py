"""
A drawing as PNG, for what takes no drawings: messages, slides, previews of links.

The letters are drawn from the font that lies beside this module and never from those of the machine, so that the same drawing gives
the same bytes everywhere.
"""

from pathlib import Path

import resvg_py

from metrics.charts import style

FONTS = tuple(str(path) for path in sorted(Path(__file__).with_name("fonts").glob("*.ttf")))
FAMILY = "Liberation Sans"
"""Its letters have the widths that `lettering` reckons with."""


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
