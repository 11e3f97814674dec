"""A slide for each measure chosen, its chart, newest figure, verdict and one sentence; and what was promised and raised."""

from dataclasses import replace
from itertools import zip_longest

from metrics.charts.render import chart_key
from metrics.charts.render.frame import frame
from metrics.charts.spec import Bars, Chart
from metrics.domain import Dataset, Place, periods
from metrics.meetings import calendar
from metrics.meetings.agenda import Item
from metrics.meetings.calendar import Promise, Raised
from metrics.narrative import phrases
from metrics.narrative.phrases import capital, opposed, small
from metrics.outputs.meeting_facts import MeetingFacts, concern_rows, row_title
from metrics.outputs.slides.slide import ConcernRow, Concerns, Finding, PromiseRow, Promises, Slide, short
from metrics.report.origins import origins
from metrics.report.scorecard import WITHOUT_ANSWER, Answer, Row
from metrics.statistics.verdict import WORSENING

TITLE_ROOM, SENTENCE_ROOM = (13, 90), (16, 110)
RISEN = (WORSENING, "clear rise")


def finding(facts: MeetingFacts, row: Row, item: Item | None = None) -> Slide:
    """The slide of one measure; what an item says of it goes to the notes."""
    brief, measure = facts.brief, row.measure
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(measure.id, brief.place.id, answer=answer(facts, row), shown=shown)
    notes = (*_answers_told(facts, row), *((*item.points, *item.notes) if item else card.sentences), card.chart.source, *_read(facts, row))
    source = _source(facts.slides, brief.now.known.datasets[measure.source.dataset], brief.now.series(measure.id, brief.place.id))
    chart = card.chart.since(facts.scorecard.mark, facts.scorecard.mark_text)
    return Slide(finding_title(facts, row), _body(facts, row, chart), measure.title, source, tuple(dict.fromkeys(notes)), measure.id)


def _answers_told(facts: MeetingFacts, row: Row) -> list[str]:
    """The finding of the answer that the slide gives, then the other answer with its question."""
    lead, questions = answer(facts, row), facts.words["scorecard"]["questions"]
    others = [each for each in facts.brief.now.answers(row.place.id)[row.measure.id].values() if each["question"] != lead["question"]]
    return [lead["finding"], *(f"{questions[each['question']]}: {small(each['title'])}. {each['finding']}" for each in others)]


def _body(facts: MeetingFacts, row: Row, chart: Chart) -> Finding:
    finding = answer(facts, row)
    newest, before = (phrases.compared_figure(finding, name, row.measure) for name in ("now", "before"))
    when = _when(facts.slides["finding"], finding, row) if before else ""
    period = phrases.short_months(finding["now_from"], finding["now_to"], row.measure)
    chip = facts.chip(row.answer(finding["question"]))
    return Finding(chart, newest, period, before, when, chip, _sentence(facts, row), flags(facts, chart))


def _when(text: dict, finding: dict, row: Row) -> str:
    """Of when the figure before is; one that is not as published says so beside its months."""
    if not finding["linked"]:
        return text["before"][finding["question"]]
    return text["linked"].format(period=phrases.short_months(finding["before_from"], finding["before_to"], row.measure))


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


MOST_PROMISES, CONCERNS_A_SLIDE, MOST_CONCERNS = 4, 2, 6
PROMISE_ROOM, CONCERN_ROOM, DETAIL_ROOM = (15, 84), (16, 92), (10, 60)
"""Most words and letters of a promise, a concern, and the line below a figure."""
NEXT_MEETING, FAILED = "next-meeting", ("late", "not done")


def promises(facts: MeetingFacts, items: tuple[Item, ...]) -> Slide:
    """Promises kept, failed and open, at most four; the others stand in the handout."""
    text, every = facts.slides["promises"], _promise_order(facts, items)
    names = promises_shown(facts, items)
    kept, left = _kept(facts), len(every) - len(names)
    counted = text["kept" if kept else "none_kept"].format(kept=kept, many=len(facts.brief.promises))
    title = counted if names else facts.text["none_promised"]
    notes = [f"{item.title} {' '.join(item.points)}" for item in items]
    notes += [facts.text["more_promises"].format(many=left)] if left else []
    questions = facts.words["meeting"]["agenda"]["likely_questions"][2:]
    source = _how_many(facts, names) if names else ""
    return Slide(title, Promises(promise_rows(facts, names)), text["kicker"], source or text["source"], (*notes, *questions))


def promises_shown(facts: MeetingFacts, items: tuple[Item, ...]) -> list[str]:
    """
    The ids of the promises that have a row: those chosen as far as there is room, then the others.

    Where any is kept, and where any has failed, at least one such has a row, chosen or not.
    """
    order = _promise_order(facts, items)
    rows = promise_rows(facts, order)
    firsts = [next((name for name, row in zip(order, rows, strict=True) if row.mark in marks), "") for marks in (("done",), FAILED)]
    names = dict.fromkeys([*filter(None, firsts), *(item.id for item in items), *order])
    return sorted(list(names)[:MOST_PROMISES], key=order.index)


