"""What slides, handout and sheet all say of the evening: for which meeting, up to when, from which build, where to ask."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from metrics.domain import COMMITMENT_STATUSES, Commitment, periods
from metrics.meetings import calendar
from metrics.meetings.briefing import Brief
from metrics.meetings.briefing.agenda import promise_said
from metrics.outputs.qr import public_page
from metrics.outputs.slides.slide import Facts
from metrics.report.cards import Card

FEW = 4
"""So many promises stand on a sheet of one page."""


@dataclass(frozen=True)
class Telling:
    """The sentences of one brief that are the same on every sheet of paper; `address` and `contact` may be empty."""

    brief: Brief
    address: str = ""
    contact: str = ""

    @cached_property
    def words(self) -> dict:
        """Every sentence of `data/wording.yaml`."""
        return self.brief.now.wording.text

    @property
    def text(self) -> dict:
        """The sentences of the pack."""
        return self.words["pack"]

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
        return Facts(self.title, subject, self.text["project"], now.as_at, now.build, self.stands)

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
        borough = self.brief.now.known.places[last.borough].name
        return self.text["looked_back"].format(
            meeting=self.words["meeting"]["at"].format(borough=borough, day=periods.say_day(last.date))
        )

    @property
    def opening(self) -> tuple[str, ...]:
        """What the first slide says under its title."""
        return (self.meeting, self.looked_back, self.stands, self.words["page"]["whose"])

    @property
    def url(self) -> str:
        """The place's public page; empty where no address is configured."""
        return public_page(self.address, self.brief.place)

    @property
    def scan(self) -> str:
        """How to open the public page, or that there is none."""
        return self.text["scan"].format(address=self.url) if self.url else self.text["no_address"]

    @property
    def code_alt(self) -> str:
        """The words that stand for the square code."""
        return self.text["code"].format(address=self.url)

    @property
    def ask(self) -> str:
        """Whom to ask; empty where nobody is named."""
        return self.text["ask"].format(contact=self.contact) if self.contact else ""

    @property
    def luck(self) -> tuple[str, ...]:
        """How many measures would look different by luck alone, and how many do."""
        compared = self.brief.said.luck(list(self.brief.measures.values()))
        return tuple(filter(None, (self.text["luck_why"], self.brief.luck, compared)))

    @property
    def promised(self) -> str:
        """How many promises have which status; that there is none."""
        many = Counter(one.commitment.status_on(self.brief.day) for one in self.brief.promises)
        counts = ", ".join(f"{many[status]} {status}" for status in COMMITMENT_STATUSES if many[status])
        return self.text["promised"].format(counts=counts) if counts else self.text["none_promised"]

    @property
    def restated(self) -> str:
        """How many measures have been restated since that day, and how many verdicts that overturns; empty where none has."""
        moved = self.brief.corrected
        if not moved:
            return ""
        which = "restated_one" if len(moved) == 1 else "restated"
        overturned = sum(one.overturned for one in moved)
        return self.text[which].format(many=len(moved), overturned=overturned or "none", day=periods.say_day(self.brief.then))

    @property
    def corrections(self) -> tuple[str, ...]:
        """What to say of corrections in the hall: their number, every verdict overturned, headline measures; the rest is in the handout."""
        if not self.brief.corrected:
            return self.brief.corrections
        said, moved = self.brief.said, self.brief.corrected
        told = [said.flipped(one) for one in moved if one.overturned]
        told += [said.correction(one) for one in moved if one.measure.headline and (one.change.corrected or one.change.redefined)]
        return (self.restated, *told, self.text["all_restated"])

    @property
    def open_promises(self) -> tuple[str, ...]:
        """Promises of the plan that are due or overdue, and every open one made here; then how many more there are."""
        day = self.brief.day
        wanted = [one for one in self.brief.promises if one.open_on(day) and (one.meeting or one.due_on(day) or one.overdue_on(day))]
        told = [
            self.text["open_promise"].format(text=one.commitment.text, due=self.due(one.commitment), status=self.status(one.commitment))
            for one in wanted[:FEW]
        ]
        more = len(wanted) - FEW
        return (*told, self.text["more_promises"].format(many=more)) if more > 0 else tuple(told)

    def footer(self, card: Card | None) -> str:
        """Period, as-at date, build, source and licence of what is shown."""
        build = self.brief.now.build
        if card is None or card.chart is None:
            return self.text["footer_other"].format(place=self.brief.place.name, day=self.as_at, build=build)
        dataset = self.brief.now.known.datasets[card.measure.source.dataset]
        return self.text["footer"].format(
            span=card.chart.subtitle, day=self.as_at, build=build, publisher=dataset.publisher, licence=dataset.licence
        )

    def status(self, one: Commitment) -> str:
        """A status with the day from which it holds, where one is recorded."""
        step, status = one.step_on(self.brief.day), one.status_on(self.brief.day)
        return self.text["dated"].format(status=status, day=periods.say_day(step.date)) if step else status

    def due(self, one: Commitment) -> str:
        """By when it was promised."""
        return periods.say(one.due) if one.due else self.text["no_due"]

    @cached_property
    def promise_rows(self) -> tuple[tuple[str, str, str], ...]:
        """Every promise: what, by when, and what is on record."""
        return tuple((one.commitment.text, self.due(one.commitment), self.status(one.commitment)) for one in self.brief.promises)

    @cached_property
    def told(self) -> pd.DataFrame:
        """You said, we did: every concern, what was promised since, and what is on record of that."""
        by_concern: dict[str | None, list[calendar.Promise]] = {}
        for promise in self.brief.promises:
            by_concern.setdefault(promise.commitment.concern if promise.meeting else None, []).append(promise)
        rows = []
        for raised in self.brief.concerns:
            answers = by_concern.get(raised.concern.id, [])
            rows += [(raised.concern.text, one.commitment.text, self._recorded(one)) for one in answers]
            rows += [] if answers else [(raised.concern.text, self.text["no_answer"], "")]
        return pd.DataFrame(rows, columns=self.text["said_columns"])

    @cached_property
    def promises(self) -> pd.DataFrame:
        """Every promise with all that is on record of it."""
        rows = [(one.commitment.text, self.due(one.commitment), self._recorded(one)) for one in self.brief.promises]
        return pd.DataFrame(rows, columns=self.text["promise_columns"])

    def _recorded(self, promise: calendar.Promise) -> str:
        return " ".join(promise_said(self.brief, promise))
