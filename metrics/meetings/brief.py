"""Everything a meeting needs to know of one place, gathered from two readings: as known then, and now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from metrics.domain import Meeting, Place, Refused, periods
from metrics.meetings import calendar
from metrics.meetings.calendar import Promise, Raised, Upcoming
from metrics.meetings.since_meeting import Sentences, Since, since
from metrics.narrative import counted, news, number_format
from metrics.narrative.phrases import counted_and_left_out
from metrics.report.news import changes
from metrics.report.scorecard import TURNS
from metrics.report.snapshot import Snapshot
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE

LED_BY = 3


class Signals(NamedTuple):
    """How many measures of a place are charted, how many of them show a new signal, and how many luck alone would give."""

    charted: int
    new: int
    luck: float


@dataclass(frozen=True, eq=False)
class Brief:
    """
    What can be said at a meeting in a place.

    `meeting` is the one that is looked back on, none where the place has had none: then the plan's launch is. `then` is
    its day; `day` is the one this is for: what is due is due on it. `dated` says whether that is a meeting's day, or only the
    newest one on which anything is known.
    """

    place: Place
    meeting: Meeting | None
    then: date
    day: date
    now: Snapshot
    before: Snapshot
    dated: bool = True

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of this place and these days."""
        return Sentences(self.now.wording.text, self.place, self.then, is_meeting=self.meeting is not None)

    @property
    def heading(self) -> str:
        """What changed here since that day."""
        return self.sentences.text["heading"].format(place=self.place.name, day=periods.say_day(self.then))

    @cached_property
    def measures(self) -> dict[str, Since]:
        """Every measure that can have figures here, since that day."""
        answers, news_of = self.now.answers(self.place.id), self.now.new_since(self.place.id, self.then)
        then, now = (self.now.known_on(self.place.id, day) for day in (self.then, self.now.as_at))
        moved = changes(self.now.known, then, now)
        against, day = self.now.against(self.place.id), self.then
        return {
            name: since(self.now.known.measures[name], both, news_of[name], moved[name], against.get(name), day)
            for name, both in ((measure.id, answers[measure.id]) for measure in self.now.every_measure(self.place))
        }

    def answered_in(self, measure: str) -> Place:
        """The place whose figures answer for a measure: this one; the whole force area where that alone has any."""
        total = self.now.known.total
        here, whole = (self.now.answers(place.id)[measure][YEAR_BEFORE]["now_to"] for place in (self.place, total))
        return total if whole and not here else self.place

    def answers_to(self, measure: str) -> dict[str, dict]:
        """Both answers on a measure, of the place whose figures answer for it."""
        return self.now.answers(self.answered_in(measure).id)[measure]

    def has_figures_of(self, measure: str) -> bool:
        """Whether any figure answers for a measure, of this place or of the whole force area."""
        return bool(self.answers_to(measure)[YEAR_BEFORE]["now_to"])

    @cached_property
    def with_figures(self) -> list[Since]:
        """Measures that have figures."""
        return [entry for entry in self.measures.values() if entry.has_figures]

    @cached_property
    def counted(self) -> list[Since]:
        """The one set of measures that every count is of: with figures newer than a year, and none counted in another."""
        return [entry for entry in self.with_figures if entry.counts]

    def of_kind(self, kind: str) -> list[Since]:
        """What is news of one kind, for the worse and for the better in turn; of the measures that are counted."""
        fresh = [entry for entry in self.counted if entry.news.kind == kind]
        groups = [[entry for entry in fresh if entry.verdict == verdict] for verdict in (*TURNS, None)]
        groups[-1] = [entry for entry in fresh if entry.verdict not in TURNS]
        longest = max(map(len, groups), default=0)
        return [group[i] for i in range(longest) for group in groups if i < len(group)]

    @cached_property
    def corrected(self) -> list[Since]:
        """Measures whose shown figures were restated or counted another way, those whose verdict that overturns first."""
        moved = [entry for entry in self.with_figures if entry.change.corrected or entry.change.redefined or entry.overturned]
        return sorted(moved, key=lambda entry: not entry.overturned)

    @cached_property
    def unsaid(self) -> list[tuple[Since, str]]:
        """What cannot be said, and why."""
        reasons = [(entry, self.sentences.unsaid(entry)) for entry in self.measures.values()]
        return [(entry, why) for entry, why in reasons if why]

    @property
    def lead(self) -> tuple[str, ...]:
        """The first sentences of the meeting: how much of which kind is new, the first of it, and what luck alone would give."""
        return tuple(filter(None, (*self._opening, self.new, *self._first, self.luck, self.method)))

    @property
    def _opening(self) -> tuple[str, ...]:
        """Said where then and now cannot be set beside each other."""
        if self.knew_nothing:
            return (self.nothing_then,)
        if self.before.as_at >= self.now.as_at:
            return (self.sentences.text["not_newer"].format(day=periods.say_day(self.then)),)
        return ()

    @cached_property
    def knew_nothing(self) -> bool:
        """Whether no figure of the place that is held had been published by the day looked back on."""
        if self.before.knows_nothing:
            return True
        answers = self.before.answers(self.place.id)
        return not any(answers[name][YEAR_BEFORE]["now_to"] for name in self.measures)

    @property
    def nothing_then(self) -> str:
        """That no figure of the place had been published by the day looked back on."""
        return self.sentences.text["nothing_then"].format(
            place=self.place.name, day=periods.say_day(self.then), event=self.sentences.event
        )

    @property
    def new(self) -> str:
        """How many measures have new clear changes, are no longer clear, or have new signals; that nothing is, or was known then."""
        text, facts = self.sentences.all["news"], {"day": periods.say_day(self.then), "among": len(self.counted)}
        counts = self._counts()
        if self._unknown_then:
            return text["clear_now"].format(**facts, clear=number_format.few(counts[news.UNKNOWN_THEN]))
        which = ", ".join(text["counted"][kind].format(many=number_format.few(many)) for kind, many in counts.items())
        return text["counts"].format(**facts, which=which) if which else text["none"].format(**facts)

    @property
    def _unknown_then(self) -> bool:
        """Whether nothing was known on the day of what could be new, which is then said once."""
        return self.knew_nothing or list(self._counts()) == [news.UNKNOWN_THEN]

    def _counts(self) -> Counter[str]:
        """How many measures are news of which kind; clear ones of which nothing was known on the day are apart, and never new."""
        known = {kind: sum(entry.news.was_known for entry in self.of_kind(kind)) for kind in news.WORTH_TELLING}
        unknown = len(self.of_kind(news.NEW_CLEAR)) - known[news.NEW_CLEAR]
        return +Counter({**known, news.UNKNOWN_THEN: unknown})

    @property
    def _first(self) -> list[str]:
        """What is new, in sentences: clear changes for the worse and for the better in turn, then what is no longer clear."""
        entries = [entry for kind in news.WORTH_TELLING for entry in self.of_kind(kind)]
        sentences = [self.sentences.full_news(entry, nothing_then=self._unknown_then) for entry in entries[:LED_BY]]
        more = len(entries) - LED_BY
        return [*sentences, self.sentences.text["lead"]["more"].format(more=number_format.few(more))] if more > 0 else sentences

    @cached_property
    def signals(self) -> Signals:
        """The new signals among the measures counted that have a chart of this place."""
        charted = [entry.lead for entry in self.counted if not number_format.is_missing(entry.lead["signal_luck"])]
        new = sum(bool(lead["signal"] and lead["signal_new"]) for lead in charted)
        return Signals(len(charted), new, sum(lead["signal_luck"] for lead in charted))

    @property
    def luck(self) -> str:
        """How many new signals there are, and how many luck alone would give."""
        charted, new, luck = self.signals
        facts = {"signals": new, "among": charted, "luck": number_format.about(luck)}
        return self.sentences.text["lead"]["luck"].format(**facts) if charted else ""

    @property
    def method(self) -> str:
        """That what was shown on the day was judged by another method, where it was."""
        text = self.sentences.all["news"]
        changed = f"{self.then:%Y-%m}" < text["method_from"] and not self.knew_nothing
        return text["method"].format(day=periods.say_day(self.then)) if changed else ""

    @property
    def tally(self) -> str:
        """How many of the measures that are counted have which verdict, for each question; which are left out. Never an average."""
        return " ".join((self._side(SINCE_PLAN), self._side(YEAR_BEFORE), self.left_out))

    def _side(self, question: str) -> str:
        verdicts = Counter(entry.answers[question]["verdict"] for entry in self.counted)
        return f"{self.sentences.all['answers']['questions'][question]}: {counted(verdicts, self.sentences.all['verdicts'])}."

    @property
    def left_out(self) -> str:
        """Which measures are counted, and how many are not; headline measures that have no figures of such a place among them."""
        old = sum(entry.is_stale for entry in self.with_figures)
        parts = len(self.with_figures) - old - len(self.counted)
        elsewhere = [measure for measure in self.now.known.headlines if measure.id not in self.measures]
        missing = len(self.measures) - len(self.with_figures) + len(elsewhere)
        return counted_and_left_out(self.sentences.all["hero"], len(self.counted), {"parts": parts, "old": old, "missing": missing})

    @property
    def corrections(self) -> tuple[str, ...]:
        """What was shown and has been restated since: first whatever that overturns."""
        flipped = [self.sentences.flipped(entry) for entry in self.corrected if entry.overturned]
        moved = [self.sentences.correction(entry) for entry in self.corrected if entry.change.corrected or entry.change.redefined]
        none = self.sentences.text["split"]["none"].format(day=periods.say_day(self.then))
        return (*flipped, *moved) if flipped or moved else () if self.knew_nothing else (none,)

    @property
    def splits(self) -> pd.DataFrame:
        """Why each total differs from the one shown then: figures known then and now, and the three parts that sum exactly."""
        rows = [self.sentences.split_row(entry) for entry in self.measures.values() if entry.change.split is not None]
        return pd.DataFrame(rows, columns=self.sentences.text["split"]["columns"])

    @cached_property
    def promises(self) -> tuple[Promise, ...]:
        """What had been promised here and by the plan."""
        return calendar.promises(self.now.known, self.place.id, self.day)

    @cached_property
    def concerns(self) -> tuple[Raised, ...]:
        """What residents raised and is still to be answered."""
        return calendar.carried(self.now.known, self.place.id, self.day)

    @property
    def next(self) -> Upcoming:
        """The next meeting: promised, due, or none recorded."""
        return calendar.next_meeting(self.now.known, self.place.id, self.day)

    @property
    def next_sentence(self) -> str:
        """The next meeting in a sentence."""
        coming, text = self.next, self.sentences.text["next"]
        if coming.kind == calendar.NONE:
            return text["none"].format(place=self.place.name)
        if coming.kind == calendar.DUE:
            return text["due"].format(by=coming.when)
        return text["announced" if coming.day else "promised"].format(day=coming.when, by=coming.when)


