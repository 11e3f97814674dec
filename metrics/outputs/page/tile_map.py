"""A map of areas as tiles of one size, each where it lies: for places whose boundaries are not held, and small enough for a rail."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from metrics.charts import style
from metrics.charts.render import chips
from metrics.charts.render.spark import data_address
from metrics.domain import Place
from metrics.outputs.page.piece import Piece

SIDE, GAP = 40, 4
FILLS = {
    "improvement": style.BLUE, "worsening": style.ORANGE, "rise": style.PLUM, "fall": style.PLUM, "possible": "url(#hatch)",
    "none": style.BAND, "unknown": style.PAPER, "incomparable": style.PAPER,
}
HATCH = (
    f'<defs><pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="8" height="8" fill="{style.PAPER}"/><rect width="2.5" height="8" fill="{style.MUTED}"/></pattern></defs>'
)


def tile_map(
    areas: Iterable[Place], label: str, *, chosen: str = "", verdicts: Mapping[str, str] | None = None,
    to: Callable[[str], str] | None = None, image: bool = False,
) -> Piece:
    """
    The map as one drawing.

    Parameters
    ----------
    label
        What it says to those who do not see it.
    chosen
        The id of the area that is pointed out.
    verdicts
        What is found, by area: the tiles are filled by it.
    to
        Where the tile of an area leads; without it the map is a picture.
    image
        Whether it stands in an image, for pages that take no drawings.
    """
    placed = [area for area in areas if area.row and area.column]
    if not placed:
        return Piece()
    tiles = "".join(_tile(area, chosen, verdicts or {}, to) for area in placed)
    size = f'viewBox="0 0 {_edge(max(area.column for area in placed))} {_edge(max(area.row for area in placed))}"'
    if image:
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{HATCH}{tiles}</svg>'
        return Piece(f'<img class="map" alt="{escape(label)}" src="{data_address(drawn)}">')
    role = "group" if to else "img"
    return Piece(f'<svg class="map" {size} role="{role}" aria-label="{escape(label)}">{HATCH if verdicts else ""}{tiles}</svg>')


def _tile(area: Place, chosen: str, verdicts: Mapping[str, str], to: Callable[[str], str] | None) -> str:
    fill = FILLS[chips.KINDS[verdicts[area.id]]] if area.id in verdicts else style.BLUE if area.id == chosen else style.RULE
    outline = f' stroke="{style.INK}" stroke-width="{4 if area.id == chosen else 1}"' if verdicts else ""
    spot = f'x="{_edge(area.column - 1) + GAP}" y="{_edge(area.row - 1) + GAP}" width="{SIDE}" height="{SIDE}" rx="3"'
    drawn = f'<rect {spot} fill="{fill}"{outline}><title>{escape(area.name)}</title></rect>'
    return f'<a href="{escape(to(area.id))}" aria-label="{escape(area.name)}">{drawn}</a>' if to else drawn


def _edge(tiles: int) -> int:
    """How far so many tiles reach."""
    return tiles * (SIDE + GAP)
