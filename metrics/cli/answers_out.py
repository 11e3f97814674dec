"""The two answers on the command line: the command `findings`, and what `show` prints below a table."""

import csv
import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from metrics.build import definition_files
from metrics.build.findings.answers import answers
from metrics.cli.arguments import add_as_at, command
from metrics.cli.loading import load, measure_named, watched
from metrics.domain import Definitions
from metrics.domain.place_names import place_named
from metrics.narrative import Wording, number_format
from metrics.store import Store

COLUMNS = (
    "measure", "place", "as_at", "question", "verdict", "direction", "title", "finding", "now", "before", "now_from", "now_to",
    "before_from", "before_to", "low", "high", "areas", "by_luck", "control", "signal", "signal_since", "stale",
)  # fmt: skip
"""What `findings --csv` prints. `verdict` is as it is shown; `low`, `high` and `control` are in per cent for counts, else in points."""


def add_to(sub) -> None:
    """Add the command that prints answers."""
    parser = command(
        sub, "findings", run_findings, "print what can be said, and what cannot",
        "Print both answers on every measure and place, on a year before and since the plan began, chosen by rule: "
        "as now known, or as known at a date.",
    )
    parser.add_argument("--place", help="an area, or the whole force area: its id, name or code")
    parser.add_argument("--measure", help="one measure's id")
    add_as_at(parser)
    parser.add_argument("--csv", action="store_true", help="as CSV: every field, one answer a line")


def run_findings(given: Namespace) -> None:
    """Print both answers on everything that is asked for: those kept in the build, or worked out for another day."""
    config, known = load(given)
    wanted = {
        "measure": measure_named(known, given.measure).id if given.measure else None,
        "place": place_named(known.places, given.place).id if given.place else None,
    }
    wording, store = Wording(config.data / definition_files.WORDING), Store(config.database)
    rows = [wording.answer(known, row) for row in rows_of(store, known, given.as_at, wanted)]
    _print_csv(rows) if given.csv else print("\n".join(line(wording, row) for row in rows))


def rows_of(store: Store, known: Definitions, as_at: date | None, wanted: dict[str, str | None]) -> list[dict]:
    """The rows of the answers table as at a day, none is now; worked out where the build does not keep that day."""
    newest = store.ask("newest")["published"].iloc[0].date()
    day = min(as_at or newest, newest)
    kept = store.ask("answers", as_at=day, **wanted)
    if kept.empty:
        kept = answers(store.ask, known, watched([day]))
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


def _print_csv(rows: Iterable[dict]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(cells(row) for row in rows)
