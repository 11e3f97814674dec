"""Breaks and shaded stretches on a slide's chart: shapes inside the chart, which move and grow with it and hold no figure."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from metrics import periods, style
from metrics.charts.chart import Chart
from metrics.charts.layers import Rule, Span
from metrics.drawing.labels import Heading
from metrics.drawing.slide_room import LINE, SIZE, Room
from metrics.drawing.slide_series import Sheet, along

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PLACED = "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
POINT = 12700
Box = tuple[float, float, float, float]


def shapes(chart: Chart, drawn: Sheet, headings: list[Heading], where: Room) -> bytes:
    """The shapes of a chart's breaks and stretches with their words, and none as an empty text."""
    found = [*_stretches(chart, drawn, where), *_words(headings, chart, drawn, where)]
    if not found:
        return b""
    placed = "".join(_placed(number, name, box, inside, where) for number, (name, box, inside) in enumerate(found, start=2))
    return f'<c:userShapes xmlns:c="{CHART}" xmlns:a="{MAIN}" xmlns:cdr="{PLACED}">{placed}</c:userShapes>'.encode()


def begins(period: str, drawn: Sheet, where: Room) -> float:
    """Where a month begins, from the chart's left edge: halfway between the mark before it and its own."""
    return where.left + where.across * along(drawn, period)


def _stretches(chart: Chart, drawn: Sheet, where: Room) -> Iterator[tuple[str, Box, str]]:
    top, bottom = where.top, where.height - where.bottom
    for layer in chart.layers:
        if isinstance(layer, Rule):
            x = begins(layer.x, drawn, where)
            yield layer.label, (x, top, x, bottom), _line(style.LINES["break"])
        elif isinstance(layer, Span):
            left, right = begins(layer.first, drawn, where), begins(periods.shift(layer.last, 1), drawn, where)
            yield layer.label, (left, top, right, bottom), _shade()
            yield f"{layer.label}, from here to there", (left, top, right, top), _line(style.LINES["series"])


def _words(headings: list[Heading], chart: Chart, drawn: Sheet, where: Room) -> Iterator[tuple[str, Box, str]]:
    found = [begins(at, drawn, where) for at in _starts(chart)]
    top = where.top - LINE * sum(len(heading.lines) for heading in headings) - 4
    for heading, x in zip(headings, sorted(found), strict=True):
        bottom = top + LINE * len(heading.lines)
        box = (x, top, where.width, bottom) if heading.at_start else (0.0, top, x, bottom)
        yield " ".join(heading.lines), box, _text(heading)
        top = bottom


def _starts(chart: Chart) -> list[str]:
    return [layer.x if isinstance(layer, Rule) else layer.first for layer in chart.layers if isinstance(layer, Rule | Span)]


def _placed(number: int, name: str, box: Box, inside: str, where: Room) -> str:
    left, top, right, bottom = box
    flat = f'<a:xfrm><a:off x="{left * POINT:.0f}" y="{top * POINT:.0f}"/>'
    flat += f'<a:ext cx="{(right - left) * POINT:.0f}" cy="{(bottom - top) * POINT:.0f}"/></a:xfrm>'
    return (
        f"<cdr:relSizeAnchor><cdr:from>{_share(left, top, where)}</cdr:from><cdr:to>{_share(right, bottom, where)}</cdr:to>"
        f'<cdr:sp macro="" textlink=""><cdr:nvSpPr><cdr:cNvPr id="{number}" name={quoteattr(name)}/><cdr:cNvSpPr/></cdr:nvSpPr>'
        f"<cdr:spPr>{flat}{inside}</cdr:sp></cdr:relSizeAnchor>"
    )


def _share(x: float, y: float, where: Room) -> str:
    return f"<cdr:x>{x / where.width:.5f}</cdr:x><cdr:y>{y / where.height:.5f}</cdr:y>"


def _line(look: style.Stroke) -> str:
    dash = '<a:prstDash val="dash"/>' if look.dash else ""
    ink = f'<a:solidFill><a:srgbClr val="{look.colour[1:]}"/></a:solidFill>'
    width = max(1.5, look.width) * POINT
    return f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{width:.0f}">{ink}{dash}</a:ln></cdr:spPr>'


def _shade() -> str:
    """A light grey through which the lines below it are seen."""
    grey = f'<a:solidFill><a:srgbClr val="{style.NO_CLEAR_CHANGE[1:]}"><a:alpha val="14000"/></a:srgbClr></a:solidFill>'
    return f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{grey}<a:ln><a:noFill/></a:ln></cdr:spPr>'


def _text(heading: Heading) -> str:
    side = "l" if heading.at_start else "r"
    ink = f'<a:solidFill><a:srgbClr val="{style.TEXT[1:]}"/></a:solidFill>'
    run = f'<a:rPr lang="en-GB" sz="{SIZE * 100}">{ink}<a:latin typeface="Arial"/></a:rPr>'
    lines = "".join(
        f'<a:p><a:pPr algn="{side}"/><a:r>{run}<a:t>{escape(line)}</a:t></a:r></a:p>' for line in heading.lines
    )
    return (
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></cdr:spPr>'
        f'<cdr:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/><a:lstStyle/>{lines}</cdr:txBody>'
    )
