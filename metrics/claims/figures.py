"""
The figures that a claim is held against: the series of one measure, its two answers, and any two times or places compared.

Where two times are those of an answer, its verdict counts. Every other comparison has a range of its own: of counts by how much
more than chance the answer of the same series allows for, of surveys by the sample and its design; of everyone in post there is none.
Across a break that links an area's counts they are compared like for like, as the answers are.
"""

import math
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from metrics.build import answers as build_answers
from metrics.build.inputs import link_of
from metrics.domain import COUNTED, SURVEYS, Break, Definitions, Measure, periods
from metrics.domain.periods import QUARTER, YEAR
from metrics.report.cards import source_line
from metrics.statistics.comparisons import design_effect, effective_base, log_ratio, newcombe
from metrics.statistics.count_answers import linked
from metrics.statistics.parameters import CONFIDENCE, PERCENT_FROM, SMALL_COUNT, z_of
from metrics.statistics.questions import Windows
from metrics.statistics.verdict import NOT_COMPARED, NOT_ENOUGH
from metrics.store import Ask

BASES = {NOT_ENOUGH: "few", NOT_COMPARED: "refused"}
"""What an answer without a judgement leaves a comparison to rest on."""
NOTHING = float("nan")
Window = tuple[str, str]


@dataclass(frozen=True)
class Comparison:
    """
    Two numbers, of two times or two places; `low` and `high` are per cent for counts and points for surveys.

    `basis` says what the comparison rests on: `answer`, `range`, `everyone` (all are counted), `few` or `untested`; `clear` is `up` or
    `down` where it is more than chance; `other` the place compared with, `each` whether the numbers are for 1,000 residents;
    `short` that the earlier time is the oldest held, and not the one that was claimed; `linked` both counts like for like, the newer first,
    where these decide.
    """

    now: float
    before: float
    window: Window
    then: Window
    basis: str = "untested"
    low: float = NOTHING
    high: float = NOTHING
    clear: str = ""
    other: str = ""
    each: bool = False
    short: bool = False
    linked: tuple[float, float] | None = None

    @property
    def decisive(self) -> tuple[float, float]:
        """The two numbers that are compared, the newer first: like for like where that decides, else as published."""
        return self.linked or (self.now, self.before)

    @property
    def way(self) -> str:
        """Which way the numbers themselves go."""
        now, before = self.decisive
        return "up" if now > before else "down" if now < before else "none"

    @property
    def apart(self) -> str:
        """Which way the whole range goes; nothing where it holds no change, or there is none."""
        return "up" if self.low > 0 else "down" if self.high < 0 else ""

    @property
    def ranged(self) -> bool:
        """Whether a range was worked out that may be said."""
        return self.basis in ("answer", "range") and not math.isnan(self.low + self.high)

    @property
    def percent(self) -> float:
        """The change in per cent, like for like where that decides; missing from zero."""
        now, before = self.decisive
        return 100 * (now / before - 1) if before > 0 else NOTHING


