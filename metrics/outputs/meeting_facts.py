"""What slides, handout, sheet and pages say of a meeting: day, build, address, what was promised, the measures that answer a concern."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

import pandas as pd

from metrics.charts.render.frame import Clock
from metrics.charts.render.table import table
from metrics.domain import COMMITMENT_STATUSES, Commitment, Concern, Place, periods
from metrics.domain.geography import Boundaries
from metrics.meetings import calendar
from metrics.meetings.agenda import promise_sentences
from metrics.meetings.brief import Brief
from metrics.outputs.page.templating import Piece
from metrics.outputs.qr import code_svg
from metrics.outputs.slides.slide import Chip, Facts
from metrics.report.scorecard import Answer, Row, Scorecard, row_of, scorecard

FIRST_MONTH = "2018-01"
"""Where every small picture begins."""


@dataclass(frozen=True)
class MeetingFacts:
    """One brief with its scorecard and the texts that are the same on every sheet of paper; `address` and `contact` may be empty."""

    brief: Brief
    address: str = ""
    contact: str = ""

    @cached_property
    def words(self) -> dict:
        """Every text of `data/wording.yaml`."""
        return self.brief.now.wording.text

    @property
    def text(self) -> dict:
        """The texts of the pack."""
        return self.words["pack"]

    @property
    def slides(self) -> dict:
        """The texts of the slides."""
        return self.words["slides"]

    @cached_property
    def scorecard(self) -> Scorecard:
        """Every measure of the place as a row."""
        return scorecard_of(self.brief)

    @property
    def site(self) -> str:
        """What this dashboard is called."""
        return self.brief.now.known.force.site_name

    @property
    def disclaimer(self) -> str:
        """Who is not speaking here."""
        return self.brief.now.known.force.disclaimer

    @property
    def outlines(self) -> Boundaries | None:
        """The outlines of the areas; none where the project holds none."""
        return self.brief.now.known.outlines

    @property
    def clock(self) -> Clock:
        """The months that every small picture shows, with the day that is looked back on."""
        return Clock(FIRST_MONTH, f"{self.brief.now.as_at:%Y-%m}", self.scorecard.mark)

    @property
    def as_at(self) -> str:
        """Up to when this looks, as people say it."""
        return periods.say_day(self.brief.now.as_at)

    @property
    def title(self) -> str:
        """What changed where since when, and for which meeting."""
        if not self.brief.dated:
            return self.brief.heading
        return self.text["title"].format(heading=self.brief.heading, day=periods.say_day(self.brief.day))

    @property
    def stands(self) -> str:
        """As-at date and build."""
        return self.text["stands"].format(day=self.as_at, build=self.brief.now.build)

    @property
    def facts(self) -> Facts:
        """What a deck of slides says of itself."""
        place, now = self.brief.place.name, self.brief.now
        subject = self.text["subject"].format(place=place, day=self.as_at)
        return Facts(self.title, subject, self.site, now.as_at, now.build, self.slides["as_at"].format(day=self.as_at))

    @property
    def meeting(self) -> str:
        """Which meeting this is for."""
        return self.text["meeting" if self.brief.dated else "undated"].format(day=periods.say_day(self.brief.day))

    @property
    def looked_back(self) -> str:
        """Which meeting it looks back on; the plan's launch where the place has had none."""
        last = self.brief.meeting
        if last is None:
            return self.text["launch"].format(day=periods.say_day(self.brief.then), before=periods.say_day(self.brief.day))
        area = self.brief.now.known.places[last.area].name
        return self.text["looked_back"].format(
            meeting=self.words["meeting"]["at"].format(area=area, day=periods.say_day(last.date))
        )

    @property
    def opening(self) -> tuple[str, ...]:
        """What the handout begins with."""
        return (self.meeting, self.looked_back, self.stands, self.disclaimer)

    @property
    def url(self) -> str:
        """The place's public page; empty where no address is configured."""
        return f"{self.address.rstrip('/')}/{self.brief.place.id}/" if self.address else ""

    @property
    def scan(self) -> str:
        """How to open the public page; empty where there is none."""
        return self.text["scan"].format(address=self.url) if self.url else ""

    @property
    def code_alt(self) -> str:
        """The words that stand for the square code."""
        return self.text["code"].format(address=self.url)

    @property
    def code(self) -> Piece:
        """The square code of the public page as a drawing; nothing where there is no address."""
        return Piece(code_svg(self.url, alt=self.code_alt)) if self.url else Piece()

    @property
    def ask(self) -> str:
        """Whom to ask; empty where nobody is named."""
        return self.text["ask"].format(contact=self.contact) if self.contact else ""

    @property
    def luck(self) -> tuple[str, ...]:
        """How many measures would look different by luck alone, and how many do."""
        compared = self.brief.sentences.luck(self.brief.counted)
        return tuple(filter(None, (self.text["luck_why"], self.brief.luck, compared)))

    def chip(self, answer: Answer) -> Chip:
        """An answer as slides and sheets show it."""
        return Chip(answer.verdict, self.words["verdicts"][answer.verdict], answer.direction)

    def due(self, commitment: Commitment) -> str:
        """By when it was promised."""
        return periods.say(commitment.due) if commitment.due else self.text["no_due"]

    @property
    def promised(self) -> str:
        """How many promises have which status; that there is none."""
        many = Counter(promise.commitment.status_on(self.brief.day) for promise in self.brief.promises)
        counts = ", ".join(f"{many[status]} {status}" for status in COMMITMENT_STATUSES if many[status])
        return self.text["promised"].format(counts=counts) if counts else self.text["none_promised"]

    @property
    def restated(self) -> str:
        """How many measures have been restated since that day, and how many verdicts that overturns; empty where none has."""
        moved = self.brief.corrected
        if not moved:
            return ""
        which = "restated_one" if len(moved) == 1 else "restated"
        overturned = sum(correction.overturned for correction in moved)
        return self.text[which].format(many=len(moved), overturned=overturned or "none", day=periods.say_day(self.brief.then))

    @cached_property
    def answers_to_concerns(self) -> pd.DataFrame:
        """You said, we did: every concern, what was promised since, and what is on record of that."""
        by_concern: dict[str | None, list[calendar.Promise]] = {}
        for promise in self.brief.promises:
            by_concern.setdefault(promise.commitment.concern if promise.meeting else None, []).append(promise)
        rows = []
        for raised in self.brief.concerns:
            answers = by_concern.get(raised.concern.id, [])
            rows += [(raised.concern.text, answer.commitment.text, self._recorded(answer)) for answer in answers]
            rows += [] if answers else [(raised.concern.text, self.text["no_answer"], "")]
        return pd.DataFrame(rows, columns=self.text["said_columns"])

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Every promise with all that is on record of it."""
        rows = [(promise.commitment.text, self.due(promise.commitment), self._recorded(promise)) for promise in self.brief.promises]
        return pd.DataFrame(rows, columns=self.text["promise_columns"])

    def _recorded(self, promise: calendar.Promise) -> str:
        return " ".join(promise_sentences(self.brief, promise))


@lru_cache(maxsize=4)
def scorecard_of(brief: Brief) -> Scorecard:
    """Every measure of a brief's place as a row, worked out once for slides, handout and sheet."""
    return scorecard(brief.now, brief.place, brief.then, meeting=brief.meeting is not None)


