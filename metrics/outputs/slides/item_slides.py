"""A slide for each measure chosen, its chart, newest figure, verdict and one sentence; and what was promised and raised."""

from metrics.charts.render import chart_key
from metrics.charts.render.frame import frame
from metrics.charts.spec import Bars, Chart
from metrics.domain import Dataset, Place, periods
from metrics.meetings import calendar
from metrics.meetings.agenda import Item
from metrics.meetings.calendar import Promise, Raised
from metrics.narrative import phrases
from metrics.narrative.phrases import capital, opposed
from metrics.outputs.meeting_facts import MeetingFacts, concern_rows, row_title
from metrics.outputs.slides.slide import ConcernRow, Concerns, Finding, PromiseRow, Promises, Slide, short
from metrics.report.origins import origins
from metrics.report.scorecard import Row

TITLE_ROOM, SENTENCE_ROOM = (13, 90), (16, 110)


def finding(facts: MeetingFacts, row: Row, item: Item | None = None) -> Slide:
    """The slide of one measure; what an item says of it goes to the notes."""
    brief, measure = facts.brief, row.measure
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(measure.id, brief.place.id, answer=answer(facts, row), shown=shown)
    both = [each[name] for each in brief.now.answers(brief.place.id)[measure.id].values() for name in ("title", "finding")]
    notes = (*both, *((item.title, *item.points, *item.notes) if item else card.sentences), card.chart.source, *_read(facts, row))
    source = _source(facts.slides, brief.now.known.datasets[measure.source.dataset], brief.now.series(measure.id, brief.place.id))
    chart = card.chart.since(facts.scorecard.mark, facts.scorecard.mark_text)
    return Slide(finding_title(facts, row), _body(facts, row, chart), measure.title, source, tuple(dict.fromkeys(notes)), measure.id)


def _body(facts: MeetingFacts, row: Row, chart: Chart) -> Finding:
    finding = answer(facts, row)
    newest, before = (phrases.compared_figure(finding, name, row.measure) for name in ("now", "before"))
    when = _when(facts.slides["finding"], finding) if before else ""
    period = phrases.short_months(finding["now_from"], finding["now_to"], row.measure)
    chip = facts.chip(row.answer(finding["question"]))
    return Finding(chart, newest, period, before, when, chip, _sentence(facts, row), flags(facts, chart))


def _when(text: dict, finding: dict) -> str:
    """Of when the figure before is; of one that is not as published it says so, and the title says of when."""
    return text["linked"] if finding["linked"] else text["before"][finding["question"]]


def _read(facts: MeetingFacts, row: Row) -> list[str]:
    """In which cells of which file the newest figures stand."""
    read = origins(facts.brief.now, row.measure, row.place)[:1]
    return [origin.in_full(facts.words["origins"]) for origin in read]


def answer(facts: MeetingFacts, row: Row) -> dict:
    """The answer that a slide gives, with its title and its finding: that which the agenda tells."""
    return facts.brief.measures[row.measure.id].lead


def finding_title(facts: MeetingFacts, row: Row) -> str:
    """What is found of a measure, in at most twelve words."""
    return short(answer(facts, row)["title"], *TITLE_ROOM)


def flags(facts: MeetingFacts, chart: Chart) -> str:
    """What M and the numbers in a chart stand for, in one line."""
    if any(isinstance(layer, Bars) for layer in chart.layers):
        return ""
    text = facts.slides["flags"]
    changes = [flag.what for flag in chart_key.flags(chart, frame(chart)) if not flag.meeting]
    changed = text["single"].format(label=short(changes[0], 8, 50)) if len(changes) == 1 else text["several"].format(many=len(changes))
    return text["meeting"].format(mark=facts.scorecard.mark_text) + (f"   {changed}" if changes else "")


def _sentence(facts: MeetingFacts, row: Row) -> str:
    """What a reader must know beside the two figures: an answer that says otherwise, else the last sentence of the finding."""
    finding = answer(facts, row)
    _, _, clause = finding["finding"].partition(". ")
    return otherwise(facts, row) or (short(clause, *SENTENCE_ROOM) + "." if clause else "")


def otherwise(facts: MeetingFacts, row: Row) -> str:
    """The answer that a slide does not give, where both are clear and it says otherwise; else nothing."""
    return opposed(facts.words, facts.brief.now.answers(row.place.id)[row.measure.id], answer(facts, row))


def _source(text: dict, dataset: Dataset, figures) -> str:
    """Who published the newest figures, and when."""
    published = periods.say_day(figures["published"].max().date())
    return short(text["source"].format(title=dataset.title, publisher=dataset.publisher, day=published), 20, 100)


MOST_PROMISES, CONCERNS_A_SLIDE, CONCERN_SLIDES = 4, 2, 3
PROMISE_ROOM, CONCERN_ROOM, DETAIL_ROOM = (15, 84), (16, 92), (9, 60)
"""Most words and letters of a promise, a concern, and the line below a figure."""
NEXT_MEETING = "next-meeting"


