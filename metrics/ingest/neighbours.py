"""The statistical nearest neighbours of local authorities, as the Office for National Statistics lists them: what lies in the force."""

from collections import defaultdict
from pathlib import Path

from metrics.definitions import csv_reader
from metrics.definitions.csv_reader import Sheet
from metrics.domain import Place
from metrics.domain.geography import Likeness
from metrics.ingest.reading import columns

WANTED = {"model": {"type"}, "place": {"lad"}, "rank": {"rank_of_20", "rank"}, "neighbour": {"neighbour_lad"}}
TITLES = {"global": "overall, in society and economy", "demographic": "in who lives there", "economic": "in their economy"}
"""What each of the publisher's models compares, the one that pages show first."""


def by_model(file: Path, places: dict[str, Place]) -> tuple[int, dict[str, Likeness]]:
    """
    How many neighbours each place has in the file, and by model those of each area that are areas too, in the file's order.

    Raises
    ------
    Refused
        Another header, a model that is not known, a neighbour or a number that stands twice or is missing, or an area left out.
    """
    sheet = csv_reader.read(file)
    ids = {place.code: place.id for place in places.values() if place.level == "area"}
    ranked = _ranked(sheet, columns(sheet, WANTED, "neighbours"))
    listed = max(len(ranks) for ranks in ranked.values())
    for (model, code), ranks in ranked.items():
        if sorted(ranks) != list(range(1, listed + 1)):
            raise sheet.refuse(f"{model}, {code}: the neighbours are not numbered from 1 to {listed}", None)
    return listed, {model: Likeness(title, _areas(sheet, model, ranked, ids)) for model, title in TITLES.items()}


def _ranked(sheet: Sheet, where: dict[str, int]) -> dict[tuple[str, str], dict[int, str]]:
    """The neighbours of every place by model and by their number."""
    ranked: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for line, cells in sheet.rows:
        model, place, rank, neighbour = (cells[where[part]].strip() for part in WANTED)
        if model not in TITLES:
            raise sheet.refuse(f"{model!r} is no model that is known: {', '.join(TITLES)}", line)
        number, ranks = csv_reader.whole(sheet, line, rank, "rank"), ranked[model, place]
        if number in ranks or neighbour in ranks.values():
            raise sheet.refuse(f"{model}, {place}: {neighbour} or its number, {number}, stands twice", line)
        ranks[number] = neighbour
    return ranked


def _areas(sheet: Sheet, model: str, ranked: dict[tuple[str, str], dict[int, str]], ids: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """The neighbours of each area that are areas too."""
    for code, area in ids.items():
        if (model, code) not in ranked:
            raise sheet.refuse(f"{model}: {area} ({code}) is not in the file", None)
    return {
        area: tuple(ids[neighbour] for _, neighbour in sorted(ranked[model, code].items()) if neighbour in ids)
        for code, area in ids.items()
    }
