"""The page of one measure in one place: its finding as the title, the chart, four facts, every baseline, and the rest folded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from metrics.charts.render.table import table
from metrics.charts.spec import Chart
from metrics.domain import Measure, Place
from metrics.meetings.calendar import looked_back_on
from metrics.narrative import number_format
from metrics.narrative.phrases import capital
from metrics.narrative.wording import Baselines
from metrics.outputs.page import templating
from metrics.outputs.page.pen import Pen, Routes
from metrics.outputs.page.templating import NOTHING, Piece
from metrics.report.cards import Card
from metrics.report.origins import origins
from metrics.report.scorecard import Answer, Row, mark_text
from metrics.report.snapshot import Snapshot
from metrics.report.target_path import target_path


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
    return templating.body(
        "measure_rest.html", row=row, pen=pen, routes=routes, facts=[*facts(row, card), *_target(snapshot, row)],
        about=[(term, words) for term, words in card.about if words != why_missing(row)], related=related,
        restated=restated(snapshot, row), details=details(row, card), **_table(row, card), **_strip(snapshot, card, around),
        **read_from(snapshot, row.measure, row.place), **_around(around),
    )


def _table(row: Row, card: Card) -> dict:
    caption = f"{row.measure.title}, {row.place.name}"
    return {"table": Piece(table(card.chart, caption=caption)) if card.chart else ""}


def facts(row: Row, card: Card) -> list[tuple[str, str, str]]:
    """Four facts: what they are of, the figure, and what stands under it."""
    first = [("Newest", row.newest, row.period + (" (old)" if row.is_old else ""))]
    compared = [_compared("On a year before", row.year), _compared("Since the plan began", row.plan)]
    return first + compared + _rate(card)


def _target(snapshot: Snapshot, row: Row) -> list[tuple[str, str, str]]:
    """The published target and where the measure stands on the way to it; nothing where there is none."""
    path = target_path(snapshot, row.measure, row.place)
    return [("Target", path.target, path.sentence)] if path else []


def _compared(term: str, answer: Answer) -> tuple[str, str, str]:
    """A change in words over the figure before; the figure alone where no change is clear."""
    before = f"{answer.before}, {answer.window}" if answer.before else ""
    if answer.is_clear and answer.change:
        return term, answer.change, f"from {before}" if before else ""
    return term, answer.verdict.capitalize(), f"{before} before" if before else ""


def _rate(card: Card) -> list[tuple[str, str, str]]:
    """The rate and the whole force area's; a survey's figure there; nothing where neither is known."""
    if card.rate is None:
        return []
    number = number_format.number(card.rate.value, card.rate.unit)
    return [(card.rate.label, number, card.rate.beside)]


def details(row: Row, card: Card) -> list[tuple[str, list[str]]]:
    """What is folded: the details of both answers by their headings, else every sentence of the card."""
    folded: dict[str, list[str]] = {}
    for answer in row.answers:
        for heading, line in answer.details:
            if line != why_missing(row):
                folded.setdefault(heading, []).append(line)
    if folded:
        return [(heading, list(dict.fromkeys(lines))) for heading, lines in folded.items()]
    return [("In full sentences", list(_rest(card.sentences, row.finding)))] if card.chart else []


def _rest(sentences: Iterable[str], finding: str) -> Iterable[str]:
    return (sentence for sentence in sentences if sentence != finding)


def restated(snapshot: Snapshot, row: Row) -> list[str]:
    """The newest figures that are not what they were when first published, in sentences."""
    rows = snapshot.restated(row.measure.id, row.place.id).itertuples()
    return [snapshot.wording.restated(row.measure, cell.period, cell.first, cell.now) for cell in rows]


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
