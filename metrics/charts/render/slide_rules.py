"""Breaks and shaded stretches on a slide's chart: shapes inside the chart, which move and grow with it and hold no figure."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from metrics.charts import style
from metrics.charts.render.slide_room import LETTER, LINE, SIZE, Room
from metrics.charts.render.slide_sheet import Sheet, along
from metrics.charts.render.slide_signs import Sign, lines_of
from metrics.charts.spec.layers import Rule
from metrics.domain import periods

MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PLACED = "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"
POINT = 12700
ASIDE = 4
Box = tuple[float, float, float, float]


def shapes(drawn: Sheet, where: Room) -> bytes:
    """The shapes of a chart's breaks and stretches with their words; nothing where it has none."""
    found = [*_stretches(drawn, where), *_words(where)]
    placed = "".join(_placed(number, name, box, inside, where) for number, (name, box, inside) in enumerate(found, start=2))
    return f'<c:userShapes xmlns:c="{CHART}" xmlns:a="{MAIN}" xmlns:cdr="{PLACED}">{placed}</c:userShapes>'.encode() if found else b""


def begins(period: str, drawn: Sheet, where: Room) -> float:
    """Where a month begins, from the chart's left edge: halfway between the mark before it and its own."""
    return where.left + where.across * along(drawn, period)


def _stretches(drawn: Sheet, where: Room) -> Iterator[tuple[str, Box, str]]:
    """Shades and rules; a rule begins at its words."""
    top, bottom = where.top, where.height - where.bottom
    for sign, foot in _feet(where):
        if isinstance(sign.layer, Rule):
            yield sign.layer.label, (sign.x, foot, sign.x, bottom), _line(style.LINES["break"])
        else:
            right = begins(periods.shift(sign.layer.last, 1), drawn, where)
            yield sign.layer.label, (sign.x, top, right, bottom), _shade()
            yield f"{sign.layer.label}, from here to there", (sign.x, top, right, top), _line(style.LINES["series"])
            yield f"{sign.layer.label}, its beginning", (sign.x, foot, sign.x, top), _line(style.Stroke(style.IMPROVEMENT, 1))


def _words(where: Room) -> Iterator[tuple[str, Box, str]]:
    for sign, foot in _feet(where):
        top = foot - LINE * len(sign.lines)
        wide = max(map(len, sign.lines)) * LETTER
        ends = (sign.x + ASIDE, min(where.width, sign.x + wide)) if sign.to_the_right else (max(0.0, sign.x - wide), sign.x - ASIDE)
        box = (ends[0], top, ends[1], foot)
        yield " ".join(sign.lines), box, _text(sign)


def _feet(where: Room) -> Iterator[tuple[Sign, float]]:
    """Each sign with the lower end of its words, from the chart's top."""
    foot = where.top - LINE * lines_of(where.signs) - 4
    for sign in where.signs:
        foot += LINE * len(sign.lines)
        yield sign, foot


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


def _text(sign: Sign) -> str:
    """Words on paper of their own, as another's rule may pass behind them."""
    side = "l" if sign.to_the_right else "r"
    ink = f'<a:solidFill><a:srgbClr val="{style.TEXT[1:]}"/></a:solidFill>'
    run = f'<a:rPr lang="en-GB" sz="{SIZE * 100}">{ink}<a:latin typeface="Arial"/></a:rPr>'
    lines = "".join(
        f'<a:p><a:pPr algn="{side}"/><a:r>{run}<a:t>{escape(line)}</a:t></a:r></a:p>' for line in sign.lines
    )
    return (
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{style.PAPER[1:]}"/></a:solidFill><a:ln><a:noFill/></a:ln></cdr:spPr>'
        f'<cdr:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/><a:lstStyle/>{lines}</cdr:txBody>'
    )
