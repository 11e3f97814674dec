"""
A snapshot: one build, seen as at one day. Every face asks it for cards, charts and findings, and adds none of its own.

Now is a snapshot, and so is each meeting on record: whatever was shown there can be shown again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import pandas as pd
from pandas.api.typing import DataFrameGroupBy

from metrics.charts.spec import Chart
from metrics.domain import Definitions, Measure, Place, Refused, periods
from metrics.narrative import Wording
from metrics.report import cards, chart_choice
from metrics.report.cards import Card, CardFacts
from metrics.report.news import News, new_since, told_first
from metrics.statistics.levels import with_levels
from metrics.statistics.questions import SINCE_PLAN, YEAR_BEFORE
from metrics.store import Store

LINES, FUNNEL = "Twelve months at a time", "Beyond chance and ordinary differences"
COLUMNS = ["measure", "place", "period", "value", "base", "published", "second_hand", "residents", "residents_year"]
RESTATED = ["period", "first", "now", "definitions"]


@dataclass(frozen=True)
class SourceFile:
    """A publisher's file: its name and SHA-256, and its own address where it was fetched from one."""

    name: str
    sha256: str
    address: str = ""

    def machine(self) -> dict[str, str]:
        """The same for a machine."""
        return {"name": self.name, "sha256": self.sha256} | ({"address": self.address} if self.address else {})


@dataclass(frozen=True)
class Located:
    """
    The rows of one series and place in a publisher's file, and in which column its first month stands.

    Where all its figures stand in one column, `periods` are theirs, and `lines` the rows of each in turn, divided by semicolons.
    """

    series: str
    place: str
    published: date
    file: str
    first: str
    last: str
    column: str
    periods: tuple[str, ...]
    lines: str

    @property
    def block(self) -> tuple:
        """The columns and periods of the file that it is a part of, whatever the series and the place."""
        return self.file, self.column, self.first, self.last, self.periods

    def rows(self, period: str) -> str:
        """The rows of a period; empty where it has none."""
        return dict(zip(self.periods, self.lines.split(";"), strict=True)).get(period, "") if self.periods else self.lines


kept = lru_cache
"""
Keeps so many of a question's newest answers: those of a place or two, whose cards ask again and again, and not of every place.

None of what comes from there is ever changed.
"""


