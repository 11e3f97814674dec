"""A chart on a slide carries the same numbers as its table, read back from the slide's file: from the chart and from its workbook."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from metrics.charts import style
from metrics.charts.render.slide_chart import add_chart
from metrics.charts.spec import Interval, Level, Line, Points
from metrics.charts.spec.layers import DATA
from metrics.domain import periods

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/chartDrawing}"
BOX = (0.5, 1.0, 7.6, 4.4)
# The order in which the format's own schema wants what the project adds to; a program that is strict refuses the file otherwise.
ORDER = {
    "chartSpace": "date1904 lang roundedCorners style chart spPr txPr externalData userShapes",
    "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax",
    "plotArea": "layout lineChart barChart scatterChart catAx dateAx valAx",
    "legend": "legendPos legendEntry layout overlay spPr txPr",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val xVal yVal smooth",
    "errBars": "errDir errBarType errValType noEndCap plus minus spPr",
    "title": "tx layout overlay",
    "dateAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto "
    "lblOffset baseTimeUnit majorUnit majorTimeUnit",
    "catAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto "
    "lblAlgn lblOffset noMultiLvlLbl",
    "valAx": "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses "
    "crossBetween majorUnit",
}


class Written:
    """A chart as it stands in the file of a presentation."""

    def __init__(self, chart):
        made = Presentation()
        add_chart(made.slides.add_slide(made.slide_layouts[6]), chart, BOX)
        out = io.BytesIO()
        made.save(out)
        self.frame = Presentation(io.BytesIO(out.getvalue())).slides[0].shapes[0]
        with zipfile.ZipFile(io.BytesIO(out.getvalue())) as packed:
            (name,) = (name for name in packed.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name))
            self.space = etree.fromstring(packed.read(name))
            self.book = Book(next(packed.read(name) for name in packed.namelist() if name.endswith(".xlsx")))
            drawings = [packed.read(name) for name in packed.namelist() if name.startswith("ppt/drawings/drawing")]
        self.overlay = etree.fromstring(drawings[0]) if drawings else None

    @property
    def series(self) -> list[etree._Element]:
        return list(self.space.iter(f"{C}ser"))

    def heading(self, one) -> str:
        """The heading of a series' column in the workbook."""
        column, row = re.match(r"Sheet1!\$([A-Z]+)\$(\d+)", one.find(f"{C}val/{C}numRef/{C}f").text).groups()
        return self.book.first[f"{column}{int(row) - 1}"]

    def figures(self, one, part: str = "val") -> dict[int, float]:
        """A series' figures by row, as the chart keeps them."""
        return {int(point.get("idx")): float(point.findtext(f"{C}v")) for point in one.find(f"{C}{part}").iter(f"{C}pt")}

    def rows(self) -> list[str]:
        """What each row stands for: a period, or words."""
        cat = self.series[0].find(f"{C}cat")
        points = [point.findtext(f"{C}v") for point in cat.iter(f"{C}pt")]
        return [day_of(int(float(at))) for at in points] if cat.find(f"{C}numRef") is not None else [" ".join(at.split()) for at in points]

    def columns(self) -> dict[str, dict[int, float]]:
        """Every figure by the heading of its column and its row; columns of one heading are one."""
        found: dict[str, dict[int, float]] = {}
        for one in self.series:
            column = found.setdefault(self.heading(one), {})
            figures = self.figures(one)
            assert not set(column) & set(figures), "two columns of a name hold the same row"
            column |= figures
        return found


class Book:
    """A workbook's two sheets, cell by cell."""

    def __init__(self, blob: bytes):
        with zipfile.ZipFile(io.BytesIO(blob)) as packed:
            shared = etree.fromstring(packed.read("xl/sharedStrings.xml"))
            self.words = ["".join(each.itertext()) for each in shared.iter(f"{S}si")]
            self.first, self.second = (self._cells(packed.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2))
            self.about = packed.read("docProps/core.xml").decode()

    def _cells(self, sheet: bytes) -> dict[str, object]:
        found = {}
        for cell in etree.fromstring(sheet).iter(f"{S}c"):
            value = cell.findtext(f"{S}v")
            if value is not None:
                found[cell.get("r")] = self.words[int(value)] if cell.get("t") == "s" else float(value)
        return found


