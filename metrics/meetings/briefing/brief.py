"""Everything a meeting needs to know of one place, gathered from two readings: as known then, and now."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from metrics.domain import Meeting, Place, Refused, periods
from metrics.meetings import calendar
from metrics.meetings.briefing.sentences import Sentences
from metrics.meetings.briefing.since_meeting import CLEAR, PLAN, POSSIBLE, YEAR, Since, since
from metrics.meetings.calendar import Promise, Raised, Upcoming
from metrics.narrative import counted, news, number_words
from metrics.narrative.hero import counted as set_counted
from metrics.narrative.hero import hero
from metrics.report.changes import changes
from metrics.report.snapshot import Reading

LED_BY = 3


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
    now: Reading
    before: Reading
    dated: bool = True

    @cached_property
    def said(self) -> Sentences:
        """The sentences of this place and these days."""
        return Sentences(self.now.wording.text, self.place, self.then)

    @property
    def heading(self) -> str:
        """What changed here since that day."""
        return self.said.text["heading"].format(place=self.place.name, day=periods.say_day(self.then))

    @cached_property
    def measures(self) -> dict[str, Since]:
        """Every measure that can have figures here, since that day."""
        answers, told = self.now.answers(self.place.id), self.now.new_since(self.place.id, self.then)
        moved = changes(self.now.store.ask, self.now.known, [self.place.id], self.then, self.now.as_at)
        against, day = self.now.against(self.place.id), self.then
        return {
            name: since(self.now.known.measures[name], both, told[name], moved[self.place.id, name], against.get(name), day)
            for name, both in ((one.id, answers[one.id]) for one in self.now.every_measure(self.place))
        }

    @cached_property
    def with_figures(self) -> list[Since]:
        """Measures that have figures."""
        return [one for one in self.measures.values() if one.has_figures]

    @cached_property
    def counted(self) -> list[Since]:
        """The one set of measures that every count is of: with figures newer than a year, and none counted in another."""
        return [one for one in self.with_figures if one.counts]

    def of_kind(self, kind: str) -> list[Since]:
        """What is news of one kind, for the worse and for the better in turn; of the measures that are counted."""
        fresh = [one for one in self.counted if one.news.kind == kind]
        groups = [[one for one in fresh if one.verdict == verdict] for verdict in (*CLEAR, None)]
        groups[-1] = [one for one in fresh if one.verdict not in CLEAR]
        longest = max(map(len, groups), default=0)
        return [group[i] for i in range(longest) for group in groups if i < len(group)]

    @cached_property
    def clear(self) -> list[Since]:
        """Changes that are clear now, those that were not clear on the day first."""
        return [*self.of_kind(news.NEW_CLEAR), *self.of_kind(news.STILL_CLEAR)]

    @cached_property
    def possible(self) -> list[Since]:
        """New signals, worth asking about."""
        return self.of_kind(news.NEW_SIGNAL)

    @cached_property
    def corrected(self) -> list[Since]:
        """Measures whose shown figures were restated or counted anew, those whose verdict that overturns first."""
        moved = [one for one in self.with_figures if one.change.corrected or one.change.redefined or one.overturned]
        return sorted(moved, key=lambda one: not one.overturned)

    @cached_property
    def unsaid(self) -> list[tuple[Since, str]]:
        """What cannot be said, and why."""
        reasons = [(one, self.said.unsaid(one)) for one in self.measures.values()]
        return [(one, why) for one, why in reasons if why]

    @property
    def lead(self) -> tuple[str, ...]:
        """The first sentences of the evening: how much of which kind is new, the first of it, and what luck alone would give."""
        return tuple(filter(None, (*self._opening, self.new, *self._first, self.luck, self.method)))

    @property
    def _opening(self) -> tuple[str, ...]:
        """Said where then and now cannot be set beside each other."""
        if self.before.knows_nothing:
            return (self.said.text["nothing_then"].format(day=periods.say_day(self.then)),)
        if self.before.as_at >= self.now.as_at:
            return (self.said.text["not_newer"].format(day=periods.say_day(self.then)),)
        return ()

    @property
    def new(self) -> str:
        """How many measures have new clear changes, are no longer clear, or have new signals; that there is nothing new."""
        text, day = self.said.all["news"], periods.say_day(self.then)
        counts = [(kind, len(self.of_kind(kind))) for kind in news.WORTH_TELLING]
        which = ", ".join(text["counted"][kind].format(many=number_words.few(many)) for kind, many in counts if many)
        return text["counts"].format(day=day, which=which, among=len(self.counted)) if which else text["none"].format(day=day)

    @property
    def _first(self) -> list[str]:
        """What is new, in sentences: clear changes for the worse and for the better in turn, then what is no longer clear."""
        told = [one for kind in news.WORTH_TELLING for one in self.of_kind(kind)]
        said = [self.said.told(one) for one in told[:LED_BY]]
        more = len(told) - LED_BY
        return [*said, self.said.text["lead"]["more"].format(more=number_words.few(more))] if more > 0 else said

    @property
    def luck(self) -> str:
        """How many new signals there are, and how many luck alone would give."""
        charted = [one for one in self.counted if one.lead["signal_charted"]]
        if not charted:
            return ""
        luck = sum(one.lead["signal_by_luck"] / one.lead["signal_charted"] for one in charted)
        facts = {"signals": sum(bool(one.lead["signal"] and one.lead["signal_new"]) for one in charted), "among": len(charted)}
        return self.said.text["lead"]["luck"].format(**facts, luck=number_words.about(luck))

    @property
    def method(self) -> str:
        """That what was shown on the day was judged by another method, where it was."""
        text = self.said.all["news"]
        changed = f"{self.then:%Y-%m}" < text["method_from"] and not self.before.knows_nothing
        return text["method"].format(day=periods.say_day(self.then)) if changed else ""

    @property
    def hero(self) -> str:
        """The first sentences of the place, on both questions."""
        verdicts = {question: [one.answers[question]["verdict"] for one in self.counted] for question in (PLAN, YEAR)}
        asked = sum(one.answers[YEAR]["shown"] == POSSIBLE for one in self.counted)
        return hero(self.said.all["hero"], verdicts[PLAN], verdicts[YEAR], asked=asked)

    @property
    def tally(self) -> str:
        """How many of the measures that are counted have which verdict, for each question; which are left out. Never an average."""
        return " ".join((self._side(PLAN), self._side(YEAR), self.left_out))

    def _side(self, question: str) -> str:
        verdicts = Counter(one.answers[question]["verdict"] for one in self.counted)
        return f"{self.said.all['answers']['questions'][question]}: {counted(verdicts, self.said.all['verdicts'])}."

    @property
    def left_out(self) -> str:
        """Which measures are counted, and how many are not."""
        old = sum(one.is_stale for one in self.with_figures)
        parts = len(self.with_figures) - old - len(self.counted)
        missing = len(self.measures) - len(self.with_figures)
        return set_counted(self.said.all["hero"], len(self.counted), parts=parts, old=old, missing=missing)

    @property
    def corrections(self) -> tuple[str, ...]:
        """What was shown and has been restated since: first whatever that overturns."""
        flipped = [self.said.flipped(one) for one in self.corrected if one.overturned]
        moved = [self.said.correction(one) for one in self.corrected if one.change.corrected or one.change.redefined]
        none = self.said.text["split"]["none"].format(day=periods.say_day(self.then))
        return (*flipped, *moved) if flipped or moved else () if self.before.knows_nothing else (none,)

    @property
    def splits(self) -> pd.DataFrame:
        """Why each total differs from the one shown then: figures known then and now, and the three parts that sum exactly."""
        rows = [self.said.split_row(one) for one in self.measures.values() if one.change.split is not None]
        return pd.DataFrame(rows, columns=self.said.text["split"]["columns"])

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
    def next_said(self) -> str:
        """The next meeting in a sentence."""
        coming, text = self.next, self.said.text["next"]
        if coming.kind == calendar.NONE:
            return text["none"].format(place=self.place.name)
        if coming.kind == calendar.DUE:
            return text["due"].format(by=periods.say_day(coming.day) if coming.day else periods.say(coming.by))
        if coming.day:
            return text["announced"].format(day=periods.say_day(coming.day))
        return text["promised"].format(by=periods.say(coming.by))


def brief(store, known, wording, place: Place, *, day: date | None = None, since: date | None = None) -> Brief:
    """
    The brief for a meeting in a place.

    Parameters
    ----------
    day
        The day of the meeting it is for: only what was known and promised by then counts. None is now, whatever is held.
    since
        The day of the meeting that is looked back on; None is the place's last one before the day, else the plan's launch.

    Raises
    ------
    Refused
        The build keeps no findings of one of these days, or what is looked back on is not before the day it is for.
    """
    if day and since and since >= day:
        raise Refused(f"{periods.say_day(since)} cannot be looked back on from {periods.say_day(day)}")
    return brief_of(Reading(store, known, wording, day), place, day=day, since=since)


def brief_of(
    now: Reading, place: Place, *, day: date | None = None, since: date | None = None, before: Callable[[date], Reading] | None = None
) -> Brief:
    """
    The same from a snapshot that is there already.

    Parameters
    ----------
    before
        Gives what was known on an earlier day, where a face keeps that for many places; made anew unless given.
    """
    known = now.known
    on = day or max([now.newest, *(one.date for one in known.meetings if one.status == "held")])
    last = _looked_back_on(known, place, on, since, day)
    then = since or (last.date if last else known.plan.launched)
    earlier = before(then) if before else Reading(now.store, known, now.wording, then)
    return Brief(place, last, then, on, now, earlier, dated=day is not None)


def _looked_back_on(known, place: Place, on: date, since: date | None, day: date | None) -> Meeting | None:
    """The meeting of that day, the place's own first; else the place's last one before the day that this is for."""
    offered = calendar.offered(known, place.id, on)
    if since:
        return next((one for one in offered if one.date == since), None)
    return next((one for one in offered if one.area == place.id and (day is None or one.date < day)), None)
