"""What is held of a measure and a place, as known on a day: asked of the database, worked out where no build keeps it."""

from datetime import date

import pandas as pd

from metrics.build.findings import against_each, findings
from metrics.claims.evidence import Held
from metrics.domain import Definitions
from metrics.narrative import Wording
from metrics.report.cards import source_line
from metrics.store import Ask


class Known:
    """
    What was known on a day; a day after the newest publication is now.

    Examples
    --------
    >>> Known(lambda question, **_: pd.DataFrame({"published": [pd.NaT]}), None, None, None).knows_nothing
    True
    """

    def __init__(self, ask: Ask, known: Definitions, wording: Wording, as_at: date | None):
        self.ask, self.known, self.wording = ask, known, wording
        newest = ask("newest")["published"].iloc[0]
        self.as_at = as_at if pd.isna(newest) else min(as_at or newest.date(), newest.date())
        self.published = None if pd.isna(newest) else self._published_by(self.as_at)

    @property
    def knows_nothing(self) -> bool:
        """Whether nothing that is held had been published by the day."""
        return self.published is None

    def held(self, measure: str, place: str, others: tuple[str, ...] = ()) -> Held:
        """Everything held of one measure in one place, and the series of those that it is taken for."""
        one, where = self.known.measures[measure], self.known.places[place]
        figures = self.ask("series_of_places", measures=[measure, *others], places=[place], as_at=self.as_at)
        series = {name: _by_period(part) for name, part in figures.groupby("measure")}
        nothing = _by_period(figures.head(0))
        dataset = self.known.datasets[one.source.dataset] if one.source else None
        mine = figures[figures["measure"] == measure]
        return Held(
            measure=one, place=where, as_at=self.as_at, finding=self._finding(measure, place), against=self._against(measure, place),
            series=series.get(measure, nothing), dataset=dataset, breaks=self.known.breaks_of(measure),
            plan_before=self.known.plan.baseline_last,
            meetings=tuple(one.date for one in self.known.meetings if one.borough == place and one.status == "held"),
            others=tuple((self.known.measures[name], series[name]) for name in others if name in series),
            source=source_line(dataset, mine, self.as_at) if len(mine) else "",
        )

    def _published_by(self, day: date) -> date | None:
        published = self.ask("newest", as_at=day)["published"].iloc[0]
        return None if pd.isna(published) else published.date()

    def _finding(self, measure: str, place: str) -> dict:
        """The finding of a day on which just as much was known; worked out where the build keeps none."""
        days = [day.date() for day in self.ask("judged_days")["as_at"]]
        same = [day for day in days if self._published_by(day) == self.published]
        if same:
            rows = self.ask("findings", measure=measure, place=place, as_at=self.as_at if self.as_at in same else same[-1])
        else:
            rows = findings(self.ask, self.known, self.wording, [self.as_at])
        return rows[(rows["measure"] == measure) & (rows["place"] == place)].to_dict("records")[0]

    def _against(self, measure: str, place: str) -> pd.DataFrame:
        rows = self.ask("against", measure=None, place=place, as_at=self.published)
        if rows.empty:
            rows = against_each(self.ask, self.known, self.published)
            rows = rows[rows["place"] == place]
        return rows.loc[rows["measure"] == measure, ["against", "change", "low", "high"]].reset_index(drop=True)


def _by_period(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.sort_values("period").set_index("period")[["value", "base", "residents"]].astype(float)
