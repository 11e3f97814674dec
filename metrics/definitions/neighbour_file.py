"""Reading `neighbours.yaml`: where the list is from, and by model the neighbours of each area that are areas of the force too."""

from pathlib import Path

from metrics.definitions import yaml_file
from metrics.definitions.references import must_be_known
from metrics.definitions.schema import Spot, noun
from metrics.domain import Place
from metrics.domain.geography import Neighbours

NAME = "neighbours.yaml"


def neighbours(data: Path, places: dict[str, Place]) -> Neighbours | None:
    """
    The neighbours of every area; none where the force has not brought any, and then no page names places like it.

    Raises
    ------
    Refused
        A field is missing or unknown, a name is no area, an area is left out, is its own neighbour or has more than are listed.
    """
    path = data / NAME
    if not path.exists():
        return None
    value = yaml_file.load(path)
    whole = Spot(value, path, value.line)
    known = noun(Neighbours, whole)
    areas = [place.id for place in places.values() if place.level == "area"]
    for model in known.models:
        _check(whole.at("models").at(model).at("areas"), areas, known.listed)
    return known


def _check(spot: Spot, areas: list[str], listed: int) -> None:
    missing = sorted(set(areas) - set(spot.value))
    if missing:
        spot.refuse(f"{missing[0]} is missing: an area without neighbours here has an empty list")
    for area in spot.value:
        here = spot.at(area)
        must_be_known(Spot(area, here.file, here.line, here.name), "area", areas)
        if len(here.value) > listed:
            here.refuse(f"{len(here.value)} neighbours, and the publisher lists {listed}")
        for index, name in enumerate(here.value):
            must_be_known(here.at(index), "area", areas)
            if name == area:
                here.at(index).refuse(f"{area} is its own neighbour")


def as_fields(known: Neighbours) -> dict:
    """The same as plain values to be written."""
    models = {
        name: {"title": model.title, "areas": {area: list(alike) for area, alike in model.areas.items()}}
        for name, model in known.models.items()
    }
    heads = {name: getattr(known, name) for name in ("source", "licence", "url", "published", "listed")}
    return {name: value for name, value in heads.items() if value} | {"models": models}
