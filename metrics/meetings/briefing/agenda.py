"""The agenda from the evidence: what is due and was raised, what is new since the meeting, what was corrected, what is stale."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from metrics.domain import periods
from metrics.meetings import calendar
from metrics.meetings.briefing.brief import Brief
from metrics.meetings.briefing.since_meeting import Since
from metrics.narrative import news, number_format
from metrics.report.cards import Card
from metrics.report.target_path import target_path

NEWS = {news.NEW_CLEAR: "clear", news.NO_LONGER: "gone", news.NEW_SIGNAL: "possible"}
ORDER = ("promise", "concern", *NEWS.values(), "correction", "still", "steady", "stale", "unsaid")
BETTER, WORSE = "clear improvement", "clear worsening"


@dataclass(frozen=True)
class Item:
    """
    One item: `title` is its one claim, `points` what it means, `notes` what a presenter may be asked.

    `verdict` is empty where an item judges nothing; `card` holds its chart where it has one. `chosen` says whether it is
    on the agenda until the presenter decides otherwise.
    """

    id: str
    kind: str
    title: str
    points: tuple[str, ...]
    notes: tuple[str, ...] = ()
    verdict: str = ""
    card: Card | None = field(default=None, compare=False)
    chosen: bool = True


def agenda(brief: Brief) -> tuple[Item, ...]:
    """
    Every item that the evidence calls for, in the order in which it is proposed: promises and concerns, then what is new.

    Every other measure with figures is an item too, offered and not chosen: leaving it out is the presenter's decision.
    """
    items = [*_promises(brief), *_concerns(brief)]
    for kind, name in NEWS.items():
        items += [_measured(brief, one, name) for one in brief.of_kind(kind)]
    items += [_correction(brief, one) for one in brief.corrected if one.overturned]
    items += [_measured(brief, one, "still", chosen=bool(one.measure.headline)) for one in brief.of_kind(news.STILL_CLEAR)]
    told = {item.id for item in items}
    items += [_measured(brief, one, "steady", chosen=False) for one in brief.with_figures if one.measure.id not in told]
    return (*items, *_stale(brief), _unsaid(brief))


def arranged(items: Iterable[Item], chosen: Iterable[str]) -> tuple[Item, ...]:
    """
    The items that a presenter chose, in the order chosen; those not known any more are left out.

    Examples
    --------
    >>> one, two = Item("a", "clear", "A", ()), Item("b", "clear", "B", ())
    >>> [item.id for item in arranged([one, two], ["b", "gone", "a"])]
    ['b', 'a']
    """
    by_id = {item.id: item for item in items}
    return tuple(by_id[name] for name in dict.fromkeys(chosen) if name in by_id)


def balance(brief: Brief, chosen: Iterable[Item]) -> str:
    """A warning where the items chosen all point one way; empty where they do not."""
    ways = {item.verdict for item in chosen if item.verdict in (BETTER, WORSE)}
    if len(ways) != 1:
        return ""
    text, way = brief.said.text["agenda"]["balance"], next(iter(ways))
    other = WORSE if way == BETTER else BETTER
    left_out = [one.measure.title for one in brief.counted if any(answer["verdict"] == other for answer in one.answers.values())]
    if left_out:
        return text["only_better" if way == BETTER else "only_worse"].format(left_out="; ".join(left_out))
    return text["nothing_worse"].format(place=brief.place.name, unknown=len(brief.unsaid)) if way == BETTER else ""


def _measured(brief: Brief, one: Since, kind: str, *, chosen: bool = True) -> Item:
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(one.measure.id, brief.place.id, shown=shown)
    question = brief.said.all["news"]["questions"][one.lead["question"]]
    words = {"measure": one.measure.title, "title": news.small(one.lead["title"]), "question": question}
    title = brief.said.text["agenda"]["titles"][kind].format(**words)
    path = target_path(brief.now, one.measure, brief.place)
    points = [one.lead["finding"], *([path.sentence] if path else []), *brief.said.since(one)]
    if kind in ("possible", "steady"):
        points.append(brief.said.when(one.measure, one.answers["year"]))
    notes = (*one.lead["details"].values(), *_about(card), *brief.said.text["agenda"]["likely_questions"])
    return Item(one.measure.id, kind, title, tuple(filter(None, points)), notes, one.verdict, card, chosen)


def _about(card: Card) -> tuple[str, ...]:
    wanted = ("What it is", "Publisher", "Published", "Bear in mind")
    return tuple(f"{term}: {text}" for term, text in card.about if term in wanted)


def _correction(brief: Brief, one: Since) -> Item:
    title = brief.said.text["agenda"]["titles"]["correction"].format(day=periods.say_day(brief.then), measure=one.measure.title)
    restated = one.change.corrected or one.change.redefined
    points = (brief.said.flipped(one), *([brief.said.correction(one)] if restated else []))
    card = brief.now.card(one.measure.id, brief.place.id, shown=brief.then)
    return Item(f"corrected-{one.measure.id}", "correction", title, points, _about(card), one.verdict, card)


def _promises(brief: Brief) -> list[Item]:
    """The next meeting where it is due, and what is due or was promised at the place's own meetings."""
    text, items = brief.said.text, []
    if brief.next.kind == calendar.DUE:
        items.append(Item("next-meeting", "promise", text["agenda"]["titles"]["promise"].format(text=brief.next.text), (brief.next_said,)))
    for promise in brief.promises:
        one = promise.commitment
        if promise.meeting or promise.overdue_on(brief.day) or promise.due_on(brief.day):
            title = text["agenda"]["titles"]["promise"].format(text=one.text)
            items.append(Item(f"promise-{one.id}", "promise", title, promise_said(brief, promise), chosen=bool(promise.meeting)))
    return items


