"""
The plain template: `measure,place,period,value,base,note`, for figures that no open file holds.

One row a figure. `measure` is the id of a measure whose source is the template, `place` an id, a name or a
GSS code, `period` a month such as 2025-03, `value` in the measure's unit, `base` the number it rests on or empty.
"""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import LEVELS, Dataset, Place
from metrics.ingest.contract import Account, Tidy, frame
from metrics.ingest.reading import OUTSIDE, downwards, expect_header, order_of, period_of, place_of

HEADER = ["measure", "place", "period", "value", "base", "note"]


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """Tidy rows of one or more template files."""
    account, records, seen, located = Account(), [], {}, []
    for file in files:
        lines = {}
        sheet = csv_reader.read(file, final_newline=False)
        expect_header(sheet, HEADER, "the template")
        order = order_of(sheet, HEADER.index("period"))
        for line, cells in sheet.rows:
            row = _row(sheet, line, cells, dataset, places, order)
            if row[:3] in seen:
                raise sheet.refuse(f"{', '.join(row[:3])} stands twice (also on line {seen[row[:3]]})", line)
            seen[row[:3]], lines[row[:3]] = line, [line]
            records.append(row)
            account.notes += [f"{', '.join(row[:3])}: {cells[5].strip()}"] if cells[5].strip() else []
        located.append(downwards(file, HEADER.index("value") + 1, lines))
    account.rows_read, account.mapped = len(records), {row[0]: row[0] for row in records}
    return Tidy(frame(records), account, partial=True, source_cells=tuple(located))


def _row(sheet, line, cells, dataset, places, order) -> tuple:
    measure = cells[0].strip()
    if measure not in dataset.series:
        raise sheet.refuse(f"{measure!r} takes no figures from the template; these do: {', '.join(sorted(dataset.series))}", line)
    place = place_of(sheet.file, line, cells[1], places, (*LEVELS, OUTSIDE)).id
    value = csv_reader.decimal(sheet, line, cells[3], "value")
    base = csv_reader.decimal(sheet, line, cells[4], "base") if cells[4].strip() else None
    return measure, place, period_of(sheet, line, cells[2], order), value, base