def day_of(serial: int) -> str:
    """The period of a day as a spreadsheet counts it."""
    return (date(1899, 12, 30) + timedelta(days=serial)).isoformat()[:7]


def cells_of(reference: str) -> list[str]:
    """Every cell of a reference such as `Sheet1!$B$2:$B$4`."""
    column, first, last = re.match(r"Sheet1!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", reference).groups()
    return [f"{column}{row}" for row in range(int(first), int(last) + 1)]


def figures_of(chart) -> set[float]:
    return {y for layer in chart.drawn if isinstance(layer, DATA) for _, values in layer.data() for y in values if y is not None}


@pytest.mark.parametrize("kind", ["over", "limits", "survey", "bars", "strip"])
def test_the_chart_on_a_slide_has_every_figure_of_the_table_in_its_row_and_column(samples, kind):
    chart = samples[kind]
    written = Written(chart)
    rows, columns, lead = written.rows(), written.columns(), chart.x.label
    for row in chart.rows():
        at = row[lead] if kind != "bars" else periods.say(row[lead])
        for name, unit in chart.columns().items():
            if unit not in ("text", "period"):
                assert columns[name].get(rows.index(at)) == row[name], (name, at)


def test_small_multiples_on_a_slide_are_a_column_for_each_place(samples):
    chart = samples["tiles"]
    written = Written(chart)
    rows, columns = written.rows(), written.columns()
    assert set(columns) == {panel.title for panel in chart.panels}
    for row in chart.rows():
        assert columns[row["Place"]][rows.index(row["Month"])] == row["Value"]


def test_a_funnel_on_a_slide_has_every_place_at_its_size_and_its_figure(samples):
    chart = samples["funnel"]
    written = Written(chart)
    drawn = [
        list(zip(written.figures(one, "xVal").values(), written.figures(one, "yVal").values(), strict=True)) for one in written.series
    ]
    held = {point for points in drawn for point in points}
    assert {(float(row["Residents"]), row["Per 1,000 residents"]) for row in chart.rows()} <= held
    assert {point for layer in chart.layers if isinstance(layer, Line) for piece in layer.pieces for point in piece} <= held
    (level,) = (layer for layer in chart.layers if isinstance(layer, Level))
    assert [{y for _, y in points} for points in drawn].count({level.y}) == 1


def test_no_figure_is_drawn_on_a_slide_that_the_chart_does_not_hold(chart):
    written = Written(chart)
    drawn = {value for one in written.series for value in written.figures(one, "val" if chart.x.kind != "number" else "yVal").values()}
    assert drawn <= figures_of(chart) | {layer.y for layer in chart.layers if isinstance(layer, Level)}


def test_the_workbook_inside_holds_what_the_chart_shows_with_all_its_digits(chart):
    written, compared = Written(chart), 0
    for one in written.series:
        for part in ("val", "xVal", "yVal"):
            if one.find(f"{C}{part}") is None:
                continue
            cells = cells_of(one.find(f"{C}{part}/{C}numRef/{C}f").text)
            shown = written.figures(one, part)
            for row, cell in enumerate(cells):
                assert written.book.first.get(cell) == (pytest.approx(shown[row], rel=1e-15, abs=0) if row in shown else None)
            compared += len(shown)
    assert compared > 0


