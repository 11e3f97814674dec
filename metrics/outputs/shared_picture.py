"""The pictures of a measure in a place that are sent around: its charts under what was found, with source, day and whose they are."""

from metrics.charts.render.fixed_svg import SCALE, shared_svg
from metrics.charts.render.raster import png
from metrics.charts.render.side_by_side import shared_words
from metrics.charts.spec import Chart
from metrics.domain import Measure
from metrics.narrative import Wording
from metrics.outputs.page import compare_page, measure_page
from metrics.report.cards import Card
from metrics.report.scorecard import Row
from metrics.report.snapshot import FUNNEL, LINES, Snapshot

BASELINES, AREAS, OVER_TIME = "baselines", "areas", "areas-over-time"
"""What the further charts of a measure are called in addresses: from every baseline, the funnel, and small charts of all areas."""


def drawing(chart: Chart, row: Row, wording: Wording, whose: str) -> str:
    """
    The picture as SVG.

    `chart`: the chart as the page draws it.
    `whose`: the name of the site, with its address where it has one.
    """
    title = row.title or row.measure.title
    return _whole(chart.titled(title, kicker=f"{row.measure.title}, {row.place.name}", subtitle=row.finding), wording, whose)


def of_baselines(snapshot: Snapshot, card: Card, whose: str) -> str:
    """The change from every baseline as such a picture; nothing where there is none."""
    strip = snapshot.strip_of(card)
    if strip is None:
        return ""
    kicker, about = f"{card.measure.title}, {card.place.name}", snapshot.wording.text["page"]["strip"]
    return _whole(strip.titled(measure_page.baselines_title(snapshot, card), kicker=kicker, subtitle=about), snapshot.wording, whose)


def of_areas(snapshot: Snapshot, measure: Measure, whose: str) -> dict[str, str]:
    """The charts of all areas as such pictures, by what they are called."""
    made, wording, force = compare_page.charts(snapshot, measure), snapshot.wording, snapshot.known.force
    kicker, charts = f"{measure.title}, {len(snapshot.known.areas)} {force.area_plural}", {}
    if LINES in made:
        title = wording.text["scorecard"]["multiples"]
        charts[OVER_TIME] = made[LINES].titled(title, kicker=kicker, subtitle=shared_words(made[LINES]))
    if FUNNEL in made:
        charts[AREAS] = made[FUNNEL].titled(FUNNEL, kicker=kicker, subtitle=" ".join(compare_page.funnel_text(snapshot, measure)))
    return {name: _whole(chart, wording, whose) for name, chart in charts.items()}


def _whole(captioned: Chart, wording: Wording, whose: str) -> str:
    return shared_svg(captioned, f"{whose}. {wording.text['page']['whose']}")


def as_png(svg: str) -> bytes:
    """Such a picture as PNG."""
    return png(svg, SCALE)
