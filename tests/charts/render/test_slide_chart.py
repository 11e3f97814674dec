"""A chart on a slide carries the figures of its table, read back from the file: from the chart and from its workbook."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from lxml import etree
from pptx import Presentation

from metrics.charts.render import chart_key
from metrics.charts.render.frame import frame
from metrics.charts.render.slide_chart import add_chart
from metrics.charts.render.slide_columns import columns
from metrics.charts.render.slide_xml import EPOCH
from metrics.charts.spec import Bars, Interval, Line
from metrics.charts.spec.layers import Rule, Span
from metrics.domain import periods
from tests.charts.render.conftest import every_chart

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
BOX = (56, 160, 796, 466)
KINDS = [name for name, chart in every_chart().items() if chart.x.kind == "period" and not chart.panels]
# The order in which the format's own schema wants the parts; a strict program refuses the file otherwise.
ORDER = {
    "chartSpace": "date1904 lang roundedCorners chart spPr txPr externalData",
    "chart": "autoTitleDeleted plotArea plotVisOnly dispBlanksAs",
    "plotArea": "layout areaChart lineChart barChart dateAx catAx valAx spPr",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls errBars cat val smooth",
    "errBars": "errDir errBarType errValType noEndCap plus minus spPr",
    "dateAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto "
    "lblOffset baseTimeUnit majorUnit majorTimeUnit",
    "valAx": "axId scaling delete axPos majorGridlines numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses "
    "crossBetween majorUnit",
}


class Written:
    """A chart as it stands in the file of a presentation."""

    def __init__(self, chart):
        deck = Presentation()
        add_chart(deck.slides.add_slide(deck.slide_layouts[6]), chart, BOX)
        out = io.BytesIO()
        deck.save(out)
        self.frame = next(shape for shape in Presentation(io.BytesIO(out.getvalue())).slides[0].shapes if shape.has_chart)
        with zipfile.ZipFile(io.BytesIO(out.getvalue())) as packed:
            (name,) = (name for name in packed.namelist() if re.fullmatch(r"ppt/charts/chart\d+\.xml", name))
            self.space = etree.fromstring(packed.read(name))
            self.book = Book(next(packed.read(name) for name in packed.namelist() if name.endswith(".xlsx")))

    @property
    def series(self) -> list[tuple[str, list[float | None]]]:
        """The name and the figures of every series, by row."""
        return [(series.findtext(f".//{C}tx//{C}v"), values(series)) for series in self.space.iter(f"{C}ser")]


class Book:
    """A workbook's two sheets, cell by cell."""

    def __init__(self, blob: bytes):
        with zipfile.ZipFile(io.BytesIO(blob)) as packed:
            shared = etree.fromstring(packed.read("xl/sharedStrings.xml"))
            self.words = ["".join(each.itertext()) for each in shared.iter(f"{S}si")]
            self.first, self.second = (self._cells(packed.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2))

    def _cells(self, sheet: bytes) -> dict[str, object]:
        cells = {}
        for cell in etree.fromstring(sheet).iter(f"{S}c"):
            value = cell.findtext(f"{S}v")
            if value is not None:
                cells[cell.get("r")] = self.words[int(value)] if cell.get("t") == "s" else float(value)
        return cells


def cells_of(reference: str) -> list[str]:
    """Every cell of a reference such as `Sheet1!$B$2:$B$4`."""
    column, first, last = re.match(r"Sheet1!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", reference).groups()
    return [f"{column}{row}" for row in range(int(first), int(last) + 1)]


def values(series) -> list[float | None]:
    cache = series.find(f"{C}val//{C}numCache")
    values: list[float | None] = [None] * int(cache.find(f"{C}ptCount").get("val"))
    for point in cache.iter(f"{C}pt"):
        values[int(point.get("idx"))] = float(point.findtext(f"{C}v"))
    return values


