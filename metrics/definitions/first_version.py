"""
A data folder of the first version, in today's form: the words for levels, missions with titles, priorities with ids, and commitments
with a history.

A folder is of the first version where it has no `force.yaml`: the force was in the source then. Releases are left as they are.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from metrics.definitions import yaml_file
from metrics.definitions.force_file import FORCE, PLACES
from metrics.domain import PLACE_LEVELS, Refused

CLAIMS, WORDING = "claims.yaml", "wording.yaml"
FROM_THIS_VERSION = (WORDING, CLAIMS, FORCE)
"""Files that this version gives; the last one tells that a folder is of today's form."""


def is_first_version(data: Path) -> bool:
    """Whether a folder holds definitions, and none of a force."""
    return (data / PLACES).exists() and not (data / FORCE).exists()


def in_todays_form(data: Path, shipped: Path, recorded: date) -> Iterator[tuple[str, str]]:
    """
    Every file that takes another form, by its path below the folder, with its new text.

    `shipped`: the folder of definitions that this version comes with.
    `recorded`: the day that a status of a commitment is dated to, which had none: the newest publication.
    Raises Refused: a file that cannot be read, or another force than that of the folder that this version comes with.
    """
    places, words = _places(data / PLACES)
    force = yaml_file.load(shipped / FORCE)
    if (force["total"], "force") not in {(place["id"], place["level"]) for place in places}:
        raise Refused(f"it is not the force of {shipped / FORCE}: write the {FORCE} of this one first", file=data / PLACES)
    yield PLACES, _as_csv(places)
    for path in sorted(path for folder in ("datasets", "measures", "plans") for path in (data / folder).glob("*.yaml")):
        before = yaml_file.load(path)
        after = _renamed(before, words) | (_plan(before, recorded) if path.parent.name == "plans" else {})
        if after != before:
            yield path.relative_to(data).as_posix(), _head(path) + yaml_file.text(_plain(after))
    yield WORDING, (shipped / WORDING).read_text(encoding="utf-8")
    known = {path.stem for path in (data / "measures").glob("*.yaml")} | {place["id"] for place in places}
    known |= {dated["id"] for dated in yaml_file.load(data / "breaks.yaml")}
    spoken_of = _claims(yaml_file.load(shipped / CLAIMS), known)
    yield CLAIMS, _head(shipped / CLAIMS) + yaml_file.text(_plain(spoken_of))
    yield FORCE, (shipped / FORCE).read_text(encoding="utf-8")


def _places(path: Path) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The places with today's words for levels, and what each earlier word became: one place alone is the whole force."""
    with path.open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    levels = [place["level"] for place in places]
    words = {level: "force" if levels.count(level) == 1 else "area" for level in levels if level not in PLACE_LEVELS}
    return [place | {"level": words.get(place["level"], place["level"])} for place in places], words


def _as_csv(places: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, places[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(places)
    return out.getvalue()


def _renamed(whole: Mapping, words: dict[str, str]) -> dict:
    """A measure's `levels` and a dataset's `base` with today's words."""
    changed = dict(whole)
    if "levels" in whole:
        changed["levels"] = [words.get(level, level) for level in whole["levels"]]
    if isinstance(whole.get("base"), Mapping):
        changed["base"] = {words.get(level, level): base for level, base in whole["base"].items()}
    return changed


def _plan(plan: Mapping, recorded: date) -> dict:
    """What of a plan has another form: missions by title and text, priorities by id, commitments with a history."""
    missions = {name: _mission(name, mission) for name, mission in plan["missions"].items()}
    priorities = [_priority(number, priority) for number, priority in enumerate(plan["priorities"], 1)]
    commitments = [_commitment(promise, recorded) for promise in plan.get("commitments", [])]
    return {"missions": missions, "priorities": priorities, "commitments": commitments}


def _mission(name: str, mission: str | Mapping) -> Mapping:
    return {"title": name.capitalize(), "text": mission} if isinstance(mission, str) else mission


def _priority(number: int, priority: str | Mapping) -> Mapping:
    return {"id": f"priority-{number}", "title": priority} if isinstance(priority, str) else priority


def _commitment(promise: Mapping, recorded: date) -> dict:
    """What was known stands in the step of a status, with its source; without a status it is a note."""
    kept = {name: value for name, value in promise.items() if name not in ("status", "known", "known_source")}
    state, source = promise.get("known", ""), promise.get("known_source", "")
    if "status" in promise:
        step = {"date": recorded, "status": promise["status"], "said": state, "source": source}
        return kept | {"history": [{name: value for name, value in step.items() if value}]}
    return kept | ({"note": f"{state} ({source})" if source else state} if state else {})


def _claims(words: Mapping, known: set[str]) -> dict:
    """The words of claims without measures, places and breaks that the folder does not have."""
    chosen = {kind: {name: phrases for name, phrases in words[kind].items() if name in known} for kind in ("measures", "places", "events")}
    chosen["likely"] = {phrase: name for phrase, name in words["likely"].items() if name in known}
    for kind, fewest in (("ambiguous", 2), ("mistaken", 1)):
        listed = {phrase: [name for name in names if name in known] for phrase, names in words[kind].items()}
        chosen[kind] = {phrase: names for phrase, names in listed.items() if len(names) >= fewest}
    chosen["mistaken"] = {name: others for name, others in chosen["mistaken"].items() if name in known}
    return dict(words) | chosen


def _plain(value: object) -> object:
    """Mappings and lists that remember their lines, as plain ones."""
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _head(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(lines[: next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)])
