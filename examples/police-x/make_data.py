"""
The releases of a force that does not exist, the same from every run: 48 months of four measures in three districts.

    python examples/police-x/make_data.py

Burglary falls in one district from the launch of the plan on, vehicle crime falls everywhere but not fast enough for its target,
confidence and officers hardly move. The words of claims are those of the shipped project without its places and measures.
"""

import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.definitions import yaml_file
from metrics.domain import TIDY, Release, periods
from metrics.ingest import releases
from metrics.ingest.contract import Account

HERE = Path(__file__).parent
DATA, SHIPPED = HERE / "data", HERE.parents[1] / "data"
DAYS = {date(2025, 4, 30): "2025-03", date(2026, 4, 30): "2026-03"}
WORDS_OF_PLACES = ("measures", "ambiguous", "likely", "places", "events", "mistaken")


@dataclass(frozen=True)
class MadeUpForce:
    """A force to make up: its whole area, the residents of each of its areas, its months, and the area in which burglary falls."""

    total: str
    residents: dict[str, int]
    months: list[str]
    launched: str
    improving: str
    seed: int = 0


EXSHIRE = MadeUpForce(
    "exshire", {"eastmoor": 90_000, "millbrook": 140_000, "northdale": 70_000}, periods.span("2022-04", "2026-03"), "2024-04", "millbrook",
)


def main() -> None:
    """Write the releases and the words of claims."""
    shutil.rmtree(DATA / "releases", ignore_errors=True)
    rows = pd.DataFrame([*counts(EXSHIRE), *confidence(EXSHIRE), *officers(EXSHIRE)], columns=TIDY)
    for day, last in DAYS.items():
        _keep("figures", day, rows[rows["period"] <= last])
    _keep("population", date(2024, 12, 31), pd.DataFrame(list(residents(EXSHIRE)), columns=TIDY))
    (DATA / "claims.yaml").write_text(_claims(), encoding="utf-8")


def counts(force: MadeUpForce):
    """Months of burglary and vehicle crime, with a season, chance, and a fall after the launch."""
    chance = np.random.default_rng(2024 + force.seed)
    for measure, rate in (("burglary", 0.0011), ("vehicle-crime", 0.001)):
        drawn = {place: chance.poisson(_expected(force, measure, place, rate)) for place in force.residents}
        drawn[force.total] = sum(drawn.values())
        for place, by_month in drawn.items():
            yield from ((measure, place, month, float(many), None) for month, many in zip(force.months, by_month, strict=True))


def _expected(force: MadeUpForce, measure: str, place: str, rate: float) -> np.ndarray:
    month = np.arange(len(force.months))
    since = np.maximum(0, month - force.months.index(force.launched))
    falls = 0.985**since if measure == "vehicle-crime" else np.where((place == force.improving) & (since > 0), 0.7, 1.0)
    return force.residents[place] * rate * (1 + 0.1 * np.cos(2 * np.pi * month / 12)) * falls


def confidence(force: MadeUpForce):
    """Quarters of a rolling year of interviews."""
    chance = np.random.default_rng(2025 + force.seed)
    for place, base in (*((place, 800) for place in force.residents), (force.total, 800 * len(force.residents))):
        for month in force.months[2::3]:
            yield "confidence", place, month, round(float(100 * chance.binomial(base, 0.56) / base), 1), float(base)


def officers(force: MadeUpForce):
    """Officers in post at the end of each month."""
    chance = np.random.default_rng(2026 + force.seed)
    steps = chance.integers(-8, 10, len(force.months)).cumsum()
    yield from (("officers", force.total, month, float(1200 + step), None) for month, step in zip(force.months, steps, strict=True))


def residents(force: MadeUpForce):
    """Residents at the middle of each year."""
    for year in sorted({int(month[:4]) for month in force.months})[: len(force.months) // 12]:
        yield from (("residents", place, f"{year}-06", float(many), None) for place, many in force.residents.items())
        yield "residents", force.total, f"{year}-06", float(sum(force.residents.values())), None


def _keep(dataset: str, day: date, rows: pd.DataFrame) -> None:
    tidy = rows.sort_values(TIDY[:3], ignore_index=True)
    months = tidy["period"]
    series = sorted(set(tidy["measure"]))
    account = Account(rows_read=len(tidy), first=months.min(), last=months.max(), mapped=dict(zip(series, series, strict=True)))
    report = asdict(account) | releases.compare(tidy, releases.known(releases.history(DATA, dataset, day)))
    release = Release(
        dataset, day, approximate=False, retrieved=day, second_hand=False, files=({"name": f"{dataset}.csv", "sha256": ""},),
        rows=len(tidy), sha256=releases.digest(releases.as_csv(tidy).encode()), note="Made up by examples/police-x/make_data.py.",
        report=report,
    )
    releases.write(DATA, release, tidy)


def _claims() -> str:
    words = _plain(yaml_file.load(SHIPPED / "claims.yaml"))
    words |= {name: {} for name in WORDS_OF_PLACES} | {"measures": {"confidence": ["confidence", "trust"], "officers": ["officers"]}}
    words["beyond"] = words["beyond"] | {"elsewhere": ["elsewhere"]}
    return "# Made by make_data.py from the words of the shipped project.\n" + yaml_file.text(words)


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
