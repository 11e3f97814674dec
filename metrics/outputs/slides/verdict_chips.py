"""A verdict on a slide: a rounded box with its drawn shape, its words, and the words of its direction."""

from pptx.enum.shapes import MSO_SHAPE

from metrics.outputs.slides import canvas
from metrics.outputs.slides.canvas import BLUE, INK, MUTED, ORANGE, PAPER, PLUM, RUST, SHADE, Box
from metrics.outputs.slides.slide import Chip

LETTER, QUIET_LETTER = 0.53, 0.54
"""How wide a letter is on average, bold and not, in sizes of the letters."""
BOXES = {
    "clear improvement": (BLUE, BLUE, False), "clear worsening": ("FDEEE5", ORANGE, False), "clear rise": ("F6EAF0", PLUM, False),
    "clear fall": ("F6EAF0", PLUM, False), "possible change": (PAPER, MUTED, True), "no clear change": (SHADE, "", False),
}
"""Fill, outline, and whether that is dashed; verdicts that tell nothing have no box."""
COLOURS = {"clear improvement": PAPER, "clear rise": PLUM, "clear fall": PLUM, "not enough data": MUTED, "cannot be compared": MUTED}
QUIET = ("no clear change", "not enough data", "cannot be compared")


def width(chip: Chip, size: float) -> float:
    """How wide a chip is, in pixels, for letters of a size."""
    letters = len(chip.words) + (len(chip.way) + 1.5 if chip.way else 0)
    return round(size * (2.3 + letters * (QUIET_LETTER if chip.verdict in QUIET else LETTER)), 1)


def add(shapes, chip: Chip, place: tuple[float, float], size: float, *, most: float) -> None:
    """Put a chip at left and top on a slide as one group that reads as its words, smaller where it would be wider than allowed."""
    size = min(size, size * most / width(chip, size))
    group, (left, top) = shapes.add_group_shape(), place
    high, wide = 1.7 * size, width(chip, size)
    fill, outline, dashed = BOXES.get(chip.verdict, ("", "", False))
    look = {"fill": fill, "outline": outline, "width": 2.5, "dashed": dashed}
    box = canvas.figure(group.shapes, MSO_SHAPE.ROUNDED_RECTANGLE, (left, top, wide, high), **look)
    box.adjustments[0] = 0.16
    colour = COLOURS.get(chip.verdict, INK)
    shape(group.shapes, chip.verdict, (left + 0.5 * size, top + 0.38 * size, 0.94 * size, 0.94 * size), colour)
    runs = [(chip.words, colour, chip.verdict not in QUIET), *([(f"  {chip.way}", colour, False)] if chip.way else [])]
    canvas.text(group.shapes, (left + 1.75 * size, top, wide - 1.7 * size, high), runs, size, middle=True)
    canvas.describe(group, "Verdict", f"{chip.words} {chip.way}".strip())


def shape(shapes, verdict: str, box: Box, colour: str) -> None:
    """The drawn shape of a verdict in a square box."""
    left, top, side, _ = box
    match verdict:
        case "clear improvement":
            canvas.figure(shapes, MSO_SHAPE.OVAL, box, fill=colour)
        case "clear worsening":
            canvas.figure(shapes, MSO_SHAPE.DIAMOND, box, fill=ORANGE, outline=RUST)
        case "clear rise" | "clear fall":
            triangle = canvas.figure(shapes, MSO_SHAPE.ISOSCELES_TRIANGLE, box, fill=colour)
            triangle.rotation = 180 if verdict == "clear fall" else 0
        case "possible change":
            canvas.figure(shapes, MSO_SHAPE.OVAL, box, fill=PAPER, outline=colour, width=2.5)
            half = canvas.figure(shapes, MSO_SHAPE.CHORD, box, fill=colour)
            half.adjustments[0], half.adjustments[1] = 54.0, 162.0
        case "no clear change":
            canvas.figure(shapes, MSO_SHAPE.OVAL, box, fill=PAPER, outline=colour, width=2.5)
        case "not enough data":
            canvas.line(shapes, (left, top + side / 2, left + side, top + side / 2), colour, 3)
        case _:
            canvas.line(shapes, (left, top, left + side, top + side), colour, 3)
            canvas.line(shapes, (left, top + side, left + side, top), colour, 3)
