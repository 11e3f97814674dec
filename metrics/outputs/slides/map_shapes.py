"""The map of the areas as plain shapes: one area told apart on the first slide, every area filled by its verdict on the comparison."""

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE

from metrics.domain.boundaries import Boundaries
from metrics.outputs.slides import canvas
from metrics.outputs.slides.canvas import BLUE, INK, MUTED, ORANGE, PAPER, PIXEL, PLUM, RUST, Box

QUIET, BAND = "33618A", "E4E7EA"
FILLS = {"clear improvement": BLUE, "clear worsening": ORANGE, "clear rise": PLUM, "clear fall": PLUM, "no clear change": BAND}
RING = 20


def pointed_out(shapes, outlines: Boundaries, box: Box, place: str) -> None:
    """Every area in quiet blue, one of them white."""
    group = shapes.add_group_shape()
    for area in outlines.areas:
        for ring in outlines.rings(area):
            canvas.paint(_area(group.shapes, outlines, box, ring), fill=PAPER if area == place else QUIET, outline=BLUE, width=2)
    canvas.describe(group, "Map", "Map of every area, with this one in white")


def filled(shapes, outlines: Boundaries, box: Box, verdicts: dict[str, str], place: str, alt: str) -> None:
    """Every area filled by its verdict, worse ones with a diamond, and a ring on one."""
    group = shapes.add_group_shape()
    for area in outlines.areas:
        verdict = verdicts.get(area, "")
        for ring in outlines.rings(area):
            shape = _area(group.shapes, outlines, box, ring)
            canvas.paint(shape, fill=FILLS.get(verdict, PAPER), outline=INK, width=1.2)
            if verdict == "possible change":
                _hatch(shape)
        if verdict == "clear worsening":
            x, y = _middle(outlines, box, area)
            canvas.figure(group.shapes, MSO_SHAPE.DIAMOND, (x - 7, y - 7, 14, 14), fill=PAPER, outline=RUST)
    if place in outlines.areas:
        x, y = _middle(outlines, box, place)
        canvas.figure(group.shapes, MSO_SHAPE.OVAL, (x - RING / 2, y - RING / 2, RING, RING), fill=PAPER, outline=INK, width=4)
    canvas.describe(group, "Map", alt)


def _hatch(shape) -> None:
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb, shape.fill.back_color.rgb = RGBColor.from_string(MUTED), RGBColor.from_string(PAPER)


def _area(shapes, outlines: Boundaries, box: Box, ring: list[tuple[int, int]]):
    way = [_spot(outlines, box, *at) for at in ring]
    builder = shapes.build_freeform(*(round(side * PIXEL) for side in way[0]), scale=1.0)
    builder.add_line_segments([(round(x * PIXEL), round(y * PIXEL)) for x, y in way[1:]], close=True)
    return builder.convert_to_shape()


def _spot(outlines: Boundaries, box: Box, x: float, y: float) -> tuple[float, float]:
    """A place of the grid in pixels of the slide, its proportions kept."""
    left, top, width, height = box
    scale = min(width / outlines.width, height / outlines.height)
    return left + (width - scale * outlines.width) / 2 + x * scale, top + (height - scale * outlines.height) / 2 + y * scale


def _middle(outlines: Boundaries, box: Box, area: str) -> tuple[float, float]:
    """The middle of the corners of an area's longest outline."""
    ring = max(outlines.rings(area), key=len)
    return _spot(outlines, box, sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring))