class Snapshot:
    """
    What a build says as at a day.

    `as_at`: the day: one that the build keeps findings for, or any on which nothing else was known; None is now. A day after the newest
        publication is now too.
    Raises Refused: the build keeps no findings of that day.
    """

    def __init__(self, store: Store, known: Definitions, wording: Wording, as_at: date | None = None):
        self.store, self.known, self.wording = store, known, wording
        self._published = [day.date() for day in store.whole("publications")["published"]]
        self.newest = self._published[-1]
        self.as_at = min(as_at or self.newest, self.newest)
        self._known_on = self._newest_by(self.as_at)
        self._judged_on = self._judged_day()

    @kept(2)
    def earlier(self) -> list["Snapshot"]:
        """A reading of each earlier day that findings are kept for and on which something was known, oldest first."""
        days = [day for day in self._judged_days() if day < self.as_at]
        made = [self.on(day) for day in days]
        return [reading for reading in made if not reading.knows_nothing]

    @kept(8)
    def on(self, day: date) -> "Snapshot":
        """The same build as at another day."""
        return Snapshot(self.store, self.known, self.wording, day)

    @property
    def build(self) -> str:
        """The build's name, without its ending."""
        return self.store.build.removesuffix(".duckdb")

    @property
    def is_now(self) -> bool:
        """Whether this is everything that is held."""
        return self.as_at == self.newest

    @property
    def knows_nothing(self) -> bool:
        """Whether nothing that is held had been published by the day."""
        return self._known_on is None

    @kept(80)
    def answers(self, place: str) -> dict[str, dict[str, dict]]:
        """
        The two answers on every measure in one place, by measure and question (`year`, `plan`), each with its words.

        The columns are those of `metrics.build.answers`; the words those of `metrics.narrative.wording.worded`.
        """
        return _by(self._answers("place", place), "measure")

    @kept(16)
    def answers_of(self, measure: str) -> dict[str, dict[str, dict]]:
        """The two answers on one measure in every place, by place and question."""
        return _by(self._answers("measure", measure), "place")

    def since_plan(self, plan: str, place: str) -> dict[str, dict]:
        """
        The answers since a plan that is not followed began, in one place, by measure; they are kept for the newest day alone, so none
        on any other.
        """
        known = self.known.following(plan)
        rows = self.store.ask("answers_of_plan", plan=plan, place=place, as_at=self._judged_on).to_dict("records")
        return {row["measure"]: self.wording.answer(known, row) for row in rows if row["measure"] in known.measures}

    def finding_of(self, measure: str, place: str) -> dict:
        """What is told first of a measure in a place; see `leading`."""
        return leading(self.answers(place)[measure])

    @kept(40)
    def new_since(self, place: str, day: date) -> dict[str, News]:
        """
        What is new of every measure in one place since an earlier day, by measure.

        Raises Refused: the build keeps no answers of that day.
        """
        then = self.on(day)
        again = then.rows_of("answers_with_hindsight", "place", place, as_at=then._known_on or date.min).to_dict("records")
        return new_since(self.answers(place), then.answers(place), _by(again, "measure"), f"{day:%Y-%m}")

    @kept(40)
    def figures(self, place: str) -> dict[str, pd.DataFrame]:
        """The figures of every measure in one place and in the whole force area, by measure."""
        both = [self._figures_in(name, self.as_at) for name in sorted({place, self.known.total.id})]
        return _parts(pd.concat(both, ignore_index=True), "measure")

    @kept(8)
    def known_on(self, place: str, day: date) -> dict[str, pd.DataFrame]:
        """The figures of every measure in one place as they were known on a day up to this one, by measure."""
        return _parts(self._figures_in(place, day), "measure")

    def series(self, measure: str, place: str) -> pd.DataFrame:
        """The figures of one measure in one place; no row where none is held."""
        figures = self.figures(place).get(measure)
        return figures[figures["place"] == place] if figures is not None else pd.DataFrame(columns=COLUMNS)

    @kept(40)
    def points(self, place: str) -> dict[str, pd.DataFrame]:
        """The control charts of one place, by measure."""
        return _parts(self.rows_of("points", "place", place, as_at=self._known_on or date.min), "measure")

    def rows_of(self, question: str, by: str, name: str, **day: date) -> pd.DataFrame:
        """
        The rows of one place or measure in a table that is read whole; no row where it has none.

        `by`: the column that holds the name.
        """
        parts = self._parted(question, by, **day)
        return parts.get_group(name) if name in parts.indices else parts.head(0)

    @kept(40)
    def against(self, place: str) -> dict[str, pd.DataFrame]:
        """Each measure's newest change from every sensible baseline, in one place."""
        return _parts(self.rows_of("against", "place", place, as_at=self._known_on or date.min), "measure")

    def restated(self, measure: str, place: str) -> pd.DataFrame:
        """
        The newest figures that are not what they were when first published: `period, first, now, definitions`.

        `definitions` is the part of the difference that came with a changed definition; the rest is correction.
        """
        every = self._restated(place)
        return every[measure] if measure in every else pd.DataFrame(columns=RESTATED)

    @kept(8)
    def releases(self) -> pd.DataFrame:
        """Every release that had been published, with what its import found."""
        return self.store.ask("releases", as_at=self.as_at)

    @kept(8)
    def files_of(self, dataset: str, published: date) -> dict[str, SourceFile]:
        """The publisher's files of a release, by name."""
        releases = self.releases()
        (listed,) = releases.loc[(releases["dataset"] == dataset) & (releases["published"] == pd.Timestamp(published)), "origins"]
        return {file["name"]: SourceFile(file["name"], file["sha256"], file.get("address", "")) for file in json.loads(listed)}

    @kept(16)
    def source_cells(self, measure: str) -> dict[str, list[Located]]:
        """Where in the publisher's files one measure's figures stand, by place, as far as that was recorded."""
        source = self.known.measures[measure].source
        by_place: dict[str, list[Located]] = {}
        for part in self.located(source.dataset, source.series):
            by_place.setdefault(part.place, []).append(part)
        return by_place

    def located(self, dataset: str, series: Iterable[str], places: Iterable[str] | None = None) -> list[Located]:
        """Where some series of a dataset stand in the publisher's files, everywhere or in some places, as far as that was recorded."""
        wanted = {"series": list(series), "places": None if places is None else list(places)}
        return [_located(row) for row in self.store.ask("source_cells", dataset=dataset, **wanted).itertuples()]

    def card(self, measure: str, place: str, *, answer: dict | None = None, as_rate: bool = False, shown: date | None = None) -> Card:
        """
        One card.

        `answer`: that that stands above its chart, which is drawn for it; the leading one unless given, and an empty one for none.
        `as_rate`: draw a count per 1,000 residents beside the whole force area's.
        `shown`: a day before: what was known then is drawn too, as a thin dotted line.
        """
        wanted, by_measure = self.known.measures[measure], self.figures(place)
        figures = [by_measure[name] for name in (wanted.id, wanted.rate) if name in by_measure]
        facts = self._facts(measure, place, pd.concat(figures) if figures else pd.DataFrame(columns=COLUMNS), answer)
        return cards.card(facts, self.wording, as_rate=as_rate, shown=self._shown(measure, place, shown))

    def picture(self, measure: str, place: str, answer: dict | None = None) -> Chart | None:
        """The chart of a card without what stands beside it; see `card`. None where nothing is held."""
        return cards.picture(self._facts(measure, place, self.series(measure, place), answer))

    def _facts(self, measure: str, place: str, figures: pd.DataFrame, answer: dict | None) -> CardFacts:
        both = self.answers(place)[measure]
        return CardFacts(
            self.known.measures[measure], self.known.places[place], figures, self.known, self.as_at, leading(both, answer or None),
            told_first(both) if answer is None else answer, self.points(place).get(measure), self._whole_force(measure),
        )

    def strip_of(self, card: Card) -> Chart | None:
        """The picture of a card's change from every sensible baseline, where there are two or more."""
        return self._strip(card.measure.id, card.place.id, card.chart.source) if card.chart else None

    @kept(2)
    def _strip(self, measure_id: str, place_id: str, source: str) -> Chart | None:
        measure, rows = self.known.measures[measure_id], self.against(place_id).get(measure_id)
        if rows is None or len(rows) < 2:
            return None
        alt = f"{measure.title}, {self.known.places[place_id].name}: {self.wording.baselines(rows).alt}"
        words = {"title": measure.title, "alt": alt, "source": source}
        return chart_choice.from_every_baseline(rows, measure, words)

    @kept(16)
    def everywhere(self, measure: str) -> dict[str, pd.DataFrame]:
        """One measure's figures by place: in the whole force area and in every area that has any."""
        places = [self.known.total.id, *(area.id for area in self.known.areas)]
        if not self.is_now:
            return _parts(self.store.ask("series_of_places", measures=[measure], places=places, as_at=self.as_at), "place")
        every = self.rows_of("figures", "measure", measure)
        return _parts(every[every["place"].isin(places)], "place")

    def areas(self, measure: str) -> pd.DataFrame:
        """One measure's figures in all areas."""
        by_area = [figures for place, figures in self.everywhere(measure).items() if place != self.known.total.id]
        return pd.concat(by_area, ignore_index=True) if by_area else pd.DataFrame(columns=COLUMNS)

    def side_by_side(self, measures: list[str], places: list[str]) -> pd.DataFrame:
        """
        What the answers since the plan began rest on in some places: the answers table's columns, and the `residents` of each one's year.

        A year without its own residents has those of the nearest year that has some.
        """
        every = self.store.whole("answers", as_at=self._judged_on)
        asked = every[(every["question"] == SINCE_PLAN) & every["measure"].isin(measures) & every["place"].isin(places)]
        residents = self.store.whole("residents", as_at=self._judged_on)
        first, last = residents["year"].min(), residents["year"].max()
        year = pd.to_numeric(asked["now_to"].str[:4], errors="coerce").fillna(last).clip(first, last)
        return asked.assign(year=year).merge(residents, on=["place", "year"], how="left")

    @kept(16)
    def funnel(self, measure: str) -> pd.DataFrame:
        """Where each area lies among all; no row where the measure has no range to set them against."""
        return self._kept("funnel", measure=measure)

    @kept(16)
    def funnel_chart(self, measure: str, place: str) -> Chart:
        """Every area against the range to expect for its size, one of them pointed out."""
        names = {area.id: area.name for area in self.known.areas}
        places = self.funnel(measure)
        named = places.assign(place=places["place"].map(names))
        limits = self._kept("funnel_limits", measure=measure)
        return chart_choice.among_areas(named, limits, self.known.measures[measure], names.get(place), self._words(measure, FUNNEL))

    @kept(16)
    def areas_over_time(self, measure: str, place: str) -> Chart:
        """Every area's figures over time on one scale, one of them pointed out."""
        areas = {area.id: area for area in self.known.areas}
        figures = cards.yearly(self.areas(measure), self.known.measures[measure])
        named = figures.assign(place=[areas[area].name for area in figures["place"]])
        chosen = areas[place].name if place in areas else None
        answers = self.answers_of(measure)
        verdicts = {area.name: answers[area.id][SINCE_PLAN]["verdict"] for area in areas.values() if area.id in answers}
        chart = chart_choice.side_by_side(named, self.known.measures[measure], chosen, self._words(measure, LINES), verdicts)
        return chart.since(self.known.plan.launched, "")

    def measures_at(self, mission: str, place: Place) -> list[Measure]:
        """A mission's measures that can have figures for a place, headline measures first."""
        chosen = [measure for measure in self.known.measures.values() if measure.mission == mission and place.level in measure.levels]
        return sorted(chosen, key=lambda measure: (measure.headline or 99, measure.title))

    def every_measure(self, place: Place) -> list[Measure]:
        """Every measure that can have figures for a place, mission by mission."""
        return [measure for name in self.known.plan.missions for measure in self.measures_at(name, place)]

    @kept(40)
    def _restated(self, place: str) -> dict[str, pd.DataFrame]:
        """What is restated of every measure in one place, by measure: one question takes little longer than that of one measure."""
        every = self.store.ask("restated", place=place, as_at=self.as_at)
        return {name: rows[RESTATED] for name, rows in every.groupby("measure")}

    @kept(64)
    def _whole_force(self, measure: str) -> pd.DataFrame:
        """One measure's figures in the whole force area with their levels, which every area's card shows beside its own."""
        figures = self.figures(self.known.total.id)
        if measure not in figures:
            return pd.DataFrame(columns=COLUMNS)
        return with_levels(figures[measure], kind=self.known.measures[measure].kind)

    def _shown(self, measure: str, place: str, day: date | None) -> tuple[pd.DataFrame, str] | None:
        """What was known of one measure on a day before, and what that is called; none where no day is given or nothing was known."""
        then = self.known_on(place, day).get(measure) if day else None
        return None if then is None or then.empty else (then, f"as known on {periods.say_day(day)}")

    @kept(8)
    def _figures_in(self, place: str, day: date) -> pd.DataFrame:
        """Every measure's figures in one place, as known on a day up to this one."""
        if self._newest_by(day) is None:
            return pd.DataFrame(columns=COLUMNS)
        if self._newest_by(day) == self.newest:
            return self.rows_of("figures", "place", place)
        return self.store.ask("series_of_places", measures=list(self.known.measures), places=[place], as_at=day)

    @kept(32)
    def _parted(self, question: str, by: str, **day: date) -> DataFrameGroupBy:
        return self.store.whole(question, **day).groupby(by)

    def _answers(self, by: str, name: str) -> list[dict]:
        rows = self.rows_of("answers", by, name, as_at=self._judged_on).to_dict("records")
        return [self.wording.answer(self.known, row) for row in rows if row["measure"] in self.known.measures]

    def _kept(self, question: str, **what) -> pd.DataFrame:
        """An answer that the build keeps for this reading's publication; nothing was published before the first."""
        return self.store.ask(question, as_at=self._known_on or date.min, **what)

    def _words(self, measure: str, what: str) -> dict[str, str]:
        definition = self.known.measures[measure]
        source = cards.source_line(self.known.datasets[definition.source.dataset], self.areas(measure), self.as_at)
        alt = f"{definition.title}, {len(self.known.areas)} {self.known.force.area_plural}: {what.lower()}. The table says the same."
        return {"title": f"{definition.title}: {what.lower()}", "alt": alt, "source": source}

    def _judged_days(self) -> dict[date, date | None]:
        """The days that findings are kept for, each with the newest publication by then."""
        return {day.date(): self._newest_by(day.date()) for day in self.store.whole("judged_days")["as_at"]}

    def _newest_by(self, day: date) -> date | None:
        """The newest publication up to a day; none where nothing was published by then."""
        return max((published for published in self._published if published <= day), default=None)

    def _judged_day(self) -> date:
        """The day whose findings are this reading's: nothing else was known on it."""
        same = [day for day, published in self._judged_days().items() if published == self._known_on]
        if not same:
            raise Refused(f"no findings are kept for {self.as_at}: they are kept for the meetings on record and for now")
        return self.as_at if self.as_at in same else same[-1]


