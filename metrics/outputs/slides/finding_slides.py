"""A slide for each measure chosen: its chart, its newest figure beside the one before, its verdict, and one sentence."""

from metrics.charts.spec import Bars, Chart, Rule
from metrics.domain import Dataset, Measure, periods
from metrics.meetings.briefing import Item
from metrics.narrative import number_format
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.slides.slide import Chip, Finding, Slide, short
from metrics.report import row_text
from metrics.report.origins import origins
from metrics.report.scorecard import PLAN, POSSIBLE, YEAR, Row

TITLE_ROOM, SENTENCE_ROOM = (13, 90), (16, 110)


def finding(facts: MeetingFacts, row: Row, item: Item | None = None) -> Slide:
    """The slide of one measure; what an item says of it goes to the notes."""
    brief, measure = facts.brief, row.measure
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(measure.id, brief.place.id, shown=shown)
    both = [each[name] for each in brief.now.answers(brief.place.id)[measure.id].values() for name in ("title", "finding")]
    notes = (*both, *((item.title, *item.points, *item.notes) if item else card.sentences), card.chart.source, *_read(facts, row))
    source = _source(facts.slides, brief.now.known.datasets[measure.source.dataset], brief.now.series(measure.id, brief.place.id))
    chart = card.chart.since(facts.scorecard.mark, facts.scorecard.mark_text)
    return Slide(claim(facts, row), _body(facts, row, chart), measure.title, source, tuple(dict.fromkeys(notes)), measure.id)


def _body(facts: MeetingFacts, row: Row, chart: Chart) -> Finding:
    question = asked(row)
    finding = answer(facts, row)
    newest = row_text.newest(_figure(finding, "now", row.measure), row.measure)
    before = "" if finding["verdict"] == "cannot be compared" else row_text.newest(_figure(finding, "before", row.measure), row.measure)
    when = facts.slides["finding"]["before"][question] if before else ""
    period = row_text.period(finding["now_from"], finding["now_to"], row.measure)
    return Finding(chart, newest, period, before, when, _chip(facts, row), _sentence(finding), flags(facts, chart))


def _read(facts: MeetingFacts, row: Row) -> list[str]:
    """In which cells of which file the newest figures stand."""
    read = origins(facts.brief.now, row.measure, row.place)[:1]
    return [origin.in_full(facts.words["origins"]) for origin in read]


def asked(row: Row) -> str:
    """Which of the two questions a slide answers: that since the plan where its answer is clear, else that on a year before."""
    return PLAN if row.plan.is_clear else YEAR


def answer(facts: MeetingFacts, row: Row) -> dict:
    """The answer that a slide gives, with its title and its finding."""
    return facts.brief.now.answers(row.place.id)[row.measure.id][asked(row)]


def claim(facts: MeetingFacts, row: Row) -> str:
    """What is found of a measure, in at most twelve words."""
    return short(answer(facts, row)["title"], *TITLE_ROOM)


def flags(facts: MeetingFacts, chart: Chart) -> str:
    """What M and the numbers in a chart stand for, in one line."""
    if any(isinstance(layer, Bars) for layer in chart.layers):
        return ""
    text = facts.slides["flags"]
    labels = list(dict.fromkeys(layer.words for layer in chart.layers if isinstance(layer, Rule)))
    changed = text["single"].format(label=short(labels[0], 8, 50)) if len(labels) == 1 else text["several"].format(many=len(labels))
    return text["meeting"].format(mark=facts.scorecard.mark_text) + (f"   {changed}" if labels else "")


def _figure(finding: dict, name: str, measure: Measure) -> float:
    """One of the two figures compared: the linked one where that decides, a count whole."""
    linked = finding.get(f"linked_{name}")
    value = linked if finding.get("linked") and not number_format.is_missing(linked) else finding[name]
    return value if measure.unit != "count" or number_format.is_missing(value) else float(round(value))


def _chip(facts: MeetingFacts, row: Row) -> Chip:
    """The verdict as it is shown, with its direction; a new signal says on which side of the usual it lies."""
    finding = answer(facts, row)
    signalled = finding["signal_words"] if finding["shown"] == POSSIBLE else ""
    way = finding["direction_word"] if finding["verdict"].startswith("clear") else signalled
    return Chip(finding["shown"], facts.words["verdicts"][finding["shown"]], way)


def _sentence(finding: dict) -> str:
    """What a reader must know beside the two figures: the last sentence of the finding."""
    _, _, clause = finding["finding"].partition(". ")
    return short(clause, *SENTENCE_ROOM) + "." if clause else ""


def _source(text: dict, dataset: Dataset, figures) -> str:
    """Who published the newest figures, and when."""
    published = periods.say_day(figures["published"].max().date())
    return short(text["source"].format(title=dataset.title, publisher=dataset.publisher, day=published), 20, 100)
