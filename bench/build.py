"""
What a full build costs, beside what DuckDB itself needs to read the same files.

Four questions, each answered with a figure and what is required: how many times one scan of the release
files a build takes; what twenty times the rows cost, as ward figures would; how long the answers of twelve
meetings take; and how much memory the whole command needs, findings included. Builds and scans take turns
in one process, so that a busy machine slows both. Nothing here fails: it measures.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from bench.requirements import say, time_of
from metrics import definitions
from metrics.build.answers import answers
from metrics.build.database import build
from metrics.domain import Config, Definitions, Release, periods
from metrics.ingest import releases
from metrics.store import Store

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config.yaml"
REPEATS = 7
REPEATS_GROWN = 3
TIMES_THE_ROWS = 20
SCANS_ALLOWED = 4
MEGABYTES_ALLOWED = 400
GROWTH_ALLOWED = 25
SECONDS_ALLOWED = 20
MEETINGS = 12
SCAN = "SELECT count(*), count(COLUMNS(*)) FROM read_csv($files, all_varchar = true, header = true)"
# Linux carries the peak of the process that started it into `getrusage`; the high-water mark of its own memory is clean.
PEAK = """
import sys
from pathlib import Path
from metrics.cli import main
status = main(["--config", sys.argv[1], "build", "--again"])
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
sys.exit(status)
"""


def main() -> None:
    """Measure, and print one line for each question."""
    config = definitions.load(CONFIG)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        seconds = _build_beside_scan(config.data, work / "db", config.plan)
        _growth(config.data, work, config.plan, seconds)
        _findings(config.data, work / "db", config.plan)
        _memory(config, work)


def _build_beside_scan(data: Path, database: Path, plan: str) -> float:
    """Print how many scans a build takes; the build's own seconds."""
    known = definitions.definitions(data, plan)
    files = sorted((data / "releases").glob("*/*.csv"))
    rows = _scan(files)[0]
    print(f"{rows:,} figures in {len(files)} releases; {REPEATS} builds and scans in turn")
    builds, scans = [], []
    _build(data, database, known)
    for _ in range(REPEATS):
        builds.append(time_of(_build, data, database, known))
        scans.append(time_of(_scan, files))
    build, scan = statistics.median(builds), statistics.median(scans)
    print(f"build {build:.2f} s, scan {scan:.2f} s")
    say("a build takes as long as", build / scan, "scans", SCANS_ALLOWED)
    return build


def _findings(data: Path, database: Path, plan: str) -> None:
    """Print what the findings of twelve meetings cost, three months apart up to the newest release."""
    known, store = definitions.definitions(data, plan), Store(database)
    newest = max(release.published for release in releases.all_of(data))
    dates = [periods.last_day(periods.shift(f"{newest:%Y-%m}", -3 * number)) for number in range(MEETINGS)]
    start = time.perf_counter()
    made = pd.concat([answers(store.ask, known, day) for day in sorted(dates)])
    seconds = time.perf_counter() - start
    print(f"{len(made):,} answers at {MEETINGS} dates")
    say("they take", seconds, "s", SECONDS_ALLOWED)


def _memory(config: Config, work: Path) -> None:
    """Print the most memory that a build takes in a process of its own."""
    copy = work / "config.yaml"
    chosen = {"plan": config.plan, "edition": config.edition, "data": config.data.resolve(), "database": work / "db", "contact": "nobody"}
    copy.write_text("".join(f"{name}: {value}\n" for name, value in chosen.items()), encoding="utf-8")
    printed = subprocess.run([sys.executable, "-c", PEAK, copy], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    say("a build takes at most", int(printed.split()[-1]) / 1024, "MB", MEGABYTES_ALLOWED)


def _growth(data: Path, work: Path, plan: str, seconds: float) -> None:
    """Print what twenty times the rows cost, in times the cost of the rows there are."""
    grown = work / "data"
    rows = _grow(data, grown)
    known = definitions.definitions(grown, plan)
    taken = [time_of(_build, grown, work / "db-grown", known) for _ in range(REPEATS_GROWN)]
    print(f"{rows:,} figures build in {statistics.median(taken):.1f} s")
    say(f"{TIMES_THE_ROWS} times the rows take", statistics.median(taken) / seconds, "times as long", GROWTH_ALLOWED)


def _grow(data: Path, grown: Path) -> int:
    """Copy `data`, every place beside nineteen more with the same figures; the number of figures."""
    shutil.copytree(data, grown, ignore=shutil.ignore_patterns("releases"))
    places = pd.read_csv(data / "places.csv", dtype=str, keep_default_na=False)
    extra = pd.DataFrame([{"id": name, "name": name, "level": "outside"} for place in places["id"] for name in _others(place)])
    pd.concat([places, extra]).fillna("").to_csv(grown / "places.csv", index=False)
    return sum(_grow_release(data, grown, release) for release in releases.all_of(data))


def _grow_release(data: Path, grown: Path, release: Release) -> int:
    rows = releases.rows(data, release)
    copies = [rows] + [rows.assign(place=rows["place"] + f"-{number}") for number in range(1, TIMES_THE_ROWS)]
    every = pd.concat(copies, ignore_index=True)
    digest = releases.digest(releases.as_csv(every).encode())
    releases.write(grown, replace(release, rows=len(every), sha256=digest), every)
    return len(every)


def _others(place: str) -> list[str]:
    return [f"{place}-{number}" for number in range(1, TIMES_THE_ROWS)]


def _build(data: Path, database: Path, known: Definitions) -> None:
    build(data, database, known, again=True, judge=False)


def _scan(files: list[Path]) -> tuple:
    return duckdb.execute(SCAN, {"files": [str(file) for file in files]}).fetchone()


if __name__ == "__main__":
    main()
