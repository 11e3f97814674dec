"""
Import: official files in, one more release kept, and an account of what it holds and changes.

The recipe: read the files, hold them against the contract and the releases before them, keep the release.
Importing the same files again changes nothing and says so. What cannot be true is refused; what looks odd is listed,
and kept only where a person accepts it and says why.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from metrics.domain import CELL, Dataset, Definitions, Refused, Release
from metrics.ingest import importers, plausibility, releases
from metrics.ingest.contract import MONTHS_APART, Tidy, by_area, plain, series_of

LEAST_CATEGORY, MOST_GONE = 0.001, 0.2
"""A category of fewer than one offence in a thousand may go; where one name in five has changed, names are of another generation."""
MOST_DIFFERING, FEWEST_DIFFERING, FEWEST_OF_SERIES = 0.5, 100, 5
"""How many of the cells that an official sheet gives too an extract may give otherwise unlooked at: in all, or of a series."""
PACKED = "ward"
"""The level whose figures are so many that they are kept as Parquet."""
STAGES = ("reading", "comparing with what was known", "keeping")


class LooksOdd(Refused):
    """A release that a person must look at: what is odd, in a numbered list, and how to take it all the same."""

    def __init__(self, release: str, odd: list[str]):
        listed = "\n".join(f"  {number}. {line}" for number, line in enumerate(odd, 1))
        super().__init__(f'{release} looks odd; nothing was kept:\n{listed}\nIf that is right, take it with --accept "the reason"')
        self.odd = odd


@dataclass(frozen=True)
class Imported:
    """What an import did: the release, whether it was there before, and whether where its figures stand was written beside it now."""

    release: Release
    already_held: bool
    located: bool = False


def bring_in(
    files: list[Path],
    *,
    dataset: str,
    published: date,
    approximate: bool,
    retrieved: date,
    definitions: Definitions,
    data: Path,
    note: str = "",
    accept: str = "",
    unfinished: bool = False,
    came_from: dict[Path, dict] | None = None,
    tell: Callable[[str], None] = lambda step: None,
) -> Imported:
    """
    Import files as one release of a dataset.

    `published`, `approximate`: the day of publication; approximate where only the month is known and its last day is used.
    `accept`: why the release is taken although it looks odd; empty where nobody has looked.
    `unfinished`: whether its newest month was not finished by its publisher: it is then drawn, and judged by nothing.
    `came_from`: what is kept with the release of where a file came from: its address, and when it was fetched.
    `tell`: called with each of `STAGES` as it begins.
    Raises Refused: an unknown dataset, a date in the future, files that cannot be taken, or another release of that day.
    Raises LooksOdd: something looks odd beside the releases before it, and no reason to accept it was given.
    """
    about = _dataset(dataset, definitions)
    _check_published(published, approximate, retrieved)
    if unfinished and not accept.strip():
        raise Refused("an unfinished month is taken with a reason: add --accept")
    tell(STAGES[0])
    history = releases.history(data, dataset, published)
    known = releases.known(history)
    tidy = importers.read(files, about, definitions, known)
    _check_months(tidy, published, files)
    origins = tuple(_origin(file) | (came_from or {}).get(file, {}) for file in files)
    kept = _held(data, dataset, published, origins)
    if kept:
        located = releases.keep_cells(data, kept, _under_known_names(tidy, known).source_cells)
        return Imported(kept, already_held=True, located=located)
    tell(STAGES[1])
    tidy, contradictions = _settled(_under_known_names(tidy, known), known)
    skipped = [] if tidy.partial else plausibility.skipped(tidy.rows, known, MONTHS_APART[about.frequency], about.left_out)
    gone = _categories_gone(tidy, data, about, published)
    odd = [*_oddities(tidy, history, about, definitions), *skipped, *tidy.odd[: plausibility.LONGEST], *gone, *contradictions]
    if odd and not accept.strip():
        raise LooksOdd(f"{dataset} {published}", odd)
    release = _release(about, tidy, known, published, approximate, retrieved, origins, note)
    marks = {"accepted": accept.strip() if odd or unfinished else "", "unfinished": tidy.account.last if unfinished else ""}
    tell(STAGES[2])
    return _keep(data, replace(release, odd=tuple(odd), **marks), tidy, packed=about.level == PACKED)


def _check_published(published: date, approximate: bool, retrieved: date) -> None:
    earliest = published.replace(day=1) if approximate else published
    if earliest > retrieved:
        day = f"{published:%Y-%m}" if approximate else published
        raise Refused(f"published {day} is after {retrieved}, when the files were retrieved: a release cannot come from the future")


def _check_months(tidy: Tidy, published: date, files: list[Path]) -> None:
    if tidy.account.last > published.isoformat()[:7]:
        late = f"published {published}, but there are figures for {tidy.account.last}: a release cannot come before its months"
        raise Refused(late, file=None if files[1:] else files[0])


def _oddities(tidy: Tidy, history: list, about: Dataset, definitions: Definitions) -> list[str]:
    """What looks odd; wards are looked at by the area that they lie in, for one ward's months are too few to be odd."""
    rows = tidy.rows
    if about.level == PACKED:
        rows, *history = (by_area(table, definitions) for table in (rows, *history))
    return plausibility.oddities(rows, history, about, series_of(about, definitions), definitions.places)


