"""
A map of the areas: filled by the verdict on one measure, or as a picker with a link on each.

Outlines stretch with the page and their strokes keep their pixels. The area that is pointed out is known by a ring, a line out of the
map and its name beside the map, never by colour; a worse area has its diamond besides its fill, one that rose or fell its triangle, and a
possible change is hatched.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

from metrics.charts import style
from metrics.charts.render.canvas import path_of, percent, width, words
from metrics.charts.render.chips import KINDS
from metrics.charts.render.spark import data_address
from metrics.domain.geography import Boundaries

SMALLEST = 280.0
"""The narrowest that a named map is drawn, in pixels."""
NAME_SIZE, NAME_ROOM, RING = 14, 22, 6
FILLS = {
    "improvement": style.BLUE,
    "worsening": style.ORANGE,
    "rise": style.PLUM,
    "fall": style.PLUM,
    "possible": "url(#hatch)",
    "none": style.BAND,
    "unknown": style.PAPER,
    "incomparable": style.PAPER,
}
OVAL = 0.85
"""How much of an area's box its link fills, across and down."""
SIGN_ROOM = 45
"""A picture that scales as a whole is so many signs wide."""
SIGNS = {"worsening": "M0-5L5 0 0 5-5 0z", "rise": "M0-5L5 4H-5z", "fall": "M0 5L5-4H-5z"}
HATCH = (
    f'<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M0 0h7v7h-7z" '
    f'fill="{style.PAPER}"/><path d="M0 0v7" stroke="{style.MUTED}" stroke-width="2"/></pattern>'
)


@dataclass(frozen=True)
class Shown:
    """What a map shows: verdicts, links and names by area, the area that is pointed out, and the fill of one without a verdict."""

    names: Mapping[str, str]
    verdicts: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    chosen: str = ""
    fill: str = style.BAND


def area_map(outlines: Boundaries, shown: Shown, label: str) -> str:
    """
    The map as HTML that stretches with the page.

    `outlines`: the areas; one without a name is drawn, and says nothing.
    `label`: what the map shows, in words: the counts of a filled map, or what its links are for.
    """
    shape = f"aspect-ratio:{outlines.width}/{outlines.height}"
    role = "group" if shown.links else "img"
    hidden = "" if shown.links else ' aria-hidden="true"'
    signs = "".join(_put(outlines, *sign) for sign in _signs(outlines, shown))
    inner = _defs(shown, 2) + _stretched(outlines, shown) + signs + _pointed_out(outlines, shown)
    return (
        f'<div class="area-map" style="{shape}"><svg width="100%" height="100%" overflow="visible" role="{role}" '
        f'aria-label="{escape(label)}" font-family="{style.FONT}"><g{hidden}>{inner}</g></svg></div>'
    )


def map_image(outlines: Boundaries, shown: Shown, label: str) -> str:
    """
    The same without letters as an image that carries its drawing in its address, for pages that take no inline SVG.

    A ring points out the area; its name stands beside the image in the words of the page. Links lie over the image, an oval on each area:
    for a pointer alone, as the same links stand in a list of names for keyboards and screen readers.
    """
    image = f'<img class="area-map" width="100%" alt="{escape(label)}" src="{data_address(map_picture(outlines, shown))}">'
    spots = "".join(_spot(outlines, area, shown.names[area], link) for area, link in shown.links.items() if area in outlines.areas)
    return f'<div class="spotted">{image}<div aria-hidden="true">{spots}</div></div>' if spots else image


def _spot(outlines: Boundaries, area: str, name: str, link: str) -> str:
    """A link on an area: as much of the box around its largest outline as an oval fills. Outlines themselves would be too many bytes."""
    xs, ys = zip(*max(outlines.rings(area), key=len), strict=True)
    across, down = (OVAL * (max(along) - min(along)) / whole for along, whole in ((xs, outlines.width), (ys, outlines.height)))
    middle = (min(xs) + max(xs)) / 2 / outlines.width, (min(ys) + max(ys)) / 2 / outlines.height
    left, top, wide, high = map(percent, (*middle, across, down))
    box = f"left:{left};top:{top};width:{wide};height:{high}"
    return f'<a href="{escape(link)}" title="{escape(name)}" tabindex="-1" style="{box}"></a>'


def map_picture(outlines: Boundaries, shown: Shown) -> str:
    """The map as an SVG that stands alone and scales as a whole, for what is printed or projected; it holds no letters."""
    paths = "".join(_area(outlines, area, shown, "") for area in outlines.areas)
    ring = "" if not (shown.chosen and shown.verdicts) else _ring(*_middle(outlines, shown.chosen), outlines.width / 45)
    box = f'viewBox="-2 -2 {outlines.width + 4} {outlines.height + 4}"'
    scale = outlines.width / SIGN_ROOM / 10
    signs = "".join(f'<g transform="translate({x:g} {y:g}) scale({scale:.3g})">{sign}</g>' for x, y, sign in _signs(outlines, shown))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{_defs(shown, 3)}<g {_lines(shown, 2)}>{paths}</g>{signs}{ring}</svg>'


def swatch(verdict: str) -> str:
    """The fill of a verdict as the key of a map shows it, with its sign."""
    kind = KINDS[verdict]
    key = HATCH.replace('"hatch"', '"hatch-key"') if kind == "possible" else ""
    fill = FILLS[kind].replace("#hatch", "#hatch-key")
    sign = f'<path transform="translate(13 9)" d="{SIGNS[kind]}" fill="{style.PAPER}" stroke="{style.RUST}"/>' if kind in SIGNS else ""
    box = f'<rect x=".5" y=".5" width="25" height="17" fill="{fill}" stroke="{style.INK}"/>'
    return f'<svg class="swatch" width="26" height="18" aria-hidden="true">{key}{box}{sign}</svg>'


