"""What stands in the handout: every measure of the place, the tables of what was said and promised, and where figures come from."""

from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd

from metrics.charts.render import html
from metrics.charts.render.table import table
from metrics.domain import Dataset
from metrics.meetings.briefing import Brief
from metrics.outputs.meeting_facts import Telling
from metrics.outputs.page.piece import Piece
from metrics.outputs.slides.numbered_marks import marked, picture
from metrics.report.cards import Card, source_line

WIDTH, HEIGHT, NARROWEST = 640, 320, 288
"""What a window of 320 pixels leaves for a picture, in pixels; on paper its letters are then above 12 points."""

UNQUOTED = ",:;/()!*~"


@dataclass(frozen=True)
class Measured:
    """One measure with its verdict, picture, table and download drawn."""

    card: Card
    verdict: Piece
    picture: Piece
    table: Piece
    download: str
    key: str = ""


def by_mission(brief: Brief) -> list[tuple[str, list[Measured]]]:
    """Every measure of the place under its mission, headline measures first."""
    known = brief.now.known
    return [
        (mission.text, [_measured(brief, one.id) for one in brief.now.measures_at(name, brief.place)])
        for name, mission in known.plan.missions.items()
    ]


def tables(telling: Telling) -> dict[str, Piece]:
    """What was said and promised, and why figures differ from those shown then; nothing where there is no row."""
    brief = telling.brief
    captions = {name: words.format(place=brief.place.name) for name, words in telling.text["captions"].items()}
    wanted = {"told": (telling.told, captions["told"]), "promises": (telling.promises, captions["promises"])}
    made = {name: _plain(frame, caption) for name, (frame, caption) in wanted.items()}
    splits = brief.splits
    units = {name: "count" if splits[name].dtype.kind in "fi" else "text" for name in splits.columns}
    return made | {"splits": Piece(table(splits, captions["splits"], units=units)) if len(splits) else Piece()}


def datasets(brief: Brief) -> list[Dataset]:
    """The datasets that the place's figures come from."""
    known = brief.now.known
    return [known.datasets[name] for name in sorted({one.measure.source.dataset for one in brief.with_figures})]


def sources(brief: Brief) -> list[tuple[Dataset, str]]:
    """Each dataset with the line that names publisher, licence and date of its newest figures here."""
    every = [row for row in brief.now.figures(brief.place.id).values() if len(row)]
    known = brief.now.known.measures
    found = []
    for dataset in datasets(brief):
        mine = [rows for rows in every if known[rows["measure"].iloc[0]].source.dataset == dataset.id]
        here = pd.concat([rows[rows["place"] == brief.place.id] for rows in mine])
        found.append((dataset, source_line(dataset, here, brief.now.as_at)))
    return found


def _measured(brief: Brief, measure: str) -> Measured:
    shown = None if brief.before.knows_nothing else brief.then
    card = brief.now.card(measure, brief.place.id, shown=shown)
    verdict = Piece(html.verdict(card.verdict, brief.now.wording.text["verdicts"][card.verdict]))
    if card.chart is None:
        return Measured(card, verdict, Piece(), Piece(), "")
    bare = marked(card.chart)
    drawn = Piece(picture(bare, width=WIDTH, height=HEIGHT, narrowest=NARROWEST, key=f"chart-{measure}"))
    download = f"data:text/csv;charset=utf-8,{quote(card.csv, safe=UNQUOTED)}"
    rows = Piece(table(card.chart, f"{card.measure.title}, {card.place.name}"))
    return Measured(card, verdict, drawn, rows, download, " ".join(bare.key))


def _plain(frame, caption: str) -> Piece:
    return Piece(table(frame, caption, units=dict.fromkeys(frame.columns, "text"))) if len(frame) else Piece()
