"""Everything a meeting needs to know of one place, gathered from two readings: as known then, and now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from metrics.domain import Meeting, Place, Refused, periods
from metrics.meetings import calendar
from metrics.meetings.briefing.sentences import Sentences
from metrics.meetings.briefing.since_meeting import CLEAR, POSSIBLE, Since, since
from metrics.meetings.calendar import Promise, Raised, Upcoming
from metrics.narrative import counted, number_format
from metrics.report.changes import changes
from metrics.report.snapshot import Reading
from metrics.statistics.multiple_testing import expected_by_luck

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
        found, before = self.now.found(self.place.id), self.before.found(self.place.id)
        moved = changes(self.now.store.ask, self.now.known, [self.place.id], self.then, self.now.as_at)
        against, hindsight = self.now.against(self.place.id), self.before.hindsight(self.place.id)
        shown = {} if self.before.knows_nothing else before
        return {
            one.id: since(
                one, found[one.id], shown.get(one.id), moved[self.place.id, one.id], hindsight.get(one.id), against.get(one.id), self.then
            )
            for one in self.now.every_measure(self.place)
        }

    @cached_property
    def with_figures(self) -> list[Since]:
        """Measures that have figures."""
        return [one for one in self.measures.values() if one.has_figures]

    @cached_property
    def clear(self) -> list[Since]:
        """Clear changes told by figures that are newer than the meeting and not stale, those for the worse and for the better in turn."""
        fresh = [one for one in self.with_figures if one.verdict in CLEAR and self._is_news(one)]
        groups = [[one for one in fresh if one.verdict == name] for name in CLEAR]
        longest = max(map(len, groups), default=0)
        return [group[i] for i in range(longest) for group in groups if i < len(group)]

    @cached_property
    def possible(self) -> list[Since]:
        """Possible changes told by figures newer than the meeting."""
        return [one for one in self.with_figures if one.verdict == POSSIBLE and self._is_news(one)]

    @cached_property
    def steady(self) -> list[Since]:
        """What newer figures show no clear change of."""
        return [one for one in self.with_figures if one.verdict == "no clear change" and self._is_news(one)]

    @cached_property
    def corrected(self) -> list[Since]:
        """Measures whose shown figures were restated or counted anew, those whose verdict that overturns first."""
        moved = [one for one in self.with_figures if one.change.corrected or one.change.redefined or one.overturned]
        return sorted(moved, key=lambda one: not one.overturned)

    @cached_property
    def unsaid(self) -> list[tuple[Since, str]]:
        """What cannot be said, and why."""
        said = [(one, self.said.unsaid(one, self.now.as_at)) for one in self.measures.values()]
        return [(one, why) for one, why in said if why]

    @property
    def lead(self) -> tuple[str, ...]:
        """The first sentences of the evening: clear changes if there are any, possible ones by number."""
        text = self.said.text["lead"]
        if self.before.knows_nothing:
            opening = [self.said.text["nothing_then"].format(day=periods.say_day(self.then))]
        elif self.before.as_at >= self.now.as_at:
            opening = [self.said.text["not_newer"].format(day=periods.say_day(self.then))]
        else:
            opening = []
        clear = [text["clear"].format(measure=one.measure.title, sentence=one.found["sentence"]) for one in self.clear[:LED_BY]]
        if not clear:
            clear = [text["none_clear"].format(measures=sum(map(self._is_news, self.with_figures)), place=self.place.name)]
        more = len(self.clear) - LED_BY
        clear += [text["more_clear"].format(more=more)] if more > 0 else []
        return (*opening, *clear, *self._no_longer, *self._old, self.luck)

    @property
    def _no_longer(self) -> list[str]:
        """Clear changes of the day that is looked back on that are not what the newest figures show."""
        gone = [one for one in self.with_figures if one.before and one.before["verdict"] in CLEAR and one.verdict != one.before["verdict"]]
        text, day = self.said.text["lead"]["no_longer"], periods.say_day(self.then)
        said = [(one.measure.title, self.said.verdict(one.before["verdict"]), self.said.verdict(one.verdict)) for one in gone]
        return [text.format(measure=measure, then=then, now=now, day=day) for measure, then, now in said]

    @property
    def _old(self) -> list[str]:
        """Clear changes of headline measures whose figures have grown old: said, so that they are not taken for news."""
        old = [one for one in self.with_figures if one.verdict in CLEAR and one.measure.headline and not self._is_news(one)]
        facts = [(one.measure.title, self.said.verdict(one.verdict), periods.say(one.found["last"])) for one in old]
        return [self.said.text["lead"]["old_clear"].format(measure=measure, verdict=verdict, last=last) for measure, verdict, last in facts]

    @property
    def luck(self) -> str:
        """How many possible changes there are, and how many luck alone would draw."""
        charted = [one for one in self.with_figures if one.found["charted"]]
        luck = number_format.number(expected_by_luck(len(charted), "month"), "count", decimals=0)
        facts = {"possible": len(self.possible), "measures": len(self.with_figures), "luck": luck, "among": len(charted)}
        return self.said.text["lead"]["possible"].format(**facts)

    @property
    def tally(self) -> str:
        """How many measures have which verdict; never an average."""
        verdicts = Counter(one.verdict for one in self.measures.values())
        counts = counted(verdicts, self.now.wording.text["verdicts"])
        return self.now.wording.text["page"]["counted"].format(measures=len(self.measures), counts=counts)

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

    def _is_news(self, one: Since) -> bool:
        return one.is_newer_than(self.then) and not one.is_stale(self.now.as_at)


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
    now = Reading(store, known, wording, day)
    on = day or max([now.newest, *(one.date for one in known.meetings if one.status == "held")])
    last = _looked_back_on(known, place, on, since, day)
    then = since or (last.date if last else known.plan.launched)
    return Brief(place, last, then, on, now, Reading(store, known, wording, then), dated=day is not None)


def _looked_back_on(known, place: Place, on: date, since: date | None, day: date | None) -> Meeting | None:
    """The meeting of that day, the place's own first; else the place's last one before the day that this is for."""
    offered = calendar.offered(known, place.id, on)
    if since:
        return next((one for one in offered if one.date == since), None)
    return next((one for one in offered if one.borough == place.id and (day is None or one.date < day)), None)