def _parts(rows: pd.DataFrame, column: str) -> dict[str, pd.DataFrame]:
    """Rows by what a column holds."""
    return dict(tuple(rows.groupby(column)))


def _located(row) -> Located:
    periods, published = tuple(filter(None, row.periods.split(";"))), date.fromisoformat(row.published)
    return Located(row.series, row.place, published, row.file, row.first_month, row.last_month, row.column_name, periods, row.lines)


def leading(both: dict[str, dict], answer: dict | None = None) -> dict:
    """
    What is told of both answers: the `verdict` and `sentence` of the one given, else of that which leads, the sentence of the `other`, and
    the `first` and `last` month of the newest window.
    """
    lead = answer or told_first(both)
    other = both[SINCE_PLAN if lead["question"] == YEAR_BEFORE else YEAR_BEFORE]
    sentence, more = map(_in_full, (lead, other))
    window = {"first": both[YEAR_BEFORE]["now_from"], "last": both[YEAR_BEFORE]["now_to"]}
    return {"verdict": lead["shown"], "sentence": sentence, "other": "" if more == sentence else more} | window


def _in_full(answer: dict) -> str:
    """An answer's title and finding; where it has no figure, why."""
    if not answer["now_to"]:
        return f"{answer['finding']} {answer['details'].get('missing', '')}".strip()
    return f"{answer['title']}. {answer['finding']}"


def _by(answers: list[dict], name: str) -> dict[str, dict[str, dict]]:
    both: dict[str, dict[str, dict]] = {}
    for row in answers:
        both.setdefault(row[name], {})[row["question"]] = row
    return both