@dataclass(frozen=True)
class Figures:
    """
    One measure as known on a day.

    `series` are `(value, base, residents)` by place and period; `answers` the rows of the two answers by place and question;
    `others` the same, by measure and period, of the measures that this one is taken for, by measure and period; `linked` the counts of
    areas with the events of unknown area shared out, by place and period, and `link` the first month of the transition that they bridge
    and the first after it.
    """

    measure: Measure
    as_at: date
    series: dict[str, dict[str, tuple[float, float, float]]]
    answers: dict[str, dict[str, dict]] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    plan_before: str = ""
    meetings: dict[str, tuple[date, ...]] = field(default_factory=dict)
    others: dict[str, dict[str, tuple[float, ...]]] = field(default_factory=dict)
    total: str = ""
    source: str = ""
    linked: dict[str, dict[str, float]] = field(default_factory=dict)
    link: tuple[str, str] | None = None

    @property
    def counts(self) -> bool:
        """Whether months are added up."""
        return self.measure.kind in ("count", "flow")

    @property
    def survey(self) -> bool:
        """Whether it is the share of people asked who say something."""
        return self.measure.kind in SURVEYS

    def covered(self, window: Window) -> Window:
        """The months that a figure is of: of a survey those of all its interviews, which end with the last; else the same."""
        months = build_answers.MONTHS_OF_SURVEY.get(self.measure.kind)
        return (periods.shift(window[1], 1 - months), window[1]) if months else window

    def newest(self, place: str) -> str:
        """The newest month that is held of a place; empty where none is."""
        return max(self.series.get(place, ()), default="")

    def oldest(self, place: str) -> str:
        """The oldest month that is held of a place."""
        return min(self.series.get(place, ()), default="")

    def amount(self, place: str, window: Window) -> float:
        """What is held for some months: counts added up, any other figure as it stood at the end; else missing."""
        values = self.series.get(place, {})
        if not self.counts:
            return values[window[1]][0] if window[1] in values else NOTHING
        months = periods.span(*window) if window[0] <= window[1] else []
        return float(sum(values[month][0] for month in months)) if months and all(month in values for month in months) else NOTHING

    def like_for_like(self, place: str, window: Window, then: Window) -> tuple[float, float] | None:
        """Both counts of an area with the events of unknown area shared out, where a break between them asks for that; else none."""
        counts = self.linked.get(place)
        if counts is None or self.link is None or not Windows(window, then).straddle(*self.link):
            return None
        both = tuple(float(sum(counts[month] for month in periods.span(*months))) for months in (window, then))
        return both if both != (self.amount(place, window), self.amount(place, then)) else None

    def rate(self, place: str, window: Window) -> float:
        """For each 1,000 residents over 12 months; missing for any other time, and where residents do not count."""
        residents = self._at(place, window[1], 2)
        whole = self.counts and self.measure.rate == "residents" and periods.between(*window) == YEAR - 1
        return 1000 * self.amount(place, window) / residents if whole and residents > 0 else NOTHING

    def rare(self, place: str) -> bool:
        """Whether events are so few that the answer on a year before takes 12 months instead of a quarter."""
        row = self.answers.get(place, {}).get("year")
        return bool(row and row["now_to"]) and periods.between(row["now_from"], row["now_to"]) == YEAR - 1

    def last_quarter(self, place: str) -> Window:
        """The newest quarter: the one that the answer on a year before rests on, else the newest that is whole."""
        row = self.answers.get(place, {}).get("year")
        if row and row["now_to"] and periods.between(row["now_from"], row["now_to"]) == QUARTER - 1:
            return row["now_from"], row["now_to"]
        newest = self.newest(place)
        end = periods.shift(newest, -(int(newest[5:]) % QUARTER))
        return periods.shift(end, 1 - QUARTER), end

    def last_year(self, place: str) -> Window:
        """The newest 12 months."""
        return year_to(self.newest(place))

    def since_plan(self, place: str) -> tuple[Window, Window] | None:
        """The two times that the answer since the plan began compares, as its page shows them; none where either has no figure."""
        row = self.answers.get(place, {}).get("plan")
        if row is None or math.isnan(row["now"] + row["before"]):
            return None
        return (row["now_from"] or row["now_to"], row["now_to"]), (row["before_from"] or row["before_to"], row["before_to"])

    def compare(self, place: str, window: Window, then: Window) -> Comparison:
        """Two times of a place, the later one first; like for like where that decides."""
        window, then = self.covered(window), self.covered(then)
        both = Comparison(self.amount(place, window), self.amount(place, then), window, then)
        if math.isnan(both.now + both.before):
            return both
        if self.measure.kind == "stock":
            return replace(both, basis="everyone")
        both = replace(both, linked=self.like_for_like(place, window, then))
        row = self.answer(place, both)
        if row is not None:
            basis = BASES.get(row["verdict"], "answer")
            return replace(both, basis=basis, low=row["low"], high=row["high"], clear=row["direction"])
        if self.survey:
            return self._sampled(both, place, place)
        return self._counted(both, place, place, *map(_days, (window, then))) if self.counts else both

    def of_answer(self, place: str, row: dict) -> Comparison:
        """One of the two answers of a place as a comparison."""
        first, earliest = (row[f"{when}_from"] or row[f"{when}_to"] for when in ("now", "before"))
        return self.compare(place, (first, row["now_to"]), (earliest, row["before_to"]))

    def compare_places(self, place: str, other: str, *, each: bool) -> Comparison:
        """Two places over the same newest time: counts of 12 months, as they are or for each resident."""
        end = min(self.newest(place), self.newest(other))
        window = year_to(end) if end else ("", "")
        read = self.rate if each else self.amount
        both = Comparison(read(place, window), read(other, window), window, window, other=other, each=each) if end else _NONE
        if math.isnan(both.now + both.before):
            return both
        if self.survey:
            return self._sampled(both, place, other)
        exposures = [self._at(name, window[1], 2) if each else 1.0 for name in (place, other)]
        counts = replace(both, now=self.amount(place, window), before=self.amount(other, window))
        tested = self._counted(counts, place, other, *exposures) if self.counts else both
        return replace(tested, now=both.now, before=both.before)

    def refused(self, place: str, comparison: Comparison) -> bool:
        """Whether a break lies between two times across which nothing may be compared."""
        crossed = self._crossed(place, comparison)
        unlinked = [brk for brk in crossed if place != self.total and brk.link and self.measure.id in brk.link.refused]
        return comparison.basis == "refused" or bool(unlinked) or any(brk.rule == "refuse" for brk in crossed)

    def cautions(self, place: str, comparison: Comparison) -> list[str]:
        """What changed in the way of recording between two times, where that calls for caution and is not bridged like for like."""
        whole = place == self.total or comparison.linked is not None
        breaks = [brk for brk in self._crossed(place, comparison) if brk.rule == "caution" and brk.reaches(whole=whole)]
        return list(dict.fromkeys(brk.title for brk in breaks))

    def _crossed(self, place: str, comparison: Comparison) -> list[Break]:
        """The breaks between two times that touch a place."""
        reach, windows = [brk for brk in self.breaks if brk.reaches(whole=place == self.total)], Windows(comparison.window, comparison.then)
        return [brk for brk in reach if windows.straddle(brk.period, brk.until or brk.period)]

    def _at(self, place: str, period: str, column: int) -> float:
        return self.series.get(place, {}).get(period, (NOTHING,) * 3)[column]

    def answer(self, place: str, both: Comparison) -> dict | None:
        """The answer on these two times, with these figures."""
        for row in self.answers.get(place, {}).values():
            same = row["now_to"] == both.window[1] and row["before_to"] == both.then[1]
            if same and (row["now"], row["before"]) == (both.now, both.before):
                return row
        return None

    def _counted(self, both: Comparison, place: str, other: str, exposure: float, exposure_before: float) -> Comparison:
        """Two counts with the range of their ratio, by the larger of the two places' dispersions; of small ones no percentage is said."""
        if min(both.now, both.before) < SMALL_COUNT:
            return replace(both, basis="few")
        more = max(self._dispersion(place), self._dispersion(other))
        if math.isnan(more):
            return both
        _, low, high, _ = log_ratio(*both.decisive, (exposure, exposure_before), more)
        ranged = _ranged(both, 100 * math.expm1(low), 100 * math.expm1(high))
        return replace(ranged, low=NOTHING, high=NOTHING) if min(both.now, both.before) < PERCENT_FROM else ranged

    def _dispersion(self, place: str) -> float:
        """How much more than chance the answers of a place allow for, from the width of their ranges; the widest counts."""
        widths = [_dispersion(row) for row in self.answers.get(place, {}).values()]
        return max((width for width in widths if not math.isnan(width)), default=NOTHING)

    def _sampled(self, both: Comparison, place: str, other: str) -> Comparison:
        bases = self._at(place, both.window[1], 1), self._at(other, both.then[1], 1)
        overlap = place == other and both.then[1] >= both.window[0]
        if overlap or not min(bases) > 0:
            return both
        design = design_effect(self.measure)
        first, second = (effective_base(base, design) for base in bases)
        low, high = newcombe(both.now / 100, first, both.before / 100, second)
        return _ranged(both, 100 * float(low), 100 * float(high))