def _categories_gone(tidy: Tidy, data: Path, about: Dataset, published: date) -> list[str]:
    """Names that the release before mapped and this one has not, where hardly any name has changed and none is new in their place."""
    earlier = [release for release in releases.all_of(data, about.id) if release.published < published and release.report.get("totals")]
    if not earlier or not tidy.account.totals:
        return []
    before, now = earlier[-1].report, {plain(name): role for name, role in tidy.account.mapped.items()}
    gone = {name: role for name, role in before["mapped"].items() if plain(name) not in now}
    known = {plain(name) for name in before["mapped"]}
    carried = {role for name, role in now.items() if name not in known or role in about.series}
    least = LEAST_CATEGORY * sum(before["totals"].values())
    if len(gone) > MOST_GONE * len(known):
        return []
    return [
        f"{name}: {before['totals'][name]:,} in the release before, and no row in this one"
        for name, role in gone.items()
        if role not in carried and before["totals"].get(name, 0) >= least
    ]


def _under_known_names(tidy: Tidy, known) -> Tidy:
    """Areas that a file gives twice stay under the name that is known, so that nothing is restated by a second name."""
    figures = known.groupby("place")["value"].any()
    swapped = {kept: other for kept, other in tidy.twins.items() if figures.get(other) and not figures.get(kept)}
    if not swapped:
        return tidy
    swapped |= {other: kept for kept, other in swapped.items()}
    renamed = tidy.rows.assign(place=tidy.rows["place"].replace(swapped))
    located = tuple(part.renamed(swapped) for part in tidy.source_cells)
    return replace(tidy, rows=renamed.sort_values(CELL, ignore_index=True), source_cells=located)


def _dataset(name: str, definitions: Definitions) -> Dataset:
    if name not in definitions.datasets:
        raise Refused(f"no dataset called {name!r}; there are: {', '.join(sorted(definitions.datasets))}")
    dataset = definitions.datasets[name]
    taken = {m.id: (m.id,) for m in definitions.measures.values() if m.source and m.source.dataset == name}
    return replace(dataset, series=taken) if dataset.importer == "template" else dataset


def _origin(file: Path) -> dict:
    raw = file.read_bytes()
    return {"name": file.name, "bytes": len(raw), "sha256": releases.digest(raw)}


def _held(data: Path, dataset: str, published: date, origins: tuple[dict, ...]) -> Release | None:
    """The release that these very files already gave, if any."""
    wanted = {origin["sha256"] for origin in origins}
    for release in releases.all_of(data, dataset):
        if {origin["sha256"] for origin in release.files} == wanted:
            if release.published != published:
                raise Refused(f"the same files are already held as {dataset} {release.published}, not {published}")
            return release
    return None


def _settled(tidy: Tidy, known) -> tuple[Tidy, list[str]]:
    """Second-hand figures without the cells that an official sheet gives, which they may not contradict too often; nor themselves."""
    if not tidy.second_hand:
        return tidy, []
    official = known[~known["second_hand"].astype(bool)][[*CELL, "value"]]
    both = tidy.rows.merge(official, on=CELL, how="left", suffixes=("", "_official"))
    covered = both["value_official"].notna()
    for cell, message in tidy.conflicts.items():
        if cell not in set(both.loc[covered, CELL].itertuples(index=False, name=None)):
            raise Refused(message)
    tidy.account.notes += _differences(both[covered])
    return replace(tidy, rows=tidy.rows[~covered.to_numpy()].reset_index(drop=True)), _contradictions(both[covered])


