"""
How long it takes to find what can be said: every measure, in London and 32 boroughs, at 12 meetings' dates.

The dates are days on which something was published, as far apart as the releases allow, so that no date can
borrow the answer of another. Nothing here fails: it measures, and prints what is required.
"""

import statistics
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from metrics import definitions
from metrics.build.database import WORDING, build
from metrics.build.findings import findings
from metrics.domain import Definitions
from metrics.narrative import Wording
from metrics.store import Store

ROOT = Path(__file__).parent.parent
PLAN = "new-met-2023"
DATES, REPEATS = 12, 3
SECONDS_ALLOWED = 20


def main() -> int:
    """Measure, and print the result; the exit status is 1 if it takes longer than required."""
    known, wording = definitions.definitions(ROOT / "data", PLAN), Wording(ROOT / "data" / WORDING)
    with tempfile.TemporaryDirectory() as folder:
        build(ROOT / "data", Path(folder), known, judge=False)
        store = Store(Path(folder))
        dates = chosen(store)
        taken = [_seconds(store, known, wording, dates) for _ in range(REPEATS)]
    print(f"{len(known.measures)} measures x {len(known.areas) + 1} places x {len(dates)} dates, {dates[0]} to {dates[-1]}")
    print(f"seconds, {REPEATS} times: {', '.join(f'{one:.1f}' for one in taken)}")
    middle = statistics.median(taken)
    print(f"{'PASS' if middle < SECONDS_ALLOWED else 'FAIL'}  all findings take {middle:.1f} s (required: under {SECONDS_ALLOWED})")
    return 0 if middle < SECONDS_ALLOWED else 1


def chosen(store: Store) -> list[date]:
    """The newest dates on which something was published: each knows what the one before did not."""
    return [day.date() for day in store.ask("publications")["published"]][-DATES:]


def _seconds(store: Store, known: Definitions, wording: Wording, dates: list[date]) -> float:
    start = time.perf_counter()
    found = findings(store.ask, known, wording, dates)
    taken = time.perf_counter() - start
    if len(found) != len(known.measures) * (len(known.areas) + 1) * len(dates):
        raise ValueError(f"{len(found)} findings are not all of them")
    return taken


if __name__ == "__main__":
    sys.exit(main())
