"""
A country of 43 forces on one machine: what building it, asking it and publishing it cost, force by force and several forces at once.

    PYTHONPATH=. python bench/country.py --forces 43    the whole: 300 districts, 7,000 wards, 10 years, 60 releases
    PYTHONPATH=. python bench/country.py                4 of its forces, in a minute or two

Each force is a partition: releases as Parquet -> its own build, in a process of its own -> its observations as one sorted Parquet file
of the country -> its public pages. Questions as at a day are asked of all these files at once, with the project's own statements.
Nothing here fails: it measures.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import duckdb

from bench.country_data import COUNTS, Country, make_force
from bench.requirements import say
from metrics import definitions
from metrics.build import database
from metrics.ingest import releases
from metrics.outputs.site.publish_site import publish_site
from metrics.store import answer, in_use

ROOT = Path(__file__).parent.parent
SMALL, BASE, PUBLISHED = 4, 20, 2
GROWTH_ALLOWED, TIMES_THE_ROWS = 25, 20
MEGABYTES_ALLOWED, MILLISECONDS_ALLOWED = 1500, 50
QUESTIONS = 300
NEWEST_BUT_ONE = date(2026, 3, 31)
READER: dict = {"memory_limit": "256MB", "threads": 2}
SPILLED = ("force-*/db/*.tmp/*", "spilled/*")


def main() -> None:
    """Make the country, measure each step, and print one line for each requirement."""
    given = _arguments()
    country = Country(months=given.months, releases=given.releases).of_forces(given.forces)
    with tempfile.TemporaryDirectory(dir=given.folder) as name, _watching(Path(name)) as spilled:
        folder = Path(name)
        configs = _made(folder, country, given.at_once)
        base = configs[: max(1, len(configs) // BASE)]
        few, whole = (_built(forces, given.at_once) for forces in (base, configs))
        peak = whole["megabytes"]
        for clock in ("seconds", "processor"):
            what = f"{whole['count'] / few['count']:.1f} times the rows take"
            allowed = GROWTH_ALLOWED / TIMES_THE_ROWS * whole["count"] / few["count"]
            say(what, whole[clock] / few[clock], f"times the {clock}", allowed)
        peak = max(peak, _asked(folder, country))
        peak = max(peak, _published(folder, configs[: given.published], given.at_once))
        say("everything takes at most", peak, "MB", MEGABYTES_ALLOWED)
        print(f"     at most {spilled() / 1e6:,.0f} MB were spilled to disk at a time")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = {"forces": SMALL, "months": Country.months, "releases": Country.releases, "published": PUBLISHED}
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--at-once", type=int, default=len(os.sched_getaffinity(0)), help="how many forces at once (every processor)")
    parser.add_argument("--folder", help="where there is room for it: some 5 GB for the whole (the folder of temporary files)")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--config", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        _run_part(PARTS[given.part], given.config)
        sys.exit()
    return given


def _made(folder: Path, country: Country, at_once: int) -> list[Path]:
    start = time.perf_counter()
    with ProcessPoolExecutor(at_once) as pool:
        configs = list(pool.map(partial(make_force, folder, country), range(country.forces)))
    size = sum(path.stat().st_size for path in folder.rglob("*.parquet"))
    print(f"{country}: made in {time.perf_counter() - start:.0f} s, releases of {size / 1e6:,.0f} MB; {at_once} forces at once")
    return configs


def _built(configs: list[Path], at_once: int) -> dict[str, float]:
    """Build forces; how many figures were read, and what that took."""
    took = _each("build", configs, at_once)
    print(f"     {len(configs)} forces built, {took['count']:,} figures, {_costs(took)}, {took['count'] / took['seconds']:,.0f} a second")
    return took


def _published(folder: Path, configs: list[Path], at_once: int) -> float:
    took = _each("publish", configs, at_once)
    files = [path for path in folder.glob("force-*/public/editions/*/**/*") if path.is_file()]
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    size, mean = sum(path.stat().st_size for path in files) / 1e6, statistics.mean(pages) / 1e3
    print(f"     {len(configs)} forces published, {_costs(took)}")
    print(f"     {len(pages):,} pages of {mean:.0f} kB, {took['count']:,} files of {size:,.0f} MB")
    return took["megabytes"]


def _costs(took: dict[str, float]) -> str:
    return f"in {took['seconds']:.1f} s ({took['processor']:.1f} s of a processor) and at most {took['megabytes']:,.0f} MB of memory"


def _each(part: str, configs: list[Path], at_once: int) -> dict[str, float]:
    """Run a part for each force in a process of its own: how much there was of it, its time, the memory of the largest at once."""
    start = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        reports = list(pool.map(partial(_part, part), configs))
    took = {name: sum(report[name] for report in reports) for name in ("count", "processor")}
    largest = sorted(report["megabytes"] for report in reports)[-at_once:]
    return took | {"seconds": time.perf_counter() - start, "megabytes": sum(largest) + _megabytes()}


def _part(part: str, config: Path) -> dict:
    command = [sys.executable, __file__, "--part", part, "--config", str(config)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)})
    if ran.returncode:
        sys.exit(f"{config}: {ran.stderr}")
    return json.loads(ran.stdout.splitlines()[-1])


def _run_part(work: Callable[[Path], int], config: Path) -> None:
    """What a process of its own does: the work, then how much there was of it and the most memory that it took."""
    count = work(config)
    mine, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = sum(who.ru_utime + who.ru_stime for who in (mine, others))
    print(json.dumps({"count": count, "processor": processor, "megabytes": _megabytes() + others.ru_maxrss / 1024}))


def _build_part(config: Path) -> int:
    """Build a force, and write its observations as its partition of the country; how many figures its releases hold."""
    chosen = definitions.load(config)
    known = definitions.definitions(chosen.data, chosen.plan)
    database.build(chosen.data, chosen.database, known, again=True)
    partition = config.parent.parent / "country" / f"force={known.total.id}"
    partition.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(chosen.database / in_use(chosen.database)[0], read_only=True, config=READER) as connection:
        connection.table("observation").write_parquet(str(partition / "observations.parquet"), compression="zstd")
    return sum(release.rows for release in releases.all_of(chosen.data))


def _publish_part(config: Path) -> int:
    """Publish a force; how many files were written."""
    return publish_site(definitions.load(config), config.parent / "public", processes=1).written


PARTS = {"build": _build_part, "publish": _publish_part}


def _asked(folder: Path, country: Country) -> float:
    """Ask as at days: of the whole country, of the partition of the place's force, and for every figure of the country at once."""
    every, files = folder / "country", sorted((folder / "country").glob("*/*.parquet"))
    print(f"     the country's observations: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:,.1f} MB")
    places = [(number, f"ward-{ward:04d}") for number in range(country.forces) for ward in country.numbers(country.wards, number)]
    of_force = [_reading(folder, [every / f"force=force-{number:02d}" / "observations.parquet"]) for number in range(country.forces)]
    with _reading(folder, files) as whole:
        for what, connection_of in (("the whole country", lambda _: whole), ("the file of its force", of_force.__getitem__)):
            slow = _slow(connection_of, country, places)
            say(f"of 100 as-at questions to {what} 99 take at most", slow, "ms", MILLISECONDS_ALLOWED)
    start = time.perf_counter()
    wards = [[place for number, place in places if number == force] for force in range(country.forces)]
    many = sum(map(_every_figure, of_force, wards))
    print(f"     every figure of every ward as at a day, force by force: {many:,} in {time.perf_counter() - start:.1f} s")
    return _megabytes()


