"""
The pages of no single place or measure: every measure with its picture, sources and corrections, the method, whose site this is, and the
page of a plan with those below it: a mission, a reform or a priority with its measures and promises.

Sources names each dataset with its releases, what was restated since, what is missing, and how figures are added. Each plan period has
the same page. Answers since another plan than the one followed began are kept for the newest day alone: on any other its page says so and
shows none.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from metrics.domain import Commitment, Measure, Mission, Plan, PlanPart, periods
from metrics.meetings import calendar
from metrics.narrative import Wording, number_format
from metrics.narrative.number_format import constants
from metrics.narrative.phrases import left_out
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, Routes, clock
from metrics.report.cards import source_line
from metrics.report.scorecard import Scorecard, chosen, headlines, headlines_since
from metrics.report.snapshot import Snapshot
from metrics.statistics.verdict import IMPROVEMENT, WORSENING


def measures(snapshot: Snapshot, card: Scorecard, pen: Pen, routes: Routes) -> str:
    """Every measure of a place under its mission."""
    text = snapshot.wording.text["scorecard"]
    return templating.body(
        "measures.html", card=card, pen=pen, routes=routes, clock=clock(snapshot.known, snapshot.as_at, card.mark), text=text,
        title=text["every_measure"].format(place=card.place.name), since=card.since,
    )


def about(snapshot: Snapshot, ways: list[tuple[str, str, str]]) -> str:
    """Whose site this is not, and the ways from here: words, address, what is there."""
    whose = snapshot.wording.text["page"]["whose"]
    return templating.body("about.html", whose=whose, as_at=snapshot.as_at, ways=ways)


def method(wording: Wording) -> str:
    """How change is judged, and what is said of small counts."""
    named = constants()
    sections = [
        (section["title"], [text.format(**named) for text in section.get("text", ())], section.get("links", ()))
        for section in wording.text["method"]
    ]
    return templating.body("method.html", sections=sections, small_counts=wording.text["public"]["small_counts"])


SHOWN_NOTES = 3
NO_LINES: Mapping[str, Iterable[str]] = {}


def sources(
    snapshot: Snapshot, routes: Routes, *, newer: Mapping[str, Iterable[str]] = NO_LINES, steps: Iterable[str] = (), feed: str = ""
) -> str:
    """
    The body of the page.

    `newer`: of each dataset, what is known of newer releases.
    `steps`: what an analyst does to add figures; left out where readers cannot.
    """
    known, text, releases = snapshot.known, snapshot.wording.text, snapshot.releases()
    listed = {
        dataset.id: [release(row, text["page"]) for row in releases[releases["dataset"] == dataset.id].itertuples()]
        for dataset in known.datasets.values()
    }
    datasets = [(dataset, listed[dataset.id], list(newer.get(dataset.id, ()))) for dataset in known.datasets.values()]
    missing = [(measure, text["no_figures"].format(why=measure.missing)) for measure in known.measures.values() if measure.missing]
    return templating.body(
        "sources.html", routes=routes, text=text["page"], force=known.force, as_at=snapshot.as_at, build=snapshot.build, datasets=datasets,
        restated=corrections(snapshot), missing=missing, steps=list(steps), feed=feed,
    )


def release(row, text: dict) -> dict:
    """
    What one release held and what it restated, as it is said; `row` is one of the question `releases`, `text` the words of pages.

    What it restated is counted against everything published before it, which its import may not have known.
    """
    report, day = json.loads(row.report), row.published.date()
    return {
        "published": day, "approximate": row.approximate, "second_hand": row.second_hand,
        "span": f"{periods.say(report['first'])} to {periods.say(report['last'])}",
        "rows": int(row.rows), "new": row.new, "restated": row.restated, "unchanged": row.unchanged,
        "notes": [*_in_short(row.note, report), *_restatement(row, text), *_outside(report["outside"])],
    }


def _in_short(note: str, report: dict) -> list[str]:
    """The first notes of an import, those on many cells first, and how many more there are."""
    notes = list(filter(None, [note, *report["gaps"], *sorted(report["notes"], key=lambda line: "cells left out" not in line)]))
    rest = len(notes) - SHOWN_NOTES
    return notes[:SHOWN_NOTES] + ([f"and {rest} more"] if rest > 0 else [])


def _restatement(row, text: dict) -> list[str]:
    """How many of the figures restated are counted under a changed definition, and the largest restatement; nothing where none is."""
    if not row.restated:
        return []
    redefined = [text["redefined"].format(redefined=number_format.whole(row.redefined))] if row.redefined else []
    was, now = (number_format.number(value, "count") for value in (row.was, row.now))
    largest = f"Largest restatement: {row.largest_series}, {row.largest_place}, {periods.say(row.largest_period)}: {was} to {now}"
    return [*redefined, largest]


def release_summary(row, text: dict) -> str:
    """How many figures a release restated, a changed definition told apart, and how many are new; `row` and `text` as for `release`."""
    counts = {name: number_format.whole(getattr(row, name)) for name in ("restated", "redefined", "new")}
    return text["release_redefined" if row.redefined else "release"].format(**counts)


def _outside(totals: dict[str, float]) -> list[str]:
    """What is counted in the total and lies in no area."""
    areas = [f"{name} {number_format.number(total, 'count')}" for name, total in totals.items() if total]
    return [f"Not an area, counted in the total: {', '.join(areas)}"] if areas else []


def corrections(snapshot: Snapshot) -> list[tuple[Measure, list[str], str]]:
    """
    The whole force area's figures that are not what they were when first published, by measure, with their source.

    Corrections and changed definitions are told apart.
    """
    total, listed = snapshot.known.total.id, []
    for measure in snapshot.known.measures.values():
        rows = snapshot.restated(measure.id, total).itertuples()
        sentences = [snapshot.wording.restated(measure, row.period, row.first, row.now, row.definitions) for row in rows]
        listed += [(measure, sentences, _source(snapshot, measure, total))] if sentences else []
    return listed


def _source(snapshot: Snapshot, measure: Measure, place: str) -> str:
    return source_line(snapshot.known.datasets[measure.source.dataset], snapshot.series(measure.id, place), snapshot.as_at)


def plan(snapshot: Snapshot, pen: Pen, routes: Routes) -> str:
    """The body of the page of the plan followed, with the launch as M."""
    known = snapshot.known
    return _page(snapshot, known.plan, headlines(snapshot, known.places[known.force.total]), pen, routes)


def _page(snapshot: Snapshot, plan: Plan, card: Scorecard | None, pen: Pen, routes: Routes) -> str:
    """The body of the page of any plan; `card` is its headline measures, none where its answers are not kept for the day."""
    known, text, day = snapshot.known, snapshot.wording.text, periods.say_day(plan.launched)
    followed = plan.id == known.plan.id
    return templating.body(
        "plan.html", card=card, pen=pen, routes=routes, text=text["scorecard"], plan=plan, followed=followed, more=text["plan"],
        title=plan_title(card, text["scorecard"]) if card else f"{plan.title} {plan.years}", headline=text["page"]["headline"],
        lede=_lede(plan, card, text, day), clock=clock(known, snapshot.as_at, plan.launched),
        since=card.since if followed else "",
        commitments=[commitment(promise, snapshot) for promise in plan.commitments], plans=plans(snapshot, routes, here=plan.id),
        parts=headings(snapshot, routes) if followed else {},
        **({"other": "", "usual": ""} if followed else _beside(known.plan, day, text["plan"], kept=card is not None)),
    )


def _beside(followed: Plan, day: str, text: dict, *, kept: bool) -> dict[str, str]:
    """What the page of another plan says of its answers, and before which plan the usual range lies."""
    name = f"{followed.title} {followed.years}"
    return {"other": text["other" if kept else "not_kept"].format(followed=name, day=day), "usual": text["usual"].format(followed=name)}


def _lede(plan: Plan, card: Scorecard | None, text: dict, day: str) -> str:
    """What the page is about, and how many of the headline measures stand in no count."""
    if card is None:
        return plan.mission
    about = text["scorecard"]["plan_lede"].format(place=card.place.name, plan=plan.title, day=day)
    rows = [row for row in card.headline_rows if not row.counts]
    kinds = Counter("parts" if row.part_of else "old" for row in rows) + Counter(missing=len(card.missing))
    return f"{about} {left_out(text['hero'], kinds)}".strip()


def plan_title(card: Scorecard, text: dict) -> str:
    """How many of the headline measures that are counted are clearly better and clearly worse than before the plan."""
    verdicts = Counter(row.plan.verdict for row in card.headline_rows if row.counts)
    return text["plan_title"].format(among=verdicts.total(), better=verdicts[IMPROVEMENT], worse=verdicts[WORSENING])


def part_names(snapshot: Snapshot) -> list[str]:
    """The id of every page below the plan: missions, reforms, priorities, and the other plans."""
    plan = snapshot.known.plan
    listed = [part.id for parts in (plan.reforms, plan.priorities) for part in parts]
    return [*plan.missions, *listed, *(other for other in snapshot.known.plans if other != plan.id)]


def part_title(snapshot: Snapshot, name: str) -> str:
    """What a page below the plan is called."""
    other = snapshot.known.plans.get(name)
    return f"{other.title} {other.years}" if other else _named(snapshot, name)[1].title


def plan_part(snapshot: Snapshot, name: str, pen: Pen, routes: Routes) -> str:
    """The body of a page below the plan."""
    known = snapshot.known
    if name in known.plans:
        other = known.plans[name]
        return _page(snapshot, other, headlines_since(snapshot, known.places[known.force.total], other), pen, routes)
    return _part(snapshot, *_named(snapshot, name), pen, routes)


def _named(snapshot: Snapshot, name: str) -> tuple[str, PlanPart]:
    """The mission, reform or priority of that id, and which of them it is; a mission's measures are those that serve it."""
    plan = snapshot.known.plan
    if name in plan.missions:
        serving = tuple(measure.id for measure in snapshot.known.measures.values() if measure.mission == name)
        return "mission", PlanPart(name, plan.missions[name].title, plan.missions[name].text, measures=serving)
    listed = {"reform": plan.reforms, "priority": plan.priorities}
    return next((kind, part) for kind, parts in listed.items() for part in parts if part.id == name)


