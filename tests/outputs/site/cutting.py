"""The shipped data cut down to a few measures and areas, so that an edition of it is made in seconds; what was judged stays as it was."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb

from metrics import definitions
from metrics.domain import Definitions
from metrics.domain.geography import Neighbours
from metrics.narrative import Wording
from metrics.outputs.site.measure_pages import subject
from metrics.outputs.site.page_frame import site_of
from metrics.outputs.site.publish_site import assembled
from metrics.report.snapshot import Snapshot
from metrics.store import POINTER, Store, in_use, sum_of, sum_path

# A survey, a stale survey, counts large and small, one that no comparison may cross and the one it is a rate of, a stock,
# one without figures, one with the longest title.
CHOSEN = (
    "trust-met", "know-officers", "neighbourhood-crime", "homicide", "domestic-abuse", "da-outcomes", "officers-pcsos", "asb-calls",
    "rape-outcomes",
)
ADDRESS, CONTACT = "https://example.org", "The tests"
AREAS = ("barnet", "brent", "bromley", "hammersmith-and-fulham", "kingston-upon-thames", "westminster")


def cut(known: Definitions, chosen: tuple[str, ...] = CHOSEN) -> Definitions:
    """The definitions with some measures and areas only, and nothing that names the others."""
    measures = {
        name: replace(known.measures[name], related=tuple(other for other in known.measures[name].related if other in chosen))
        for name in chosen
    }
    meetings = tuple(
        replace(
            meeting,
            concerns=tuple(
                replace(concern, measures=tuple(name for name in concern.measures if name in chosen)) for concern in meeting.concerns
            ),
        )
        for meeting in known.meetings
        if meeting.area in AREAS
    )
    return replace(_cut_to_areas(known), measures=measures, meetings=meetings)


def _cut_to_areas(known: Definitions) -> Definitions:
    out = {area.id for area in known.areas} - set(AREAS)
    wards = {code: ward for code, ward in known.wards.items() if ward.area not in out}
    outward = {code: parts for code, parts in known.postcodes.outward.items() if wards.keys() >= parts.keys()}
    places = {name: place for name, place in known.places.items() if name not in out}
    postcodes = replace(known.postcodes, outward=outward)
    return replace(known, places=places, wards=wards, postcodes=postcodes, neighbours=_among(known.neighbours))


def _among(neighbours: Neighbours) -> Neighbours:
    """The neighbours of each area as far as they are areas that stay."""
    models = {
        name: replace(model, areas={area: tuple(alike for alike in model.areas[area] if alike in AREAS) for area in AREAS})
        for name, model in neighbours.models.items()
    }
    return replace(neighbours, models=models)


def cut_database(whole: Path, small: Path, known: Definitions) -> None:
    """Write a copy of a database without the rows of the areas and wards that `cut` leaves out."""
    name = in_use(whole)[0]
    small.mkdir()
    shutil.copyfile(whole / name, small / name)
    out = [area.id for area in known.areas if area.id not in AREAS]
    out += [code for code, ward in known.wards.items() if ward.area in out]
    with duckdb.connect(small / name) as connection:
        for table, column in (*_tables_of(connection, "place"), ("place", "id")):
            connection.execute(f'DELETE FROM "{table}" WHERE {column} IN (SELECT unnest($out))', {"out": out})
    sum_path(small / name).write_text(sum_of(small / name), encoding="utf-8")
    (small / POINTER).write_text(f"{name}\n", encoding="utf-8")


def _tables_of(connection: duckdb.DuckDBPyConnection, column: str) -> list[tuple[str, str]]:
    """The tables that have a column of a name, with that name."""
    asked = "SELECT table_name, column_name FROM duckdb_columns() WHERE column_name = $column"
    return connection.execute(asked, {"column": column}).fetchall()


def reader(path: Path) -> Callable[..., Snapshot]:
    """What gives readings of the database of a configuration: of definitions, as at a day."""
    config = definitions.load(path)
    store, wording = Store(config.database), Wording(config.data / "wording.yaml")
    return lambda known, as_at=None: Snapshot(store, known, wording, as_at)


def site(reading: Snapshot, *, address: str, contact: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the edition of a reading, made in this process."""
    made = site_of(reading, address, contact)
    return assembled(made, (subject(made, name) for name in reading.known.measures))


def edition(reading: Snapshot) -> dict[str, bytes]:
    """Every file of the edition of a reading; none may come twice."""
    made = list(site(reading, address=ADDRESS, contact=CONTACT))
    assert len(dict(made)) == len(made)
    return dict(made)
