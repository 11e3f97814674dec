"""The XML of a slide's native chart: an area for the usual range, lines or bars, and two axes; nothing else is drawn in it."""

import math
from datetime import date
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from metrics.charts import style
from metrics.charts.render.slide_columns import DRAWN, Column, Columns, Look, day, spread, spread_at
from metrics.charts.spec.chart import Chart
from metrics.charts.spec.layers import Bars
from metrics.domain import periods

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
POINT = 12700
AXIS_SIZE, LAST_SIZE = 16, 20
MOST_GRIDLINES = 4
ABOVE = 0.05
"""How much of the axis lies above the highest mark."""
UNSHOWN = ("showCatName", "showSerName", "showPercent", "showBubbleSize")
EPOCH = date(1899, 12, 30)


def chart_xml(chart: Chart, drawn: Columns, plot: tuple[float, float, float, float]) -> bytes:
    """
    A whole chart part.

    `plot`: left, top, width and height of the plot, as shares of the chart.
    """
    low, high, step = value_axis(drawn, from_zero=chart.y.from_zero, percent=chart.y.unit == "percent")
    groups = _areas(drawn) + _lines(drawn, chart.y.unit) if drawn.dated else _bars(chart, drawn)
    place = "".join(f'<c:{side} val="{share:.5f}"/>' for side, share in zip("xywh", plot, strict=True))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace {SPACES}><c:date1904 val="0"/><c:lang val="en-GB"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout><c:manualLayout>'
        f'<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>{place}</c:manualLayout></c:layout>'
        f"{groups}{_months(drawn) if drawn.dated else _categories()}{_values(chart, low, high, step, shown=drawn.dated)}"
        '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_letters(AXIS_SIZE, style.MUTED)}</c:chartSpace>"
    ).encode()


def value_axis(drawn: Columns, *, from_zero: bool, percent: bool) -> tuple[float, float, float]:
    """
    The ends and the step of the axis of values: at most four gridlines, and little room above the highest mark.

    >>> value_axis(Columns("Month", ("2026-06",), (Column("Brent", (320.0,)),), True), from_zero=True, percent=False)
    (0.0, 336.0, 100.0)
    """
    figures = [value for column in drawn.columns if column.kind != "range" for value in column.values if value is not None]
    highest, lowest = max(figures), 0.0 if from_zero or min(figures) < 0 else min(figures)
    lowest = min(lowest, *figures)
    rough = (highest - lowest) * (1 + ABOVE) / MOST_GRIDLINES or 1.0
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    step = max(1.0, step) if highest >= MOST_GRIDLINES else step
    low = math.floor(lowest / step) * step
    high = math.ceil(highest / 20) * 20.0 if percent else highest + ABOVE * (highest - low)
    return low, max(high, low + step), step


def _areas(drawn: Columns) -> str:
    numbered = [(at, column) for at, column in enumerate(drawn.columns) if column.kind in ("base", "range")]
    if not numbered:
        return ""
    series = "".join(_series(drawn, at, column, _area_look(column), "") for at, column in numbered)
    return f'<c:areaChart><c:grouping val="stacked"/><c:varyColors val="0"/>{series}<c:axId val="1"/><c:axId val="2"/></c:areaChart>'


def _area_look(column: Column) -> str:
    ink = f"<a:solidFill>{_ink(column.look.colour)}</a:solidFill>" if column.kind == "range" else "<a:noFill/>"
    return f"<c:spPr>{ink}<a:ln><a:noFill/></a:ln></c:spPr>"


def _lines(drawn: Columns, unit: str) -> str:
    numbered = [(at, column) for at, column in enumerate(drawn.columns) if column.kind == "line"]
    series = "".join(
        _series(drawn, at, column, _line_look(column.look) + _last_label(column, unit) + _arms(drawn, column), '<c:smooth val="0"/>')
        for at, column in numbered
    )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:lineChart>'
    )


