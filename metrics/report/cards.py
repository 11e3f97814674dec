"""
The card: one measure in one place, the same wherever it is shown.

A card holds its sentences, its chart, and what is known about the measure; the table and the download are
the chart's own rows. Faces arrange cards; they add no figure and no sentence.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pandas as pd

from metrics.charts.render.table import csv_text, file_name
from metrics.charts.spec import Chart
from metrics.domain import COUNTED, SURVEYS, Break, Dataset, Definitions, Measure, Place, periods
from metrics.domain.periods import YEAR
from metrics.narrative import FEWEST_FOR_A_RATE, Wording, number_format
from metrics.report import chart_choice
from metrics.statistics.levels import latest, per, with_levels

FORCE = "force"
STEP = {"month": 1, "quarter": 3, "year": 12}
STANDING = {
    "quoted": "The publisher's own wording.",
    "paraphrased": "The publisher's measure in our words.",
    "proposed": "Chosen for this dashboard; the force's own list of headline measures has not been published in a form held here.",
}


@dataclass(frozen=True)
class Rate:
    """A figure that places of any size can be compared by: what it is, its value and unit, and the whole force area's in words."""

    label: str
    value: float
    unit: str
    beside: str = ""


@dataclass(frozen=True)
class Card:
    """One measure in one place: what to say, what to draw, what to know. `question` is that of the answer told; empty where none is."""

    measure: Measure
    place: Place
    verdict: str
    sentences: tuple[str, ...]
    chart: Chart | None
    about: tuple[tuple[str, str], ...]
    preamble: dict[str, str]
    file: str
    rate: Rate | None = None
    question: str = ""

    @property
    def csv(self) -> str:
        """The download: the chart's figures under lines that say what they are."""
        return csv_text(self.chart, self.preamble)


@dataclass(frozen=True, eq=False)
class CardFacts:
    """
    What is held of one measure in one place as at a day, for its card.

    `figures` are those of the measure and, where its rate is per 100 of another, of that one too, in the place and in the whole force
    area: `measure, place, period, value, base, published, second_hand, residents, residents_year`. `as_at` is the newest publication
    among everything held at the time, printed with every figure. `finding` is what is told of it: `verdict`, `sentence`, the sentence of
    the `other` answer where there is one, and the fields behind them. `answer` is that which the chart is drawn for; empty for none.
    `points` is its monthly control chart, where it has one, and `levels` the figures of the whole force area with their levels, where
    those are worked out already: every area's card shows them.
    """

    measure: Measure
    place: Place
    figures: pd.DataFrame
    known: Definitions
    as_at: date
    finding: dict
    answer: dict = field(default_factory=dict)
    points: pd.DataFrame | None = None
    levels: pd.DataFrame | None = None

    @cached_property
    def total(self) -> pd.DataFrame:
        """The measure's figures in the whole force area with their levels."""
        return _levels(self.measure, self.known.total.id, self.figures) if self.levels is None else self.levels

    @cached_property
    def here(self) -> pd.DataFrame:
        """The measure's figures in the place with their levels."""
        return self.total if self.place.level == FORCE else _levels(self.measure, self.place.id, self.figures)

    @cached_property
    def newest(self):
        """The newest row that has a level; None where there is none."""
        return _newest(self.here)

    @cached_property
    def beside(self) -> tuple | None:
        """The place's row and the whole force area's of the newest period in which both have a level; None where they share none."""
        if self.place.level == FORCE:
            return None
        whole = self.total[self.total["level"].notna()]
        row = _newest(self.here[self.here["period"].isin(whole["period"])])
        return row and (row, _newest(whole[whole["period"] == row.period]))

    @property
    def dataset(self) -> Dataset:
        """Where its figures come from."""
        return self.known.datasets[self.measure.source.dataset]


