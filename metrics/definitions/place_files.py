"""Reading `places.csv`: every place once, with names that cannot be confused."""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_reader import Fields, Items
from metrics.domain import PLACE_LEVELS, Place, Refused
from metrics.domain.place_names import keys_of

COLUMNS = ["id", "name", "level", "code", "unit", "row", "column", "aliases"]
NUMBERS = ("row", "column")


def read(path: Path) -> dict[str, Place]:
    """
    Every place by id: London, the command units, the boroughs by name, then the areas outside them.

    Raises
    ------
    Refused
        A header, cell, level or unit that is not understood; an id, name, alias, code or tile that two places share.
    """
    sheet = csv_reader.read(path)
    if sheet.header != COLUMNS:
        raise sheet.refuse(f"the header must be {','.join(COLUMNS)}", 1)
    spots = [_spot(path, line, cells) for line, cells in sheet.rows]
    places = [(noun(Place, spot), spot) for spot in spots]
    _check_shared(places)
    _check_boroughs(path, places)
    ordered = sorted((place for place, _ in places), key=lambda place: (PLACE_LEVELS.index(place.level), place.name))
    return {place.id: place for place in ordered}


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


def _check_boroughs(path: Path, places: list[tuple[Place, Spot]]) -> None:
    if [place.id for place, _ in places if place.level == "london"] != ["london"]:
        raise Refused("one place, and only one, has the level london, and its id is london", file=path)
    units = [place.code for place, _ in places if place.level == "unit"]
    for place, spot in places:
        if place.level != "borough":
            continue
        for name in ("code", "unit", "row", "column"):
            if not getattr(place, name):
                spot.refuse(f"{name}: missing, every borough has one")
        if place.unit not in units:
            spot.at("unit").refuse(f"{place.unit!r} is not the code of a command unit: {', '.join(units)}")
