"""The axes of a native chart: their ends, steps, formats and words, from the project's own scales."""

import re
from collections.abc import Iterable
from math import ceil, floor

from pptx.enum.chart import XL_TICK_MARK
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from metrics.charts import style
from metrics.charts.render.scale import Scale
from metrics.charts.render.slide_looks import FONT, ink, stroke
from metrics.charts.render.slide_room import SIZE
from metrics.charts.render.slide_sheet import IN_WORDS


def number_format(figures: Iterable[str], unit: str, *, signed: bool = False) -> str:
    """
    The format in which a chart writes figures as `metrics.charts.style` has written these.

    Examples
    --------
    >>> number_format([number_format.tick(2000, "count", 500)], "count"), number_format(["8.1", "10"], "per_1000")
    ('#,##0;"−"#,##0', '#,##0.0;"−"#,##0.0')
    >>> number_format(["+3"], "points", signed=True), number_format(["57%"], "percent")
    ('"+"#,##0;"−"#,##0;0', '#,##0"%";"−"#,##0"%"')
    """
    decimals = max((len(found[1]) for figure in figures if (found := re.search(r"\.(\d+)", figure))), default=0)
    places = f".{'0' * decimals}" if decimals else ""
    digits = f"#,##0{places}" + ('"%"' if unit == "percent" else "")
    return f'"+"{digits};"{number_format.MINUS}"{digits};0' if signed else f'{digits};"{number_format.MINUS}"{digits}'


def title_axis(axis, words: str, x: float, y: float) -> None:
    """What an axis measures, beginning at shares of the chart's width and height."""
    axis.has_title = True
    _title(axis.axis_title, [words], x, y)


def title_values(native, lines: list[str]) -> None:
    """What the values are, above their axis: as the chart's title, since that of an axis is broken after a few letters."""
    native.has_title = True
    _title(native.chart_title, lines, 0, 0)
    native.chart_title.include_in_layout = False


def _title(found, lines: list[str], x: float, y: float) -> None:
    frame = found.text_frame
    frame.text = "\n".join(lines)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(SIZE), False, FONT
        paragraph.font.color.rgb = ink(style.TEXT)
    element = found._element
    for old in element.findall(qn("c:layout")):
        element.remove(old)
    place = f'<c:manualLayout><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{x:.5f}"/><c:y val="{y:.5f}"/></c:manualLayout>'
    element.find(qn("c:tx")).addnext(parse_xml(f"<c:layout {nsdecls('c')}>{place}</c:layout>"))


def plain_axis(axis, scale: Scale, unit: str, *, signed: bool = False) -> None:
    """Ends, steps and format of an axis of figures, its grid alone drawn; a native axis counts its ticks from its low end."""
    step = scale.ticks[1][0] - scale.ticks[0][0] if len(scale.ticks) > 1 else 1.0
    axis.minimum_scale, axis.maximum_scale = floor(scale.low / step + 1e-9) * step, ceil(scale.high / step - 1e-9) * step
    if scale.ticks[-1][1] == "100%":
        axis.maximum_scale = 100.0
    axis.major_unit = step
    axis.tick_labels.number_format = number_format((words for _, words in scale.ticks), unit, signed=signed)
    axis.tick_labels.number_format_is_linked = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis_line(axis, None, grid=True)


def months(axis, step: int) -> None:
    """An axis of months in words, of which every so many are named; the native axis would count in days."""
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = IN_WORDS, False
    element = axis._element
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    for tag, value in (("c:baseTimeUnit", "months"), ("c:majorUnit", step), ("c:majorTimeUnit", "months")):
        element.append(parse_xml(f'<{tag} {nsdecls("c")} val="{value}"/>'))


def axis_line(axis, look: style.Stroke | None, grid: bool) -> None:
    """An axis with or without its own line and its grid."""
    stroke(axis.format.line, look)
    axis.has_major_gridlines = grid
    if grid:
        axis.major_gridlines.format.line.color.rgb = ink(style.GRID)
        axis.major_gridlines.format.line.width = Pt(1)