def card(facts: CardFacts, wording: Wording, *, as_rate: bool = False, shown: tuple[pd.DataFrame, str] | None = None) -> Card:
    """
    Make a card; without a chart where nothing is held: its sentence then says why.

    `as_rate`: draw counts per 1,000 residents beside the total's rate, where residents are known, in place of the judged chart.
    `shown`: what was known on an earlier day, `period, value`, and what its dotted line is called.
    """
    measure, place, finding, here = facts.measure, facts.place, facts.finding, facts.here
    about = _about(measure, here, facts.known, facts.as_at)
    if here.empty:
        return Card(measure, place, finding["verdict"], (finding["sentence"],), None, about, {}, "")
    sentences = tuple(filter(None, (finding["sentence"], finding.get("other"), *_more(facts, wording))))
    span = here["period"].iloc[0], here["period"].iloc[-1]
    file = file_name(measure.id, place.name, span, facts.as_at)
    chart = _chart(facts, as_rate=as_rate, shown=shown)
    question = facts.answer.get("question", "")
    return Card(measure, place, finding["verdict"], sentences, chart, about, _preamble(facts, span), file, _rate_beside(facts), question)


def picture(facts: CardFacts) -> Chart | None:
    """The chart of a card by itself, to be drawn small without what stands beside it; see `card`."""
    return None if facts.here.empty else _chart(facts)


def _levels(measure: Measure, place: str, figures: pd.DataFrame) -> pd.DataFrame:
    return with_levels(figures[(figures["measure"] == measure.id) & (figures["place"] == place)], kind=measure.kind)


def _more(facts: CardFacts, wording: Wording) -> list[str]:
    """What stands beside the finding: the level over 12 months, the rate, and the total's."""
    measure, finding, row = facts.measure, facts.finding, facts.newest
    if row is None:
        return []
    said_already = finding["last"] and periods.between(finding["first"], finding["last"]) == YEAR - 1
    if measure.kind not in COUNTED or said_already:
        return _rates(facts, wording)
    broken = _refusing(facts.known.breaks_of(measure.id), row.period)
    if broken:
        return [wording.level_after_break(measure, row.level, row.period, broken.period), *_rates(facts, wording)]
    return [wording.level(measure, row.level, row.before, row.period), *_rates(facts, wording)]


def _newest(levels: pd.DataFrame):
    """The newest row of one place that has a level, if there is one; the rows are in order."""
    known = levels["level"].notna().to_numpy().nonzero()[0]
    return next(levels.iloc[known[-1:]].itertuples(), None)


def _rates(facts: CardFacts, wording: Wording) -> list[str]:
    """The place's rate and the total's beside it; of a survey the total's figure alone; nothing where the place has none."""
    measure, known, row = facts.measure, facts.known, facts.newest
    rate = _comparable(measure, row, facts.figures)
    if number_format.is_missing(rate):
        return []
    other = known.measures[measure.rate].title.lower() if measure.rate in known.measures else ""
    own = [] if measure.kind in SURVEYS else [wording.rate(rate, measure, other)]
    return own + _beside(facts, wording)


def _beside(facts: CardFacts, wording: Wording) -> list[str]:
    """The total's figure, and the place's of the same period where the place has a newer one; nothing where they share no period."""
    if facts.beside is None:
        return []
    row, whole = facts.beside
    here, there = (_comparable(facts.measure, each, facts.figures) for each in facts.beside)
    return [wording.beside(facts.measure, there, whole.period, None if row.period == facts.newest.period else here)]


def _rate_beside(facts: CardFacts) -> Rate | None:
    """
    The rate, or a survey's share, with the total's beside it: both of the newest period that both have. The newest alone where they
    share none; nothing where there is none.
    """
    measure, total = facts.measure, facts.known.total.name
    row, whole = facts.beside or (facts.newest, None)
    value = row and _comparable(measure, row, facts.figures)
    if number_format.is_missing(value):
        return None
    survey = measure.kind in SURVEYS
    unit = "percent" if survey else "per_1000"
    label = "Of 100 asked" if survey else "For every 1,000 residents" if measure.rate == "residents" else "For every 100"
    both = "both " if row.period != facts.newest.period else ""
    there = f"{number_format.number(_comparable(measure, whole, facts.figures), unit)} in {total}, {both}" if whole else ""
    return Rate(label, value, unit, there + _months(measure, row.period))


