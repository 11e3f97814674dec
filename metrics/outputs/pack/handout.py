"""What stands in the handout: every measure of the place, the tables of what was raised and promised, and where figures come from."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

import pandas as pd

from metrics.charts.render.table import table
from metrics.domain import Dataset
from metrics.meetings.briefing import Brief
from metrics.outputs.meeting_facts import MeetingFacts
from metrics.outputs.pack import pictures
from metrics.outputs.page.templating import Piece
from metrics.outputs.slides.item_slides import claim
from metrics.outputs.slides.slide import Chip
from metrics.report.cards import Card, source_line
from metrics.report.origins import Origin, origins
from metrics.report.scorecard import Row
from metrics.report.snapshot import SourceFile

UNQUOTED = ",:;/()!*~"

@dataclass(frozen=True)
class HandoutMeasure:
    """One measure with its claim, answers, picture, table and download drawn."""

    row: Row
    card: Card
    claim: str
    chips: tuple[tuple[str, Chip], ...]
    picture: Piece
    table: Piece
    download: str
    source: str
    sentences: tuple[str, ...]
    rest: tuple[str, ...]
    read: tuple[Origin, ...]


def by_mission(facts: MeetingFacts) -> list[tuple[str, list[HandoutMeasure]]]:
    """Every measure that has figures in the place under its mission, headline measures first."""
    groups = [(group.title, [_measure(facts, row) for row in (*group.rows, *group.others)]) for group in facts.scorecard.groups]
    return [(title, measures) for title, measures in groups if measures]


def tables(facts: MeetingFacts) -> dict[str, Piece]:
    """What was raised and promised, and why figures differ from those shown then; nothing where there is no row."""
    brief = facts.brief
    captions = {name: words.format(place=brief.place.name) for name, words in facts.text["captions"].items()}
    wanted = {"answers": (facts.answers_to_concerns, captions["told"]), "promises": (facts.promises, captions["promises"])}
    drawn = {name: _plain(frame, caption) for name, (frame, caption) in wanted.items()}
    splits = brief.splits
    units = {name: "count" if splits[name].dtype.kind in "fi" else "text" for name in splits.columns}
    return drawn | {"splits": Piece(table(splits, captions["splits"], units=units)) if len(splits) else Piece()}


def datasets(brief: Brief) -> list[Dataset]:
    """The datasets that the place's figures come from."""
    known = brief.now.known
    return [known.datasets[name] for name in sorted({row.measure.source.dataset for row in brief.with_figures})]


def files(missions: list[tuple[str, list[HandoutMeasure]]]) -> list[tuple[SourceFile, date]]:
    """The publishers' files that the measures were read from, each with the day of its release; their order numbers them."""
    read = (origin for _, measures in missions for measure in measures for origin in measure.read)
    return list(dict.fromkeys((file, origin.published) for origin in read for file in origin.files))


def sources(brief: Brief) -> list[tuple[Dataset, str]]:
    """Each dataset with the line that names publisher, licence and date of its newest figures here."""
    every = [rows for rows in brief.now.figures(brief.place.id).values() if len(rows)]
    known = brief.now.known.measures
    lines = []
    for dataset in datasets(brief):
        own = [rows for rows in every if known[rows["measure"].iloc[0]].source.dataset == dataset.id]
        here = pd.concat([rows[rows["place"] == brief.place.id] for rows in own])
        lines.append((dataset, source_line(dataset, here, brief.now.as_at)))
    return lines


def _measure(facts: MeetingFacts, row: Row) -> HandoutMeasure:
    brief, name = facts.brief, row.measure.id
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(name, brief.place.id, shown=shown)
    questions = facts.text["questions"]
    chips = tuple((questions[answer.question], facts.chip(answer)) for answer in row.answers)
    rows = Piece(table(card.chart, f"{card.measure.title}, {card.place.name}"))
    download = f"data:text/csv;charset=utf-8,{quote(card.csv, safe=UNQUOTED)}"
    answers = brief.now.answers(brief.place.id)[name]
    details = [text for answer in answers.values() for text in answer["details"].values()]
    return HandoutMeasure(
        row, card, claim(facts, row), chips, pictures.full(card.chart), rows, download, card.chart.source,
        tuple(dict.fromkeys(answer["finding"] for answer in answers.values())), tuple(dict.fromkeys(details)),
        origins(brief.now, row.measure, row.place),
    )


def _plain(frame: pd.DataFrame, caption: str) -> Piece:
    return Piece(table(frame, caption, units=dict.fromkeys(frame.columns, "text"))) if len(frame) else Piece()
