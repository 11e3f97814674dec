"""
Texts that residents will read: short, few, and naming nobody but the office-holders who spoke in public.

A concern belongs to everyone who shares it, so it carries no name at all; the owner of a commitment is a role, which
stays when its holder moves on. `metrics.definitions.personal_names` says how a name is found.

A commitment leads somewhere, and each step of its history has its day, its reason and its evidence. `done` and `under way` need the
source that shows it; `not done` and `dropped` need the reason. Without a step the status is `no evidence recorded`, never anything better.
"""

import logging
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import lru_cache

from metrics.definitions import personal_names
from metrics.definitions.references import must_be_known
from metrics.definitions.schema import Spot
from metrics.definitions.yaml_file import Fields, Items
from metrics.domain import Commitment, Place, Plan, Step

LONGEST = 400
MOST = 100
NOBODY = ("concerns.", "speakers.role", "commitments.owner")
NO_WORDS = ("id", "area", "status", "url", "by", "due", "reform", "concern", "measure", "measures", "name")


def check_size(spot: Spot) -> None:
    """Refuse a list of more than 100 entries, or a text of more than 400 characters, anywhere below a spot."""
    for each in _below(spot):
        what = each.name.split(".")[-1]
        if isinstance(each.value, Items) and len(each.value) > MOST:
            each.refuse(f"{len(each.value):,} {what}: at most {MOST} are taken; keep what was agreed on, and the rest in the minutes")
        if isinstance(each.value, str) and len(each.value) > LONGEST:
            each.refuse(f"{len(each.value):,} characters: at most {LONGEST}; keep the point, and link the rest as a source")


def check_names(spot: Spot, speakers: Iterable[str], ordinary: Collection[str]) -> None:
    """
    Refuse a text below a spot that names or reaches a person.

    `speakers`: full names of the office-holders who may be named, though not in a concern and not as an owner.
    `ordinary`: words in small letters that are no given names here; see `place_words`.
    """
    named = tuple(speakers)
    for each in _below(spot):
        if isinstance(each.value, str) and each.name.split(".")[-1] not in NO_WORDS:
            _check_text(each, named, ordinary)


def place_words(places: Iterable[Place]) -> frozenset[str]:
    """
    The words of places' names, which are no given names.

    >>> sorted(place_words([Place("kensington-and-chelsea", "Kensington and Chelsea", "area")]))
    ['and', 'chelsea', 'kensington']
    """
    return frozenset(word.casefold() for place in places for name in (place.name, *place.aliases) for word in name.split())


def _check_text(spot: Spot, speakers: tuple[str, ...], ordinary: Collection[str]) -> None:
    text, nobody = str(spot.value), spot.name.startswith(NOBODY)
    if spot.name.endswith(".ward"):  # wards are called after people: Lee Green, Dorothy
        ordinary = {*ordinary, *text.casefold().split()}
    name = personal_names.named(text, allowed=() if nobody else speakers, ordinary=ordinary)
    if nobody and not name:
        surnames = {personal_names.surname_of(name) for name in speakers}
        name = next((word for word in text.replace(",", " ").split() if word in surnames), "")
    if spot.name == "commitments.owner" and not name:
        name = personal_names.names_given(text, ordinary)
    if name:
        instead = "write the role, such as a resident or the ward sergeant"
        more = "" if nobody else ", or list an office-holder who spoke in public under speakers"
        spot.refuse(f"{name!r} looks like a person's name or address: {instead}{more}")
    guess = personal_names.guessed_name(text, allowed=speakers, ordinary=ordinary)
    if guess:
        _warn(f"{spot.file.name}, line {spot.line}: {spot.name}: is {guess!r} a person's name? No resident may be named")


@lru_cache(maxsize=256)
def _warn(text: str) -> None:
    """Say something once, however often a file is read."""
    logging.getLogger(__name__).warning(text)


def _below(spot: Spot) -> Iterator[Spot]:
    """A spot and every spot below it, as they stand in the file."""
    yield spot
    keys = spot.value if isinstance(spot.value, Fields) else range(len(spot.value)) if isinstance(spot.value, Items) else ()
    for key in keys:
        yield from _below(spot.at(key))


FIRST, LAST = 2000, 2099
NEED_A_REASON = ("not done", "dropped")
NEED_EVIDENCE = ("done", "under way")


def check_commitment(
    commitment: Commitment, spot: Spot, *, plans: Iterable[Plan], measures: Collection[str], concerns: Collection[str]
) -> None:
    """Refuse a commitment whose reform, priority, measure or concern leads nowhere, or whose history does not hold together."""
    reforms, priorities = _ids(plans, "reforms"), _ids(plans, "priorities")
    for name, choices in (("reform", reforms), ("priority", priorities), ("measure", measures), ("concern", concerns)):
        if getattr(commitment, name):
            must_be_known(spot.at(name), name, choices)
    before: date | None = None
    for index, step in enumerate(commitment.history):
        here = spot.at("history").at(index)
        _check_step(step, here)
        if before and step.date <= before:
            here.at("date").refuse(f"{step.date} is not after the step before it, {before}: oldest first, one step a day")
        before = step.date


def _ids(plans: Iterable[Plan], kind: str) -> list[str]:
    return [part.id for plan in plans for part in getattr(plan, kind)]


def check_planned(plan: Plan, spot: Spot, measures: Collection[str], ordinary: Collection[str]) -> None:
    """Refuse a plan with a commitment that leads nowhere, holds too much or names a person."""
    listed = spot.at("commitments")
    check_size(listed)
    check_names(listed, (), ordinary)
    for index, commitment in enumerate(plan.commitments):
        check_commitment(commitment, listed.at(index), plans=(plan,), measures=measures, concerns=())


def check_since(commitment: Commitment, spot: Spot, made: date) -> None:
    """Refuse a commitment that was due, or that something became of, before it was made."""
    if commitment.due and commitment.due < made.isoformat()[:7]:
        spot.at("due").refuse(f"{commitment.due} is before it was promised, {made}")
    if commitment.history and commitment.history[0].date < made:
        spot.at("history").at(0).at("date").refuse(f"{commitment.history[0].date} is before it was promised, {made}")


def _check_step(step: Step, spot: Spot) -> None:
    if not FIRST <= step.date.year <= LAST:
        spot.at("date").refuse(f"{step.date}: a year from {FIRST} to {LAST} was expected")
    if step.status in NEED_A_REASON and not step.said:
        spot.at("status").refuse(f"{step.status!r} needs the reason: add `said`")
    if step.status in NEED_EVIDENCE and not step.source:
        spot.at("status").refuse(f"{step.status!r} needs the evidence: add `source`, and `url` where there is one")
