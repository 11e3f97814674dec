"""The pictures that are sent around, with source, day and whose they are: the charts of a measure in a place, and the card of a place."""

from metrics.charts import style
from metrics.charts.render.canvas import BOLD, broken, path_of, words
from metrics.charts.render.side_by_side import shared_words
from metrics.charts.render.whole_chart import SCALE, png, shared_svg
from metrics.charts.spec import Chart
from metrics.domain import Measure, Place, periods
from metrics.domain.geography import Boundaries
from metrics.narrative import Wording
from metrics.outputs.page import measure_page
from metrics.report.cards import Card
from metrics.report.scorecard import Row, Scorecard
from metrics.report.snapshot import FUNNEL, LINES, Snapshot

BASELINES, AREAS, OVER_TIME = "baselines", "areas", "areas-over-time"
"""What the further charts of a measure are called in addresses: from every baseline, the funnel, and small charts of all areas."""


def drawing(chart: Chart, row: Row, wording: Wording, whose: str) -> str:
    """
    The picture as SVG.

    `whose`: the name of the site, with its address where it has one.
    """
    title = row.title or row.measure.title
    return _whole(chart.titled(title, kicker=f"{row.measure.title}, {row.place.name}", subtitle=row.finding), wording, whose)


def of_baselines(snapshot: Snapshot, card: Card, whose: str) -> str:
    """The change from every baseline as such a picture; nothing where there is none."""
    strip = snapshot.strip_of(card)
    if strip is None:
        return ""
    kicker, words = f"{card.measure.title}, {card.place.name}", measure_page.baselines_of(snapshot, card)
    return _whole(strip.titled(words.heading, kicker=kicker, subtitle=words.about), snapshot.wording, whose)


def of_areas(snapshot: Snapshot, measure: Measure, whose: str) -> dict[str, str]:
    """The charts of all areas as such pictures, by what they are called."""
    made, wording, force = measure_page.area_charts(snapshot, measure), snapshot.wording, snapshot.known.force
    kicker, charts = f"{measure.title}, {len(snapshot.known.areas)} {force.area_plural}", {}
    if LINES in made:
        title = wording.text["scorecard"]["multiples"]
        charts[OVER_TIME] = made[LINES].titled(title, kicker=kicker, subtitle=shared_words(made[LINES]))
    if FUNNEL in made:
        charts[AREAS] = made[FUNNEL].titled(FUNNEL, kicker=kicker, subtitle=" ".join(measure_page.funnel_text(snapshot, measure)))
    return {name: _whole(chart, wording, whose) for name, chart in charts.items()}


def _whole(captioned: Chart, wording: Wording, whose: str) -> str:
    return shared_svg(captioned, f"{whose}. {wording.text['page']['whose']}")


def as_png(svg: str) -> bytes:
    """Such a picture as PNG."""
    return png(svg, SCALE)


WIDTH, HEIGHT = 1200, 630
"""What the services that show links ask for, in pixels."""
MARGIN, MAP = 56, 400
BAND, TEAL = 84, 8
NAME, SENTENCE, FOOT = 60, 36, 22


def of_place(snapshot: Snapshot, card: Scorecard) -> str:
    """The card that stands for a place's page where its link is sent: the place, what is found there, its outline, and as at which day."""
    outlines = snapshot.known.outlines
    room = WIDTH - 2 * MARGIN - (MAP + MARGIN if outlines else 0)
    name, top = _lines(card.place.name, NAME, BAND + TEAL + 36, room, f'font-weight="700" fill="{style.INK}"')
    hero, _ = _lines(card.hero, SENTENCE, top + 16, room, f'fill="{style.INK}"')
    foot = f"Figures as at {periods.say_day(card.as_at)}. {snapshot.wording.text['page']['whose']}"
    height = _lines(foot, FOOT, 0, WIDTH - 2 * MARGIN, "")[1]
    below, _ = _lines(foot, FOOT, HEIGHT - height - 24, WIDTH - 2 * MARGIN, f'fill="{style.MUTED}"')
    outline = _map(outlines, card.place) if outlines else ""
    size = f'width="{WIDTH}" height="{HEIGHT}" font-family="{style.FONT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{_band(snapshot.known.force.site_name)}{name}{hero}{outline}{below}</svg>'


def _band(name: str) -> str:
    blue = f'<rect width="{WIDTH}" height="{BAND}" fill="{style.BLUE}"/>'
    teal = f'<rect y="{BAND}" width="{WIDTH}" height="{TEAL}" fill="{style.TEAL}"/>'
    return blue + teal + words(name, MARGIN, 54, f'font-size="34" font-weight="700" fill="{style.PAPER}"')


def _lines(text: str, size: int, top: float, room: float, look: str) -> tuple[str, float]:
    """A text in lines below each other, and where they end."""
    lines = broken(text, room, size * (BOLD if "font-weight" in look else 1))
    lead = 1.25 * size
    drawn = "".join(words(line, MARGIN, top + size + lead * row, f'font-size="{size}" {look}') for row, line in enumerate(lines))
    return drawn, top + lead * len(lines)


def _map(outlines: Boundaries, place: Place) -> str:
    """Every area, the place's own filled; all of them for the whole force area."""
    scale = min(MAP / outlines.width, MAP / outlines.height)
    left, top = WIDTH - MARGIN - scale * outlines.width, BAND + TEAL + 36
    fills = {area: style.BLUE if area == place.id or place.level == "force" else style.BAND for area in outlines.areas}
    drawn = "".join(path_of(outlines.rings(area), (1, 1), f'fill="{fill}"', closed=True) for area, fill in fills.items())
    looks = f'stroke="{style.PAPER}" stroke-width="{1.5 / scale:.3g}" stroke-linejoin="round"'
    return f'<g transform="translate({left:.4g} {top}) scale({scale:.4g})" {looks}>{drawn}</g>'
