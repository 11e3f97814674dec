"""
What may be said of a commitment: it leads somewhere, and each step of its history has its day, its reason and its evidence.

`done` and `under way` need the source that shows it; `not done` and `dropped` need the reason. Without a step the status is
`no evidence recorded`, never anything better.
"""

from collections.abc import Collection, Iterable
from datetime import date

from metrics.definitions.public_text import check_names, check_size
from metrics.definitions.references import must_be_known
from metrics.definitions.schema import Spot
from metrics.domain import Commitment, Plan, Step

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
    """The ids of the reforms or the priorities of some plans."""
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
