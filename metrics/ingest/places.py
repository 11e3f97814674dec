"""
The lists and outlines of places, from publishers' files: wards and their live postcodes, places most like an area, outlines for a map.

Wards come from the Census file of households and residents by ward, postcodes from Ordnance Survey's Code-Point Open, nothing left out
and nothing made up; nearest neighbours as the Office for National Statistics lists them. Outlines are TopoJSON, brought to a small grid and
simplified border by border: a border between two areas is one arc of the file, and each arc keeps its ends, so that neighbours still meet.
GeoJSON or a shapefile becomes TopoJSON with mapshaper (`-o format=topojson`).
"""

import json
import math
from collections import defaultdict
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.definitions.csv_reader import Sheet
from metrics.definitions.force_file import WARD_HEADER
from metrics.domain import Place, Refused, Ward
from metrics.domain.geography import Boundaries, Likeness, postcode_parts
from metrics.ingest.reading import columns

WARD_COLUMNS = {
    "district": {"lad"}, "code": {"ward"}, "name": {"ward_name"}, "households": {"households_2021"},
    "residents": {"residents_2021_estimate"},
}
POSTCODE_COLUMNS = {"postcode": {"postcode"}, "district": {"lad"}, "ward": {"ward"}}


def as_text(file: Path, places: dict[str, Place]) -> str:
    """The text of `wards.csv` for the wards of every area that `places` knows, in the order of their codes."""
    sheet = csv_reader.read(file)
    where = columns(sheet, WARD_COLUMNS, "wards")
    ids = {place.code: place.id for place in places.values() if place.code and place.level in ("area", "elsewhere")}
    lines = []
    for line, cells in sheet.rows:
        row = {part: cells[index].strip() for part, index in where.items()}
        if row["district"] not in ids:
            raise sheet.refuse(f"{row['district']} is the code of no area in places.csv", line)
        numbers = [str(csv_reader.whole(sheet, line, row[part], part)) for part in ("households", "residents")]
        lines.append(",".join([row["code"], _quoted(row["name"]), ids[row["district"]], *numbers]))
    return "\n".join([",".join(WARD_HEADER), *sorted(lines)]) + "\n"


def _quoted(name: str) -> str:
    return f'"{name}"' if "," in name else name


def postcodes_by_ward(file: Path, wards: dict[str, Ward], places: dict[str, Place]) -> dict[tuple[str, str], list[str]]:
    """The inward codes of a file by outward code and ward."""
    sheet = csv_reader.read(file)
    where = columns(sheet, POSTCODE_COLUMNS, "postcodes")
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for line, cells in sheet.rows:
        text, district, ward = (cells[where[part]].strip() for part in POSTCODE_COLUMNS)
        code = postcode_parts(text)
        if code is None or not code[1]:
            raise sheet.refuse(f"{text!r} is no postcode", line)
        if code in seen:
            raise sheet.refuse(f"{text} stands twice", line)
        if ward not in wards:
            raise sheet.refuse(f"{text}: {ward!r} is no ward of wards.csv: another country, or another year?", line)
        if places[wards[ward].area].code != district:
            raise sheet.refuse(f"{text}: {ward} lies in {places[wards[ward].area].name}, and {district} stands beside it", line)
        seen.add(code)
        grouped[code[0], ward].append(code[1])
    return dict(grouped)


WANTED = {"model": {"type"}, "place": {"lad"}, "rank": {"rank_of_20", "rank"}, "neighbour": {"neighbour_lad"}}
TITLES = {"global": "overall, in society and economy", "demographic": "in who lives there", "economic": "in their economy"}
"""What each of the publisher's models compares, the one that pages show first."""


def by_model(file: Path, places: dict[str, Place]) -> tuple[int, dict[str, Likeness]]:
    """How many neighbours each place has in the file, and by model those of each area that are areas too, in the file's order."""
    sheet = csv_reader.read(file)
    ids = {place.code: place.id for place in places.values() if place.level == "area"}
    ranked = _ranked(sheet, columns(sheet, WANTED, "neighbours"))
    listed = max(len(ranks) for ranks in ranked.values())
    for (model, code), ranks in ranked.items():
        if sorted(ranks) != list(range(1, listed + 1)):
            raise sheet.refuse(f"{model}, {code}: the neighbours are not numbered from 1 to {listed}", None)
    return listed, {model: Likeness(title, _areas(sheet, model, ranked, ids)) for model, title in TITLES.items()}


def _ranked(sheet: Sheet, where: dict[str, int]) -> dict[tuple[str, str], dict[int, str]]:
    """The neighbours of every place by model and by their number."""
    ranked: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for line, cells in sheet.rows:
        model, place, rank, neighbour = (cells[where[part]].strip() for part in WANTED)
        if model not in TITLES:
            raise sheet.refuse(f"{model!r} is no model that is known: {', '.join(TITLES)}", line)
        number, ranks = csv_reader.whole(sheet, line, rank, "rank"), ranked[model, place]
        if number in ranks or neighbour in ranks.values():
            raise sheet.refuse(f"{model}, {place}: {neighbour} or its number, {number}, stands twice", line)
        ranks[number] = neighbour
    return ranked


def _areas(sheet: Sheet, model: str, ranked: dict[tuple[str, str], dict[int, str]], ids: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The neighbours of each area that are areas too."""
    for code, area in ids.items():
        if (model, code) not in ranked:
            raise sheet.refuse(f"{model}: {area} ({code}) is not in the file", None)
    return {
        area: tuple(ids[neighbour] for _, neighbour in sorted(ranked[model, code].items()) if neighbour in ids)
        for code, area in ids.items()
    }


def simplified(path: Path, ids: dict[str, str], *, source: str, licence: str, width: int, tolerance: float) -> Boundaries:
    """
    The outlines of a TopoJSON file in degrees.

    `ids`: the id of each place by the code that the file's areas carry in any of their properties; other areas go by that property's code.
    `width`: how many units of the grid the map is wide; a degree is as long in x as in y at the middle of the map.
    `tolerance`: how far a simplified border may leave the publisher's, in units of the grid.
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