def _months(measure: Measure, period: str) -> str:
    """The months of a figure that ends in a period: three of a quarterly survey, else a year."""
    return number_format.window(periods.shift(period, 1 - measure.level_months), period).removeprefix("the ")


def _comparable(measure, row, figures) -> float:
    """What places of any size can be compared by: a survey's share, else a rate; missing where there is none or too few for one."""
    if measure.kind in SURVEYS:
        return row.level
    return _rate(measure, row, figures) if measure.rate and row.level >= FEWEST_FOR_A_RATE else float("nan")


def _rate(measure, row, figures) -> float:
    """Per 1,000 residents, or per 100 of another measure over the same 12 months."""
    if measure.rate == "residents":
        return per(row.level, row.residents)
    other = figures[(figures["measure"] == measure.rate) & (figures["place"] == row.place)]
    whole = latest(with_levels(other[other["period"] <= row.period], kind=measure.kind))
    same = whole[whole["period"] == row.period]
    return per(row.level, same["level"].iloc[0], of=100) if len(same) else float("nan")


def _refusing(breaks: tuple[Break, ...], period: str) -> Break | None:
    """The break that no comparison of this level with a year before may cross, if there is one."""
    first = periods.shift(period, 1 - 2 * YEAR)
    return next((brk for brk in breaks if brk.rule == "refuse" and first < brk.period <= period), None)


def _chart(facts: CardFacts, *, as_rate: bool = False, shown: tuple[pd.DataFrame, str] | None = None) -> Chart:
    measure, place, known, compared = facts.measure, facts.place, facts.known, chart_choice.compared(facts.answer)
    provisional = _first_provisional((facts.here, facts.total), facts.dataset)
    here = facts.here.assign(provisional=facts.here["period"] >= provisional)
    words = {
        "title": measure.title,
        "subtitle": f"{place.name}, {periods.say(here['period'].iloc[0])} to {periods.say(here['period'].iloc[-1])}",
        "alt": f"{measure.title}, {place.name}. {facts.finding['sentence']}",
        "source": source_line(facts.dataset, here, facts.as_at),
        "breaks": [brk for brk in known.breaks_of(measure.id) if brk.flag or not brk.until or brk.id == compared.refused_by],
    }
    if as_rate and measure.rate == "residents" and here["residents"].notna().all():
        beside = () if place.level == FORCE else (facts.total.assign(provisional=facts.total["period"] >= provisional),)
        return chart_choice.rates(pd.concat([here, *beside], ignore_index=True), measure, place, known.total, words)
    return chart_choice.judged(here, facts.points, measure, place, known.plan, words, shown=shown, compared=compared)


def _first_provisional(figures: tuple[pd.DataFrame, ...], dataset: Dataset) -> str:
    """The first of the newest months, which the next releases are known to change most."""
    newest = max(each["period"].max() for each in figures if len(each))
    return periods.shift(newest, 1 - dataset.provisional_months)