_NONE = Comparison(NOTHING, NOTHING, ("", ""), ("", ""))


def year_to(month: str) -> Window:
    """The 12 months that end with one."""
    return periods.shift(month, 1 - YEAR), month


def year_before(window: Window) -> Window:
    """The same months a year before."""
    return back(window, YEAR)


def back(window: Window, months: int) -> Window:
    """A time so many months before another."""
    return periods.shift(window[0], -months), periods.shift(window[1], -months)


def _days(window: Window) -> float:
    return float(sum(map(periods.days, periods.span(*window))))


def _ranged(both: Comparison, low: float, high: float) -> Comparison:
    ranged = replace(both, basis="range", low=low, high=high)
    return replace(ranged, clear=ranged.apart)


def _dispersion(row: dict) -> float:
    """The variance of a log ratio against that of two independent counts, from the ends of its range; at least 1."""
    now, before = row["linked_now"], row["linked_before"]
    if not (row["low"] > -100 and math.isfinite(row["high"]) and min(now, before) > 0):
        return NOTHING
    error = (math.log1p(row["high"] / 100) - math.log1p(row["low"] / 100)) / (2 * z_of(CONFIDENCE))
    return max(1.0, error**2 / (1 / now + 1 / before))


class Library:
    """
    Everything that was known on a day; a day after the newest publication is now.

    >>> Library(lambda question, **_: pd.DataFrame({"published": [pd.NaT]}), None, None).knows_nothing
    True
    """

    def __init__(self, ask: Ask, known: Definitions, as_at: date | None):
        self.ask, self.known = ask, known
        self.as_at, self.published, self.now = _days_of(ask, as_at)

    @property
    def knows_nothing(self) -> bool:
        """Whether nothing that is held had been published by the day."""
        return self.published is None

    def figures(self, wanted: list[tuple[str, tuple[str, ...]]], mistaken: dict[str, tuple[str, ...]]) -> list[Figures]:
        """
        Some measures, each in some places, asked for together.

        `wanted`: measures, each with its places, the one that is claimed of first.
        `mistaken`: by measure those that it is taken for.
        """
        measures = tuple(sorted({name for measure, _ in wanted for name in (measure, *mistaken.get(measure, ()))}))
        places = tuple(sorted({place for _, listed in wanted for place in listed}))
        whole, shared = self.known.total.id, {brk.link.shared for brk in self.known.breaks if brk.link}
        series = _series(self.ask, measures, tuple(sorted({whole, *places})), None if self.now else self.as_at)
        # What is now known of places outside the areas stands in no table that is ready.
        series = series | _series(self.ask, measures, tuple(sorted(shared)), self.as_at)
        answers = self._answers(measures, places)
        return [self._of(*pair, mistaken.get(pair[0], ()), series, answers) for pair in wanted]

    def _answers(self, measures: tuple[str, ...], places: tuple[str, ...]) -> dict[tuple[str, str], dict[str, dict]]:
        """The answers by question, of each measure and place: those that the build keeps, or worked out for another day."""
        day = _kept_day(self.ask, self.published)
        if day is not None:
            return _kept_answers(self.ask, measures, places, day)
        asked = replace(self.known, measures={name: self.known.measures[name] for name in measures})
        rows = build_answers.answers(self.ask, asked, self.as_at)
        return _by_question(rows[rows["place"].isin(places)])

    def _of(self, measure: str, places: tuple[str, ...], others: tuple[str, ...], series: dict, answers: dict) -> Figures:
        known, defined = self.known, self.known.measures[measure]
        by_place = {place: series[measure, place] for place in places if (measure, place) in series}
        newest = next(iter(by_place.values()), None)
        return Figures(
            defined, self.as_at, {place: known_series.values for place, known_series in by_place.items()},
            {place: answers[measure, place] for place in places if (measure, place) in answers}, known.breaks_of(measure),
            known.plan.baseline_last, {place: _meetings(known, place) for place in places},
            {name: series[name, places[0]].values for name in others if (name, places[0]) in series}, known.total.id,
            source_line(known.datasets[defined.source.dataset], newest.published, self.as_at) if newest else "",
            *_linked(known, measure, {place: known_series.values for (name, place), known_series in series.items() if name == measure}),
        )


