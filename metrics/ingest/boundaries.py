"""
Outlines for a map from a publisher's TopoJSON: brought to a small grid and simplified border by border.

A border between two areas is one arc of the file, and each arc keeps its ends, so that neighbours still meet after simplifying.
Whoever has GeoJSON or a shapefile makes TopoJSON of it with mapshaper (`-o format=topojson`).
"""

import json
import math
from pathlib import Path

from metrics.domain import Refused
from metrics.domain.geography import Boundaries

WIDTH = 1000
TOLERANCE = 3.0
"""How far a simplified border may leave the publisher's, in units of the grid."""


def simplified(
    path: Path, ids: dict[str, str], *, source: str, licence: str, width: int = WIDTH, tolerance: float = TOLERANCE
) -> Boundaries:
    """
    The outlines of a TopoJSON file in degrees.

    Parameters
    ----------
    ids
        The id of each place by the code that the file's areas carry in any of their properties; other areas go by that property's code.
    width
        How many units of the grid the map is wide; a degree is as long in x as in y at the middle of the map.

    Raises
    ------
    Refused
        Not TopoJSON, or none of the codes is in it.
    """
    topology = _read(path)
    arcs = [_simple(arc, tolerance) for arc in _on_grid(_absolute(topology), width)]
    (collection,) = list(topology["objects"].values())[:1]
    areas = {_name(geometry, ids): _rings(geometry) for geometry in collection["geometries"]}
    if not set(areas) & set(ids.values()):
        raise Refused("none of its areas carries the code of a place in places.csv", file=path)
    height = max(y for arc in arcs for _, y in arc)
    return Boundaries(source, licence, width, height, tuple(map(tuple, arcs)), dict(sorted(areas.items())))


def _read(path: Path) -> dict:
    try:
        topology = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"not a TopoJSON file: {error}", file=path) from None
    if not isinstance(topology, dict) or topology.get("type") != "Topology" or not topology.get("objects"):
        raise Refused("not a TopoJSON file: no topology in it", file=path)
    return topology


def _absolute(topology: dict) -> list[list[tuple[float, float]]]:
    """Arcs in degrees, from the steps that a quantised file is written in."""
    if "transform" not in topology:
        return [[(x, y) for x, y in arc] for arc in topology["arcs"]]
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        arcs.append(arc)
    return arcs


def _on_grid(arcs: list[list[tuple[float, float]]], width: int) -> list[list[tuple[int, int]]]:
    xs, ys = [x for arc in arcs for x, _ in arc], [y for arc in arcs for _, y in arc]
    squeeze = math.cos(math.radians((min(ys) + max(ys)) / 2))
    unit = width / ((max(xs) - min(xs)) * squeeze)
    return [[(round((x - min(xs)) * squeeze * unit), round((max(ys) - y) * unit)) for x, y in arc] for arc in arcs]


def _simple(arc: list[tuple[int, int]], tolerance: float) -> list[tuple[int, int]]:
    """An arc without the places that lie within the tolerance of a straight line (Douglas and Peucker); a closed one keeps a middle."""
    if len(arc) < 3:
        return arc
    if arc[0] == arc[-1]:
        middle = max(range(len(arc)), key=lambda at: math.dist(arc[0], arc[at]))
        return _simple(arc[: middle + 1], tolerance)[:-1] + _simple(arc[middle:], tolerance)
    far, at = max((_distance(place, arc[0], arc[-1]), index) for index, place in enumerate(arc[1:-1], start=1))
    if far <= tolerance:
        return [arc[0], arc[-1]]
    return _simple(arc[: at + 1], tolerance)[:-1] + _simple(arc[at:], tolerance)


def _distance(place: tuple[int, int], start: tuple[int, int], end: tuple[int, int]) -> float:
    (x, y), (x1, y1), (x2, y2) = place, start, end
    length = math.dist(start, end)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length if length else math.dist(place, start)


def _name(geometry: dict, ids: dict[str, str]) -> str:
    codes = [str(value) for value in (geometry.get("properties") or {}).values()]
    known = next((ids[code] for code in codes if code in ids), None)
    if known or not codes:
        return known or str(geometry.get("id", ""))
    return next((code for code in codes if any(letter.isdigit() for letter in code)), codes[0])


def _rings(geometry: dict) -> tuple[tuple[int, ...], ...]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return tuple(tuple(ring) for polygon in polygons for ring in polygon)