def yearly(figures: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    """
    Levels by place and quarter, so that places of any size can stand side by side.

    Returns: `place, period, value`: 12 months as an index, 100 for the place's own average; survey figures as they stand.
    """
    levels = with_levels(figures, kind=measure.kind)
    levels = levels[levels["level"].notna() & levels["period"].str[5:].isin(["03", "06", "09", "12"])]
    own = levels.groupby("place")["level"].transform("mean")
    value = levels["level"] if measure.kind in SURVEYS else 100 * levels["level"] / own.where(own > 0)
    return levels.assign(value=value)[["place", "period", "value"]]


def source_line(dataset: Dataset, figures: pd.DataFrame, as_at: date) -> str:
    """What `source_words` says, as it stands below a chart."""
    return f"Source: {source_words(dataset, figures, as_at)}"


def source_words(dataset: Dataset, figures: pd.DataFrame, as_at: date) -> str:
    """Who published the newest of these figures, when, under which licence, and up to when this looks."""
    published = figures["published"].max().date()
    second_hand = ", partly from a second-hand extract" if figures["second_hand"].any() else ""
    return (
        f"{dataset.publisher}, {dataset.title}, published by {periods.say_day(published)}{second_hand}. "
        f"{dataset.licence}. As at {periods.say_day(as_at)}."
    )


def _about(measure: Measure, here: pd.DataFrame, known: Definitions, as_at: date) -> tuple[tuple[str, str], ...]:
    rows = [("What it is", measure.definition), ("Standing", STANDING[measure.standing]), ("Owner", measure.owner)]
    better = {"higher": "A higher figure", "lower": "A lower figure", "neither": "Neither: a rise or a fall can be good or bad"}
    rows.append(("Which way is better", better[measure.better]))
    if measure.source and not here.empty:
        rows += _provenance(known.datasets[measure.source.dataset], here, as_at)
    rows += [("Figure published once", f"{reading.text} ({reading.source})") for reading in measure.readings]
    if measure.missing:
        rows.append(("Why there are no figures", measure.missing))
    rows += [("Bear in mind", caveat) for caveat in measure.caveats]
    for brk in known.breaks_of(measure.id):
        until = f" to {periods.say(brk.until)}" if brk.until else ""
        rows.append((f"{periods.say(brk.period)}{until}: {brk.title}", brk.note))
    rows.append(("Published for", " and ".join(known.force.level_name(level) for level in measure.levels)))
    return tuple(rows)


def _provenance(dataset: Dataset, here: pd.DataFrame, as_at: date) -> list[tuple[str, str]]:
    published = here["published"].max()
    due = periods.last_day(periods.shift(f"{published:%Y-%m}", STEP[dataset.frequency]))
    when = f"About {periods.say_day(due)}" if due >= as_at else f"Since {periods.say_day(due)}, and none is held"
    rows = [
        ("Publisher", f"{dataset.publisher}, {dataset.title} ({dataset.url})"),
        ("Licence", f"{dataset.licence} ({dataset.licence_url})"),
        ("Published", "; ".join(_seams(here))),
        ("Next due", f"{when}: published every {dataset.frequency}"),
    ]
    if here["residents"].notna().any() and dataset.frequency == "month":
        years = here.loc[here["residents"].notna(), "residents_year"]
        rows.append(("Residents", f"Mid-year estimates of {int(years.min())} to {int(years.max())}; the nearest year where there is none"))
    return rows


def _seams(here: pd.DataFrame) -> list[str]:
    """Which release each stretch of the series comes from, so that a seam between two is never taken for a change."""
    stretch = (here["published"] != here["published"].shift()).cumsum()
    seams = []
    for _, part in here.groupby(stretch, sort=True):
        first, last = periods.say(part["period"].iloc[0]), periods.say(part["period"].iloc[-1])
        hand = " (second-hand)" if part["second_hand"].any() else ""
        seams.append(f"{first} to {last}: {periods.say_day(part['published'].iloc[0].date())}{hand}")
    return seams


def _preamble(facts: CardFacts, span: tuple[str, str]) -> dict[str, str]:
    return {
        "Measure": f"{facts.measure.title} ({facts.measure.id})", "Area": facts.place.name, "Period": f"{span[0]} to {span[1]}",
        "As at": facts.as_at.isoformat(), "Source": source_words(facts.dataset, facts.here, facts.as_at),
        "Licence": f"{facts.dataset.licence} ({facts.dataset.licence_url})",
    }
