"""
Reading `boundaries.yaml`: where the outlines come from, the grid they stand on, the borders, and which borders are round each area.

A border is a line of whole numbers: its first place, then steps. A ring is a line of border numbers; a minus before a number, which
begins at 1, says that the border runs the other way.
"""

import itertools
from pathlib import Path

from metrics.definitions import yaml_file
from metrics.definitions.schema import Spot
from metrics.domain.geography import Boundaries

NAME, WARDS = "boundaries.yaml", "ward-boundaries.yaml"
FIELDS = ("source", "licence", "width", "height", "borders", "areas")


def boundaries(data: Path, name: str = NAME) -> Boundaries | None:
    """
    The outlines of the areas, or of the wards from `WARDS`; none where the force has not brought any, and then there is no map.

    Raises
    ------
    Refused
        A field is missing or unknown, or a ring does not close.
    """
    path = data / name
    if not path.exists():
        return None
    whole = Spot((value := yaml_file.load(path)), path, value.line)
    _fields(whole)
    arcs = tuple(_arc(whole.at("borders").at(index)) for index in range(len(value["borders"])))
    areas = {name: _rings(whole.at("areas").at(name), len(arcs)) for name in value["areas"]}
    outlines = Boundaries(value["source"], value["licence"], value["width"], value["height"], arcs, areas)
    for area in areas:
        if any(ring[0] != ring[-1] for ring in outlines.rings(area)):
            whole.at("areas").at(area).refuse("the borders do not close round the area")
    return outlines


def as_fields(given: Boundaries) -> dict:
    """The same as plain values to be written."""
    return {
        "source": given.source,
        "licence": given.licence,
        "width": given.width,
        "height": given.height,
        "borders": [_steps(arc) for arc in given.arcs],
        "areas": {name: [" ".join(map(_sign, ring)) for ring in rings] for name, rings in given.areas.items()},
    }


def _fields(whole: Spot) -> None:
    for name in FIELDS:
        if name not in whole.value:
            whole.refuse(f"{name} is missing")
    for name in whole.value:
        if name not in FIELDS:
            whole.at(name).refuse(f"unknown field; there are {', '.join(FIELDS)}")


def _numbers(spot: Spot) -> list[int]:
    words = str(spot.value).split()
    if not words or any(not word.lstrip("-").isdigit() for word in words):
        spot.refuse("whole numbers with a space between them were expected")
    return [int(word) for word in words]


def _arc(spot: Spot) -> tuple[tuple[int, int], ...]:
    numbers = _numbers(spot)
    if len(numbers) < 4 or len(numbers) % 2:
        spot.refuse("a border has at least two places, each of two numbers")
    places = [(numbers[0], numbers[1])]
    for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
        places.append((places[-1][0] + dx, places[-1][1] + dy))
    return tuple(places)


def _rings(spot: Spot, arcs: int) -> tuple[tuple[int, ...], ...]:
    return tuple(_ring(spot.at(index), arcs) for index in range(len(spot.value)))


def _ring(spot: Spot, arcs: int) -> tuple[int, ...]:
    numbers = _numbers(spot)
    if any(not 1 <= abs(number) <= arcs for number in numbers):
        spot.refuse(f"there are borders 1 to {arcs}")
    return tuple(number - 1 if number > 0 else ~(-number - 1) for number in numbers)


def _sign(number: int) -> str:
    return str(number + 1) if number >= 0 else str(-(~number + 1))


def _steps(arc: tuple[tuple[int, int], ...]) -> str:
    steps = [arc[0], *((x - x0, y - y0) for (x0, y0), (x, y) in itertools.pairwise(arc))]
    return " ".join(f"{x} {y}" for x, y in steps)
