"""Reading `wards.csv`: every ward once, each in an area that `places.csv` knows."""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Place, Ward

NAME = "wards.csv"
COLUMNS = ["code", "name", "area", "households", "residents"]


def read(data: Path, places: dict[str, Place]) -> dict[str, Ward]:
    """
    Every ward by its code, in the order of areas and names; none where the force has not brought any.

    Raises
    ------
    Refused
        A header, area or number that is not understood, a code that stands twice, or two wards of one name in an area.
    """
    path = data / NAME
    if not path.exists():
        return {}
    sheet = csv_reader.read(path)
    if sheet.header != COLUMNS:
        raise sheet.refuse(f"the header must be {','.join(COLUMNS)}", 1)
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
    households, residents = (csv_reader.whole(sheet, line, text, column) for text, column in zip(numbers, COLUMNS[3:], strict=True))
    return Ward.of(code, name, area, households, residents)