def _bars(chart: Chart, drawn: Columns) -> str:
    """Bars with their figure above each: those compared in ink, the others grey."""
    compared = {x for layer in chart.layers if isinstance(layer, Bars) for x in layer.compared}
    points = "".join(_grey(row) for row, at in enumerate(drawn.positions) if at not in compared)
    label = f'<c:dLbls>{_shown(_format(chart.y.unit), "outEnd", 18, bold=True)}</c:dLbls>'
    ink = f'<c:spPr><a:solidFill>{_ink(style.INK)}</a:solidFill></c:spPr><c:invertIfNegative val="0"/>'
    series = "".join(_series(drawn, at, column, ink + points + label, "") for at, column in enumerate(drawn.columns))
    return (
        f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}<c:gapWidth val="45"/>'
        '<c:axId val="1"/><c:axId val="2"/></c:barChart>'
    )


def _grey(row: int) -> str:
    ink = f"<c:spPr><a:solidFill>{_ink(style.QUIET_BAR)}</a:solidFill></c:spPr>"
    return f'<c:dPt><c:idx val="{row}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{ink}</c:dPt>'


def _series(drawn: Columns, at: int, column: Column, look: str, after: str) -> str:
    heading, count = f"{DRAWN}!${xl_col_to_name(at + 1)}$1", len(drawn.positions)
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:strRef><c:f>{heading}</c:f><c:strCache><c:ptCount val="1"/>'
        f'<c:pt idx="0"><c:v>{escape(column.name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{look}'
        f"<c:cat>{_rows(drawn)}</c:cat><c:val>{_numbers(column.values, at + 1, count)}</c:val>{after}</c:ser>"
    )


def _rows(drawn: Columns) -> str:
    where = f"{DRAWN}!$A$2:$A${len(drawn.positions) + 1}"
    if drawn.dated:
        return _cache("num", where, [str((day(period) - EPOCH).days) for period in drawn.positions], "yyyy")
    return _cache("str", where, [escape(periods.say(period)) for period in drawn.positions])


def _numbers(values, column: int, count: int) -> str:
    where = f"{DRAWN}!${xl_col_to_name(column)}$2:${xl_col_to_name(column)}${count + 1}"
    return _cache("num", where, [None if value is None else repr(float(value)) for value in values], "General")


def _cache(kind: str, where: str, cells: list[str | None], code: str = "") -> str:
    points = "".join(f'<c:pt idx="{row}"><c:v>{cell}</c:v></c:pt>' for row, cell in enumerate(cells) if cell is not None)
    form = f"<c:formatCode>{code}</c:formatCode>" if code else ""
    return f'<c:{kind}Ref><c:f>{where}</c:f><c:{kind}Cache>{form}<c:ptCount val="{len(cells)}"/>{points}</c:{kind}Cache></c:{kind}Ref>'


def _line_look(look: Look) -> str:
    dash = f'<a:prstDash val="{look.dash}"/>' if look.dash else ""
    ink = f"<a:solidFill>{_ink(look.colour)}</a:solidFill>"
    stroke = f'<a:ln w="{look.width * POINT:.0f}" cap="rnd">{ink}{dash}<a:round/></a:ln>' if look.width else "<a:ln><a:noFill/></a:ln>"
    return f"<c:spPr>{stroke}</c:spPr>{_marker(look, ink)}"


def _marker(look: Look, ink: str) -> str:
    if look.marker == "none":
        return '<c:marker><c:symbol val="none"/></c:marker>'
    fill = f"<a:solidFill>{_ink(style.PAPER)}</a:solidFill>" if look.hollow else ink
    line = f'<a:ln w="19050">{ink}</a:ln>' if look.hollow else f"<a:ln>{ink}</a:ln>"
    return f'<c:marker><c:symbol val="{look.marker}"/><c:size val="{look.size}"/><c:spPr>{fill}{line}</c:spPr></c:marker>'


def _last_label(column: Column, unit: str) -> str:
    """The newest figure, in large letters right of its mark."""
    if not column.label_last:
        return ""
    last = max(row for row, value in enumerate(column.values) if value is not None)
    show = _shown(_format(unit), "r", LAST_SIZE, bold=True)
    hide = "".join(f'<c:{part} val="0"/>' for part in ("showLegendKey", "showVal", *UNSHOWN))
    return f'<c:dLbls><c:dLbl><c:idx val="{last}"/>{show}</c:dLbl>{hide}</c:dLbls>'


