"""A table on a slide: its head on every slide it takes, letters of 24 points, plain ruled cells."""

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from metrics.charts import style
from metrics.outputs.slides.lettering import HIGH, lines, wide
from metrics.outputs.slides.master import LEAST

RULED = "{5940675A-B579-460E-94D1-54222C63F5DA}"
"""PowerPoint's own style of plain ruled cells."""
INSET, ABOVE = 7.2, 3.6
Row = tuple[str, ...]
Box = tuple[float, float, float, float]


def parts(rows: tuple[Row, ...], body: Box) -> list[tuple[Row, ...]]:
    """The rows in as many tables as they need to fit a box in inches, each with the head; a row is never cut."""
    head, *rest = rows
    across = widths(rows, 72 * body[2])
    found, high = [[head]], _high(head, across)
    for row in rest:
        if len(found[-1]) > 1 and high + _high(row, across) > 72 * body[3]:
            found.append([head])
            high = _high(head, across)
        found[-1].append(row)
        high += _high(row, across)
    return [tuple(part) for part in found]


def widths(rows: tuple[Row, ...], width: float) -> list[float]:
    """
    How wide each column is, in points: by its longest text, up to eight times the narrowest.

    Examples
    --------
    >>> widths((("a", "b"), ("a", "b")), 100.0)
    [50.0, 50.0]
    """
    longest = [max(wide(cell, LEAST) for cell in column) + 2 * INSET for column in zip(*rows, strict=True)]
    needed = [min(each, 8 * min(longest)) for each in longest]
    return [width * each / sum(needed) for each in needed]


def add(shown, rows: tuple[Row, ...], body: Box, *, name: str) -> None:
    """Put a table on a slide; its first row is its head."""
    across = widths(rows, 72 * body[2])
    high = sum(_high(row, across) for row in rows)
    frame = shown.shapes.add_table(len(rows), len(rows[0]), *(Inches(side) for side in body[:3]), Pt(high))
    frame._element.nvGraphicFramePr.cNvPr.set("name", name)
    table = frame.table
    table.horz_banding = False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = RULED
    for column, width in zip(table.columns, across, strict=True):
        column.width = Pt(width)
    for number, row in enumerate(rows):
        table.rows[number].height = Pt(_high(row, across))
        for at, cell in enumerate(row):
            _write(table.cell(number, at), cell, bold=number == 0)


def _high(row: Row, across: list[float]) -> float:
    most = max(len(lines(cell, LEAST, width - 2 * INSET)) for cell, width in zip(row, across, strict=True))
    return most * LEAST * HIGH + 2 * ABOVE


def _write(cell, words: str, *, bold: bool) -> None:
    run = cell.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = words, Pt(LEAST), bold
    run.font.language_id, run.font.color.rgb = MSO_LANGUAGE_ID.ENGLISH_UK, RGBColor.from_string(style.TEXT[1:])