def brief(now: Snapshot, place: Place, *, day: date | None = None, since: date | None = None) -> Brief:
    """
    The brief for a meeting in a place, from what is known by its day.

    `day`: that of the meeting it is for, by which things are due; None is the newest on which anything is known.
    `since`: the day of the meeting that is looked back on; None is the place's last one before the day, else the plan's launch.
    Raises Refused: the build keeps no findings of what is looked back on, or that is not before the day it is for.
    """
    if day and since and since >= day:
        raise Refused(f"{periods.say_day(since)} cannot be looked back on from {periods.say_day(day)}")
    known = now.known
    on = day or max([now.newest, *(meeting.date for meeting in known.meetings if meeting.status == "held")])
    last = _looked_back_on(known, place, on, since, day)
    then = since or (last.date if last else known.plan.launched)
    return Brief(place, last, then, on, now, now.on(then), dated=day is not None)


def _looked_back_on(known, place: Place, on: date, since: date | None, day: date | None) -> Meeting | None:
    """The meeting of that day, the place's own first; else the place's last one before the day that this is for."""
    offered = calendar.offered(known, place.id, on)
    if since:
        return next((meeting for meeting in offered if meeting.date == since), None)
    return next((meeting for meeting in offered if meeting.area == place.id and (day is None or meeting.date < day)), None)
