"""
The plain template: `measure,place,period,value,base,note`, for figures that no open file holds.

One row a figure. `measure` is the id of a measure whose source is the template, `place` an id, a name or a
GSS code, `period` a month such as 2025-03, `value` in the measure's unit, `base` the number it rests on or empty.
"""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused, periods
from metrics.domain.place_names import place_named
from metrics.ingest.contract import Account, Tidy, frame

HEADER = ["measure", "place", "period", "value", "base", "note"]


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one or more template files.

    Raises
    ------
    Refused
        Another header, a measure that does not take template figures, an unknown place or period,
        no number, a percentage above 100, or a row that stands twice.
    """
    account, records, seen = Account(), [], {}
    for file in files:
        sheet = csv_reader.read(file, final_newline=False)
        if [name.lower() for name in sheet.header] != HEADER:
            raise sheet.refuse(f"header not known for the template; expected {','.join(HEADER)}", 1)
        for line, cells in sheet.rows:
            row = _row(sheet, line, cells, dataset, places)
            if row[:3] in seen:
                raise sheet.refuse(f"{', '.join(row[:3])} stands twice (also on line {seen[row[:3]]})", line)
            seen[row[:3]] = line
            records.append(row)
            account.notes += [f"{', '.join(row[:3])}: {cells[5].strip()}"] if cells[5].strip() else []
    account.rows_read, account.first, account.last = len(records), min(r[2] for r in records), max(r[2] for r in records)
    account.mapped = {row[0]: row[0] for row in records}
    return Tidy(frame(records), account)


def _row(sheet, line, cells, dataset, places) -> tuple:
    measure = cells[0].strip()
    if measure not in dataset.series:
        raise sheet.refuse(f"{measure!r} takes no figures from the template; these do: {', '.join(sorted(dataset.series))}", line)
    try:
        place, period = place_named(places, cells[1]).id, periods.parse(cells[2])
    except (Refused, ValueError) as error:
        raise sheet.refuse(str(error), line) from error
    value = csv_reader.decimal(sheet, line, cells[3], "value")
    if "percent" in dataset.series[measure] and value > 100:
        raise sheet.refuse(f"{value:g} is above 100 per cent", line)
    base = csv_reader.decimal(sheet, line, cells[4], "base") if cells[4].strip() else None
    return measure, place, period, value, base
