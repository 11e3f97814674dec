"""The map of the areas as pages show it: their outlines where they are held, else tiles of one size."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from metrics.charts import style
from metrics.charts.render import area_map as outlined
from metrics.charts.render import chips
from metrics.charts.render.spark import data_address
from metrics.domain import Place
from metrics.domain.geography import Boundaries
from metrics.outputs.page.templating import Piece


def small(outlines: Boundaries | None, areas: Iterable[Place], chosen: Place, label: str, *, image: bool) -> Piece:
    """Where one area lies, without a letter."""
    if outlines is None:
        return tile_map(areas, label, chosen=chosen.id, image=image)
    shown = outlined.Shown(_names(areas), chosen=chosen.id)
    if image:
        return Piece(f'<div class="map">{outlined.map_image(outlines, shown, label)}</div>')
    return Piece(f'<div class="map" role="img" aria-label="{escape(label)}">{outlined.map_picture(outlines, shown)}</div>')


def picker(outlines: Boundaries | None, areas: Iterable[Place], to: Callable[[str], str], label: str, *, image: bool) -> Piece:
    """The map on which an area is chosen; as an image it leads nowhere, and the list beside it does."""
    if outlines is None:
        return tile_map(areas, label, to=None if image else to, image=image)
    names = _names(areas)
    shown = outlined.Shown(names, links={} if image else {name: to(name) for name in names}, fill=style.MIST)
    return _whole(outlines, shown, label, image=image)


def by_answer(
    outlines: Boundaries | None, areas: Iterable[Place], verdicts: Mapping[str, str], chosen: str, label: str, *, image: bool
) -> Piece:
    """Every area filled by what is found there, one of them pointed out."""
    if outlines is None:
        return tile_map(areas, label, chosen=chosen, verdicts=verdicts, image=image)
    names = _names(areas)
    return _whole(outlines, outlined.Shown(names, verdicts, chosen=chosen if chosen in names else ""), label, image=image)


def _whole(outlines: Boundaries, shown: outlined.Shown, label: str, *, image: bool) -> Piece:
    draw = outlined.map_image if image else outlined.area_map
    return Piece(f'<div class="map">{draw(outlines, shown, label)}</div>')


def _names(areas: Iterable[Place]) -> dict[str, str]:
    return {area.id: area.name for area in areas}


SIDE, GAP = 40, 4
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

    `verdicts`: what is found, by area: the tiles are filled by it.
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
    fill = outlined.FILLS[chips.KINDS[verdicts[area.id]]] if area.id in verdicts else style.BLUE if area.id == chosen else style.RULE
    outline = f' stroke="{style.INK}" stroke-width="{4 if area.id == chosen else 1}"' if verdicts else ""
    spot = f'x="{_edge(area.column - 1) + GAP}" y="{_edge(area.row - 1) + GAP}" width="{SIDE}" height="{SIDE}" rx="3"'
    drawn = f'<rect {spot} fill="{fill}"{outline}><title>{escape(area.name)}</title></rect>'
    return f'<a href="{escape(to(area.id))}" aria-label="{escape(area.name)}">{drawn}</a>' if to else drawn


def _edge(tiles: int) -> int:
    return tiles * (SIDE + GAP)
