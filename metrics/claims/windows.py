"""Which months a claim is about: the comparisons that a claim of change can mean, and the times that a number can be of."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from metrics.claims.claim import Period
from metrics.claims.figures import Comparison, Figures, Window, back, year_before, year_to
from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR

NEAREST = 6
"""A time named as a baseline stands for the same season at most so many months from it."""
ON_A_YEAR_BEFORE = ("unsaid", "year ago", "newest year")


def comparisons(period: Period, figures: Figures, place: str, most: int | None = None) -> list[Comparison]:
    """
    The comparisons that a claim of change can mean, the one that it most likely means first; none where its time is not held.

    A quarter and 12 months are both tried, for people mean either; `most` is how many of them are wanted.
    """
    if not figures.newest(place):
        return []
    pairs = dict.fromkeys(islice(_pairs(period, figures, place), most))
    compared = [figures.compare(place, *pair) for pair in pairs if pair[1][1] < pair[0][1]]
    compared = [comparison for comparison in compared if not math.isnan(comparison.now + comparison.before)]
    return compared or _oldest(period, figures, place)


def level_windows(period: Period, figures: Figures, place: str) -> list[Window]:
    """The times that a claim of how much there is can mean; none where the time named is not held."""
    newest = figures.newest(place)
    if not newest:
        return []
    if period.kind in ("within", "between"):
        window = clipped(period, figures, place)
        return [window] if window else []
    if period.kind in ("since", "back", "plan", "meeting"):
        return [comparison.window for comparison in comparisons(period, figures, place)]
    if not figures.counts:
        return [(newest, newest)]
    if period.kind == "newest quarter":
        return [figures.last_quarter(place)]
    if period.kind == "newest months":
        return [(periods.shift(newest, 1 - period.months), newest)]
    years = [figures.last_year(place), _last_calendar_year(newest)]
    return years[:1] if period.kind == "newest year" else [*_newest(figures, place)[1:], *years]


def clipped(period: Period, figures: Figures, place: str) -> Window | None:
    """A named time as far as it is held: a year that is not over ends with the newest month; none where nothing of it is held."""
    newest = figures.newest(place)
    if not newest or period.first > newest:
        return None
    # Only a year goes on while it is spoken of; part of a month or of a named span is not that span.
    open_year = _is_year(period.first, period.last) and period.first[:4] == f"{figures.as_at.year}"
    return period.first, min(period.last, newest) if open_year else period.last


def _pairs(period: Period, figures: Figures, place: str) -> Iterator[tuple[Window, Window]]:
    """Two times to compare, one pair after the other."""
    if period.kind in ON_A_YEAR_BEFORE:
        yield from _yearly(period, figures, place)
    elif period.kind == "between":
        yield from _between(period, figures, place)
    elif period.kind == "plan":
        yield from _since_plan(period, figures, place)
    elif period.kind in ("newest quarter", "newest months", "within"):
        windows = level_windows(period, figures, place)
        yield from ((window, year_before(window)) for window in windows)
    else:
        windows = _newest(figures, place)[-1:] if period.kind == "meeting" else _newest(figures, place)
        yield from ((window, then) for window in windows for then in _then(period, window, figures, place))


def _newest(figures: Figures, place: str) -> list[Window]:
    """The newest times that stand for now: 12 months, then the newest quarter."""
    if not figures.counts:
        return [(figures.newest(place),) * 2]
    return [figures.last_year(place), *([] if figures.rare(place) else [figures.last_quarter(place)])]


def _yearly(period: Period, figures: Figures, place: str) -> Iterator[tuple[Window, Window]]:
    """On a year before, by the quarter and by 12 months; where no time is named at all, also since before the plan."""
    windows = _newest(figures, place) if period.kind == "newest year" else _newest(figures, place)[::-1]
    yield from ((window, year_before(window)) for window in windows)
    if period.kind == "unsaid":
        yield from islice(_pairs(Period("plan"), figures, place), 1)


def _since_plan(period: Period, figures: Figures, place: str) -> Iterator[tuple[Window, Window]]:
    """The two times of the answer since the plan began, then of counts the newest quarter; none where that answer has no two figures."""
    pair = figures.since_plan(place)
    if pair is not None:
        yield pair
        yield from ((window, then) for window in _newest(figures, place)[1:] for then in _then(period, window, figures, place))


def _then(period: Period, window: Window, figures: Figures, place: str) -> list[Window]:
    """The earlier time that a claim names, of the same months as the newer one."""
    length = periods.between(*window) + 1
    if period.kind == "back":
        return [back(window, period.months)]
    if figures.counts and length == YEAR and period.kind != "meeting":
        named = _year_named(period)
        return [named] if named[1] < window[0] else []
    end = _end(period, window, figures, place)
    return [(periods.shift(end, 1 - length), end)] if end else []


def _year_named(period: Period) -> Window:
    """The 12 months that stand for the time compared with."""
    whole = periods.between(period.first, period.last) == YEAR - 1
    return (period.first, period.last) if whole else year_to(period.last)


def _end(period: Period, window: Window, figures: Figures, place: str) -> str:
    """The last month of the same season at the time compared with; empty where none is near enough."""
    ends = _ends(window, figures, place)
    if period.kind == "meeting":
        days = [day for day in figures.meetings.get(place, ()) if day <= figures.as_at]
        return next((end for end in ends if end <= f"{max(days):%Y-%m}"), "") if days else ""
    if period.kind == "plan":
        return next((end for end in ends if end <= figures.plan_before), "")
    if period.first != period.last:
        within = [end for end in ends if period.first <= end <= period.last]
        return next((end for end in within if end[5:] == window[1][5:]), within[0] if within else "")
    near = [end for end in ends if abs(periods.between(end, period.last)) <= NEAREST]
    return min(near, key=lambda end: (abs(periods.between(end, period.last)), end), default="")


def _ends(window: Window, figures: Figures, place: str) -> list[str]:
    """The ends of the same months of each earlier year that is held, the newest first; of a stock every month."""
    step = 1 if figures.measure.kind == "stock" else YEAR
    backs = range(step, periods.between(figures.oldest(place), window[1]) + 1, step)
    return [earlier[1] for months in backs if not math.isnan(figures.amount(place, earlier := back(window, months)))]


def _between(period: Period, figures: Figures, place: str) -> list[tuple[Window, Window]]:
    """Two named times; of two months also the years that end with them, of a year that is not over the same months of the earlier one."""
    now, then = (period.first, period.last), (period.then_first, period.then_last)
    if figures.counts and now[0] == now[1] and then[0] == then[1]:
        return [(year_to(now[1]), year_to(then[1])), (now, then)]
    window = clipped(period, figures, place)
    if _is_year(*then) and not _is_year(*now) and now[0][:4] == now[1][:4]:
        # "April to June 2026 against 2025" is against the same months of 2025.
        return [(now, tuple(f"{then[0][:4]}{end[4:]}" for end in now))]
    if window is None or window == now or not (_is_year(*now) and _is_year(*then)):
        return [(now, then)]
    return [(window, (then[0], f"{then[0][:4]}{window[1][4:]}"))]


def _oldest(period: Period, figures: Figures, place: str) -> list[Comparison]:
    """Where a claim goes back further than what is held: the oldest that is, which can rule a claim out and no more."""
    if period.kind != "back":
        return []
    pairs = [(window, max_back) for window in _newest(figures, place) for max_back in _ends(window, figures, place)[-1:]]
    compared = [figures.compare(place, window, (periods.shift(end, -periods.between(*window)), end)) for window, end in pairs]
    far = [comparison for comparison in compared if 2 * periods.between(comparison.then[1], comparison.window[1]) >= period.months]
    return [replace(comparison, short=True) for comparison in far]


def _last_calendar_year(newest: str) -> Window:
    year = int(newest[:4]) - (not newest.endswith("-12"))
    return f"{year}-01", f"{year}-12"


def _is_year(first: str, last: str) -> bool:
    return first[:4] == last[:4] and first.endswith("-01") and last.endswith("-12")


def trailing(figures: Figures, place: str, length: int, first: str) -> list[Comparison]:
    """
    The newest total of so many months in a row beside each that lies wholly after a month, the last beside itself.

    Of three months they are the quarters of every season, for a record is of all of them; of what is not counted, every figure.
    """
    quarter = figures.counts and length == QUARTER
    newest = figures.last_quarter(place) if quarter else (periods.shift(figures.newest(place), 1 - length), figures.newest(place))
    ends = [end for end in sorted(figures.series[place]) if end <= newest[1] and periods.shift(end, 1 - length) >= first]
    windows = [(periods.shift(end, 1 - length), end) for end in ends if not quarter or int(end[5:]) % QUARTER == 0]
    compared = [figures.compare(place, newest, window) for window in windows]
    return [comparison for comparison in compared if not math.isnan(comparison.now + comparison.before)]
