"""
One module per publisher's file: official download in, tidy rows and an account of the file out.

To add a publisher, write a module with `read(files, dataset, places) -> Tidy`, name it in `READERS`, and
describe the dataset in `data/datasets/`. What the rows must meet besides is `metrics.ingest.contract`.
"""

from pathlib import Path

import pandas as pd

from metrics.domain import TIDY, Dataset, Definitions, Place, Refused
from metrics.ingest.contract import Tidy, absent_from, check, gaps_of, series_of
from metrics.ingest.importers import (
    crime_dashboard,
    force_strength,
    population,
    public_attitudes,
    recorded_crime,
    recorded_crime_ward,
    state_of_london,
    stop_search_counts,
    template,
    vawg,
)

READERS = {
    "recorded_crime": recorded_crime.read,
    "recorded_crime_ward": recorded_crime_ward.read,
    "crime_dashboard": crime_dashboard.read,
    "public_attitudes": public_attitudes.read,
    "force_strength": force_strength.read,
    "population": population.read,
    "state_of_london": state_of_london.read,
    "stop_search_counts": stop_search_counts.read,
    "template": template.read,
    "vawg": vawg.read,
}


def read(files: list[Path], dataset: Dataset, definitions: Definitions, before: pd.DataFrame | None = None) -> Tidy:
    """
    What one release gives, once it has met the contract.

    `before`: what was known of the dataset before, as `releases.known` gives it; nothing where there is no earlier release.
    """
    places: dict[str, Place] = {**definitions.places, **(definitions.wards if dataset.level == "ward" else {})}
    tidy = READERS[dataset.importer](files, dataset, places)
    series = series_of(dataset, definitions)
    if tidy.rows.empty:
        raise Refused("nothing of this is kept", file=files[0])
    try:
        check(tidy, series, places, pd.DataFrame(columns=TIDY) if before is None else before, dataset.limits)
    except Refused as refusal:
        raise Refused(str(refusal), file=None if refusal.where or files[1:] else files[0]) from refusal
    tidy.account.first, tidy.account.last = tidy.rows["period"].min(), tidy.rows["period"].max()
    tidy.account.gaps += [*gaps_of(tidy.rows, series), *absent_from(tidy, dataset, definitions.places)]
    return tidy