@dataclass(frozen=True)
class Series:
    """`(value, base, residents)` by period, and when each was published."""

    values: dict[str, tuple[float, float, float]]
    published: pd.DataFrame


def _meetings(known: Definitions, place: str) -> tuple[date, ...]:
    return tuple(meeting.date for meeting in known.meetings if meeting.area == place and meeting.status == "held")


@lru_cache(maxsize=32)
def _days_of(ask: Ask, as_at: date | None) -> tuple[date | None, date | None, bool]:
    """The day that is looked at, the newest publication by then, and whether that is the newest of all."""
    newest = ask("newest")["published"].iloc[0]
    if pd.isna(newest):
        return as_at, None, False
    day = min(as_at or newest.date(), newest.date())
    published = ask("newest", as_at=day)["published"].iloc[0]
    return day, None if pd.isna(published) else published.date(), published == newest


@lru_cache(maxsize=64)
def _series(ask: Ask, measures: tuple[str, ...], places: tuple[str, ...], as_at: date | None) -> dict[tuple[str, str], Series]:
    """The series of some measures in some places, as known on a day or now."""
    question = {"as_at": as_at} if as_at else {}
    rows = ask("series_of_places" if as_at else "current_series", measures=list(measures), places=list(places), **question)
    values: dict[tuple[str, str], dict[str, tuple[float, ...]]] = {}
    columns = (rows[name].tolist() for name in ("measure", "place", "period", "value", "base", "residents"))
    for measure, place, period, *numbers in zip(*columns, strict=True):
        values.setdefault((measure, place), {})[period] = tuple(map(float, numbers))
    starts, series = 0, {}
    for key, periods_held in values.items():
        series[key] = Series(periods_held, rows[["published", "second_hand"]].iloc[starts : starts + len(periods_held)])
        starts += len(periods_held)
    return series


