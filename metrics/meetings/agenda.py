"""The agenda from the evidence: what is due and was raised, what is new since the meeting, what was corrected."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from metrics.domain import periods
from metrics.meetings import calendar
from metrics.meetings.brief import Brief
from metrics.meetings.since_meeting import Since
from metrics.narrative import news
from metrics.narrative.phrases import small
from metrics.report.cards import Card
from metrics.report.target_path import target_path
from metrics.statistics.questions import YEAR_BEFORE
from metrics.statistics.verdict import IMPROVEMENT, WORSENING

NEWS = {news.NEW_CLEAR: "clear", news.NO_LONGER: "gone", news.NEW_SIGNAL: "possible"}


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
    items = [*_promises(brief), *(_concern(brief, raised) for raised in brief.concerns)]
    for kind, name in NEWS.items():
        items += [_measured(brief, entry, name) for entry in brief.of_kind(kind)]
    items += [_correction(brief, entry) for entry in brief.corrected if entry.overturned]
    items += [_measured(brief, entry, "still", chosen=bool(entry.measure.headline)) for entry in brief.of_kind(news.STILL_CLEAR)]
    ids = {item.id for item in items}
    items += [_measured(brief, entry, "steady", chosen=False) for entry in brief.with_figures if entry.measure.id not in ids]
    return tuple(items)


def arranged(items: Iterable[Item], chosen: Iterable[str]) -> tuple[Item, ...]:
    """
    The items that a presenter chose, in the order chosen; those not known any more are left out.

    >>> first, second = Item("a", "clear", "A", ()), Item("b", "clear", "B", ())
    >>> [item.id for item in arranged([first, second], ["b", "gone", "a"])]
    ['b', 'a']
    """
    by_id = {item.id: item for item in items}
    return tuple(by_id[name] for name in dict.fromkeys(chosen) if name in by_id)


def balance(brief: Brief, chosen: Iterable[Item]) -> str:
    """A warning where the items chosen all point one way; empty where they do not."""
    ways = {item.verdict for item in chosen if item.verdict in (IMPROVEMENT, WORSENING)}
    if len(ways) != 1:
        return ""
    text, way = brief.sentences.text["agenda"]["balance"], next(iter(ways))
    other = WORSENING if way == IMPROVEMENT else IMPROVEMENT
    fresh = [entry for entry in brief.with_figures if not entry.is_stale]
    left_out = [entry.measure.title for entry in fresh if any(answer["verdict"] == other for answer in entry.answers.values())]
    if left_out:
        return text["only_better" if way == IMPROVEMENT else "only_worse"].format(left_out="; ".join(left_out))
    return text["nothing_worse"].format(place=brief.place.name, unknown=len(brief.unsaid)) if way == IMPROVEMENT else ""


def _measured(brief: Brief, entry: Since, kind: str, *, chosen: bool = True) -> Item:
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(entry.measure.id, brief.place.id, answer=entry.lead, shown=shown)
    question = brief.sentences.all["news"]["questions"][entry.lead["question"]]
    words = {"measure": entry.measure.title, "title": small(entry.lead["title"]), "question": question}
    title = brief.sentences.text["agenda"]["titles"][kind].format(**words)
    path = target_path(brief.now, entry.measure, brief.place)
    points = [entry.lead["finding"], *([path.sentence] if path else []), *brief.sentences.since(entry)]
    if kind in ("possible", "steady"):
        points.append(brief.sentences.when(entry.measure, entry.answers[YEAR_BEFORE]))
    notes = (*entry.lead["details"].values(), *_about(card), *brief.sentences.text["agenda"]["likely_questions"])
    return Item(entry.measure.id, kind, title, tuple(filter(None, points)), notes, entry.verdict, card, chosen)


def _about(card: Card) -> tuple[str, ...]:
    wanted = ("What it is", "Publisher", "Published", "Bear in mind")
    return tuple(f"{term}: {text}" for term, text in card.about if term in wanted)


def _correction(brief: Brief, entry: Since) -> Item:
    title = brief.sentences.text["agenda"]["titles"]["correction"].format(day=periods.say_day(brief.then), measure=entry.measure.title)
    restated = entry.change.corrected or entry.change.redefined
    points = (brief.sentences.flipped(entry), *([brief.sentences.correction(entry)] if restated else []))
    card = brief.now.card(entry.measure.id, brief.place.id, answer=entry.lead, shown=brief.then)
    return Item(f"corrected-{entry.measure.id}", "correction", title, points, _about(card), entry.verdict, card)


def _promises(brief: Brief) -> list[Item]:
    """The next meeting where it is due, and what is due or was promised at the place's own meetings."""
    title, items = brief.sentences.text["agenda"]["titles"]["promise"], []
    if brief.next.kind == calendar.DUE:
        items.append(Item("next-meeting", "promise", title.format(text=brief.next.text), (brief.next_sentence,)))
    for promise in brief.promises:
        if promise.meeting or promise.overdue_on(brief.day) or promise.due_on(brief.day):
            name, promised = f"promise-{promise.commitment.id}", title.format(text=promise.commitment.text)
            items.append(Item(name, "promise", promised, promise_sentences(brief, promise), chosen=bool(promise.meeting)))
    return items


def promise_sentences(brief: Brief, promise: calendar.Promise) -> tuple[str, ...]:
    """A promise's status, what that rests on, when it was due, and what its measure reads, which says nothing of why."""
    text, commitment = brief.sentences.text["promises"], promise.commitment
    step = commitment.step_on(brief.day)
    since = f", {periods.say_day(step.date)}" if step else ""
    sentences = [text["status"].format(status=commitment.status_on(brief.day), since=since)]
    sentences += [step.said + (f" ({step.source})" if step.source else "")] if step and step.said else []
    if commitment.due:
        sentences.append(text["overdue" if promise.overdue_on(brief.day) else "due"].format(due=periods.say(commitment.due)))
    sentences += [commitment.note] if commitment.note else []
    if commitment.measure:
        verdict = brief.sentences.reads(brief.answers_to(commitment.measure))
        sentences.append(text["moved"].format(measure=_named(brief, commitment.measure), verdict=verdict))
    sentences.append(text["source"].format(source=commitment.source))
    return tuple(sentences)


def _concern(brief: Brief, raised: calendar.Raised) -> Item:
    text, concern = brief.sentences.text["agenda"], raised.concern
    answers = {name: brief.answers_to(name) for name in concern.measures}
    titles = {name: _named(brief, name) for name in concern.measures}
    points = [text["moved"].format(measure=title, verdict=brief.sentences.reads(answers[name])) for name, title in titles.items()]
    points += [text["gap"].format(gap=concern.gap)] if concern.gap else []
    first = next((name for name in concern.measures if brief.has_figures_of(name)), None)
    card = brief.now.card(first, brief.answered_in(first).id) if first else None
    findings = [f"{title}: {answers[name][YEAR_BEFORE]['finding']}" for name, title in titles.items()]
    notes = (text["raised"].format(day=periods.say_day(raised.first), source=concern.source), *findings)
    return Item(f"concern-{concern.id}", "concern", text["titles"]["concern"].format(text=concern.text), tuple(points), notes, card=card)


def _named(brief: Brief, measure: str) -> str:
    """A measure's title, with the place of its figures where that is another."""
    title, place = brief.now.known.measures[measure].title, brief.answered_in(measure)
    return title if place == brief.place or title.endswith(place.name) else f"{title}, {place.name}"