def _part(snapshot: Snapshot, kind: str, part: PlanPart, pen: Pen, routes: Routes) -> str:
    known, text = snapshot.known, snapshot.wording.text
    measures = [known.measures[name] for name in part.measures if name in known.measures]
    card = chosen(snapshot, known.places[known.force.total], measures)
    promised = [(promise, where) for promise, where in _every_promise(snapshot) if _stands_under(promise, kind, part)]
    return templating.body(
        "plan_part.html", card=card, pen=pen, routes=routes, part=part, text=text["plan"], kind=kind, plan=known.plan,
        clock=clock(known, snapshot.as_at, card.mark), since=card.since, finding=plan_finding(card, text),
        commitments=[commitment(promise, snapshot, where) for promise, where in promised], parts=headings(snapshot, routes),
    )


def _stands_under(promise: Commitment, kind: str, part: PlanPart) -> bool:
    """Whether a promise was made under a reform or a priority; those of a mission are known by their measure."""
    return promise.measure in part.measures if kind == "mission" else part.id in (promise.reform, promise.priority)


def plan_finding(card: Scorecard, text: dict) -> str:
    """How many of the measures that are counted are clearly better and clearly worse since the plan began; no old figure, no part."""
    if not card.groups:
        return text["plan"]["no_measure"]
    verdicts = [row.plan.verdict for row in card.rows if row.counts]
    counts = {"better": verdicts.count(IMPROVEMENT), "worse": verdicts.count(WORSENING), "missing": len(card.missing)}
    many = {name: number_format.few(count) for name, count in counts.items()}
    return text["plan"]["found"].format(place=card.place.name, among=len(verdicts), **many)


def plans(snapshot: Snapshot, routes: Routes, here: str) -> list[tuple[str, str]]:
    """Every plan period in the order of launch, each with its address; the one that is shown leads nowhere."""
    known = snapshot.known
    every = sorted(known.plans.values(), key=lambda plan: plan.launched)
    ways = {plan.id: routes.page("plan") if plan.id == known.plan.id else routes.plan_part(plan.id) for plan in every}
    return [(f"{plan.title} {plan.years}", "" if plan.id == here else ways[plan.id]) for plan in every] if len(every) > 1 else []


def headings(snapshot: Snapshot, routes: Routes) -> dict[str, list[tuple[str, str]]]:
    """The missions, reforms and priorities of the plan that is followed, each with its address."""
    plan = snapshot.known.plan
    return {
        "missions": _ways(plan.missions.items(), routes),
        "reforms": _ways(((reform.id, reform) for reform in plan.reforms), routes),
        "priorities": _ways(((priority.id, priority) for priority in plan.priorities), routes),
    }


def _ways(named: Iterable[tuple[str, Mission | PlanPart]], routes: Routes) -> list[tuple[str, str]]:
    return [(part.title, routes.plan_part(name)) for name, part in named]


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
