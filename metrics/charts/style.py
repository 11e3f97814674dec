"""
Every colour, font and stroke, named by what it means.

The palette is the Government Analysis Function's; a meaning is never carried by colour
alone, so each mark also has a shape and each line its own dashes.
"""

from dataclasses import dataclass

IMPROVEMENT = "#12436D"
CONCERN = "#F46A25"
TEAL = "#28A197"
NEUTRAL = "#801650"
COMPARISON = "#3D3D3D"
NO_CLEAR_CHANGE = "#6F777B"
TEXT = "#0B0C0C"
MUTED = "#505A5F"
GRID = "#DEE0E2"
SHADE = "#F1F2F3"
PAPER = "#FFFFFF"

FONT = "Arial, Helvetica, sans-serif"
TEXT_SIZE = 16
SMALLEST_TEXT = 12
LETTER = 0.6
FEW_BARS = 8



@dataclass(frozen=True)
class Stroke:
    """How a line looks beside 16-pixel text: colour, width and dashes in pixels, colour of its label, and a word for the dashes."""

    colour: str
    width: float
    dash: tuple[int, ...] = ()
    label: str = TEXT
    word: str = ""


@dataclass(frozen=True)
class Mark:
    """How a point looks beside 16-pixel text: shape, colour and width in pixels, and words for it where it means something."""

    shape: str
    colour: str
    size: float
    word: str = ""

LINES = {
    "series": Stroke(IMPROVEMENT, 2.5, label=IMPROVEMENT),
    "beside": Stroke(COMPARISON, 2, (7, 4), COMPARISON, "dashed"),
    "ghost": Stroke(COMPARISON, 2, (2, 3), COMPARISON, "dotted"),
    "joined": Stroke(NO_CLEAR_CHANGE, 1.2, label=MUTED),
    "faint": Stroke(NO_CLEAR_CHANGE, 1.2, label=MUTED),
    "limit": Stroke(NO_CLEAR_CHANGE, 1.2, (5, 3), MUTED),
    "centre": Stroke(NO_CLEAR_CHANGE, 1.2, label=MUTED, word="grey line"),
    "interval": Stroke(IMPROVEMENT, 2),
    "break": Stroke(COMPARISON, 1.2, (4, 3)),
}
MARKS = {
    "series": Mark("circle", IMPROVEMENT, 5.5),
    "estimate": Mark("circle", IMPROVEMENT, 9, "dot"),
    "improvement": Mark("circle", IMPROVEMENT, 10, "large blue dot"),
    "concern": Mark("diamond", CONCERN, 12, "orange diamond"),
    "high": Mark("triangle-up", NEUTRAL, 11, "triangle up"),
    "low": Mark("triangle-down", NEUTRAL, 11, "triangle down"),
    "none": Mark("circle", NO_CLEAR_CHANGE, 5.5),
    "unclear": Mark("circle", NO_CLEAR_CHANGE, 9),
    "chosen": Mark("square", IMPROVEMENT, 11),
}
BARS = {"series": IMPROVEMENT}
