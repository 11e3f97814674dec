"""
Is it getting safer? One sentence that a place may lead with: recorded crimes for each 1,000 residents, a year before, and the whole area.

Not a score: the same is said of two more measures in lines of their own, and of what such figures cannot say.
"""

from dataclasses import dataclass

from metrics.domain import Measure, Place, periods
from metrics.domain.periods import YEAR
from metrics.narrative import number_format
from metrics.report.snapshot import Snapshot
from metrics.statistics.levels import per, with_levels
from metrics.statistics.questions import YEAR_BEFORE


@dataclass(frozen=True)
class Safety:
    """
    The leading sentence, a line for each further measure, what cannot be said; the measures told of, and their answers on a year before.
    """

    title: str
    lead: str
    lines: tuple[str, ...]
    cannot: str
    measures: tuple[Measure, ...] = ()
    verdicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rates:
    """Recorded in 12 months for each 1,000 residents: up to `last`, a year before, and in the whole force area."""

    last: str
    now: float
    before: float
    beside: float

    @property
    def are_known(self) -> bool:
        """Whether all of them are."""
        return not any(number_format.is_missing(rate) for rate in (self.now, self.before, self.beside))

    def spoken(self) -> dict[str, str]:
        """Each rate as it is said."""
        rates = {"now": self.now, "before": self.before, "beside": self.beside}
        return {name: number_format.number(rate, "per_1000", decimals=1) for name, rate in rates.items()}


def safety(snapshot: Snapshot, place: Place) -> Safety:
    """What can be said of safety in a place, of the measures that `safety: measures` in the wording names, the first of them leading."""
    text, known = snapshot.wording.text["safety"], snapshot.known
    total = "_total" if place.id == known.force.total else ""
    rated = [(known.measures[name], rates(snapshot, name, place)) for name in text["measures"] if name in known.measures]
    complete = [(measure, rate) for measure, rate in rated if rate is not None and rate.are_known]
    cannot = text["cannot"]
    if place.id in known.force.visited:
        cannot += " " + snapshot.wording.text["answers"]["details"]["visitors"].format(place=place.name)
    if not complete:
        return Safety(text["title"], text["none"], (), cannot)
    first = complete[0][1]
    span = number_format.window(periods.shift(first.last, 1 - YEAR), first.last)
    lead = text[f"lead{total}"].format(span=span, **first.spoken())
    lines = tuple(text[f"line{total}"].format(measure=measure.title, **rate.spoken()) for measure, rate in complete[1:])
    answers, measures = snapshot.answers(place.id), tuple(measure for measure, _ in complete)
    verdicts = tuple(answers[measure.id][YEAR_BEFORE]["verdict"] for measure in measures)
    return Safety(text["title"], lead, lines, cannot, measures, verdicts)


def rates(snapshot: Snapshot, measure: str, place: Place) -> Rates | None:
    """The rates of one measure; none where it has no whole year in the place."""
    kind, total = snapshot.known.measures[measure].kind, snapshot.known.force.total
    figures = snapshot.figures(place.id).get(measure)
    if figures is None:
        return None
    here, whole = (with_levels(figures[figures["place"] == name], kind=kind).set_index("period") for name in (place.id, total))
    last = here["level"].last_valid_index()
    if last is None:
        return None
    before = periods.shift(last, -YEAR)
    return Rates(last, _rate(here, last), _rate(here, before), _rate(whole, last))


def _rate(levels, period: str) -> float:
    """Nothing where the year or the residents are not held."""
    return per(levels["level"].get(period, float("nan")), levels["residents"].get(period, float("nan")))
