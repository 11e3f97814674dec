"""The map of the areas as pages show it: their outlines where they are held, else tiles of one size."""

from collections.abc import Callable, Iterable, Mapping
from html import escape

from metrics.charts.render import area_map as outlined
from metrics.domain import Place
from metrics.domain.boundaries import Boundaries
from metrics.outputs.page.piece import Piece
from metrics.outputs.page.tile_map import tile_map


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
    shown = outlined.Shown(names, links={} if image else {name: to(name) for name in names})
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
