"""
The page of one measure in one place: its finding as the title, the chart, four facts, every baseline, and the rest folded; and of one
measure in every area, side by side and from A to Z, never ranked: what is found, by answer, and how much of it luck would give.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from metrics.charts.render.table import table
from metrics.charts.spec import Chart
from metrics.charts.spec.layers import Figures
from metrics.domain import Measure, Place
from metrics.meetings.calendar import looked_back_on
from metrics.narrative import number_format
from metrics.narrative.phrases import better_and_worse, capital
from metrics.narrative.wording import Baselines
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, Routes
from metrics.outputs.page.templating import NOTHING, Piece
from metrics.report.cards import Card
from metrics.report.origins import origins
from metrics.report.scorecard import Answer, Row, answered, mark_text, tally
from metrics.report.snapshot import FUNNEL, LINES, Snapshot
from metrics.report.target_path import target_path
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE
from metrics.statistics.verdict import CLEAR


@dataclass(frozen=True)
class Around:
    """
    What a face puts around the same measure.

    `drawing` is the full chart and `strip` that of every baseline, which `strip_files` lead to as pictures; `folds` stands among what is
    folded, `more` at the end. `areas` leads to the same measure elsewhere, in the words `areas_words`.
    """

    drawing: Piece = NOTHING
    strip: Piece = NOTHING
    strip_files: tuple[tuple[str, str], ...] = ()
    folds: Piece = NOTHING
    more: Piece = NOTHING
    areas: str = ""
    areas_words: str = ""


def measure(snapshot: Snapshot, row: Row, card: Card, pen: Pen, routes: Routes, around: Around) -> str:
    """The body of the page."""
    return head(snapshot, row, card, pen, routes, around.drawing) + rest(snapshot, row, card, pen, routes, around)


def head(snapshot: Snapshot, row: Row, card: Card, pen: Pen, routes: Routes, drawing: Piece) -> str:
    """The finding as the title, both answers, the sentence and the chart; where there is no figure, why."""
    return templating.body(
        "measure_head.html", row=row, pen=pen, routes=routes, text=snapshot.wording.text["scorecard"], drawing=drawing,
        sentence=why_missing(row) or row.finding, source=card.chart.source if card.chart else "",
    )


def why_missing(row: Row) -> str:
    """Why a measure has no figure; empty where it has one, or where nothing more is known than that there is none."""
    return "" if row.has_figures else row.measure.missing or ""


def marked(snapshot: Snapshot, chart: Chart, place: str, meeting: date | None = None) -> Chart:
    """The chart with the day that is looked back on marked M: of the meeting given or the place's last one, else the plan's launch."""
    day, is_meeting = (meeting, True) if meeting else looked_back_on(snapshot.known, place, snapshot.as_at)
    return chart.since(day, capital(mark_text(snapshot.wording.text["scorecard"], day, meeting=is_meeting)))


def rest(snapshot: Snapshot, row: Row, card: Card, pen: Pen, routes: Routes, around: Around) -> str:
    """Four facts, every baseline, and all that is folded."""
    related = [measure for measure in map(snapshot.known.measures.get, row.measure.related) if row.place.level in measure.levels]
    folds = details(row, card, snapshot.wording.text)
    return templating.body(
        "measure_rest.html", row=row, pen=pen, routes=routes, facts=[*facts(row, card), *_target(snapshot, row)],
        about=[(term, words) for term, words in card.about if words != why_missing(row)], related=related,
        restated=restated(snapshot, row), details=folds, **_table(row, card), **_strip(snapshot, card, around),
        **read_from(snapshot, row.measure, row.place), **_around(around),
    )


def _table(row: Row, card: Card) -> dict:
    caption = f"{row.measure.title}, {row.place.name}"
    return {"table": Piece(table(card.chart, caption=caption)) if card.chart else ""}


def facts(row: Row, card: Card) -> list[tuple[str, str, str]]:
    """Four facts: what they are of, the figure, and what stands under it."""
    first = [("Newest", row.newest, row.period + (" (old)" if row.is_old else ""))]
    compared = [_compared("On a year before", row.year, row.period), _compared("Since the plan began", row.plan, row.period)]
    return first + compared + _rate(card)


def _target(snapshot: Snapshot, row: Row) -> list[tuple[str, str, str]]:
    """The published target and where the measure stands on the way to it; nothing where there is none."""
    path = target_path(snapshot, row.measure, row.place)
    return [("Target", path.target, path.sentence)] if path else []


def _compared(term: str, answer: Answer, period: str) -> tuple[str, str, str]:
    """An answer over the figures that it compares; the later of them stands there where its months are not those of the newest."""
    words = answer.change if answer.is_clear and answer.change else answer.verdict.capitalize()
    before = f"from {answer.before} ({answer.window})" if answer.before else ""
    later = f" to {answer.now} ({answer.period})" if before and answer.period != period else ""
    return term, words, before + later


def _rate(card: Card) -> list[tuple[str, str, str]]:
    """The rate and the whole force area's; a survey's figure there; nothing where neither is known."""
    if card.rate is None:
        return []
    number = number_format.number(card.rate.value, card.rate.unit)
    return [(card.rate.label, number, card.rate.beside)]


SURE = ("range", "base", "luck", "control", "signal")
"""What tells how sure an answer is; every other detail tells what is compared."""


def details(row: Row, card: Card, text: dict) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """
    What is folded of both answers, in two folds, each with its parts by their headings; else every sentence of the card.

    `text`: all of the wording. Where both answers have a sentence of their own, each names its question.
    """
    headings, lines = text["answers"]["details"]["headings"], _lines(row, text["scorecard"]["questions"])
    sure = [headings[name] for name in SURE]
    folds = {headings["range"]: [heading for heading in sure if heading in lines]}
    folds |= {headings["windows"]: [heading for heading in lines if heading not in sure]}
    folded = [(title, [(heading, lines[heading]) for heading in parts]) for title, parts in folds.items() if parts]
    if folded or not card.chart:
        return folded
    return [("In full sentences", [("", list(_rest(card.sentences, row.finding)))])]


def _lines(row: Row, questions: dict[str, str]) -> dict[str, list[str]]:
    """The sentences of each heading; those that both answers have stand once, others behind their question."""
    by_heading: dict[str, dict[str, list[str]]] = {}
    for answer in row.answers:
        for heading, line in answer.details:
            if line != why_missing(row):
                by_heading.setdefault(heading, {}).setdefault(line, []).append(questions[answer.question])
    return {
        heading: [f"{asked[0]}: {line}" if len(asked) == 1 and len(lines) > 1 else line for line, asked in lines.items()]
        for heading, lines in by_heading.items()
    }


def _rest(sentences: Iterable[str], finding: str) -> Iterable[str]:
    return (sentence for sentence in sentences if sentence != finding)


def restated(snapshot: Snapshot, row: Row) -> list[str]:
    """The newest figures that are not what they were when first published, in sentences."""
    rows = snapshot.restated(row.measure.id, row.place.id).itertuples()
    return [snapshot.wording.restated(row.measure, cell.period, cell.first, cell.now, cell.definitions) for cell in rows]


def cells(snapshot: Snapshot, measure: Measure, place: Place, *, anchor: str = "read") -> str:
    """The cells that the figures were read from, under a heading with an anchor; nothing where there are no figures."""
    facts = read_from(snapshot, measure, place)
    return templating.body("read_from.html", anchor=anchor, **facts) if facts["origins"] else ""


def read_from(snapshot: Snapshot, measure: Measure, place: Place) -> dict:
    """Where the figures were read, in words, and the publisher's page."""
    if not measure.source:
        return {"origins": (), "read": {}, "dataset": None}
    text, dataset = snapshot.wording.text["origins"], snapshot.known.datasets[measure.source.dataset]
    return {"origins": origins(snapshot, measure, place), "read": text, "dataset": dataset}