def test_the_workbook_inside_names_the_rows_and_columns_of_the_chart(chart):
    written = Written(chart)
    for one in written.series:
        name, reference = one.findtext(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v"), one.findtext(f"{C}tx/{C}strRef/{C}f")
        assert name is None or written.book.first[reference.removeprefix("Sheet1!").replace("$", "")] == name
        for kind in ("numRef", "strRef"):
            if one.find(f"{C}cat/{C}{kind}") is not None:
                cells = cells_of(one.findtext(f"{C}cat/{C}{kind}/{C}f"))
                said = [point.findtext(f"{C}v") for point in one.find(f"{C}cat").iter(f"{C}pt")]
                assert [written.book.first[cell] for cell in cells] == ([float(at) for at in said] if kind == "numRef" else said)


def test_the_second_sheet_is_the_table_with_its_source(chart):
    cells, kinds = Written(chart).book.second, chart.columns()
    assert chart.title in cells.values()
    assert chart.source in cells.values()
    letters = "ABCDEFGHIJ"[: len(kinds)]
    assert [cells[f"{letter}5"] for letter in letters] == list(kinds)
    for number, row in enumerate(chart.rows(), start=6):
        for letter, (name, kind) in zip(letters, kinds.items(), strict=True):
            expected = periods.say(row[name]) if kind == "period" else row[name]
            found = cells.get(f"{letter}{number}", "" if kind == "text" else None)
            assert found == (expected if isinstance(expected, str) or expected is None else pytest.approx(expected, rel=1e-15, abs=0))


@pytest.mark.parametrize("kind", ["survey", "strip"])
def test_the_arms_of_a_range_end_at_its_two_figures(samples, kind):
    chart = samples[kind]
    written = Written(chart)
    (interval,) = (layer for layer in chart.layers if isinstance(layer, Interval))
    (one,) = (one for one in written.series if one.find(f"{C}errBars") is not None)
    values, rows = written.figures(one), written.rows()
    plus, minus = (
        {int(point.get("idx")): float(point.findtext(f"{C}v")) for point in one.find(f"{C}errBars/{C}{side}").iter(f"{C}pt")}
        for side in ("plus", "minus")
    )
    expected = {rows.index(at): (low, high) for at, low, high in interval.points if None not in (low, high)}
    assert set(plus) == set(minus) == set(expected)
    for row, (low, high) in expected.items():
        assert (values[row] - minus[row], values[row] + plus[row]) == pytest.approx((low, high))
    for side, lengths in (("plus", plus), ("minus", minus)):
        cells = cells_of(one.findtext(f"{C}errBars/{C}{side}/{C}numRef/{C}f"))
        assert {row: written.book.first[cell] for row, cell in enumerate(cells) if cell in written.book.first} == pytest.approx(lengths)


@pytest.mark.parametrize("kind", ["over", "limits"])
def test_a_line_is_cut_at_a_break(samples, kind):
    written = Written(samples[kind])
    rows = written.rows()
    before, after = rows.index("2022-02"), rows.index("2022-03")
    lines = [one for one in written.series if one.find(f"{C}spPr/{A}ln/{A}noFill") is None]
    held = [set(written.figures(one)) for one in lines]
    assert any(before in each for each in held) and any(after in each for each in held)
    assert not any({before, after} <= each for each in held)
    assert written.space.find(f".//{C}dispBlanksAs").get("val") == "gap"


def test_every_signal_is_marked_with_its_own_shape_and_its_words(samples):
    chart = samples["limits"]
    written = Written(chart)
    rows, columns = written.rows(), written.columns()
    for layer in (layer for layer in chart.layers if isinstance(layer, Points) and layer.mark):
        assert columns[layer.mark] == {rows.index(at): value for at, value in layer.points}
    marked = {written.heading(one): one.find(f"{C}marker/{C}symbol").get("val") for one in written.series}
    assert (marked["unusual, for the better"], marked["unusual, for the worse"]) == ("circle", "diamond")


def test_a_break_and_the_months_that_set_the_limits_stand_where_they_belong(samples):
    written = Written(samples["limits"])
    where = {side: float(written.space.find(f".//{C}plotArea/{C}layout/{C}manualLayout/{C}{side}").get("val")) for side in "xw"}
    found = {}
    for anchor in written.overlay:
        name = anchor.find(f"{PLACED}sp/{PLACED}nvSpPr/{PLACED}cNvPr").get("name")
        ends = [float(anchor.find(f"{PLACED}{end}/{PLACED}x").text) for end in ("from", "to")]
        words = "".join(anchor.itertext()).strip(" .0123456789")
        found.setdefault(name, []).append((ends, words))
    after = {months: pytest.approx(where["x"] + where["w"] * months / 90, abs=1e-4) for months in (24, 38)}
    assert found["New recording system"][0][0] == [after[38], after[38]]
    assert found["sets the usual level"][0][0] == [after[24], after[38]]
    assert any("New recording system" in words for _, words in found["New recording system"])
    assert any("sets the usual level" in words for _, words in found["sets the usual level"])


def test_a_month_stands_in_words_and_no_word_is_smaller_than_18_points(chart):
    written = Written(chart)
    if written.space.find(f".//{C}dateAx") is not None:
        assert written.space.find(f".//{C}dateAx/{C}numFmt").get("formatCode").endswith("mmmm yyyy")
        assert written.space.find(f".//{C}dateAx/{C}baseTimeUnit").get("val") == "months"
    parts = [written.space, *([written.overlay] if written.overlay is not None else [])]
    sizes = [int(each.get("sz")) for part in parts for each in part.iter() if each.get("sz") is not None]
    assert sizes
    assert min(sizes) >= 1800


def test_every_colour_is_one_of_the_project(chart):
    written = Written(chart)
    ours = {value for name, value in vars(style).items() if isinstance(value, str) and re.fullmatch("#[0-9A-F]{6}", value)}
    parts = [written.space, *([written.overlay] if written.overlay is not None else [])]
    assert {f"#{each.get('val')}" for part in parts for each in part.iter(f"{A}srgbClr")} <= ours


def test_the_words_that_stand_for_a_chart_are_its_alternative_text(chart):
    about = Written(chart).frame._element.nvGraphicFramePr.cNvPr
    assert (about.get("descr"), about.get("name")) == (chart.alt, chart.title)


def test_a_legend_stands_below_where_there_is_more_than_one_line(samples):
    legends = {kind: Written(chart).space.find(f".//{C}legend/{C}legendPos") for kind, chart in samples.items()}
    assert {kind for kind, found in legends.items() if found is not None} == {"over", "limits", "survey", "funnel"}
    assert {found.get("val") for found in legends.values() if found is not None} == {"b"}


def test_a_scale_that_does_not_start_at_zero_says_so_and_ends_on_ticks(samples):
    written = Written(samples["limits"])
    said = "".join(written.space.find(f"{C}chart/{C}title").itertext())
    assert "The scale does not start at zero." in said
    low, high, step = (
        float(written.space.find(f".//{C}valAx/{C}{path}").get("val")) for path in (f"scaling/{C}min", f"scaling/{C}max", "majorUnit")
    )
    assert low > 0
    assert low % step == high % step == 0
    assert low <= min(figures_of(samples["limits"])) and max(figures_of(samples["limits"])) <= high


def test_everything_stands_in_the_order_that_the_format_wants(chart):
    for each in Written(chart).space.iter():
        wanted = ORDER.get(each.tag.removeprefix(C), "").split()
        there = [child.tag.removeprefix(C) for child in each] if wanted else []
        assert set(there) <= set(wanted), each.tag
        assert there == sorted(there, key=wanted.index), each.tag


def test_the_same_chart_makes_the_same_workbook(chart):
    first, again = Written(chart).book, Written(chart).book
    assert (first.first, first.second, first.about) == (again.first, again.second, again.about)
    assert "2000-01-01T00:00:00Z" in first.about


def test_a_chart_fits_the_box_it_is_given(chart):
    frame = Written(chart).frame
    assert [frame.left, frame.top, frame.width, frame.height] == [Inches(side) for side in BOX]
