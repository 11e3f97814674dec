"""
Everything that `config.yaml` and `data/` say about meaning, read once and checked whole.

Whatever is misspelt, missing or contradictory is refused with the file, the line, the field and what was
probably meant; nothing is read by half. To add a measure, a plan or a place, add to `data/`: no Python changes.
"""

from dataclasses import replace
from pathlib import Path

from metrics.definitions import force_file, geography_files, meeting_files, references, yaml_file
from metrics.definitions.configuration import load, path_of
from metrics.definitions.first_version import FORCE, is_first_version
from metrics.definitions.public_text import check_names, check_size, place_words
from metrics.definitions.schema import Spot, noun
from metrics.definitions.yaml_file import Items
from metrics.domain import Break, Dataset, Definitions, Measure, Place, Plan, Refused
from metrics.domain.names import hint

__all__ = ["definitions", "load", "path_of", "with_meetings"]

MEETINGS = "meetings"
FLAG_WORDS, FLAG_LETTERS = 8, 50
"""What has room under a chart."""


def definitions(data: Path, plan: str) -> Definitions:
    """
    Read every definition under `data`.

    `data`: the folder that holds `force.yaml`, `plans`, `measures`, `datasets`, `places.csv`, `breaks.yaml` and, where there are any,
        `meetings` and `boundaries.yaml`.
    Raises Refused: anything misspelt, missing, contradictory or leading nowhere.
    """
    if is_first_version(data):
        raise Refused("no such file; a folder of the first version has none: `python -m metrics upgrade` brings it up", file=data / FORCE)
    datasets = _folder(data / "datasets", Dataset)
    measures = _folder(data / "measures", Measure)
    plans = _folder(data / "plans", Plan)
    force, places = force_file.read(data)
    wards = force_file.read_wards(data, places)
    by_id = _checked(datasets, measures, plans, places)
    by_id["datasets"] = references.with_names(by_id["datasets"], {name: spot for name, (_, spot) in datasets.items()})
    if plan not in plans:
        raise Refused(f"no plan called {plan!r} in {data / 'plans'}{hint(plan, plans)}")
    return Definitions(
        plan=by_id["plans"][plan],
        **by_id,
        places=places,
        breaks=_breaks(data / "breaks.yaml", by_id["measures"], by_id["datasets"], places),
        meetings=meeting_files.read(data / MEETINGS, places, by_id["measures"], by_id["plans"]),
        force=force,
        outlines=geography_files.boundaries(data),
        wards=wards,
        ward_outlines=geography_files.boundaries(data, geography_files.WARD_BOUNDARIES),
        postcodes=geography_files.postcodes(data, wards),
        neighbours=geography_files.neighbours(data, places),
    )


def with_meetings(data: Path, known: Definitions, *, draft: Path | None = None) -> Definitions:
    """
    The definitions with the meetings as they stand in `data` now, or as they would with one more file, or another in its place.

    `draft`: a file `<area>/<date>.yaml`, wherever it stands, that is read as if it stood among the meetings.
    """
    return replace(known, meetings=meeting_files.read(data / MEETINGS, known.places, known.measures, known.plans, draft=draft))


def _checked(datasets: dict, measures: dict, plans: dict, places: dict) -> dict[str, dict]:
    """The nouns by id, once everything that they say of each other holds."""
    by_id = {
        name: {key: item for key, (item, _) in nouns.items()}
        for name, nouns in (("datasets", datasets), ("measures", measures), ("plans", plans))
    }
    for dataset, spot in datasets.values():
        references.check_dataset(dataset, spot, places)
    for measure, spot in measures.values():
        references.check_measure(measure, spot, by_id["measures"], by_id["datasets"])
        references.check_kind(measure, spot, by_id["datasets"])
    references.check_headlines(measures.values())
    references.check_titles(measures.values())
    for plan, spot in plans.values():
        references.check_plan(plan, spot)
        references.check_parts(plan, spot, by_id["measures"], by_id["plans"])
        references.check_missions(plan, measures.values())
        _check_commitments(plan, spot.at("commitments"), by_id["measures"], places)
    return by_id


def _check_commitments(plan: Plan, listed: Spot, measures: dict[str, Measure], places: dict[str, Place]) -> None:
    """Refuse a plan with a commitment that leads nowhere, holds too much or names a person."""
    check_size(listed)
    check_names(listed, (), place_words(places.values()))
    for index, commitment in enumerate(plan.commitments):
        references.check_commitment(commitment, listed.at(index), plans=(plan,), measures=measures, concerns=())


def _folder(folder: Path, cls: type) -> dict[str, tuple]:
    """Each noun of a folder of YAML files by id, with the spot it was read from."""
    if not folder.is_dir():
        raise Refused(f"no such folder: {folder}")
    nouns = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix != ".yaml":
            raise Refused(f"a file of {folder.name} must end in .yaml", file=path)
        spot = _spot(path)
        item = noun(cls, spot)
        if item.id != path.stem:
            spot.at("id").refuse(f"{item.id!r} is not the file's name, {path.stem!r}")
        nouns[item.id] = item, spot
    return nouns


def _breaks(
    path: Path, measures: dict[str, Measure], datasets: dict[str, Dataset], places: dict[str, Place]
) -> tuple[Break, ...]:
    whole = _spot(path)
    if not isinstance(whole.value, Items):
        whole.refuse("a list of breaks was expected, each beginning with a hyphen")
    breaks: dict[str, Break] = {}
    for index in range(len(whole.value)):
        spot = whole.at(index)
        brk = noun(Break, spot)
        if brk.flag and (len(brk.flag) > FLAG_LETTERS or len(brk.flag.split()) > FLAG_WORDS):
            spot.at("flag").refuse(f"a flag has at most {FLAG_WORDS} words and {FLAG_LETTERS} characters: {brk.flag!r}")
        if brk.id in breaks:
            spot.at("id").refuse(f"{brk.id!r} is already the id of another break")
        references.check_link(brk, spot, places)
        breaks[brk.id] = references.with_measures_named(brk, spot, measures, datasets)
    return tuple(sorted(breaks.values(), key=lambda brk: brk.period))


def _spot(path: Path) -> Spot:
    value = yaml_file.load(path)
    return Spot(value, path, value.line)
