"""Answers out: what there is, the figures of a measure, what can be said, and whether a claim holds."""

import csv
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from datetime import date

from metrics import claims
from metrics.build import definition_files
from metrics.build.answers import answers
from metrics.cli.arguments import add_as_at, command, load, measure_named
from metrics.domain import Config, Definitions, Measure, Refused
from metrics.domain.names import place_named
from metrics.ingest import releases
from metrics.narrative import Wording, number_format
from metrics.store import Store

SHOWN = ("measure", "place", "period", "value", "base", "published")
COLUMNS = (
    "measure", "place", "as_at", "question", "verdict", "direction", "title", "finding", "now", "before", "now_from", "now_to",
    "before_from", "before_to", "low", "high", "areas", "by_luck", "control", "signal", "signal_since", "stale",
)  # fmt: skip
"""What `findings --csv` prints. `verdict` is as it is shown; `low`, `high` and `control` are in per cent for counts, else in points."""


def add_to(sub) -> None:
    """Add the commands that answer."""
    what = command(sub, "list", run_list, "list what there is")
    what.add_argument("what", nargs="?", choices=sorted(LISTS), default="measures", help="measures unless you say otherwise")
    _add_show(sub)
    _add_findings(sub)
    _add_claim(sub)


def _add_show(sub) -> None:
    parser = command(
        sub, "show", run_show, "print the figures of one measure in one place",
        "Print the figures of one measure in one place: the newest known, or as known at a date.",
    )
    parser.add_argument("measure", metavar="MEASURE", help="a measure's id: `python -m metrics list measures`")
    parser.add_argument("place", metavar="PLACE", help="an area, or the whole force area: its id, name or code")
    add_as_at(parser)
    parser.add_argument("--csv", action="store_true", help="as CSV: measure, place, period, value, base, published")


def _add_findings(sub) -> None:
    parser = command(
        sub, "findings", run_findings, "print what can be said, and what cannot",
        "Print both answers on every measure and place, on a year before and since the plan began, chosen by rule: "
        "as now known, or as known at a date.",
    )
    parser.add_argument("--place", help="an area, or the whole force area: its id, name or code")
    parser.add_argument("--measure", help="one measure's id")
    add_as_at(parser)
    parser.add_argument("--csv", action="store_true", help="as CSV: every field, one answer a line")


def _add_claim(sub) -> None:
    parser = command(
        sub, "claim", run_claim, "check a claim against the figures",
        "Say whether the figures support a claim, such as 'knife crime is down since 2023', and what they would stand behind; "
        "or ask what is meant.",
    )
    parser.add_argument("text", metavar="TEXT", help="what was claimed, in quotes; at most 500 characters")
    add_as_at(parser)


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
    store = Store(config.database)
    figures = store.ask("series", measure=measure.id, place=place.id, as_at=given.as_at)
    if figures.empty:
        raise Refused(f"no figures for {measure.id} in {place.id}{_why(measure, known, place.level, given.as_at)}")
    rows = [(r.measure, r.place, r.period, f"{r.value:.10g}", _base(r.base), f"{r.published:%Y-%m-%d}") for r in figures.itertuples()]
    if given.csv:
        _print_csv(rows, SHOWN)
        return
    _print_table(measure, known, rows)
    wording = definition_files.wording(config.data)
    answered = rows_of(store, known, given.as_at, {"measure": measure.id, "place": place.id})
    print("\n".join(line(wording, wording.answer(known, row)) for row in answered))


def run_findings(given: Namespace) -> None:
    """Print both answers on everything that is asked for: those kept in the build, or worked out for another day."""
    config, known = load(given)
    wanted = {
        "measure": measure_named(known, given.measure).id if given.measure else None,
        "place": place_named(known.places, given.place).id if given.place else None,
    }
    wording, store = definition_files.wording(config.data), Store(config.database)
    rows = [wording.answer(known, row) for row in rows_of(store, known, given.as_at, wanted)]
    _print_csv(map(cells, rows), COLUMNS) if given.csv else print("\n".join(line(wording, row) for row in rows))


def rows_of(store: Store, known: Definitions, as_at: date | None, wanted: dict[str, str | None]) -> list[dict]:
    """The rows of the answers table as at a day, none is now; worked out where the build does not keep that day."""
    newest = store.newest()
    day = min(as_at or newest, newest)
    kept = store.ask("answers", as_at=day)
    if kept.empty:
        kept = answers(store.ask, known, day)
    for column, name in wanted.items():
        kept = kept[kept[column] == name] if name else kept
    return kept.to_dict("records")


def line(wording: Wording, row: dict) -> str:
    """One answer in one line: what and where, which question, its title and its finding."""
    question = wording.text["answers"]["questions"][row["question"]]
    return f"{row['measure']}, {row['place']}, {question[0].lower()}{question[1:]}: {row['title']}. {row['finding']}"


def cells(row: dict) -> Iterable[str]:
    """The cells of one row as a machine reads them; the verdict is the one that is shown."""
    named = row | {"verdict": row["shown"], "as_at": f"{row['as_at']:%Y-%m-%d}", "stale": "yes" if row["stale"] else "no"}
    return (named[name] if isinstance(named[name], str) else _number(named[name]) for name in COLUMNS)


def _number(value: float) -> str:
    """Four decimals at most, nothing where nothing is held."""
    return "" if number_format.is_missing(value) else number_format.plain(round(float(value), 4))


def run_claim(given: Namespace) -> None:
    """Print what the figures say of each claim of a text, or what must be known first."""
    config, known = load(given)
    wording, vocabulary = definition_files.wording(config.data), claims.read_vocabulary(config.data / claims.FILE, known)
    replies = claims.check_text(given.text, known, wording, Store(config.database).ask, given.as_at, vocabulary)
    print("\n\n".join("\n".join(claims.lines_of(reply, wording)) for reply in replies))


def _why(measure: Measure, known: Definitions, level: str, as_at: date | None) -> str:
    if measure.missing:
        return f": {measure.missing}"
    if level not in measure.levels:
        return f": it is held for {' and '.join(map(known.force.level_name, measure.levels))} only"
    return f" published by {as_at}" if as_at else ""


def _base(base: float) -> str:
    return "" if base != base else f"{base:.10g}"


def _print_csv(rows: Iterable[Iterable[str]], header: tuple[str, ...]) -> None:
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
