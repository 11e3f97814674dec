"""The range of a figure in a native chart: error bars, whose lengths stand in the workbook as formulas of its two ends."""

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn

from metrics.charts import style
from metrics.charts.render.slide_looks import WIDER
from metrics.charts.render.slide_sheet import Sheet
from metrics.charts.render.slide_workbook import DRAWN, letter, spread, spread_columns

POINT = 12700
BEFORE = ("c:cat", "c:xVal", "c:val", "c:yVal")


def arms(series, drawn: Sheet, at: int, look: style.Stroke, *, across: bool) -> None:
    """Give a series the error bars of a column of the sheet; bars that lie get none at their ends but a stroke."""
    above, below = spread(drawn, drawn.series[at])
    more, less = spread_columns(drawn)
    direction = "" if across else '<c:errDir val="y"/>'
    ink = f'<a:solidFill><a:srgbClr val="{look.colour[1:]}"/></a:solidFill>'
    bars = (
        f'<c:errBars {nsdecls("c", "a")}>{direction}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="0"/>'
        f"<c:plus>{_numbers(above, more)}</c:plus><c:minus>{_numbers(below, less)}</c:minus>"
        f'<c:spPr><a:ln w="{look.width * WIDER * POINT:.0f}">{ink}</a:ln></c:spPr>'
        "</c:errBars>"
    )
    element = series._element
    next(child for child in element if child.tag in {qn(tag) for tag in BEFORE}).addprevious(parse_xml(bars))


def _numbers(lengths: list[float | None], column: int) -> str:
    points = "".join(f'<c:pt idx="{row}"><c:v>{length!r}</c:v></c:pt>' for row, length in enumerate(lengths) if length is not None)
    where = f"{DRAWN}!${letter(column)}$2:${letter(column)}${len(lengths) + 1}"
    return (
        f"<c:numRef><c:f>{where}</c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f'<c:ptCount val="{len(lengths)}"/>{points}</c:numCache></c:numRef>'
    )