def _shown(code: str, place: str, size: int, *, bold: bool) -> str:
    others = "".join(f'<c:{part} val="0"/>' for part in UNSHOWN)
    return (
        f'<c:numFmt formatCode="{escape(code, {chr(34): "&quot;"})}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_letters(size, style.INK, bold=bold)}<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/>{others}'
    )


def _arms(drawn: Columns, column: Column) -> str:
    """The range of each figure as error bars, whose lengths stand in the workbook as formulas of its two ends."""
    if not column.ends:
        return ""
    above, below = spread(drawn, column)
    more, less = spread_at(drawn, column)
    count = len(drawn.positions)
    stroke = f'<a:ln w="{3 * POINT}"><a:solidFill>{_ink(column.look.colour)}</a:solidFill></a:ln>'
    return (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{_numbers(above, more, count)}</c:plus><c:minus>{_numbers(below, less, count)}</c:minus>"
        f"<c:spPr>{stroke}</c:spPr></c:errBars>"
    )


def _months(drawn: Columns) -> str:
    """An axis of months from a January on that names every second year, every year where there are few."""
    years = int(drawn.positions[-1][:4]) - int(drawn.start[:4])
    step = 2 if years > MOST_GRIDLINES else 1
    return (
        '<c:dateAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/>'
        f'<c:min val="{(day(drawn.start) - EPOCH).days}"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        f'<c:numFmt formatCode="yyyy" sourceLinked="0"/><c:majorTickMark val="out"/>{_axis_end()}<c:crossAx val="2"/>'
        '<c:crosses val="min"/><c:auto val="0"/><c:lblOffset val="50"/><c:baseTimeUnit val="months"/>'
        f'<c:majorUnit val="{step}"/><c:majorTimeUnit val="years"/></c:dateAx>'
    )


def _categories() -> str:
    return (
        '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>{_axis_end()}<c:crossAx val="2"/>'
        '<c:crosses val="min"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/><c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def _axis_end() -> str:
    line = f'<a:ln w="{POINT}"><a:solidFill>{_ink(style.INK)}</a:solidFill></a:ln>'
    letters = _letters(AXIS_SIZE, style.MUTED)
    return f'<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr>{line}</c:spPr>{letters}'


def _values(chart: Chart, low: float, high: float, step: float, *, shown: bool) -> str:
    grid = f'<c:majorGridlines><c:spPr><a:ln w="9525"><a:solidFill>{_ink(style.GRID)}</a:solidFill></a:ln></c:spPr></c:majorGridlines>'
    return (
        f'<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/><c:max val="{high:g}"/><c:min val="{low:g}"/></c:scaling>'
        f'<c:delete val="{0 if shown else 1}"/><c:axPos val="l"/>{grid if shown else ""}'
        f'<c:numFmt formatCode="{escape(_format(chart.y.unit, step), {chr(34): "&quot;"})}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'{_letters(AXIS_SIZE, style.MUTED)}<c:crossAx val="1"/><c:crosses val="min"/>'
        f'<c:crossBetween val="{"midCat" if shown else "between"}"/><c:majorUnit val="{step:g}"/></c:valAx>'
    )


def _format(unit: str, step: float = 1.0) -> str:
    """
    How a native chart writes the figures of a unit.

    >>> _format("count"), _format("percent"), _format("count", 0.5)
    ('#,##0', '#,##0"%"', '#,##0.0')
    """
    digits = "#,##0.0" if step < 1 or unit in ("per_1000", "minutes") else "#,##0"
    return digits + '"%"' if unit == "percent" else digits


def _letters(size: int, colour: str, *, bold: bool = False) -> str:
    heavy = ' b="1"' if bold else ' b="0"'
    run = f'<a:solidFill>{_ink(colour)}</a:solidFill><a:latin typeface="Arial"/>'
    return (
        f'<c:txPr><a:bodyPr rot="0"/><a:lstStyle/><a:p><a:pPr><a:defRPr lang="en-GB" sz="{size * 100}"{heavy}>{run}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="en-GB"/></a:p></c:txPr>'
    )


def _ink(colour: str) -> str:
    return f'<a:srgbClr val="{colour[1:]}"/>'
