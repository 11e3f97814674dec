"""The agenda from the evidence: what is due, what changed clearly either way, what was corrected, what is stale, what was raised."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from metrics.domain import Measure, periods
from metrics.meetings import calendar
from metrics.meetings.briefing.brief import Brief
from metrics.meetings.briefing.since_meeting import Since
from metrics.narrative import SURVEYS, number_format, number_words
from metrics.report.cards import Card

ORDER = ("promise", "concern", "clear", "correction", "possible", "steady", "stale", "unsaid")
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
    Every item that the evidence calls for, in the order in which it is proposed.

    No clear change of a headline measure is an item too, offered and not chosen: leaving it out is the presenter's decision.
    """
    items = [*_promises(brief), *_concerns(brief)]
    items += [_measured(brief, one, "clear") for one in brief.clear]
    items += [_correction(brief, one) for one in brief.corrected if one.overturned]
    items += [_measured(brief, one, "possible") for one in brief.possible]
    items += [_measured(brief, one, "steady", chosen=False) for one in brief.steady if one.measure.headline]
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
    left_out = [one.measure.title for one in brief.with_figures if one.verdict == other]
    if left_out:
        return text["only_better" if way == BETTER else "only_worse"].format(left_out="; ".join(left_out))
    return text["nothing_worse"].format(place=brief.place.name, unknown=len(brief.unsaid)) if way == BETTER else ""


def _measured(brief: Brief, one: Since, kind: str, *, chosen: bool = True) -> Item:
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(one.measure.id, brief.place.id, shown=shown)
    title = brief.said.text["agenda"]["titles"][kind].format(
        measure=one.measure.title, span=_span(one.measure, one.found), verdict=brief.said.verdict(one.verdict)
    )
    points = [one.found["sentence"], *brief.said.since(one)]
    if kind in ("possible", "steady"):
        points.append(brief.said.when(one.measure, one.found))
    notes = (*card.sentences[1:], *_about(card), *brief.said.text["agenda"]["likely_questions"])
    return Item(one.measure.id, kind, title, tuple(filter(None, points)), notes, one.verdict, card, chosen)


def _span(measure: Measure, found: dict) -> str:
    first, last = found["first"], found["last"]
    if measure.kind in SURVEYS:
        return f"12 months to {periods.say(last)}" if measure.kind == "survey_rolling_year" else f"quarter to {periods.say(last)}"
    return periods.say(last) if first == last or not first else number_words.span(first, last)


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
        found, measure = brief.now.found(brief.place.id)[one.measure], brief.now.known.measures[one.measure]
        said.append(text["moved"].format(measure=measure.title, verdict=brief.said.verdict(found["verdict"])))
    said.append(text["source"].format(source=one.source))
    return tuple(said)


def _concerns(brief: Brief) -> list[Item]:
    return [_concern(brief, raised) for raised in brief.concerns]


def _concern(brief: Brief, raised: calendar.Raised) -> Item:
    text, one = brief.said.text["agenda"], raised.concern
    found, known = brief.now.found(brief.place.id), brief.now.known
    measured = [(known.measures[name], found[name]) for name in one.measures]
    points = [_reads(brief, measure, row) for measure, row in measured]
    points += [text["gap"].format(gap=one.gap)] if one.gap else []
    held = [name for name in one.measures if found[name]["outcome"] != "no figures"]
    card = brief.now.card(held[0], brief.place.id) if held else None
    sentences = [f"{measure.title}: {row['sentence']}" for measure, row in measured]
    notes = (text["raised"].format(day=periods.say_day(raised.first), source=one.source), *sentences)
    return Item(f"concern-{one.id}", "concern", text["titles"]["concern"].format(text=one.text), tuple(points), notes, card=card)


def _reads(brief: Brief, measure: Measure, found: dict) -> str:
    """One measure in short: its verdict, and for which months where there is a figure."""
    text = brief.said.text["agenda"]["moved" if found["last"] else "not_moved"]
    span = _span(measure, found) if found["last"] else ""
    return text.format(measure=measure.title, span=span, verdict=brief.said.verdict(found["verdict"]))


def _stale(brief: Brief) -> list[Item]:
    old = [one for one in brief.with_figures if one.measure.headline and one.is_stale(brief.now.as_at)]
    if not old:
        return []
    points = tuple(f"{one.measure.title}: {brief.said.unsaid(one, brief.now.as_at)}" for one in old)
    return [Item("stale", "stale", brief.said.text["agenda"]["titles"]["stale"].format(many=number_format.number(len(old),
        "count")), points)]


def _unsaid(brief: Brief) -> Item:
    points = tuple(f"{one.measure.title}: {why}" for one, why in brief.unsaid if not one.has_figures and one.measure.headline)
    title = brief.said.text["agenda"]["titles"]["unsaid"].format(place=brief.place.name)
    return Item("unsaid", "unsaid", title, points)
