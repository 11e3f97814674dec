"""
The pages below the plan: a mission or a reform with its measures and promises, and another plan period as far as it is known.

Answers since the plan began are worked out for the plan that is followed. The page of another plan says so and shows none of them.
"""

from collections import Counter

from metrics.domain import Commitment, Measure, Plan, Reform, periods
from metrics.meetings import calendar
from metrics.narrative import number_words
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, clock
from metrics.outputs.page.routes import Routes
from metrics.report.scorecard import Scorecard, chosen, headlines
from metrics.report.snapshot import Snapshot


def plan(snapshot: Snapshot, pen: Pen, routes: Routes) -> str:
    """The body of the page, with the launch as M."""
    known, text = snapshot.known, snapshot.wording.text
    card = headlines(snapshot, known.places[known.force.total])
    day = periods.say_day(known.plan.launched)
    return templating.body(
        "plan.html", card=card, pen=pen, routes=routes, text=text["scorecard"], plan=known.plan, title=plan_title(card, text["scorecard"]),
        clock=clock(known, snapshot.as_at, card.mark), since=periods.say_short(f"{card.mark:%Y-%m}"), headline=text["page"]["headline"],
        lede=text["scorecard"]["plan_lede"].format(place=card.place.name, plan=known.plan.title, day=day, missing=len(card.missing)),
        commitments=[commitment(promise, snapshot) for promise in known.plan.commitments],
        plans=plans(snapshot, routes),
        parts=headings(snapshot, routes), more=text["plan"],
    )


def plan_title(card: Scorecard, text: dict) -> str:
    """How many of the headline measures are clearly better and clearly worse than before the plan."""
    verdicts = Counter(row.plan.verdict for row in card.headline_rows if row.counts)
    among = len(card.headline_rows) + len(card.missing)
    return text["plan_title"].format(among=among, better=verdicts["clear improvement"], worse=verdicts["clear worsening"])


def names(snapshot: Snapshot) -> list[str]:
    """The id of every page below the plan: missions, reforms, and the other plans."""
    plan = snapshot.known.plan
    return [*plan.missions, *(reform.id for reform in plan.reforms), *(other for other in snapshot.known.plans if other != plan.id)]


def title(snapshot: Snapshot, name: str) -> str:
    """What a page below the plan is called."""
    known = snapshot.known
    if name in known.plans:
        return f"{known.plans[name].title} {known.plans[name].years}"
    return known.plan.missions[name].title if name in known.plan.missions else _reform(known.plan, name).title


def part(snapshot: Snapshot, name: str, pen: Pen, routes: Routes) -> str:
    """The body of a page below the plan."""
    if name in snapshot.known.plans:
        return other_plan(snapshot, snapshot.known.plans[name], pen, routes)
    plan = snapshot.known.plan
    if name in plan.missions:
        measures = [measure for measure in snapshot.known.measures.values() if measure.mission == name]
        linked = {measure.id for measure in measures}
        promised = [(promise, where) for promise, where in _every_promise(snapshot) if promise.measure in linked]
        return _part(snapshot, plan.missions[name].title, plan.missions[name].text, measures, promised, pen, routes, kind="mission")
    reform = _reform(plan, name)
    measures = [snapshot.known.measures[measure] for measure in reform.measures if measure in snapshot.known.measures]
    promised = [(promise, where) for promise, where in _every_promise(snapshot) if promise.reform == name]
    return _part(snapshot, reform.title, reform.text, measures, promised, pen, routes, kind="reform")


def _reform(plan: Plan, name: str) -> Reform:
    return next(reform for reform in plan.reforms if reform.id == name)


