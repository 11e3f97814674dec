"""Force strength: officers, staff and PCSOs in post, one row a month, for the whole force."""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, periods, total_of
from metrics.ingest.contract import Account, Tidy, frame, plain, series_by_name
from metrics.ingest.reading import check_unsorted, downwards, named, only, period_of


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """Tidy rows of one release: people in post at the end of each month, for the whole force."""
    sheet = csv_reader.read(only(files))
    series, total = _series(sheet, dataset), total_of(places).id
    records, months = [], []
    check_unsorted(sheet, series)
    for line, cells in sheet.rows:
        months.append(period_of(sheet, line, cells[0]))
        if months[1:] and months[-1] != periods.shift(months[-2], 1):
            raise sheet.refuse(f"{cells[0]!r} does not follow {months[-2]}: a month is skipped or repeated", line)
        for i, name in series.items():
            records.append((name, total, months[-1], csv_reader.whole(sheet, line, cells[i], sheet.header[i]), None))
    mapped = {sheet.header[i]: name for i, name in series.items()}
    lines = {month: [line] for month, (line, _) in zip(months, sheet.rows, strict=True)}
    located = [downwards(sheet.file, i + 1, {(name, total, month): at for month, at in lines.items()}) for i, name in series.items()]
    return Tidy(frame(records), Account(rows_read=len(sheet.rows), mapped=mapped), source_cells=tuple(located))


def _series(sheet: csv_reader.Sheet, dataset: Dataset) -> dict[int, str]:
    known = series_by_name(dataset)
    names = [plain(name) for name in named(sheet)]
    if names[0] != "date" or set(names[1:]) != set(known):
        raise sheet.refuse(f"header not known for force strength: {','.join(sheet.header)[:80]!r}; expected Date,{','.join(known)}", 1)
    return {i: known[name] for i, name in enumerate(names) if i}
