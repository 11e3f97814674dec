"""The wards of the areas, from the Census file of households and residents by ward: the list that every ward figure is held against."""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.definitions.ward_file import COLUMNS
from metrics.domain import Place
from metrics.ingest.reading import columns

WANTED = {
    "district": {"lad"}, "code": {"ward"}, "name": {"ward_name"}, "households": {"households_2021"},
    "residents": {"residents_2021_estimate"},
}


def as_text(file: Path, places: dict[str, Place]) -> str:
    """
    The text of `wards.csv` for the wards of every area that `places` knows, in the order of their codes.

    Raises
    ------
    Refused
        Another header, a district that is no area, or a number that is none.
    """
    sheet = csv_reader.read(file)
    where = columns(sheet, WANTED, "wards")
    ids = {place.code: place.id for place in places.values() if place.code and place.level in ("area", "elsewhere")}
    lines = []
    for line, cells in sheet.rows:
        row = {part: cells[index].strip() for part, index in where.items()}
        if row["district"] not in ids:
            raise sheet.refuse(f"{row['district']} is the code of no area in places.csv", line)
        numbers = [str(csv_reader.whole(sheet, line, row[part], part)) for part in ("households", "residents")]
        lines.append(",".join([row["code"], _quoted(row["name"]), ids[row["district"]], *numbers]))
    return "\n".join([",".join(COLUMNS), *sorted(lines)]) + "\n"


def _quoted(name: str) -> str:
    return f'"{name}"' if "," in name else name
