"""The pack: slides, handout, tables and figures in one HTML file that asks for nothing else, and a councillor's sheet, one page of A4."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pandas as pd
from jinja2 import Environment

from metrics.charts.render import PARTS_STYLE, chips
from metrics.charts.render.table import table
from metrics.domain import Dataset
from metrics.meetings.agenda import Item
from metrics.meetings.brief import Brief
from metrics.narrative import number_format
from metrics.outputs.meeting_facts import MeetingFacts, split_table
from metrics.outputs.pack import pictures
from metrics.outputs.page.pen import Pen
from metrics.outputs.page.templating import Piece, strict
from metrics.outputs.slides import item_slides
from metrics.outputs.slides.item_slides import finding_title, otherwise
from metrics.outputs.slides.meeting_slides import slides_of
from metrics.outputs.slides.slide import Chip, Overview, OverviewRow, Slide, short
from metrics.report.cards import Card, source_line
from metrics.report.news import LEADING
from metrics.report.origins import Origin, origins
from metrics.report.scorecard import Row
from metrics.report.snapshot import SourceFile
from metrics.statistics.verdict import POSSIBLE

UNQUOTED = ",:;/()!*~"


@dataclass(frozen=True)
class HandoutMeasure:
    """One measure with its title, answers, picture, table and download drawn; `leading` is the finding that the title tells."""

    row: Row
    card: Card
    title: str
    leading: str
    chips: tuple[tuple[str, Chip], ...]
    picture: Piece
    table: Piece
    download: str
    source: str
    sentences: tuple[str, ...]
    rest: tuple[str, ...]
    read: tuple[Origin, ...]

    @property
    def on_wall(self) -> bool:
        """Whether the print for a wall shows it: every headline measure, and every clear change."""
        return self.row.measure.headline is not None or self.row.clear is not None


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
    return drawn | {"splits": Piece(split_table(brief, captions["splits"]))}


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
    leading = item_slides.answer(facts, row)
    card = brief.now.card(name, brief.place.id, answer=leading, shown=shown)
    questions = facts.words["scorecard"]["questions"]
    verdicts = tuple((questions[answer.question], facts.chip(answer)) for answer in row.answers)
    rows = Piece(table(card.chart, f"{card.measure.title}, {card.place.name}"))
    download = f"data:text/csv;charset=utf-8,{quote(card.csv, safe=UNQUOTED)}"
    answers = brief.now.answers(brief.place.id)[name]
    details = [text for answer in answers.values() for text in answer["details"].values()]
    return HandoutMeasure(
        row, card, finding_title(facts, row), leading["finding"], verdicts, pictures.full(card.chart), rows, download, card.chart.source,
        tuple(dict.fromkeys(answer["finding"] for answer in answers.values())), tuple(dict.fromkeys(details)),
        origins(brief.now, row.measure, row.place),
    )


def _plain(frame: pd.DataFrame, caption: str) -> Piece:
    return Piece(table(frame, caption, units=dict.fromkeys(frame.columns, "text"))) if len(frame) else Piece()


FOLDER = Path(__file__).with_name("templates")
POLICY = "default-src 'none'; style-src {styles}; script-src {scripts}; img-src data:; base-uri 'none'; form-action 'none'"
NOTHING = "'none'"


@cache
def environment() -> Environment:
    """Templates in which every word is escaped, and a name that is not given is an error."""
    made, pen = strict(FOLDER), Pen()
    made.globals |= {"inline": inline, "chip": pictures.chip, "bare_chip": pen.verdict, "shape": pen.shape}
    return made


@cache
def inline(name: str) -> Piece:
    """
    One of our own files, as it stands between its tags.

    >>> "</" in inline("pack.js") or "</" in inline("pack.css")
    False
    """
    return Piece((PARTS_STYLE if name == PARTS_STYLE.name else FOLDER / name).read_text(encoding="utf-8"))


def policy(styles: Iterable[str], scripts: Iterable[str] = ()) -> str:
    """
    What a file may load: these styles and scripts, word for word, and nothing from anywhere.

    >>> policy(["b {}"]).startswith("default-src 'none'; style-src 'sha256-")
    True
    """
    return POLICY.format(styles=_digests(styles), scripts=_digests(scripts))


def _digests(texts: Iterable[str]) -> str:
    wholes = [hashlib.sha256(text.encode("utf-8")).digest() for text in texts]
    return " ".join(f"'sha256-{base64.b64encode(whole).decode('ascii')}'" for whole in wholes) or NOTHING


STYLES, SCRIPT = ("parts.css", "pack.css", "slides.css", "a4.css", "a3.css"), "pack.js"
ROW_HIGH = 40
PLAIN = re.compile(r"[A-Za-z0-9 ,.:-]")


@dataclass(frozen=True)
class DrawnSlide:
    """A slide with its picture drawn, or the pictures of its rows."""

    slide: Slide
    number: int
    picture: Piece
    rows: tuple[tuple[OverviewRow, Piece], ...] = ()


def pack_html(brief: Brief, items: Iterable[Item], *, address: str, contact: str = "") -> str:
    """
    The whole pack as one file.

    Returns: HTML that opens from a disk without a network: its styles, pictures and script stand in it, and nothing else may load. The same
        brief gives the same bytes.
    """
    facts = MeetingFacts(brief, address, contact)
    slides = slides_of(brief, items, address=address, contact=contact)
    running = running_foot(facts)
    drawn = [_drawn(facts, slide, number) for number, slide in enumerate(slides, 1)]
    missions = by_mission(facts)
    located = {measure.row.measure.id for _, measures in missions for measure in measures if measure.read}
    pictured = "".join([*(slide.picture for slide in drawn), *(measure.picture for _, measures in missions for measure in measures)])
    rooms = pictures.rooms(pictured)
    own = Piece(rooms + widths(facts))
    styles = [*map(inline, STYLES), own, running]
    return environment().get_template("pack.html").render(
        facts=facts, slides=drawn, missions=missions, tables=tables(facts), sources=sources(brief),
        running=running, own=own, policy=policy(styles, [inline(SCRIPT)]), words=facts.words,
        located=located, files=files(missions), tallies=_tallies(facts), whose=whose_line(facts),
    )


def running_foot(facts: MeetingFacts) -> Piece:
    """The line at the foot of every printed page, as a style sheet: which place, up to when, from which build."""
    line = f"{facts.brief.place.name}. {facts.stands}"
    words = "".join(letter if PLAIN.match(letter) else f"\\{ord(letter):x} " for letter in line)
    return Piece(f'@page {{ @bottom-left {{ content: "{words}" }} }}')


def _drawn(facts: MeetingFacts, slide: Slide, number: int) -> DrawnSlide:
    body = slide.body
    rows = tuple((row, pictures.row(row.picture, body.clock, ROW_HIGH)) for row in body.rows) if isinstance(body, Overview) else ()
    return DrawnSlide(slide, number, pictures.of_slide(facts, slide), rows)


HIGH, WIDE = 20, 96
"""A row's picture, in pixels."""
FLEX = re.compile(r'class="(\w+)" style="flex:(\d+)"')
MOST_OUT, MOST_PROMISES, MOST_MISSING = 4, 3, 12


