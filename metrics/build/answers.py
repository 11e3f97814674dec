"""
The two answers on every measure in every place, as known on each of some days: on a year before, and since the plan began.

The recipe: ask what was known, link the series across the break, chart it, test both questions, leave out what cannot be compared,
judge all areas together, date the signals, count. Sentences are made elsewhere, from these rows.

One row a measure, place, day and question:

`verdict`: one of `verdict.ANSWERS`; `direction` is `up`, `down` or empty where no change is clear.
`outcome`: `compared`, or why there is no answer: `too few` (fewer than 10 events in both windows), `no figures`, `gap` (a month of the
    newest window is missing), `no earlier figure`, `no baseline`, `not begun` (nothing is known of the time since the launch), `too soon`
    (fewer than 12 months since), `no base`, `spread unknown`, `cannot be compared`.
`now`, `before`, `now_from`, `now_to`, `before_from`, `before_to`: the published figures of the two windows and their first and last months.
    A rolling year counts from its first month.
`change`, `low`, `high`: per cent for counts, points for surveys and shares, plain numbers for stocks. Missing where either window of a
    count holds fewer than 30 (`small`): then no percentage may be printed.
`p`, `adjusted_p`: two-sided; adjusted among the areas tested (the whole force's own).
`areas`, `areas_clear`, `areas_tested`, `by_luck`: how many areas changed this place's way by their own interval, how many of them clearly,
    how many were tested, and how many luck alone would show that way. Zero and missing where the figure is old.
`control`, `control_low`, `control_high`, `control_verdict`: the same change in the rest of the force, and whether this area differs from it
    clearly: `apart`, `with`, or empty.
`linked`, `linked_now`, `linked_before`: whether a linked series decided, and its figures (the published ones otherwise): `change` is
    theirs.
`breaks`, `refused_by`: the ids of the breaks, separated by blanks, that lie between the windows of this question and touch this place; and
    the one that forbids the comparison.
`signal`, `signal_rule`, `signal_step`, `signal_since`, `signal_seen`, `signal_at`, `signal_new`: `above`, `below` or empty: what the
    control chart shows in the newest months, by which rule, of months or quarters, from which on without a break, when it could first be
    seen, the newest of them, and whether it was first seen in the newest two quarters. Without reference to the question.
`signal_areas`, `signal_charted`, `signal_by_luck`: how many areas show a new signal, how many have a chart, and how many new signals luck
    alone would give. `signal_luck`: the chance of a new signal in this place's own chart by luck; missing where it has none.
`base`: events of both windows, interviews of the smaller figure, or people in post.
`stale`: the newest figure lies more than 12 months before the day. `part_of` is the measure that counts this one too. `method` is the test.
"""

from datetime import date

import numpy as np
import pandas as pd

from metrics.build.inputs import Inputs, judged_places, known_on, measure_and_place
from metrics.domain import COUNTED, SURVEYS, Break, Definitions, Measure, Plan, periods
from metrics.statistics import control_charts
from metrics.statistics.comparisons import design_effect
from metrics.statistics.control_charts import dated_signals
from metrics.statistics.count_answers import count_answers
from metrics.statistics.level_answers import share_answers, stock_answers, survey_answers
from metrics.statistics.parameters import PERCENT_FROM, STALE_MONTHS
from metrics.statistics.questions import QUESTIONS, SINCE_PLAN, PlanStart, Windows
from metrics.statistics.verdict import COMPARED, NOT_ENOUGH, REFUSED, with_verdicts
from metrics.store import Ask

TEXTS = ["verdict", "direction", "outcome", "method", "now_from", "now_to", "before_from", "before_to", "control_verdict", "breaks"]
TEXTS += ["refused_by", *control_charts.DATES, "part_of"]
NUMBERS = ["now", "before", "change", "low", "high", "p", "adjusted_p", "by_luck", "control", "control_low", "control_high", "base"]
NUMBERS += ["linked_now", "linked_before", "signal_by_luck", "signal_luck"]
WHOLE = ["areas", "areas_clear", "areas_tested", "signal_areas", "signal_charted"]
YES_OR_NO = ["linked", "small", "signal_new", "stale"]
COLUMNS = ["measure", "place", "as_at", "question", *TEXTS[:3], *NUMBERS[:2], *TEXTS[3:8], *NUMBERS[2:8], *WHOLE[:3], *NUMBERS[8:11]]
COLUMNS += [*TEXTS[8:], *YES_OR_NO, *WHOLE[3:], *NUMBERS[11:]]
EMPTY = dict.fromkeys(["measure", "place", "question", *TEXTS], "str") | {"as_at": "datetime64[s]"}
"""What the columns of texts and days hold where a table has no row to show it."""
PERCENT = ["change", "low", "high", "control", "control_low", "control_high"]
TESTED = ["p", "control_p", *PERCENT]
MONTHS_OF_SURVEY = {"survey_rolling_year": 12, "survey_quarter": 3}


