"""Reading the places of a force: `force.yaml`, `places.csv`, with names that cannot be confused, and `wards.csv`, each in a known area."""

import math
from dataclasses import replace
from pathlib import Path

from metrics.definitions import csv_reader, yaml_file
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import PLACE_LEVELS, Force, Place, Refused, Ward
from metrics.domain.names import keys_of

COLUMNS = ["id", "name", "level", "code", "unit", "row", "column", "aliases"]
NUMBERS = ("row", "column")


def _read_places(path: Path, force: Force) -> dict[str, Place]:
    """
    Every place by id: the whole force area, the units, the areas by name, then what files hold besides.

    Raises Refused: a header, cell, level or unit that is not understood; an id, name, alias, code or tile that two places share.
    """
    sheet = csv_reader.read(path)
    if sheet.header != COLUMNS:
        raise sheet.refuse(f"the header must be {','.join(COLUMNS)}", 1)
    spots = [_spot(path, line, cells) for line, cells in sheet.rows]
    places = [(noun(Place, spot), spot) for spot in spots]
    _check_shared(places)
    _check_total(path, places, force)
    _check_areas(path, places)
    ordered = sorted((place for place, _ in places), key=lambda place: (PLACE_LEVELS.index(place.level), place.name))
    return {place.id: replace(place, called=_called(place, force)) for place in _with_tiles(ordered)}


def _called(place: Place, force: Force) -> str:
    """What such a place is called; nothing where the force has no word for it."""
    level = "area" if place.level == "elsewhere" else place.level
    return force.levels[level].singular.lower() if level in force.levels else ""


def _with_tiles(places: list[Place]) -> list[Place]:
    """The places; where no area has a tile on the map, the areas fill a square in their order."""
    areas = [place.id for place in places if place.level == "area"]
    if any(place.row for place in places) or not areas:
        return places
    width = math.ceil(math.sqrt(len(areas)))
    tiles = {name: divmod(number, width) for number, name in enumerate(areas)}
    return [replace(place, row=tiles[place.id][0] + 1, column=tiles[place.id][1] + 1) if place.id in tiles else place for place in places]


def _spot(path: Path, line: int, cells: list[str]) -> Spot:
    """One row as the mapping that it stands for; an empty cell is a field left out."""
    row = Fields({name: cell.strip() for name, cell in zip(COLUMNS, cells, strict=True) if cell.strip()})
    row.line, row.lines = line, dict.fromkeys(row, line)
    spot = Spot(row, path, line)
    for name, cell in row.items():
        if cell[0] in "=+-@":
            spot.at(name).refuse(f"begins like a spreadsheet formula: {cell[:40]!r}")
    row.update(
        {name: int(row[name]) for name in NUMBERS if row.get(name, "").isascii() and row.get(name, "").isdigit()}
    )
    if "aliases" in row:
        row["aliases"] = Items(alias.strip() for alias in row["aliases"].split("|"))
        row["aliases"].lines = [line] * len(row["aliases"])
    return spot


def _check_shared(places: list[tuple[Place, Spot]]) -> None:
    claimed: dict[object, int] = {}
    for place, spot in places:
        tile = [(place.row, place.column)] if place.row else []
        for claim in sorted(keys_of(place)) + tile:
            line = claimed.setdefault(claim, spot.line)
            if line != spot.line:
                what = f"the tile at row {place.row}, column {place.column}" if claim in tile else repr(claim)
                spot.refuse(f"{place.name}: {what} already belongs to line {line}")


def _check_total(path: Path, places: list[tuple[Place, Spot]], force: Force) -> None:
    whole = [place for place, _ in places if place.level == "force"]
    if [place.id for place in whole] != [force.total]:
        raise Refused(f"one place, and only one, has the level force, and its id is {force.total}, as force.yaml says", file=path)
    if whole[0].name != force.total_name:
        raise Refused(f"{force.total} is called {whole[0].name}, and force.yaml calls it {force.total_name}", file=path)


def _check_areas(path: Path, places: list[tuple[Place, Spot]]) -> None:
    """Refuse a file without areas, one where some areas have a tile and some have none, and a unit that leads nowhere."""
    areas = [(place, spot) for place, spot in places if place.level == "area"]
    if not areas:
        raise Refused("no place has the level area", file=path)
    units = [place.code for place, _ in places if place.level == "unit"]
    tiled = any(place.row for place, _ in areas)
    for place, spot in areas:
        if tiled and not (place.row and place.column):
            spot.refuse("row, column: missing, and other areas have a tile on the map: all have one, or none")
        if place.unit and place.unit not in units:
            spot.at("unit").refuse(f"{place.unit!r} is not the code of a unit: {', '.join(units) or 'there are none'}")


WARDS = "wards.csv"
WARD_HEADER = ["code", "name", "area", "households", "residents"]


def read_wards(data: Path, places: dict[str, Place]) -> dict[str, Ward]:
    """
    Every ward by its code, in the order of areas and names; none where the force has not brought any.

    Raises Refused: a header, area or number that is not understood, a code that stands twice, or two wards of one name in an area.
    """
    path = data / WARDS
    if not path.exists():
        return {}
    sheet = csv_reader.read(path)
    if sheet.header != WARD_HEADER:
        raise sheet.refuse(f"the header must be {','.join(WARD_HEADER)}", 1)
    seen: dict[object, int] = {}
    wards = []
    for line, cells in sheet.rows:
        ward = _ward(sheet, line, cells, places)
        for key, what in ((ward.code, ward.code), ((ward.area, ward.name), f"{ward.name} in {ward.area}")):
            if seen.setdefault(key, line) != line:
                raise sheet.refuse(f"{what} already stands in line {seen[key]}", line)
        wards.append(ward)
    return {ward.code: ward for ward in sorted(wards, key=lambda ward: (ward.area, ward.name))}


def _ward(sheet: csv_reader.Sheet, line: int, cells: list[str], places: dict[str, Place]) -> Ward:
    code, name, area, *numbers = (cell.strip() for cell in cells)
    if not (code and name):
        raise sheet.refuse("a ward has a code and a name", line)
    if area not in places or places[area].level not in ("area", "elsewhere"):
        raise sheet.refuse(f"{area!r} is no area of places.csv", line)
    households, residents = (csv_reader.whole(sheet, line, text, column) for text, column in zip(numbers, WARD_HEADER[3:], strict=True))
    return Ward(code, name, "ward", code, area=area, households=households, residents=residents)


FORCE, PLACES = "force.yaml", "places.csv"
NEEDED = ("force", "area")


def read(data: Path) -> tuple[Force, dict[str, Place]]:
    """
    The force, and every place by id.

    Raises Refused: a field unknown, missing or of the wrong kind, a level without a name, or a place that does not fit the force.
    """
    path = data / FORCE
    value = yaml_file.load(path)
    spot = Spot(value, path, value.line)
    force = noun(Force, spot)
    places = _read_places(data / PLACES, force)
    for index, name in enumerate(force.visited):
        if name not in places:
            spot.at("visited").at(index).refuse(f"no place has the id {name!r}")
    for level in sorted({*NEEDED, *(place.level for place in places.values() if place.level == "unit")} - force.levels.keys()):
        spot.at("levels").refuse(f"{level!r} is missing: say what such a place is called")
    return force, places