def _part(
    snapshot: Snapshot, heading: str, lede: str, measures: list[Measure], promised: list[tuple[Commitment, str]], pen: Pen, routes: Routes,
    *, kind: str,
) -> str:
    known, text = snapshot.known, snapshot.wording.text
    card = chosen(snapshot, known.places[known.force.total], measures)
    return templating.body(
        "plan_part.html", card=card, pen=pen, routes=routes, title=heading, lede=lede, text=text["plan"], kind=kind, plan=known.plan,
        clock=clock(known, snapshot.as_at, card.mark), since=periods.say_short(f"{card.mark:%Y-%m}"), finding=finding(card, text),
        commitments=[commitment(promise, snapshot, where) for promise, where in promised], parts=headings(snapshot, routes),
    )


def finding(card: Scorecard, text: dict) -> str:
    """How many of the measures that are counted are clearly better and clearly worse since the plan began; no old figure, no part."""
    verdicts = [row.plan.verdict for row in card.rows if row.counts]
    counts = {"better": verdicts.count("clear improvement"), "worse": verdicts.count("clear worsening"), "missing": len(card.missing)}
    many = {name: number_words.few(count) for name, count in counts.items()}
    return text["plan"]["found"].format(place=card.place.name, among=len(verdicts), **many)


def other_plan(snapshot: Snapshot, plan: Plan, pen: Pen, routes: Routes) -> str:
    """The body of the page of a plan that is not the one followed: what it is, and the newest figures without its answers."""
    known, text = snapshot.known, snapshot.wording.text
    followed = known.plan
    card = chosen(snapshot, known.places[known.force.total], list(known.headlines))
    return templating.body(
        "other_plan.html", card=card, plan=plan, pen=pen, routes=routes, text=text["plan"], plans=plans(snapshot, routes, here=plan.id),
        question=text["scorecard"]["questions"]["year"], commitments=[commitment(promise, snapshot) for promise in plan.commitments],
        told=text["plan"]["other"].format(
            followed=f"{followed.title} {followed.years}", day=periods.say_day(followed.launched), plan=f"{plan.title} {plan.years}"),
    )


def plans(snapshot: Snapshot, routes: Routes, here: str = "") -> list[tuple[str, str]]:
    """Every plan period in the order of launch, each with its address; the one that is shown leads nowhere."""
    known = snapshot.known
    every = sorted(known.plans.values(), key=lambda plan: plan.launched)
    here = here or known.plan.id
    ways = {plan.id: routes.page("plan") if plan.id == known.plan.id else routes.plan_part(plan.id) for plan in every}
    return [(f"{plan.title} {plan.years}", "" if plan.id == here else ways[plan.id]) for plan in every] if len(every) > 1 else []


def headings(snapshot: Snapshot, routes: Routes) -> dict[str, list[tuple[str, str]]]:
    """The missions and the reforms of the plan that is followed, each with its address."""
    plan = snapshot.known.plan
    return {
        "mission": [(mission.title, routes.plan_part(name)) for name, mission in plan.missions.items()],
        "reform": [(reform.title, routes.plan_part(reform.id)) for reform in plan.reforms],
    }


def _every_promise(snapshot: Snapshot) -> list[tuple[Commitment, str]]:
    """What the plan and every meeting held by then promised, with where it was promised."""
    known, day = snapshot.known, snapshot.as_at
    made = [(promise, "") for promise in known.plan.commitments]
    for area in known.areas:
        own = [promise for promise in calendar.promises(known, area.id, day) if promise.meeting]
        made += [(promise.commitment, f"{area.name}, {periods.say_day(promise.made)}") for promise in own]
    return made


def commitment(promise: Commitment, snapshot: Snapshot, where: str = "") -> dict[str, str]:
    """A promise as a row: what and where it was promised, by when, its status, and what that rests on."""
    step = promise.step_on(snapshot.as_at)
    known = [f"{step.said} ({step.source})" if step.said and step.source else step.said or step.source] if step else []
    return {
        "text": promise.text, "where": where, "due": periods.say(promise.due) if promise.due else "",
        "status": promise.status_on(snapshot.as_at),
        "since": periods.say_day(step.date) if step else "", "known": " ".join(filter(None, [*known, promise.note])),
        "url": step.url if step and step.url else "",
    }
