"""
Reading and writing where places lie: outlines in `boundaries.yaml`, `postcodes.txt`, and `neighbours.yaml`, the areas most like each.

A border is a line of whole numbers: its first place, then steps. A ring is a line of border numbers; a minus before a number, which
begins at 1, says that the border runs the other way. Of postcodes there is a line for each ward in each outward code, whose last word is
the packed text of `metrics/domain/geography.py`.
"""

import itertools
import re
from pathlib import Path

from metrics.definitions import yaml_file
from metrics.definitions.references import must_be_known
from metrics.definitions.schema import Spot, noun
from metrics.domain import Place, Refused, Ward
from metrics.domain.geography import FAR, STEP_LETTERS, Boundaries, Neighbours, Postcodes, pack_codes

BOUNDARIES, WARD_BOUNDARIES = "boundaries.yaml", "ward-boundaries.yaml"
FIELDS = ("source", "licence", "width", "height", "borders", "areas")


def boundaries(data: Path, name: str = BOUNDARIES) -> Boundaries | None:
    """
    The outlines of the areas, or of the wards from `WARD_BOUNDARIES`; none where the force has not brought any, and then there is no map.

    Raises Refused: a field is missing or unknown, or a ring does not close.
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


def boundary_fields(given: Boundaries) -> dict:
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


POSTCODES = "postcodes.txt"
HEADS = ("source", "licence")
LINE = re.compile(rf"([A-Z]{{1,2}}[0-9][A-Z0-9]?) (\w+) ((?:[0-9](?:{FAR}*[{STEP_LETTERS}])+)+)")


def postcodes(data: Path, wards: dict[str, Ward]) -> Postcodes | None:
    """
    The postcodes; none where the force has not brought any, and then no postcode can be looked for.

    Raises Refused: a line that is none, a ward that `wards.csv` does not know, or a ward that stands twice in an outward code.
    """
    path = data / POSTCODES
    if not path.exists():
        return None
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"cannot be read ({error})", file=path) from error
    heads = [_head(path, number, name, lines[number - 1 : number]) for number, name in enumerate(HEADS, 1)]
    outward: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines[len(HEADS) :], len(HEADS) + 1):
        match = LINE.fullmatch(line)
        if not match:
            raise Refused(f"not an outward code, a ward and its inward codes: {line[:40]!r}", file=path, line=number)
        if match[2] not in wards:
            raise Refused(f"{match[2]!r} is no ward of wards.csv", file=path, line=number)
        there = outward.setdefault(match[1], {})
        if match[2] in there:
            raise Refused(f"{match[2]} already stands in {match[1]}", file=path, line=number)
        there[match[2]] = match[3]
    return Postcodes(*heads, outward)


def _head(path: Path, number: int, name: str, line: list[str]) -> str:
    if not line or not line[0].startswith(f"{name}: "):
        raise Refused(f"'{name}: ' and its words were expected", file=path, line=number)
    return line[0].removeprefix(f"{name}: ").strip()


def postcode_text(source: str, licence: str, by_ward: dict[tuple[str, str], list[str]]) -> str:
    """
    The text of the file, from the inward codes by outward code and ward.

    >>> print(postcode_text("OS", "OGL", {("KT1", "E1"): ["1AB"]}), end="")
    source: OS
    licence: OGL
    KT1 E1 1b
    """
    rows = [f"{outward} {ward} {pack_codes(inward)}" for (outward, ward), inward in sorted(by_ward.items())]
    return "\n".join([f"source: {source}", f"licence: {licence}", *rows]) + "\n"


NEIGHBOURS = "neighbours.yaml"


def neighbours(data: Path, places: dict[str, Place]) -> Neighbours | None:
    """
    The neighbours of every area; none where the force has not brought any, and then no page names places like it.

    Raises Refused: a field is missing or unknown, a name is no area, an area is left out, is its own neighbour or has more than are listed.
    """
    path = data / NEIGHBOURS
    if not path.exists():
        return None
    value = yaml_file.load(path)
    whole = Spot(value, path, value.line)
    known = noun(Neighbours, whole)
    areas = [place.id for place in places.values() if place.level == "area"]
    for model in known.models:
        _check_neighbours(whole.at("models").at(model).at("areas"), areas, known.listed)
    return known


def _check_neighbours(spot: Spot, areas: list[str], listed: int) -> None:
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


def neighbour_fields(known: Neighbours) -> dict:
    """The same as plain values to be written."""
    models = {
        name: {"title": model.title, "areas": {area: list(alike) for area, alike in model.areas.items()}}
        for name, model in known.models.items()
    }
    heads = {name: getattr(known, name) for name in ("source", "licence", "url", "published", "listed")}
    return {name: value for name, value in heads.items() if value} | {"models": models}
