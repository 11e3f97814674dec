"""
The monthly crime dashboard: tall files, one row per month, area and subtype, rows of zero left out.

Borough and ward rows each add up to the full total, so only borough rows are read. Subtypes nest or overlap
and are never added: a series is exactly one crime type, subtype and measure.
"""

from collections import Counter, defaultdict
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.domain import Dataset, Place, Refused, areas_of, total_of
from metrics.ingest.contract import Account, Tidy, frame, plain
from metrics.ingest.reading import AREAS, WITH_OUTSIDE, check_code, check_unsorted, columns, downwards, order_of, period_of, place_of

USUAL = 12
"""Where every other area has as many in the file, one without a row is missing and does not have none."""
COLUMNS = {
    "month": {"month_year"},
    "level": {"area type"},
    "borough": {"borough_snt"},
    "area": {"area name"},
    "code": {"area code"},
    "type": {"crime type", "offence group"},
    "subtype": {"crime subtype", "offence subgroup"},
    "measure": {"measure"},
    "count": {"count"},
}
OUTCOMES = {"outcomes", "sanction detections", "positive outcomes"}
WARD_LEVELS = {"safer neighbourhood teams", "ward"}
SEPARATOR = " / "


def read(files: list[Path], dataset: Dataset, places: dict[str, Place]) -> Tidy:
    """
    Tidy rows of one release of the dashboard.

    `files`: dashboard files; the same series may stand in only one of them.
    `dataset`: its `series` name a crime type, subtype and measure each; `left_out` the known rest.
    Returns: counts by series, place and month; an absent row within the crime type's months is zero.
    """
    account, counts, months, unknown, located = Account(), defaultdict(int), defaultdict(set), {}, []
    origin: dict[str, Path] = {}
    for file in files:
        sheet, lines = csv_reader.read(file), defaultdict(list)
        for line, series, place, month, value in _rows(sheet, dataset, places, account, months, unknown):
            if series and origin.setdefault(series, file) != file:
                raise sheet.refuse(f"{series} is also in {origin[series].name}")
            for where in (place.id, total_of(places).id) if series else ():
                counts[series, where, month] += value
                lines[series, where, month].append(line)
        if lines:
            located.append(downwards(file, columns(sheet, COLUMNS, "the crime dashboard")["count"] + 1, lines))
    if unknown:
        names = "; ".join(f"{name!r} ({total:,} counted)" for name, total in sorted(unknown.items()))
        raise Refused(f"crime type not mapped in datasets/{dataset.id}.yaml: {names}", file=files[0] if len(files) == 1 else None)
    _check_areas(counts, places, files[0] if len(files) == 1 else None)
    return Tidy(frame(_filled(counts, months, dataset, places, account)), account, source_cells=tuple(located))


def _rows(sheet, dataset, places, account, months, unknown):
    column = columns(sheet, COLUMNS, "the crime dashboard")
    order = order_of(sheet, column["month"])
    check_unsorted(sheet, [column["count"]])
    series_of, left_out = _roles(dataset)
    seen = set()
    for line, cells in sheet.rows:
        row = {part: cells[i].strip() for part, i in column.items()}
        key = _key(sheet, line, row, places)
        if key in seen:
            raise sheet.refuse("the row stands twice: " + ", ".join(key), line)
        seen.add(key)
        account.rows_read += 1
        month = period_of(sheet, line, row["month"], order)
        value = csv_reader.whole(sheet, line, row["count"], "Count")
        if row["level"].lower() in WARD_LEVELS:
            account.left_out["ward rows"] = account.left_out.get("ward rows", 0) + value
        elif row["level"].lower() == "borough":
            months[plain(row["type"])].add(month)
            place = place_of(sheet.file, line, row["borough"], places, WITH_OUTSIDE)
            check_code(sheet, line, place, row["code"], places)
            series = _series(sheet, line, row, series_of, left_out, account, unknown)
            yield line, series, place, month, value
        else:
            raise sheet.refuse(f"area type not known: {row['level']!r}", line)


def _key(sheet, line, row, places) -> tuple[str, ...]:
    """What a row is about. An area stands once, whatever its spelling, name and code; what is outside has several names."""
    key = [row["month"], row["borough"], row["type"], row["subtype"], row["measure"]]
    if row["level"].lower() == "borough":
        place = place_of(sheet.file, line, row["borough"], places, WITH_OUTSIDE)
        if place.level in AREAS:
            key[1] = place.name
            return (*key[1:], key[0])
    return (*key[1:], row["area"], row["code"], row["level"], key[0])


def _series(sheet, line, row, series_of, left_out, account, unknown) -> str | None:
    """The series a row belongs to, or None where the subtype is left out or not known."""
    name = SEPARATOR.join((row["type"], row["subtype"], row["measure"]))
    pair = plain(row["type"]), plain(row["subtype"])
    series = series_of.get((*pair, _measure(sheet, line, row["measure"])))
    if series:
        account.mapped[name] = series
    else:
        counted = account.left_out if pair in left_out else unknown
        counted[name] = counted.get(name, 0) + int(row["count"])
    return series


def _measure(sheet, line, text: str) -> str:
    if text.lower() == "offences":
        return "offences"
    if text.lower() in OUTCOMES:
        return "positive outcomes"
    raise sheet.refuse(f"measure not known: {text!r}", line)


def _roles(dataset: Dataset) -> tuple[dict[tuple, str], set[tuple]]:
    parts = {series: names[0].split(SEPARATOR) for series, names in dataset.series.items()}
    series_of = {tuple(plain(part) for part in name): series for series, name in parts.items()}
    return series_of, {tuple(plain(part) for part in name.split(SEPARATOR)) for name in dataset.left_out}


def _check_areas(counts: dict[tuple[str, str, str], int], places: dict[str, Place], file: Path | None) -> None:
    """A series that nearly every area has must have a row for each."""
    sums: dict[str, Counter] = defaultdict(Counter)
    for (series, place, _), value in counts.items():
        sums[series][place] += value
    for series, by_place in sums.items():
        given = [by_place[area] for area in areas_of(places) if area in by_place]
        missing = [area for area in areas_of(places) if area not in by_place]
        if len(missing) < len(given) and missing and min(given) >= USUAL:
            raise Refused(f"{series}: no row for {', '.join(missing)}: the file may be cut short", file=file)


def _filled(counts, months, dataset, places, account) -> list[tuple]:
    """Every place and month of each series, zeros filled in; the account told of areas and totals."""
    boroughs, total, records = areas_of(places), total_of(places).id, []
    for series in sorted({name for name, _, _ in counts}):
        window = sorted(months[plain(dataset.series[series][0].split(SEPARATOR)[0])])
        outside = sorted({place for name, place, _ in counts if name == series} - {*boroughs, total})
        for place in [total, *boroughs, *outside]:
            records += [(series, place, month, counts.get((series, place, month), 0), None) for month in window]
        account.totals[series] = sum(counts.get((series, total, month), 0) for month in window)
        for place in outside:
            name = places[place].name
            account.outside[name] = account.outside.get(name, 0) + sum(counts.get((series, place, m), 0) for m in window)
    return records
