"""The card that stands for a place's page where its link is sent: the place, what is found there, its outline, and as at which day."""

from metrics.charts import style
from metrics.charts.render.canvas import BOLD, broken, path_of, words
from metrics.charts.render.raster import png
from metrics.domain import Place, periods
from metrics.domain.geography import Boundaries
from metrics.outputs.site.page_frame import Site
from metrics.report.scorecard import Scorecard

WIDTH, HEIGHT = 1200, 630
"""What the services that show links ask for, in pixels."""
MARGIN, MAP = 56, 400
BAND, TEAL = 84, 8
NAME, SENTENCE, FOOT = 60, 36, 22


def address(place: Place) -> str:
    """Where the card of a place stands."""
    return f"{place.id}/card.png"


def social_card(site: Site, card: Scorecard) -> tuple[str, bytes]:
    """The card of a place's scorecard: its file and its bytes."""
    return address(card.place), png(drawing(site, card))


def drawing(site: Site, card: Scorecard) -> str:
    """The card as SVG."""
    room = WIDTH - 2 * MARGIN - (MAP + MARGIN if site.outlines else 0)
    name, top = _lines(card.place.name, NAME, BAND + TEAL + 36, room, f'font-weight="700" fill="{style.INK}"')
    hero, _ = _lines(card.hero, SENTENCE, top + 16, room, f'fill="{style.INK}"')
    foot = f"Figures as at {periods.say_day(card.as_at)}. {site.words['page']['whose']}"
    height = _lines(foot, FOOT, 0, WIDTH - 2 * MARGIN, "")[1]
    below, _ = _lines(foot, FOOT, HEIGHT - height - 24, WIDTH - 2 * MARGIN, f'fill="{style.MUTED}"')
    outline = _map(site.outlines, card.place) if site.outlines else ""
    size = f'width="{WIDTH}" height="{HEIGHT}" font-family="{style.FONT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{_band(site.name)}{name}{hero}{outline}{below}</svg>'


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
    filled = {area: area == place.id or place.level == "force" for area in outlines.areas}
    drawn = "".join(
        path_of(outlines.rings(area), (1, 1), f'fill="{style.BLUE if chosen else style.BAND}"', True) for area, chosen in filled.items()
    )
    looks = f'stroke="{style.PAPER}" stroke-width="{1.5 / scale:.3g}" stroke-linejoin="round"'
    return f'<g transform="translate({left:.4g} {top}) scale({scale:.4g})" {looks}>{drawn}</g>'