def _strip(snapshot: Snapshot, card: Card, around: Around) -> dict:
    """The change from every baseline: its heading says what they say together."""
    chart = snapshot.strip_of(card)
    if chart is None:
        return {"strip": "", "strip_title": "", "strip_text": "", "strip_table": ""}
    words = baselines_of(snapshot, card)
    drawn = Piece(table(chart, caption=f"{card.measure.title}, {card.place.name}, from every baseline"))
    return {"strip": around.strip, "strip_title": words.heading, "strip_text": words.about, "strip_table": drawn}


def baselines_of(snapshot: Snapshot, card: Card) -> Baselines:
    """What stands over the changes from every baseline, where there are any."""
    return snapshot.wording.baselines(snapshot.against(card.place.id)[card.measure.id])


def _around(around: Around) -> dict:
    return {name: value for name, value in vars(around).items() if name != "strip"}


@dataclass(frozen=True)
class Pictures:
    """What a face draws of all areas, and the files beside it: small multiples, the funnel and its table."""

    multiples: Piece = NOTHING
    funnel: Piece = NOTHING
    funnel_table: Piece = NOTHING
    files: tuple[tuple[str, str], ...] = ()


def area_charts(snapshot: Snapshot, measure: Measure) -> dict[str, Chart]:
    """The pictures of all areas that there are figures for, by what they show; no area is pointed out."""
    made, known = {}, snapshot.known
    if not snapshot.areas(measure.id).empty:
        lines = snapshot.areas_over_time(measure.id, known.force.total)
        made |= {LINES: lines} if _has_figures(lines) else {}
    if not snapshot.funnel(measure.id).empty:
        made[FUNNEL] = snapshot.funnel_chart(measure.id, known.force.total)
    return made


