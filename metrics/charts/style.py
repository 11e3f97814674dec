"""
Every colour, font and stroke, named by what it means.

A meaning is never carried by colour alone: each mark also has a shape, each line its own width or dashes.
Contrast on white: ink 19.6, muted 7.1, blue 10.3, rust 6.1, plum 9.8, grey line 4.6, edge 3.2, orange 3.0
(marks with a rust outline only, never text).
"""

from dataclasses import dataclass

INK = "#0B0C0C"
MUTED = "#505A5F"
BLUE = "#12436D"
ORANGE = "#F46A25"
RUST = "#A8410B"
ORANGE_TINT = "#FDEEE5"
PLUM = "#801650"
PLUM_TINT = "#F6EAF0"
GREY_LINE = "#6F777B"
EDGE = "#8A9297"
BAND = "#E4E7EA"
MIST = "#C9D3DC"
"""Of an area that can be chosen on a map."""
SHADE = "#F3F4F5"
GRID = "#DEE0E2"
RULE = "#B1B4B6"
QUIET_BAR = "#A9AFB3"
TEAL = "#28A197"
PAPER = "#FFFFFF"

COMPARISON = "#3D3D3D"

FONT = "Arial, Helvetica, sans-serif"
"""Of drawings that stand alone; every laptop in a hall has one of these."""
LETTERING = 13
"""Pixels of every word in a chart, at every width."""
VALUE_LETTERING = 16
FLAG_LETTERING = 12


@dataclass(frozen=True)
class Stroke:
    """How a line looks beside 13-pixel text: colour, width and dashes in pixels."""

    colour: str
    width: float
    dash: tuple[int, ...] = ()


@dataclass(frozen=True)
class Mark:
    """How a point looks beside 13-pixel text: shape, fill and size in pixels, and outline."""

    shape: str
    colour: str
    size: float
    outline: str = ""


LINES = {
    "series": Stroke(INK, 1.5),
    "beside": Stroke(COMPARISON, 1.5, (7, 4)),
    "ghost": Stroke(INK, 1.2, (2, 3)),
    "joined": Stroke(INK, 1.5),
    "provisional": Stroke(INK, 1.5, (3, 2)),
    "improvement": Stroke(BLUE, 3),
    "concern": Stroke(RUST, 3),
    "high": Stroke(PLUM, 3),
    "low": Stroke(PLUM, 3),
    "faint": Stroke(GREY_LINE, 1.4),
    "limit": Stroke(EDGE, 1),
    "centre": Stroke(GREY_LINE, 1.2, (2, 3)),
    "path": Stroke(INK, 1.5, (8, 4)),
    "interval": Stroke(EDGE, 1.5),
    "compared": Stroke(INK, 3),
    "break": Stroke(COMPARISON, 1.2, (4, 3)),
    "meeting": Stroke(BLUE, 1.5),
}
MARKS = {
    "series": Mark("circle", INK, 6.8),
    "estimate": Mark("circle", GREY_LINE, 6.4),
    "compared": Mark("circle", INK, 10),
    "improvement": Mark("circle", BLUE, 6.8),
    "concern": Mark("diamond", ORANGE, 10, RUST),
    "high": Mark("triangle-up", PLUM, 9),
    "low": Mark("triangle-down", PLUM, 9),
    "none": Mark("circle", GREY_LINE, 5.5),
    "unclear": Mark("circle", INK, 12),
    "chosen": Mark("square", BLUE, 11),
}
BARS = {"series": QUIET_BAR, "compared": INK}
