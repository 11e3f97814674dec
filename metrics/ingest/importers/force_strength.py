"""Force strength: officers, staff and PCSOs in post, one row a month, for the whole force."""

from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, periods
from metrics.ingest.contract import Account, Tidy, frame, plain, series_by_name


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release: people in post at the end of each month, London level.

    Raises
    ------
    Refused
        More than one file, an unknown column, a month not understood, out of order or repeated, or no count.
    """
    sheet = csv_reader.read(_only(files))
    series = _series(sheet, dataset)
    records, months = [], []
    for line, cells in sheet.rows:
        month = _month(sheet, line, cells[0])
        if months and month != periods.shift(months[-1], 1):
            raise sheet.refuse(f"{cells[0]!r} does not follow {months[-1]}: a month is skipped or repeated", line)
        months.append(month)
        records += [
            (name, "london", month, csv_reader.whole(sheet, line, cells[i], sheet.header[i]), None)
            for i, name in series.items()
        ]
    account = Account(rows_read=len(sheet.rows), first=months[0], last=months[-1])
    account.mapped = {sheet.header[i]: name for i, name in series.items()}
    return Tidy(frame(records), account)


def _only(files: list[Path]) -> Path:
    if len(files) != 1:
        raise csv_reader.Refused("force strength is one file; import one at a time", file=files[1])
    return files[0]


def _series(sheet: csv_reader.Sheet, dataset: Dataset) -> dict[int, str]:
    known = series_by_name(dataset)
    names = [plain(name) for name in sheet.header]
    if names[0] != "date" or set(names[1:]) != set(known):
        raise sheet.refuse(f"header not known for force strength: {','.join(sheet.header)[:80]!r}", 1)
    return {i: known[name] for i, name in enumerate(names) if i}


def _month(sheet: csv_reader.Sheet, line: int, text: str) -> str:
    try:
        return periods.parse(text)
    except ValueError as error:
        raise sheet.refuse(str(error), line) from error