def _has_figures(chart: Chart) -> bool:
    data = (layer.data() for layer in chart.drawn if isinstance(layer, Figures))
    return any(not number_format.is_missing(value) for points in data for _, values in points for value in values)


def compare(snapshot: Snapshot, rows: list[Row], pen: Pen, routes: Routes, pictures: Pictures, *, level: int = 1, chosen: str = "") -> str:
    """
    The body of the page, or a part of a longer one.

    `level`: of its heading: 1 where it is a page of its own.
    """
    text, force, measure = snapshot.wording.text, snapshot.known.force, rows[0].measure
    counted = [row for row in rows if row.has_figures]
    return templating.body(
        "compare.html", pen=pen, routes=routes, rows=rows, level=level, title=compare_title(snapshot, rows),
        subtitle=compare_subtitle(snapshot, counted), counts=tally(text["verdicts"], counted, SINCE_PLAN),
        luck=areas_by_luck(snapshot, measure),
        area_word=force.area_singular, areas_word=force.area_plural, chosen=chosen, together=text["scorecard"]["compare_together"],
        caption=f"{measure.title}: what is found in each {force.area_singular}, from A to Z",
        multiples_title=text["scorecard"]["multiples"],
        funnel_text=funnel_text(snapshot, measure) if pictures.funnel else [],
        map=answer_map(snapshot, rows, pen, chosen), **vars(pictures),
    )


def rows_of(snapshot: Snapshot, measure: Measure) -> list[Row]:
    """The measure's row in each area, from A to Z: its answers alone."""
    answers = snapshot.answers_of(measure.id)
    return [answered(snapshot, place, measure, answers[place.id]) for place in snapshot.known.areas]


def answer_map(snapshot: Snapshot, rows: list[Row], pen: Pen, chosen: str) -> Piece:
    """Every area filled by its answer since the plan began."""
    verdicts = {row.place.id: row.plan.verdict for row in rows if row.has_figures}
    label = f"{rows[0].measure.title} by {snapshot.known.force.area_singular}; the table says the same"
    return pen.answer_map(snapshot.known.outlines, snapshot.known.areas, verdicts, chosen, label)


def compare_title(snapshot: Snapshot, rows: list[Row]) -> str:
    """What is found, in at most twelve words; figures that are old are said to be."""
    text, force = snapshot.wording.text["scorecard"], snapshot.known.force
    counted = [row for row in rows if row.has_figures]
    if not counted:
        return f"{rows[0].measure.title}: {text['nothing_to_compare'].lower()}"
    fresh = [row for row in counted if not row.is_old]
    many = Counter(row.plan.verdict for row in fresh or counted)
    areas = force.area_singular if next((many[clear] for clear in CLEAR if many[clear]), 0) == 1 else force.area_plural
    found_there = better_and_worse(text["compare"], many, measure=rows[0].measure.title, areas=areas)
    return found_there if fresh else text["compare_old"].format(title=found_there)


def compare_subtitle(snapshot: Snapshot, rows: list[Row]) -> str:
    """Which months are compared, and that the order is the alphabet's; nothing where there are no rows."""
    if not rows:
        return ""
    answer = rows[0].plan
    text = snapshot.wording.text["scorecard"]["compare_about" if answer.window else "compare_about_now"]
    return text.format(period=capital(answer.period), window=answer.window)


def areas_by_luck(snapshot: Snapshot, measure: Measure) -> list[str]:
    """How many areas changed each way, for both questions, and how many luck alone would give; nothing where that is not known."""
    areas = [both for place, both in snapshot.answers_of(measure.id).items() if place != snapshot.known.force.total]
    sentences = (snapshot.wording.area_luck(both[question] for both in areas) for question in (SINCE_PLAN, YEAR_BEFORE))
    return list(filter(None, sentences))


def funnel_text(snapshot: Snapshot, measure: Measure) -> list[str]:
    """What the funnel shows, and that it can single nobody out where it cannot."""
    places, text = snapshot.funnel(measure.id), snapshot.wording.text
    able = bool(places["can_single_out"].all())
    return [text["page"]["funnel"], *([] if able else [text["outlook"]["cannot_single_out"]])]
