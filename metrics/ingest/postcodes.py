"""The live postcodes of the areas and their wards, from Ordnance Survey's Code-Point Open: nothing is left out and nothing made up."""

from collections import defaultdict
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Place, Ward
from metrics.domain.postcodes import parts
from metrics.ingest.reading import columns

WANTED = {"postcode": {"postcode"}, "district": {"lad"}, "ward": {"ward"}}


def by_ward(file: Path, wards: dict[str, Ward], places: dict[str, Place]) -> dict[tuple[str, str], list[str]]:
    """
    The inward codes of a file by outward code and ward.

    Raises
    ------
    Refused
        Another header, a postcode that is none or stands twice, a ward that is not known or lies in another district.
    """
    sheet = csv_reader.read(file)
    where = columns(sheet, WANTED, "postcodes")
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for line, cells in sheet.rows:
        text, district, ward = (cells[where[part]].strip() for part in WANTED)
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
