"""Answers out: what there is, the figures of a measure, what can be said, and whether a claim holds."""

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from datetime import date

import pandas as pd

from metrics import claims
from metrics.build import database
from metrics.build.findings import findings
from metrics.cli.loading import load, measure_named, watched
from metrics.domain import Config, Definitions, Measure, Refused
from metrics.domain.place_names import place_named
from metrics.ingest import releases
from metrics.narrative import Wording
from metrics.store import Store

FOUND = ["measure", "place", "as_at", "verdict", "sentence", "method", "base", "low", "high"]
SHOWN = ["measure", "place", "period", "value", "base", "published"]


def run_list(given: Namespace) -> None:
    """List measures, places, datasets or releases, one a line."""
    config, known = load(given)
    for row in LISTS[given.what](config, known):
        print("  ".join(row).rstrip())


def run_show(given: Namespace) -> None:
    """Print one measure in one place, as a table or as CSV."""
    config, known = load(given)
    measure = measure_named(known, given.measure)
    place = place_named(known.places, given.place)
    figures = Store(config.database).ask("series", measure=measure.id, place=place.id, as_at=given.as_at)
    if figures.empty:
        raise Refused(f"no figures for {measure.id} in {place.id}{_why(measure, place.level, given.as_at)}")
    rows = [(r.measure, r.place, r.period, f"{r.value:.10g}", _base(r.base), f"{r.published:%Y-%m-%d}") for r in figures.itertuples()]
    _print_csv(rows, SHOWN) if given.csv else _print_table(measure, known, rows)


def run_findings(given: Namespace) -> None:
    """Print findings: those kept in the build, or worked out for another date."""
    config, known = load(given)
    wanted = {
        "measure": measure_named(known, given.measure).id if given.measure else None,
        "place": place_named(known.places, given.place).id if given.place else None,
    }
    store = Store(config.database)
    newest = store.ask("newest")["published"].iloc[0].date()
    day = min(given.as_at or newest, newest)
    found = store.ask("findings", as_at=day, **wanted)
    if found.empty:
        found = _worked_out(store, config, known, day, wanted)
    if given.csv:
        found["as_at"] = found["as_at"].astype(str).str[:10]
        _print_csv(found[FOUND].astype(object).where(found[FOUND].notna(), "").itertuples(index=False, name=None), FOUND)
        return
    for row in found.itertuples():
        print(f"{row.measure}, {row.place}: {row.verdict}. {row.sentence}")


def _worked_out(store: Store, config: Config, known: Definitions, day: date, wanted: dict) -> pd.DataFrame:
    """Findings of a day that the build does not keep."""
    found = findings(store.ask, known, Wording(config.data / database.WORDING), watched([day]))
    for column, name in wanted.items():
        found = found[found[column] == name] if name else found
    return found


def run_claim(given: Namespace) -> None:
    """Print what the figures say of each claim of a text, or what must be known first."""
    config, known = load(given)
    wording, vocabulary = Wording(config.data / database.WORDING), claims.read_vocabulary(config.data / claims.FILE, known)
    replies = claims.check_text(given.text, known, wording, Store(config.database).ask, given.as_at, vocabulary)
    print("\n\n".join("\n".join(claims.lines_of(reply, wording)) for reply in replies))


def _why(measure: Measure, level: str, as_at: date | None) -> str:
    if measure.missing:
        return f": {measure.missing}"
    if level not in measure.levels:
        return f": it is held for {' and '.join(measure.levels)} only"
    return f" published by {as_at}" if as_at else ""


def _base(base: float) -> str:
    return "" if base != base else f"{base:.10g}"


def _print_csv(rows: Iterable[tuple], header: list[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)


def _print_table(measure: Measure, known: Definitions, rows: list[tuple]) -> None:
    dataset = known.datasets[measure.source.dataset]
    print(f"{measure.title} ({measure.unit}). Source: {dataset.publisher}, {dataset.title}, {dataset.licence}.")
    widths = [max(len(row[i]) for row in [SHOWN, *rows]) for i in range(len(SHOWN))]
    for row in [SHOWN, *rows]:
        cells = [cell.rjust(width) if i in (3, 4) else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths, strict=True))]
        print("  ".join(cells).rstrip())


def _measures(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for measure in known.measures.values():
        yield measure.id.ljust(24), measure.mission.ljust(10), measure.title


def _places(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for place in known.places.values():
        yield place.id.ljust(26), place.level.ljust(8), place.code.ljust(9), place.name


def _datasets(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for dataset in known.datasets.values():
        yield dataset.id.ljust(18), dataset.title, f"({dataset.publisher})"


def _releases(config: Config, known: Definitions) -> Iterable[tuple[str, ...]]:
    for release in releases.all_of(config.data):
        day = f"{release.published}{' (about)' if release.approximate else ''}"
        yield release.dataset.ljust(18), day.ljust(18), f"{release.rows:,} figures{', second-hand' if release.second_hand else ''}"


LISTS: dict[str, Callable] = {"measures": _measures, "places": _places, "datasets": _datasets, "releases": _releases}
