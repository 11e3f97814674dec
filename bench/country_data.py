"""
A country that does not exist, made from the forces of `examples/police-x`: a folder for each force, its releases as Parquet.

The way of the data: residents of each ward -> monthly counts of wards, added up to districts and to the force -> one table of all
months -> for each release the months up to its day, the newest three not yet whole. Districts are areas, judged and published; wards
are places besides, kept of every release and asked for as at any day, and neither judged nor published.
"""

import json
import runpy
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from metrics.definitions.force_file import COLUMNS
from metrics.domain import TIDY, Release, periods
from metrics.ingest import releases
from metrics.ingest.contract import Account

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "police-x"
EXAMPLES = runpy.run_path(str(EXAMPLE / "make_data.py"))
NEWEST, LAUNCHED = "2026-03", "2024-04"
LATE = {0: 0.8, 1: 0.95, 2: 0.99}
"""How much of a month is known when it is the newest, the one before, and the one before that."""
COUNTS = ("burglary", "vehicle-crime")


@dataclass(frozen=True)
class Country:
    """How many forces, districts, wards, months and monthly releases; what does not divide goes to the later forces."""

    forces: int = 43
    districts: int = 300
    wards: int = 7000
    months: int = 120
    releases: int = 60

    def of_forces(self, forces: int) -> "Country":
        """A part of it with some forces, and as many districts and wards as fall to them."""
        return Country(forces, self.districts * forces // self.forces, self.wards * forces // self.forces, self.months, self.releases)

    def numbers(self, many: int, force: int) -> range:
        """Which of `many` districts or wards fall to a force."""
        return range(many * force // self.forces, many * (force + 1) // self.forces)


def make_force(folder: Path, country: Country, number: int) -> Path:
    """Write one force of a country into a folder of its own."""
    name, home = f"force-{number:02d}", folder / f"force-{number:02d}"
    districts, area_of = _areas(country, number)
    shutil.copytree(EXAMPLE / "data", home / "data", ignore=shutil.ignore_patterns("releases", "changes.csv"))
    _rename(home / "data", name, districts[0])
    levels = {name: "force"} | dict.fromkeys(districts, "area") | dict.fromkeys(area_of, "outside")
    rows = [{"id": place, "name": place.capitalize(), "level": level} for place, level in levels.items()]
    pd.DataFrame(rows).reindex(columns=COLUMNS).to_csv(home / "data/places.csv", index=False)
    figures, residents = _figures(country, number, name, area_of)
    _keep(home / "data", "population", date(2025, 12, 31), residents)
    for last in periods.span(periods.shift(NEWEST, 1 - country.releases), NEWEST):
        _keep(home / "data", "figures", periods.last_day(periods.shift(last, 1)), _as_known(figures, last))
    text = (EXAMPLE / "config.yaml").read_text(encoding="utf-8").replace("../../build/police-x", "db").replace("full", "public")
    (home / "config.yaml").write_text(text, encoding="utf-8")
    return home / "config.yaml"


def _areas(country: Country, number: int) -> tuple[list[str], dict[str, str]]:
    """The districts of a force, and the district of each of its wards."""
    districts = [f"district-{of_district:03d}" for of_district in country.numbers(country.districts, number)]
    wards = country.numbers(country.wards, number)
    return districts, {f"ward-{of_ward:04d}": districts[of_ward % len(districts)] for of_ward in wards}


def _rename(data: Path, force: str, district: str) -> None:
    """The example's definitions with the names of a force and of its first district."""
    names = {"Exshire": force.capitalize(), "exshire": force, "Millbrook": district.capitalize(), "millbrook": district}
    meetings = data / "meetings"
    (meetings / "millbrook").rename(meetings / district)
    for path in (data / "force.yaml", *meetings.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for old, new in names.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")


def _figures(country: Country, number: int, name: str, area_of: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every figure of a force in the end, and its residents, as tidy rows."""
    people = dict(zip(area_of, np.random.default_rng(number).integers(6_000, 12_000, len(area_of)).tolist(), strict=True))
    of_district = pd.Series(people).groupby(area_of).sum().to_dict()
    months = periods.span(periods.shift(NEWEST, 1 - country.months), NEWEST)
    wards, districts = (
        EXAMPLES["MadeUpForce"](name, residents, months, LAUNCHED, min(residents), number) for residents in (people, of_district)
    )
    counted = pd.DataFrame(EXAMPLES["counts"](wards), columns=TIDY)
    of_wards = counted[counted["place"] != name]
    added = of_wards.assign(place=of_wards["place"].map(area_of)).groupby(TIDY[:3], as_index=False)["value"].sum()
    others = pd.DataFrame([*EXAMPLES["confidence"](districts), *EXAMPLES["officers"](districts)], columns=TIDY)
    residents = pd.DataFrame([*EXAMPLES["residents"](wards), *EXAMPLES["residents"](districts)], columns=TIDY)
    return pd.concat([counted, added, others], ignore_index=True), residents.drop_duplicates(TIDY[:3])


def _as_known(figures: pd.DataFrame, last: str) -> pd.DataFrame:
    """What a release gives: every month up to its last one, the newest counts still short."""
    rows = figures[figures["period"] <= last]
    late = rows["period"].map({periods.shift(last, -ago): part for ago, part in LATE.items()})
    share = late.where(rows["measure"].isin(COUNTS)).fillna(1)
    return rows.assign(value=np.where(share < 1, np.floor(rows["value"] * share), rows["value"]))


def _keep(data: Path, dataset: str, day: date, rows: pd.DataFrame) -> None:
    """A release as an import keeps it, in Parquet that is packed quickly."""
    path = data / "releases" / dataset / f"{day}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    tidy = rows.sort_values(TIDY[:3], ignore_index=True).astype(releases.KINDS)
    tidy.to_parquet(path, index=False, compression="zstd")
    account = Account(rows_read=len(tidy), first=tidy["period"].min(), last=tidy["period"].max())
    report = asdict(account) | releases.compare(tidy.head(0), tidy.head(0))
    release = Release(
        dataset, day, approximate=False, retrieved=day, second_hand=False, files=({"name": path.name, "sha256": ""},), rows=len(tidy),
        sha256=releases.digest(path.read_bytes()), report=report,
    )
    facts = asdict(release) | {"published": f"{day}", "retrieved": f"{day}"}
    path.with_suffix(".json").write_text(json.dumps(facts | {releases.SEAL: releases.seal_of(facts)}), encoding="utf-8")