def _how_many(facts: MeetingFacts, names: list[str]) -> str:
    """How many of the promises stand on the slide; the next meeting is counted with none of them."""
    which = "shown_and_meeting" if NEXT_MEETING in names else "shown"
    shown = len(names) - (NEXT_MEETING in names)
    return facts.slides["promises"][which].format(shown=shown, many=len(facts.brief.promises))


def _promise_order(facts: MeetingFacts, items: tuple[Item, ...]) -> list[str]:
    """The ids of every promise: kept and failed ones in turn, then open ones; of each those chosen first, then late and local ones."""
    every = [f"promise-{promise.commitment.id}" for promise in facts.brief.promises]
    names = list(dict.fromkeys([*(item.id for item in items), *open_promises(facts), *every]))
    marked = list(zip(names, promise_rows(facts, names), strict=True))
    kept = [name for name, row in marked if row.mark == "done"]
    failed = [name for name, row in marked if row.mark in FAILED]
    turns = [name for pair in zip_longest(kept, failed) for name in pair if name]
    return [*turns, *(name for name, row in marked if row.mark == "open")]


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
    shown = chosen[:MOST_CONCERNS]
    left = [facts.text["more_concerns"].format(many=len(chosen) - len(shown))] if len(chosen) > len(shown) else []
    parts = [shown[at : at + CONCERNS_A_SLIDE] for at in range(0, len(shown), CONCERNS_A_SLIDE)]
    return [_concern_slide(facts, text, part, left) for part in parts]


def _concern_slide(facts: MeetingFacts, text: dict, part: list[tuple[Item, Raised]], left: list[str]) -> Slide:
    rows = tuple(_concern(facts, raised) for _, raised in part)
    notes = [note for item, _ in part for note in (item.title, *item.points, *item.notes)]
    days = {raised.first for _, raised in part}
    source = text["source" if len(days) > 1 else "source_of_a_day"].format(day=periods.say_day(min(days)))
    themes = "; ".join(dict.fromkeys(raised.concern.theme for _, raised in part))
    title = short(text["title"].format(themes=themes), *TITLE_ROOM)
    return Slide(title, Concerns(tuple(text["columns"]), rows), "", source, (*notes, *left))


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
    """A concern with the most telling of its measures that have figures and the question that it answers, or that none answers it."""
    text, concern = facts.slides["concerns"], raised.concern
    done = [promise.commitment for promise in facts.brief.promises if promise.meeting and promise.commitment.concern == concern.id]
    status = done[0].status_on(facts.brief.day) if done else ""
    words = capital(status) if status else text["nothing_done"]
    telling = most_telling(concern_rows(facts.brief, concern, facts.scorecard))
    if telling is None:
        which = "no_figures" if concern.measures else "no_measure"
        return ConcernRow(short(concern.text, *CONCERN_ROOM), words, text[which], "")
    row, shown = telling
    chip = facts.chip(shown)
    return ConcernRow(
        short(concern.text, *CONCERN_ROOM), words, row.newest, _detail(row, facts.brief.place),
        replace(chip, way="") if shown.is_clear else chip, row.measure.id, _asked(facts, row, shown),
    )


def most_telling(rows: tuple[Row, ...]) -> tuple[Row, Answer] | None:
    """
    The row and its answer that say most of a concern: a clear worsening or rise, else any clear answer, else any answer at all.

    Of equals that on newer figures, then the first, and of its answers that since the plan. None where no row is given.
    """
    every = [(row, shown) for row in rows for shown in (row.plan, row.year)]
    return min(every, key=lambda pair: (_rank(pair[1]), pair[0].is_old), default=None)


def _rank(shown: Answer) -> int:
    return 0 if shown.verdict in RISEN else 1 if shown.is_clear else 3 if shown.verdict in WITHOUT_ANSWER else 2


def _asked(facts: MeetingFacts, row: Row, shown: Answer) -> str:
    """The question of the answer shown, and the other answer where both are clear and it says otherwise; nothing where none is given."""
    if shown.verdict in WITHOUT_ANSWER:
        return ""
    answers = facts.brief.now.answers(row.place.id)[row.measure.id]
    other = opposed(facts.words, answers, answers[shown.question])
    return ". ".join(filter(None, (small(facts.words["scorecard"]["questions"][shown.question]), other)))


def _detail(row: Row, place: Place) -> str:
    """The measure and its months; where there is too little room the measure is cut, never the months."""
    words, letters = DETAIL_ROOM
    title = short(row_title(row, place), words - len(row.period.split()), letters - len(row.period) - 2)
    return f"{title}, {row.period}"