def promise_said(brief: Brief, promise: calendar.Promise) -> tuple[str, ...]:
    """A promise's status, what that rests on, when it was due, and what its measure reads, which says nothing of why."""
    text, one = brief.said.text["promises"], promise.commitment
    step = one.step_on(brief.day)
    since = f", {periods.say_day(step.date)}" if step else ""
    said = [text["status"].format(status=one.status_on(brief.day), since=since)]
    said += [step.said + (f" ({step.source})" if step.source else "")] if step and step.said else []
    if one.due:
        said.append(text["overdue" if promise.overdue_on(brief.day) else "due"].format(due=periods.say(one.due)))
    said += [one.note] if one.note else []
    if one.measure:
        answers, measure = brief.now.answers(brief.place.id)[one.measure], brief.now.known.measures[one.measure]
        said.append(text["moved"].format(measure=measure.title, verdict=brief.said.reads(answers)))
    said.append(text["source"].format(source=one.source))
    return tuple(said)


def _concerns(brief: Brief) -> list[Item]:
    return [_concern(brief, raised) for raised in brief.concerns]


def _concern(brief: Brief, raised: calendar.Raised) -> Item:
    text, one = brief.said.text["agenda"], raised.concern
    answers, known = brief.now.answers(brief.place.id), brief.now.known
    points = [text["moved"].format(measure=known.measures[name].title, verdict=brief.said.reads(answers[name])) for name in one.measures]
    points += [text["gap"].format(gap=one.gap)] if one.gap else []
    held = [name for name in one.measures if answers[name]["year"]["now_to"]]
    card = brief.now.card(held[0], brief.place.id) if held else None
    findings = [f"{known.measures[name].title}: {answers[name]['year']['finding']}" for name in one.measures]
    notes = (text["raised"].format(day=periods.say_day(raised.first), source=one.source), *findings)
    return Item(f"concern-{one.id}", "concern", text["titles"]["concern"].format(text=one.text), tuple(points), notes, card=card)


def _stale(brief: Brief) -> list[Item]:
    old = [one for one in brief.with_figures if one.measure.headline and one.is_stale]
    if not old:
        return []
    points = tuple(f"{one.measure.title}: {brief.said.unsaid(one)}" for one in old)
    return [Item("stale", "stale", brief.said.text["agenda"]["titles"]["stale"].format(many=number_format.number(len(old),
        "count")), points)]


def _unsaid(brief: Brief) -> Item:
    points = tuple(f"{one.measure.title}: {why}" for one, why in brief.unsaid if not one.has_figures and one.measure.headline)
    title = brief.said.text["agenda"]["titles"]["unsaid"].format(place=brief.place.name)
    return Item("unsaid", "unsaid", title, points)