@pytest.fixture(scope="module")
def written():
    return {name: Written(every_chart()[name]) for name in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_figures_of_the_chart_are_those_of_its_description(written, kind):
    chart, drawn = every_chart()[kind], columns(every_chart()[kind])
    read = {}
    for name, figures in written[kind].series:
        for position, value in zip(drawn.positions, figures, strict=True):
            if value is not None:
                read.setdefault(name, {})[position] = value
    for layer in (layer for layer in chart.layers if isinstance(layer, Line | Bars) and layer.columns):
        wanted = {x: y for x, (y,) in layer.data() if y is not None}
        assert {x: read[layer.columns[0]][x] for x in wanted} == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_the_workbook_holds_the_same_columns_and_the_table(written, kind):
    chart, book = every_chart()[kind], written[kind].book
    for reference in written[kind].space.iter(f"{C}numRef"):
        if "$A$" in reference.findtext(f"{C}f"):
            continue
        cached = {int(point.get("idx")): float(point.findtext(f"{C}v")) for point in reference.iter(f"{C}pt")}
        cells = cells_of(reference.findtext(f"{C}f"))
        assert {at: book.first[cells[at]] for at in cached} == cached
        assert not [cell for at, cell in enumerate(cells) if at not in cached and cell in book.first]
    heads = [book.second[f"{chr(65 + at)}5"] for at in range(len(chart.columns()))]
    assert heads == list(chart.columns())
    assert book.second["A6"] == periods.say(chart.rows()[0][chart.x.label])


@pytest.mark.parametrize("kind", KINDS)
def test_parts_stand_in_the_order_that_the_format_wants(written, kind):
    for element in written[kind].space.iter():
        order = ORDER.get(etree.QName(element).localname, "").split()
        if order:
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(places), etree.QName(element).localname


def test_an_interval_is_an_error_bar_between_its_own_ends(written):
    chart = next(every_chart()[name] for name in KINDS if any(isinstance(layer, Interval) for layer in every_chart()[name].layers))
    wanted = {x: ends for layer in chart.layers if isinstance(layer, Interval) for x, ends in layer.data()}
    name = next(name for name in KINDS if every_chart()[name].title == chart.title and wanted and name in written and "survey" in name)
    drawn, ranges = columns(chart), {}
    for series in written[name].space.iter(f"{C}ser"):
        bars = series.find(f"{C}errBars")
        if bars is None:
            continue
        for at, value in enumerate(values(series)):
            if value is not None:
                above, below = (float(bars.find(f"{C}{side}//{C}pt[@idx='{at}']/{C}v").text) for side in ("plus", "minus"))
                ranges[drawn.positions[at]] = (pytest.approx(value - below), pytest.approx(value + above))
    assert ranges == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_at_most_four_gridlines_and_little_room_above_the_highest(written, kind):
    axis = written[kind].space.find(f".//{C}valAx")
    low, high = (float(axis.find(f"{C}scaling/{C}{end}").get("val")) for end in ("min", "max"))
    step = float(axis.find(f"{C}majorUnit").get("val"))
    figures = [value for name, series in written[kind].series if name != "Width of the usual range" for value in series]
    highest = max(value for value in figures if value is not None)
    assert (high - low) / step <= 5
    assert low <= 0 or every_chart()[kind].y.from_zero is False
    assert highest <= high


@pytest.mark.parametrize("kind", KINDS)
def test_the_frame_says_what_the_chart_says(written, kind):
    about = written[kind].frame._element.nvGraphicFramePr.cNvPr
    assert (about.get("name"), about.get("descr")) == (every_chart()[kind].title, every_chart()[kind].alt)


def test_a_chart_of_no_periods_is_refused():
    chart = next(chart for chart in every_chart().values() if chart.x.kind != "period")
    with pytest.raises(ValueError, match="a slide has no chart of this kind"):
        columns(chart)


@pytest.mark.parametrize(("lowest", "named"), [(40.0, True), (5.0, False), (None, True)])
def test_the_bracket_has_words_only_where_no_line_crosses_them(lowest, named):
    months = periods.span("2018-01", "2026-06")
    line = Line((tuple((month, lowest if month == "2022-06" else 90.0) for month in months),), columns=("Each month",))
    chart = replace(every_chart()[KINDS[0]], layers=(line, Span("2020-07", "2023-06", "sets the usual range")))
    slide = Presentation()
    placed = add_chart(slide.slides.add_slide(slide.slide_layouts[6]), chart, BOX)
    assert placed.bracket.words == ("sets the usual range" if named else "")


@pytest.mark.parametrize("kind", ["over", "limits", "survey"])
def test_a_flag_stands_where_the_axis_has_its_day(kind):
    chart = every_chart()[kind].since(date(2021, 1, 1), "the meeting")
    written = Written(chart)
    positions = columns(chart).positions
    axis = next(written.space.iter(f"{C}dateAx"))
    start = EPOCH + timedelta(int(axis.find(f"{C}scaling/{C}min").get("val")))
    assert (start.year, start.month, start.day) == (int(positions[0][:4]), 1, 1)
    placed = add_chart(Presentation().slides.add_slide(Presentation().slide_layouts[6]), chart, BOX)
    meeting = next(flag for flag in placed.flags if flag.sign == "M")
    last = date(int(positions[-1][:4]), int(positions[-1][5:]), 1)
    share, month = (date(2021, 1, 1) - start).days / (last - start).days, 31 / (last - start).days
    assert (meeting.x - placed.plot[0]) / placed.plot[2] == pytest.approx(share, abs=month)


@pytest.mark.parametrize("changed", [("2020-03", "2020-05", "2022-06"), ("2019-06", "2020-03", "2020-11", "2021-08", "2022-05", "2023-02")])
def test_a_slide_numbers_the_flags_as_the_drawn_chart_does(changed):
    rules = tuple(Rule(month, f"Change of {month}") for month in changed)
    chart = replace(every_chart()["over"], layers=(*every_chart()["over"].layers, *rules)).since(date(2021, 1, 1), "the meeting")
    placed = add_chart(Presentation().slides.add_slide(Presentation().slide_layouts[6]), chart, BOX)
    assert chart_key.flag_words(placed.flags) == chart_key.flag_words(chart_key.flags(chart, frame(chart)))
    assert len({(round(flag.x), flag.row) for flag in placed.flags}) == len(placed.flags) <= chart_key.MOST