def _every_figure(connection: duckdb.DuckDBPyConnection, places: list[str]) -> int:
    """How many figures of a force's wards were known on a day; each force's are let go before the next."""
    return len(answer(connection, "series_of_places", measures=list(COUNTS), places=places, as_at=NEWEST_BUT_ONE))


def _reading(folder: Path, files: list[Path]) -> duckdb.DuckDBPyConnection:
    """A connection with bounded memory to some files of observations, which spills to disk where it needs more."""
    connection = duckdb.connect(config=READER | {"temp_directory": str(folder / "spilled")})
    connection.read_parquet([str(path) for path in files]).create_view("observation")
    return connection


def _slow(connection_of: Callable[[int], duckdb.DuckDBPyConnection], country: Country, places: list[tuple[int, str]]) -> float:
    """The milliseconds that 99 of 100 questions stay within, of a place, a measure and a day drawn by lot."""
    lot, taken, processor = random.Random(1), [], []
    for number, place in lot.choices(places, k=QUESTIONS):
        day = date(2026, 4, 30) - timedelta(days=lot.randrange(30 * country.releases))
        start, worked = time.perf_counter(), time.process_time()
        answer(connection_of(number), "series", measure=lot.choice(COUNTS), place=place, as_at=day)
        taken.append(1000 * (time.perf_counter() - start))
        processor.append(1000 * (time.process_time() - worked))
    for clock, each in (("clock", taken), ("processor", processor)):
        print(f"     {QUESTIONS} questions by the {clock}: {statistics.median(each):.1f} ms in the middle, the slowest {max(each):.0f}")
    return statistics.quantiles(taken, n=100)[-1]


@contextmanager
def _watching(folder: Path) -> Iterator[Callable[[], int]]:
    """How many bytes DuckDB had spilled to disk at most, looked at ten times a second."""
    most, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            most.append(sum(_size(path) for pattern in SPILLED for path in folder.glob(pattern)))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield lambda: max(most)
    finally:
        ended.set()
        thread.join()


def _size(path: Path) -> int:
    """The size of a file that may go at any time."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _megabytes() -> float:
    """The most memory that this process has had; the high-water mark of its own, which `getrusage` mixes with its parent's."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


if __name__ == "__main__":
    main()
