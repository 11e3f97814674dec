"""Every kind of chart at every width in real Chromium: letters of 12 to 16 pixels, nothing on words, no words past the edge."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from metrics.charts import spec
from metrics.charts.render import PARTS_STYLE, whole_chart
from metrics.charts.render.whole_chart import image_svg
from metrics.domain import Break, periods
from tests.charts.render.conftest import COUNT, SURVEY, WORDS, every_chart, months, wave

CHECKS = Path(__file__).with_name("chart_checks.js").read_text(encoding="utf-8").split("\n", 1)[1]
WIDTHS = (320, 390, 768, 1280, 1600)
MEETING = date(2021, 8, 7)
PAGE = "<!doctype html><meta charset=utf-8><meta name=viewport content='width=device-width'><style>body{margin:0 16px;font:16px/1.4 Arial}"


def hard_charts() -> dict[str, spec.Chart]:
    """Charts that leave little room: many breaks at once, figures near the foot, seven digits, the usual level at the newest figure."""
    breaks = [Break(f"b{n}", month, "A change", "", "caution", ("example",), "Us", flag="a new way of counting")
              for n, month in enumerate(("2021-10", "2022-01", "2022-03", "2023-06", "2023-07", "2024-01"))]
    frame = pd.DataFrame({"period": months(90), "value": [9_876_543 + 1000 * value for value in wave(90)]})
    frame = frame.assign(centre=frame["value"].iloc[-1] + 100, lower=0, upper=frame["value"] + 80_000, rule="none", signal="concern")
    low = frame.assign(value=[step % 3 for step in range(90)], centre=1.0, lower=0.0, upper=4.0, signal="low")
    short = frame.tail(4)
    words = dict(WORDS, subtitle="447 recorded in April to June 2026; 527 a year before.")
    words |= {"label": "Brent"}
    bars = pd.DataFrame({"period": [f"{year}-06" for year in range(2014, 2027)], "value": [12_345 + year for year in range(13)]})
    quarters = [periods.shift("2015-03", 3 * step) for step in range(45)]
    survey = pd.DataFrame({"period": quarters, "value": [96.0 - step % 5 for step in range(45)]})
    survey = survey.assign(low=survey["value"] - 4, high=survey["value"] + 3, judged=[(44 - step) % 4 == 0 for step in range(45)])
    return {
        "breaks": spec.series_with_limits(frame, COUNT, breaks=breaks, baseline=("2020-01", "2021-12"), **words),
        "low": spec.series_with_limits(low, COUNT, breaks=breaks[:2], baseline=("2019-01", "2026-06"), **words),
        "short": spec.series_with_limits(short, COUNT, **words),
        "many bars": spec.twelve_month_bars(bars, COUNT, **words),
        "survey at the top": spec.survey_with_intervals(survey, SURVEY, breaks=breaks, **words),
    }


CHARTS = every_chart() | hard_charts()


@pytest.fixture(scope="module")
def window(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", list(CHARTS))
def test_nothing_in_a_chart_is_in_the_way_of_its_words(window, kind, width):
    chart = CHARTS[kind].since(MEETING, "7 August 2021: the last meeting here")
    window.set_viewport_size({"width": width, "height": 900})
    window.set_content(f"{PAGE}{PARTS_STYLE.read_text(encoding='utf-8')}</style>{whole_chart.figure(chart)}")
    assert window.locator("figure.chart").evaluate(CHECKS) == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [288, 358, 640, 1200])
@pytest.mark.parametrize("kind", [kind for kind, chart in CHARTS.items() if not chart.panels])
def test_nothing_in_a_picture_is_in_the_way_of_its_words(window, kind, width):
    drawn = image_svg(CHARTS[kind].since(MEETING, "7 August 2021: the last meeting here"), width=1104)
    window.set_viewport_size({"width": width, "height": 900})
    page = '<!doctype html><body style="margin:0"><figure class="chart" style="margin:0"><div class="plot">'
    window.set_content(f"{page}{drawn}</div></figure>")
    assert window.locator("figure.chart").evaluate(CHECKS) == []


def test_the_checks_find_words_on_words_and_a_line_through_them(window):
    window.set_viewport_size({"width": 600, "height": 400})
    drawn = '<svg width="300" height="90"><text x="9" y="40" font-size="13">One</text><text x="12" y="44" font-size="9">Two</text></svg>'
    ruled = '<text x="9" y="40" font-size="13">Three</text><line x1="0" x2="90" y1="36" y2="36" stroke="red"/>'
    crossed = '<text x="9" y="40" font-size="13">Four</text><path d="M0 80V36H90" fill="none" stroke="red"/>'
    lines = "".join(f'<svg width="300" height="90">{shapes}</svg>' for shapes in (ruled, crossed))
    window.set_content(f'{PAGE}</style><figure class="chart"><div class="plot">{drawn}{lines}</div></figure>')
    problems = window.locator("figure.chart").evaluate(CHECKS)
    assert problems == ["letters of 9 px: Two", "One meets Two", "a line runs through: Three", "a path runs through: Four"]