def answers(ask: Ask, known: Definitions, day: date) -> pd.DataFrame:
    """
    Both answers on everything, as at a day: only what had been published by then counts.

    Returns: the columns named above, one row a measure, place and question.
    """
    return answers_of(known_on(ask, known, day), known, [day])


def answers_of(inputs: Inputs, known: Definitions, dates: list[date]) -> pd.DataFrame:
    """The same for dates on which the same was known, one row a measure, place, date and question."""
    parts = [part for question in QUESTIONS for part in _tests(known, inputs, question)]
    tests, notes = pd.concat(parts, ignore_index=True) if parts else None, _signals(known, inputs)
    # Only whether figures are old depends on the month in which they are read.
    months = {f"{day:%Y-%m}" for day in dates}
    by_month = {month: _complete(None if tests is None else _judged(known, tests, month), notes, known) for month in months}
    return pd.concat([by_month[f"{day:%Y-%m}"].assign(as_at=day) for day in dates], ignore_index=True)[COLUMNS]


def since_another_plan(ask: Ask, known: Definitions, plan: str, day: date) -> pd.DataFrame:
    """
    The answers since another plan began, as known on a day: judged as those of the plan followed, by its own launch and baseline.

    Returns: `plan` and the columns named above, one row a measure and place.
    """
    both = answers(ask, known.following(plan), day)
    return both[both["question"] == SINCE_PLAN].assign(plan=plan)


def plan_start(plan: Plan) -> PlanStart:
    """The month of the launch, as the plan's file gives it."""
    return PlanStart(f"{plan.launched:%Y-%m}")


def _signals(known: Definitions, inputs: Inputs) -> pd.DataFrame:
    """The dated signal of every chart of every measure."""
    notes = dated_signals(inputs.points, inputs.chart)
    able = inputs.chart[inputs.chart["judged"].astype(bool) | inputs.chart["in_baseline"].astype(bool)]
    return _counted(measure_and_place(notes), able, known.total.id)


def _counted(notes: pd.DataFrame, chart: pd.DataFrame, force: str) -> pd.DataFrame:
    """
    Beside each signal how many areas of its measure show a new one, of how many, and how many luck would give.

    The chance of a new signal in the whole force's own chart is that of its areas, as one series says little, and its own where no area
    has a chart.
    """
    able = notes[notes["charted"].astype(bool)]
    families = able.set_index("series")["measure"].where((able["place"] != force).to_numpy(), force + able["series"].to_numpy())
    able = able.assign(signal_luck=control_charts.luck_by_series(chart, families).to_numpy() if len(able) else np.nan)
    by_measure = able[able["place"] != force].groupby("measure")
    counts = by_measure.agg(
        signal_areas=("signal_new", "sum"), signal_charted=("charted", "sum"), signal_by_luck=("signal_luck", "sum"),
        alike=("signal_luck", "mean"),
    )  # fmt: skip
    notes = notes.merge(able[["series", "signal_luck"]], on="series", how="left").merge(counts.reset_index(), on="measure", how="left")
    whole = notes["charted"].astype(bool) & (notes["place"] == force)
    return notes.assign(signal_luck=notes["signal_luck"].mask(whole & notes["alike"].notna(), notes["alike"]))


def _tests(known: Definitions, inputs: Inputs, question: str) -> list[pd.DataFrame]:
    """The figures and tests of one question: counts measure by measure, surveys together, then what is left."""
    start, plan, by_measure = plan_start(known.plan), known.plan, inputs.figures
    parts = [count_answers(of.counts, question, start, factors=of.factors).assign(measure=name) for name, of in inputs.prepared.items()]
    asked = [known.measures[name] for name in by_measure if known.measures[name].kind in SURVEYS]
    surveys = [survey_figures(measure, by_measure[measure.id]) for measure in asked]
    if surveys:
        parts.append(survey_answers(pd.concat(surveys, ignore_index=True), question, start, force=known.total.id))
    for name, figures in by_measure.items():
        if known.measures[name].kind == "share":
            shares = share_answers(figures, question, start, first=plan.baseline_first, last=plan.baseline_last)
            parts.append(shares.assign(measure=name))
        if known.measures[name].kind == "stock":
            parts.append(stock_answers(figures, question, start).assign(measure=name))
    return [part.assign(question=question) for part in parts]