def split_table(brief: Brief, caption: str) -> str:
    """Why each total differs from the one shown then, as a table; empty where nothing was shown."""
    splits = brief.splits
    units = {name: "count" if splits[name].dtype.kind in "fi" else "text" for name in splits.columns}
    return table(splits, caption, units=units) if len(splits) else ""


def concern_rows(brief: Brief, concern: Concern, card: Scorecard) -> tuple[Row, ...]:
    """A row for each measure that has figures, in the order in which the concern names them; `card` is the place's own."""
    own = {row.measure.id: row for row in card.rows}
    return tuple(own.get(name) or _elsewhere(brief, name, card) for name in concern.measures if brief.has_figures_of(name))


def _elsewhere(brief: Brief, name: str, card: Scorecard) -> Row:
    return row_of(brief.now, brief.answered_in(name), brief.now.known.measures[name], card.mark)


def row_title(row: Row, place: Place) -> str:
    """
    A measure's title on the page of a place, with the place of its figures where that is another.

    >>> from types import SimpleNamespace as Some
    >>> total, brent = Some(id="x", name="Exshire"), Some(id="b", name="Brent")
    >>> row_title(Some(measure=Some(title="Officers"), place=total), brent)
    'Officers, Exshire'
    >>> row_title(Some(measure=Some(title="Calls, Exshire"), place=total), brent)
    'Calls, Exshire'
    """
    elsewhere = row.place.id != place.id and not row.measure.title.endswith(row.place.name)
    return f"{row.measure.title}, {row.place.name}" if elsewhere else row.measure.title
