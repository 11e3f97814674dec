"""Reading `force.yaml` and the places that it speaks of."""

from pathlib import Path

from metrics.definitions import place_files, yaml_reader
from metrics.definitions.schema import Spot, noun
from metrics.domain import Force, Place

FORCE, PLACES = "force.yaml", "places.csv"
NEEDED = ("force", "area")


def read(data: Path) -> tuple[Force, dict[str, Place]]:
    """
    The force, and every place by id.

    Raises
    ------
    Refused
        A field unknown, missing or of the wrong kind, a level without a name, or a place that does not fit the force.
    """
    path = data / FORCE
    value = yaml_reader.load(path)
    spot = Spot(value, path, value.line)
    force = noun(Force, spot)
    places = place_files.read(data / PLACES, force)
    for index, name in enumerate(force.visited):
        if name not in places:
            spot.at("visited").at(index).refuse(f"no place has the id {name!r}")
    for level in sorted({*NEEDED, *(place.level for place in places.values() if place.level == "unit")} - force.levels.keys()):
        spot.at("levels").refuse(f"{level!r} is missing: say what such a place is called")
    return force, places
