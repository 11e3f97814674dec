"""
The wards of the areas, from the Census file of households and residents by ward: the list that every ward figure is held against.

And the live postcodes in them, from Ordnance Survey's Code-Point Open: nothing is left out and nothing made up.
"""

from collections import defaultdict
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.definitions.force_file import WARD_HEADER
from metrics.domain import Place, Ward
from metrics.domain.geography import parts
from metrics.ingest.reading import columns

WARD_COLUMNS = {
    "district": {"lad"}, "code": {"ward"}, "name": {"ward_name"}, "households": {"households_2021"},
    "residents": {"residents_2021_estimate"},
}
POSTCODE_COLUMNS = {"postcode": {"postcode"}, "district": {"lad"}, "ward": {"ward"}}


def as_text(file: Path, places: dict[str, Place]) -> str:
    """
    The text of `wards.csv` for the wards of every area that `places` knows, in the order of their codes.

    Raises
    ------
    Refused
        Another header, a district that is no area, or a number that is none.
    """
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
    """
    The inward codes of a file by outward code and ward.

    Raises
    ------
    Refused
        Another header, a postcode that is none or stands twice, a ward that is not known or lies in another district.
    """
    sheet = csv_reader.read(file)
    where = columns(sheet, POSTCODE_COLUMNS, "postcodes")
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for line, cells in sheet.rows:
        text, district, ward = (cells[where[part]].strip() for part in POSTCODE_COLUMNS)
        code = parts(text)
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