def sheet_html(brief: Brief, *, address: str = "", contact: str = "") -> str:
    """One page: the sentence of the place, its tally, a row with a picture for each headline measure, what stands out, promises."""
    facts = MeetingFacts(brief, address, contact)
    card, clock = facts.scorecard, facts.clock
    groups = [(group, [(row, pictures.row(row.picture, clock, HIGH, WIDE)) for row in group.rows]) for group in card.groups]
    promised = item_slides.open_promises(facts)[:MOST_PROMISES]
    styles = [inline("parts.css"), inline("sheet.css"), widths(facts)]
    return environment().get_template("sheet.html").render(
        facts=facts, groups=[group for group in groups if group[1]], tallies=_tallies(facts), clock=pictures.head(facts.clock),
        standing_out=_standing_out(facts), more_out=_more_out(facts), missing=_missing(facts), old=Piece(chips.OLD_TAG),
        sources=whose_line(facts),
        map=Piece(pictures.pointed_out(facts.outlines, brief.place.id)) if facts.outlines else Piece(),
        promises=item_slides.promise_rows(facts, promised), words=facts.words, styles=styles,
        next_meeting="" if item_slides.NEXT_MEETING in promised else brief.next_sentence,
        policy=policy(styles),
    )


def _tallies(facts: MeetingFacts) -> list[tuple[str, Piece]]:
    """Each question with the counts of its answers, drawn."""
    questions = facts.words["scorecard"]["questions"]
    return [(questions[name], tally(facts.scorecard.tally[name], questions[name])) for name in LEADING]


def tally(counts: dict[str, int], label: str) -> Piece:
    """A tally whose widths are named by class, as the page's policy lets no attribute style anything."""
    return Piece(FLEX.sub(r'class="\1 of-\2"', chips.tally(counts, label)))


def widths(facts: MeetingFacts) -> Piece:
    """How wide each part of the tallies is, and where M stands, as a style sheet."""
    many = sorted({count for counts in facts.scorecard.tally.values() for count in counts.values()})
    return Piece("".join(f".of-{count}{{flex:{count}}}" for count in many) + pictures.head_style(facts.clock))


def whose_line(facts: MeetingFacts) -> str:
    """Every publisher and licence behind the place's figures."""
    known = datasets(facts.brief)
    publishers, licences = (dict.fromkeys(getattr(dataset, name) for dataset in known) for name in ("publisher", "licence"))
    return facts.text["sources"].format(publishers="; ".join(publishers), licences=", ".join(licences)) if known else ""


def _standing_out(facts: MeetingFacts) -> list[tuple[str, str, str]]:
    """The measures that stand out: verdict, name, title."""
    rows = facts.scorecard.stands_out[:MOST_OUT]
    verdicts = [row.clear.verdict if row.clear else POSSIBLE for row in rows]
    words = [". ".join(filter(None, (finding_title(facts, row), otherwise(facts, row)))) for row in rows]
    return [(verdict, short(row.measure.title, 8, 48), each) for verdict, row, each in zip(verdicts, rows, words, strict=True)]


def _more_out(facts: MeetingFacts) -> str:
    """How many of those that stand out are listed, and how many of the others are new signals; empty where all are."""
    every = facts.scorecard.stands_out
    asked = sum(row.signal_new for row in every[MOST_OUT:])
    text = facts.text["more_out"]["asked" if asked else "clear"]
    return text.format(shown=MOST_OUT, many=len(every), asked=number_format.few(asked)) if len(every) > MOST_OUT else ""


def _missing(facts: MeetingFacts) -> str:
    """The headline measures without figures here, by name."""
    names = [short(measure.title, 9, 64) for measure, _ in facts.scorecard.missing if measure.headline]
    return facts.text["no_figures"].format(names="; ".join(names[:MOST_MISSING])) if names else ""