def _defs(shown: Shown, scale: float) -> str:
    hatched = any(KINDS[verdict] == "possible" for verdict in shown.verdicts.values())
    larger = HATCH.replace("rotate(-45)", f"rotate(-45) scale({scale:g})")
    return f"<defs>{larger}</defs>" if hatched else ""


def _stretched(outlines: Boundaries, shown: Shown) -> str:
    keeps = ' vector-effect="non-scaling-stroke"'
    inner = "".join(_area(outlines, area, shown, keeps) for area in outlines.areas)
    box = f'viewBox="0 0 {outlines.width} {outlines.height}" preserveAspectRatio="none" width="100%" height="100%"'
    return f'<svg {box} overflow="visible" {_lines(shown, 1)}>{inner}</svg>'


def _lines(shown: Shown, wide: float) -> str:
    """The look of every outline, so many pixels wide."""
    return f'stroke="{style.INK if shown.verdicts else style.PAPER}" stroke-width="{wide:g}" stroke-linejoin="round"'


def _area(outlines: Boundaries, area: str, shown: Shown, keeps: str) -> str:
    name, verdict = shown.names.get(area, ""), shown.verdicts.get(area, "")
    fill = FILLS[KINDS[verdict]] if verdict else style.BLUE if area == shown.chosen else shown.fill if name else style.SHADE
    drawn = path_of(outlines.rings(area), (1, 1), f'fill="{fill}"{keeps}', closed=True)
    label = ": ".join(filter(None, (name, verdict)))
    titled = drawn.replace("/>", f"><title>{escape(label)}</title></path>") if label and keeps else drawn
    link = shown.links.get(area, "")
    return f'<a href="{escape(link)}" aria-label="{escape(label)}">{titled}</a>' if link and keeps else titled


def _signs(outlines: Boundaries, shown: Shown) -> Iterator[tuple[float, float, str]]:
    """The shape of a clear verdict other than an improvement, and where it stands, so that a copy in grey says the same."""
    for area, verdict in shown.verdicts.items():
        sign = SIGNS.get(KINDS[verdict])
        if sign and area in outlines.areas and area != shown.chosen:
            yield *_middle(outlines, area), f'<path d="{sign}" fill="{style.PAPER}" stroke="{style.RUST}"/>'


def _pointed_out(outlines: Boundaries, shown: Shown) -> str:
    """The ring, and a line straight out of the map to the name above or below it, whichever is nearer."""
    if not shown.chosen:
        return ""
    x, y = _middle(outlines, shown.chosen)
    across, down = percent(x / outlines.width), percent(y / outlines.height)
    below = y > outlines.height / 2
    end, name = ("100%" if below else "0"), shown.names.get(shown.chosen, shown.chosen)
    anchor = _anchor(x / outlines.width, width(name, NAME_SIZE, bold=True))
    line = f'<line x1="{across}" x2="{across}" y1="{down}" y2="{end}"'
    leader = f'{line} stroke="{style.PAPER}" stroke-width="4"/>{line} stroke="{style.INK}" stroke-width="1.2"/>'
    look = f'text-anchor="{anchor}" font-size="{NAME_SIZE}" font-weight="700" fill="{style.INK}"'
    label = words(name, 0, NAME_ROOM - 6 if below else 6 - NAME_ROOM + NAME_SIZE * 0.7, look)
    return leader + _put(outlines, x, y, _ring(0, 0, RING)) + f'<svg x="{across}" y="{end}" overflow="visible">{label}</svg>'


def _anchor(x: float, long: float) -> str:
    """The side of its line that a name stands on, so that it ends inside the narrowest map."""
    at = x * SMALLEST
    if long / 2 <= at <= SMALLEST - long / 2:
        return "middle"
    return "start" if at < SMALLEST / 2 else "end"


def _ring(x: float, y: float, radius: float) -> str:
    at = f'cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{style.PAPER}"'
    halo = f'<circle {at} stroke="{style.PAPER}" stroke-width="{radius * 0.85:.1f}"/>'
    return f'{halo}<circle {at} stroke="{style.INK}" stroke-width="{radius * 0.42:.1f}"/>'


def _put(outlines: Boundaries, x: float, y: float, inner: str) -> str:
    return f'<svg x="{percent(x / outlines.width)}" y="{percent(y / outlines.height)}" overflow="visible">{inner}</svg>'


def _middle(outlines: Boundaries, area: str) -> tuple[float, float]:
    """A place well inside the area: the middle of the widest of several level cuts through it."""
    rings = outlines.rings(area)
    ys = [y for ring in rings for _, y in ring]
    low, high = min(ys), max(ys)
    cuts = [cut for step in range(2, 9) for cut in _cuts(rings, low + (high - low) * step / 10 + 0.01)]
    left, right, y = max(cuts, key=lambda cut: cut[1] - cut[0])
    return (left + right) / 2, y


def _cuts(rings: list[list[tuple[int, int]]], y: float) -> Iterator[tuple[float, float, float]]:
    crossed = []
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > y) != (y2 > y):
                crossed.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    crossed.sort()
    yield from ((left, right, y) for left, right in zip(crossed[::2], crossed[1::2], strict=False))