def survey_figures(measure: Measure, figures: pd.DataFrame) -> pd.DataFrame:
    """The figures of a survey question with `deff`, its design effect, and `months`, how many months of interviews each holds."""
    return figures.assign(deff=design_effect(measure), months=MONTHS_OF_SURVEY[measure.kind])


def _judged(known: Definitions, tests: pd.DataFrame, month: str) -> pd.DataFrame:
    """Every test with what forbids it, its verdict, and its change as people read it."""
    tests = with_breaks(known, tests)
    old = {last: bool(last) and periods.between(last, month) > STALE_MONTHS for last in tests["now_to"].unique()}
    family = tests["measure"] + "|" + tests["question"]
    better = tests["measure"].map({name: measure.better for name, measure in known.measures.items()})
    tests = tests.assign(family=family, better=better, stale=tests["now_to"].map(old).astype(bool))
    return as_read(known, with_verdicts(tests, force=known.total.id))


def as_read(known: Definitions, tests: pd.DataFrame) -> pd.DataFrame:
    """Changes as people read them: those of counts per cent in place of log ratios, and none where either number is too small for it."""
    counted = tests["measure"].isin([name for name, measure in known.measures.items() if measure.kind in COUNTED])
    small = counted & (tests[["now", "before"]].min(axis=1) < PERCENT_FROM)
    return tests.assign(small=small, **{name: _in_percent(tests[name].astype(float), counted).mask(small) for name in PERCENT})


def _in_percent(change: pd.Series, counted: pd.Series) -> pd.Series:
    """Log ratios of counts as per cent; what has no end is left out. Everything else stays."""
    percent = 100 * np.expm1(change.where(counted, 0.0))
    return change.where(~counted, percent.where(np.isfinite(percent)))


def with_breaks(known: Definitions, tests: pd.DataFrame) -> pd.DataFrame:
    """The breaks between the windows of each row that touch its place; what one of them forbids is not compared."""
    whole = tests["place"] == known.total.id
    keys = list(zip(tests["measure"], whole, tests["now_from"], tests["now_to"], tests["before_from"], tests["before_to"], strict=True))
    crossed = {key: _between(known.breaks_of(key[0]), key[2:], key[0], whole=key[1]) for key in set(keys)}
    breaks, refused = (np.array([crossed[key][part] for key in keys], dtype=object) for part in (0, 1))
    stopped = (refused != "") & tests["outcome"].isin([COMPARED, "too few", "spread unknown"]).to_numpy()
    outcome = np.where(stopped, REFUSED, tests["outcome"].to_numpy(dtype=object))
    tests = tests.assign(breaks=breaks, refused_by=np.where(stopped, refused, ""), outcome=outcome, linked=tests["linked"] & ~stopped)
    return tests.assign(**{name: tests[name].mask(stopped) for name in TESTED})


def _between(breaks: tuple[Break, ...], ends: tuple[str, ...], measure: str, *, whole: bool) -> tuple[str, str]:
    """The breaks that lie between two windows and touch a place, and the one that forbids their comparison."""
    windows = Windows(ends[:2], ends[2:]) if ends[2] else Windows()
    between = [brk for brk in breaks if brk.rule != "note" and brk.reaches(whole=whole)
               and windows.straddle(brk.period, brk.until or brk.period)]
    against = [brk.id for brk in between if brk.rule == "refuse" or (brk.link and measure in brk.link.refused and not whole)]
    return " ".join(brk.id for brk in between), against[-1] if against else ""


def _complete(judged: pd.DataFrame | None, notes: pd.DataFrame, known: Definitions) -> pd.DataFrame:
    """A row for every measure, place and question: what cannot be said is an answer too."""
    names = ["measure", "place", "question"]
    every = pd.MultiIndex.from_product([list(known.measures), judged_places(known), list(QUESTIONS)], names=names).to_frame(index=False)
    whole = every.merge(judged, on=names, how="left") if judged is not None else every
    whole = whole.merge(notes, on=["measure", "place"], how="left")
    parts = whole["measure"].map({name: measure.part_of or "" for name, measure in known.measures.items()})
    whole = whole.reindex(columns=[name for name in COLUMNS if name != "as_at"]).assign(part_of=parts)
    whole = whole.astype(dict.fromkeys(NUMBERS, float))
    texts = dict.fromkeys(TEXTS, "") | {"verdict": NOT_ENOUGH, "outcome": "no figures", "method": "none"}
    whole = whole.assign(**{name: whole[name].astype(object).where(whole[name].notna(), empty) for name, empty in texts.items()})
    whole = whole.assign(**{name: whole[name].eq(True) for name in YES_OR_NO})
    return whole.assign(**{name: whole[name].astype(float).fillna(0).astype(int) for name in WHOLE})