def _contradictions(covered) -> list[str]:
    """Where an extract and the sheet differ more than they agree: in all, or in a series, that may be another's, beside some that agree."""
    differs = covered["value"] != covered["value_official"]
    by_series = differs.groupby(covered["measure"]).agg(["sum", "size"])
    agrees = (by_series["sum"] <= MOST_DIFFERING * by_series["size"]).any()
    lines = [
        f"{row.Index}: {row.sum:,} of {row.size:,} cells differ from what the official sheet gives"
        for row in by_series.itertuples()
        if agrees and row.sum > MOST_DIFFERING * row.size and row.sum >= FEWEST_OF_SERIES
    ]
    if differs.sum() > max(MOST_DIFFERING * len(covered), FEWEST_DIFFERING):
        lines.insert(0, f"{differs.sum():,} of {len(covered):,} cells differ from what the official sheet gives")
    return lines


def _differences(covered) -> list[str]:
    differing = covered[covered["value"] != covered["value_official"]]
    notes = [f"{len(covered):,} cells left out: the official sheet gives them; {len(differing)} of them differ"]
    return notes + [
        f"{row.measure}, {row.place}, {row.period}: {row.value:g} in the extract, {row.value_official:g} official"
        for row in differing.itertuples()
    ]


def _release(about, tidy, known, published, approximate, retrieved, origins, note) -> Release:
    report = asdict(tidy.account) | releases.compare(tidy.rows, _within(known, tidy.rows))
    return Release(
        dataset=about.id,
        published=published,
        approximate=approximate,
        retrieved=retrieved,
        second_hand=tidy.second_hand,
        files=origins,
        rows=len(tidy.rows),
        sha256=releases.digest(releases.as_bytes(tidy.rows, packed=about.level == PACKED)),
        note=note,
        report=report,
    )


def _within(known, rows):
    """Known cells of the same series and months: only those can be restated or go missing."""
    window = rows[["measure", "period"]].drop_duplicates()
    return known.merge(window, on=["measure", "period"])


def _keep(data: Path, release: Release, tidy: Tidy, *, packed: bool) -> Imported:
    path = releases.path_of(data, release.dataset, release.published)
    if path.exists() and releases.digest(path.read_bytes()) == release.sha256:
        kept = {r.published: r for r in releases.all_of(data, release.dataset)}
        return Imported(kept[release.published], already_held=True)
    releases.write(data, release, tidy.rows, packed=packed)
    return Imported(release, already_held=False, located=releases.keep_cells(data, release, tidy.source_cells))


def account_of(release: Release) -> Iterable[str]:
    """The import report, a line at a time, most important first."""
    report = release.report
    day = f"about {release.published:%B %Y}" if release.approximate else str(release.published)
    yield f"{release.dataset}, published {day}{', second-hand' if release.second_hand else ''}"
    yield f"  read: {report['rows_read']:,} rows, {report['first']} to {report['last']}; kept: {release.rows:,} figures"
    counts = ("new", "changed", "unchanged", "no_longer_given")
    yield "  against what was known: " + ", ".join(f"{report[name]:,} {name.replace('_', ' ')}" for name in counts)
    yield from _listed("  areas that are not judged, counted in the total", report["outside"])
    yield from _listed("  left out", report["left_out"])
    yield f"  categories mapped: {len(report['mapped'])}"
    for change in report["largest_changes"]:
        yield f"  changed: {change['measure']}, {change['place']}, {change['period']}: {change['was']:,g} to {change['now']:,g}"
    for line in [*report["gaps"], *report["notes"]]:
        yield f"  note: {line}"
    for line in release.odd:
        yield f"  odd, and accepted: {line}"
    if release.accepted:
        yield f"  accepted: {release.accepted}"
    if release.unfinished:
        yield f"  unfinished: {release.unfinished} is shown and judged by nothing"


def _listed(title: str, totals: dict) -> Iterable[str]:
    if totals:
        yield f"{title}: " + "; ".join(f"{name} {total:,}" for name, total in totals.items())