def promises(facts: MeetingFacts, items: tuple[Item, ...]) -> Slide:
    """The promises chosen, filled up with others that are open, late ones first; at most four, the others stand in the handout."""
    text, chosen = facts.slides["promises"], [item.id for item in items]
    still_open = [f"promise-{promise.commitment.id}" for promise in facts.brief.promises if promise.open_on(facts.brief.day)]
    names = list(dict.fromkeys([*chosen, *open_promises(facts), *still_open]))
    shown = promise_rows(facts, names)[:MOST_PROMISES]
    kept, left = _kept(facts), max(0, len(names) - MOST_PROMISES)
    counted = text["kept" if kept else "none_kept"].format(kept=kept, many=len(facts.brief.promises))
    title = counted if shown or kept else facts.text["none_promised"]
    notes = [f"{item.title} {' '.join(item.points)}" for item in items]
    notes += [facts.text["more_promises"].format(many=left)] if left else []
    questions = facts.words["meeting"]["agenda"]["likely_questions"][2:]
    return Slide(title, Promises(shown), text["kicker"], text["source"], (*notes, *questions))


def _kept(facts: MeetingFacts) -> int:
    """How many promises are done, those that no row has room for among them."""
    return sum(promise.commitment.status_on(facts.brief.day) == "done" for promise in facts.brief.promises)


def open_promises(facts: MeetingFacts) -> list[str]:
    """The next meeting where it is due, every open promise made here, and those of the plan that are late or due, as ids of items."""
    day, coming = facts.brief.day, facts.brief.next
    still_open = [promise for promise in facts.brief.promises if promise.open_on(day)]
    wanted = [promise for promise in still_open if promise.meeting or promise.due_on(day) or promise.overdue_on(day)]
    return [*([NEXT_MEETING] if coming.kind == calendar.DUE else []), *(f"promise-{promise.commitment.id}" for promise in wanted)]


def promise_rows(facts: MeetingFacts, names: list[str]) -> tuple[PromiseRow, ...]:
    """The promises of these ids as rows."""
    known = {f"promise-{promise.commitment.id}": promise for promise in facts.brief.promises}
    return tuple(_next_meeting(facts) if name == NEXT_MEETING else _promise(facts, known[name]) for name in names)


def concerns(facts: MeetingFacts, items: tuple[Item, ...]) -> list[Slide]:
    """You said, we did: two concerns a slide, three slides at most; the others stand in the handout."""
    text, raised = facts.slides["concerns"], {f"concern-{entry.concern.id}": entry for entry in facts.brief.concerns}
    chosen = [(item, raised[item.id]) for item in items if item.id in raised]
    shown = chosen[: CONCERNS_A_SLIDE * CONCERN_SLIDES]
    left = [facts.text["more_concerns"].format(many=len(chosen) - len(shown))] if len(chosen) > len(shown) else []
    parts = [shown[at : at + CONCERNS_A_SLIDE] for at in range(0, len(shown), CONCERNS_A_SLIDE)]
    return [_concern_slide(facts, text, part, left) for part in parts]


def _concern_slide(facts: MeetingFacts, text: dict, part: list[tuple[Item, Raised]], left: list[str]) -> Slide:
    rows = tuple(_concern(facts, raised) for _, raised in part)
    answered = sum(row.chip is not None for row in rows)
    notes = [note for item, _ in part for note in (item.title, *item.points, *item.notes)]
    source = text["source"].format(day=periods.say_day(min(raised.first for _, raised in part)))
    title = text["titles"][min(answered, len(text["titles"]) - 1)].format(many=len(rows))
    return Slide(title, Concerns(tuple(text["columns"]), rows), text["kicker"], source, (*notes, *left))


def _next_meeting(facts: MeetingFacts) -> PromiseRow:
    coming, text = facts.brief.next, facts.slides["promises"]
    late = coming.kind == calendar.DUE
    return PromiseRow(text["meeting"], text["by"].format(due=coming.when), text["overdue" if late else "open"], "late" if late else "open")


def _promise(facts: MeetingFacts, promise: Promise) -> PromiseRow:
    text, day, commitment = facts.slides["promises"], facts.brief.day, promise.commitment
    status = commitment.status_on(day)
    if commitment.due:
        due = text["by"].format(due=periods.say(commitment.due))
    else:
        due = text["at"].format(month=periods.say(f"{promise.made:%Y-%m}")) if promise.meeting else ""
    mark = "open" if promise.open_on(day) else "done" if status == "done" else "not done"
    return PromiseRow(short(commitment.text, *PROMISE_ROOM), due, capital(status), mark)


def _concern(facts: MeetingFacts, raised: Raised) -> ConcernRow:
    """A concern with the first of its measures that has figures, or that none answers it."""
    text, concern = facts.slides["concerns"], raised.concern
    done = [promise.commitment for promise in facts.brief.promises if promise.meeting and promise.commitment.concern == concern.id]
    status = done[0].status_on(facts.brief.day) if done else ""
    words = capital(status) if status else text["nothing_done"]
    row = next(iter(concern_rows(facts.brief, concern, facts.scorecard)), None)
    if row is None:
        which = "no_figures" if concern.measures else "no_measure"
        return ConcernRow(short(concern.text, *CONCERN_ROOM), words, text[which], "")
    detail = _detail(row, facts.brief.place)
    return ConcernRow(short(concern.text, *CONCERN_ROOM), words, row.newest, detail, facts.chip(row.plan), row.measure.id)


def _detail(row: Row, place: Place) -> str:
    """The measure and its months; where there is too little room the measure is cut, never the months."""
    words, letters = DETAIL_ROOM
    title = short(row_title(row, place), words - len(row.period.split()), letters - len(row.period) - 2)
    return f"{title}, {row.period}"