def _linked(known: Definitions, measure: str, series: dict[str, dict]) -> tuple[dict[str, dict[str, float]], tuple[str, str] | None]:
    """The counts of each place with the events of unknown area shared out, and which months of transition that bridges; none of others."""
    whole = series.get(known.total.id, {})
    brk = link_of(known, measure, max(whole)) if whole and known.measures[measure].kind in COUNTED else None
    if brk is None or brk.link.shared not in series:
        return {}, None
    counts = {place: pd.Series({month: numbers[0] for month, numbers in values.items()}) for place, values in series.items()}
    until, grid = brk.until or brk.period, pd.DataFrame(counts).sort_index()
    grid = linked(grid, counts[brk.link.shared], force=known.total.id, until=until)
    return {place: values.dropna().to_dict() for place, values in grid.items()}, (brk.period, until)


@lru_cache(maxsize=32)
def _kept_day(ask: Ask, published: date) -> date | None:
    """A day that the build keeps answers of and by which the same publication was the newest; none where it keeps none."""
    every = [day.date() for day in ask("publications")["published"]]
    kept = [day.date() for day in ask("judged_days")["as_at"]]
    return next((day for day in kept if max((other for other in every if other <= day), default=None) == published), None)


@lru_cache(maxsize=64)
def _kept_answers(ask: Ask, measures: tuple[str, ...], places: tuple[str, ...], day: date) -> dict[tuple[str, str], dict[str, dict]]:
    return _by_question(ask("answers_of_claims", measures=list(measures), places=list(places), as_at=day))


def _by_question(rows: pd.DataFrame) -> dict[tuple[str, str], dict[str, dict]]:
    """Rows of answers by measure and place, each by question."""
    answers: dict[tuple[str, str], dict[str, dict]] = {}
    for row in rows.to_dict("records"):
        answers.setdefault((row["measure"], row["place"]), {})[row["question"]] = row
    return answers
