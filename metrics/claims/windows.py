"""Which months a claim is about, of those that are held: the time it names, and what that is compared with."""

from metrics.claims.claim import Period
from metrics.claims.evidence import Held, Pair, amount_in, found_pair, pair_of
from metrics.domain import periods
from metrics.narrative import SURVEYS
from metrics.narrative.number_format import is_missing
from metrics.statistics.levels import YEAR

NEAREST = 6
"""A time named as a baseline stands for the same season at most so many months from it."""
YEARLY = ("unsaid", "year ago", "newest year")


def pair_for(period: Period, held: Held) -> Pair | str:
    """
    The comparison that a claim of change makes; where it cannot be made, the name of the reason.

    Returns
    -------
    Pair or str
        `not held`, `no meeting` or `no baseline` where there is none.
    """
    if period.kind in YEARLY:
        return found_pair(held)
    if period.kind == "newest quarter":
        return _checked(_quarter(held))
    if period.kind == "within":
        window = clipped(period, held)
        return _checked(pair_of(held, window, _year_before(window)) if window else None)
    if period.kind == "between":
        return _checked(pair_of(held, *_alike(period, held)))
    return _since(period, held)


def clipped(period: Period, held: Held) -> tuple[str, str] | None:
    """A named time as far as it is held: a year that is not over ends with the newest month; none where nothing of it is held."""
    if not held.newest or period.first > held.newest:
        return None
    # Only a year goes on while it is spoken of; part of a month or of a named span is not that span.
    open_year = period.first.endswith("-01") and period.last.endswith("-12") and period.first[:4] == f"{held.as_at.year}"
    last = min(period.last, held.newest) if open_year else period.last
    return period.first, last


def newest_year(held: Held) -> tuple[str, str]:
    """The newest 12 months that are held."""
    return periods.shift(held.newest, 1 - YEAR), held.newest


def yearly_pairs(held: Held) -> list[Pair]:
    """The comparisons that a claim without a time can mean: the finding's, 12 months with the 12 before, the last calendar years."""
    pairs = [found_pair(held)]
    if held.counts and held.newest:
        window = newest_year(held)
        pairs.append(pair_of(held, window, _year_before(window)))
        last = f"{int(held.newest[:4]) - (not held.newest.endswith('-12'))}"
        window = f"{last}-01", f"{last}-12"
        pairs.append(pair_of(held, window, _year_before(window)))
    return [pair for pair in pairs if not is_missing(pair.now)]


def _quarter(held: Held) -> Pair | None:
    found = found_pair(held)
    if not held.counts or (found.last and periods.between(found.first, found.last) == 2):
        return found
    if not held.newest:
        return None
    end = periods.shift(held.newest, -(int(held.newest[5:]) % 3))
    window = periods.shift(end, -2), end
    return pair_of(held, window, _year_before(window))


def _alike(period: Period, held: Held) -> tuple[tuple[str, str], tuple[str, str]]:
    """Two named times; where the later year is not over, the same months of the earlier one."""
    now, then = (period.first, period.last), (period.then_first, period.then_last)
    window = clipped(period, held)
    whole_years = all(ends[0].endswith("-01") and ends[1].endswith("-12") for ends in (now, then))
    if window is None or window == now or not whole_years:
        return now, then
    return window, (then[0], f"{then[0][:4]}{window[1][4:]}")


def _since(period: Period, held: Held) -> Pair | str:
    """The newest months against the same season at the time named."""
    found = found_pair(held)
    first, last = (found.first, found.last) if found.last else (held.newest, held.newest)
    if not last:
        return "not held"
    ends = _ends(held, first, last)
    end = _end_for(period, held, last, ends)
    if end in ("no meeting", ""):
        return end or "no baseline"
    back = periods.between(end, last)
    return _checked(pair_of(held, (first, last), (periods.shift(first, -back), end)))


def _ends(held: Held, first: str, last: str) -> list[str]:
    """The ends of the same months of each earlier year that is held, the newest first; of a stock, every month."""
    step = 1 if held.measure.kind == "stock" else YEAR
    oldest = held.series.index[0] if len(held.series) else last
    backs = range(step, max(periods.between(oldest, last), 0) + 1, step)
    return [end for back in backs if not is_missing(amount_in(held, periods.shift(first, -back), end := periods.shift(last, -back)))]


def _end_for(period: Period, held: Held, last: str, ends: list[str]) -> str:
    """The end of the earlier time that a claim names; empty where none is near enough."""
    if period.kind == "back":
        wanted = periods.shift(last, -period.months)
        return wanted if wanted in ends else ""
    if period.kind == "meeting":
        days = [day for day in held.meetings if day <= held.as_at]
        return next((end for end in ends if end <= f"{max(days):%Y-%m}"), "") if days else "no meeting"
    if period.kind == "plan":
        return next((end for end in ends if end <= held.plan_before), "")
    if period.first != period.last:
        within = [end for end in ends if period.first <= end <= period.last]
        same = [end for end in within if end[5:] == last[5:]]
        return (same or within or [""])[0]
    near = [end for end in ends if abs(periods.between(end, period.last)) <= NEAREST]
    return min(near, key=lambda end: (abs(periods.between(end, period.last)), end), default="")


def _year_before(window: tuple[str, str]) -> tuple[str, str]:
    return periods.shift(window[0], -YEAR), periods.shift(window[1], -YEAR)


def _checked(pair: Pair | None) -> Pair | str:
    return "not held" if pair is None or is_missing(pair.now) or is_missing(pair.before) else pair


def level_windows(period: Period, held: Held) -> list[tuple[str, str]]:
    """The times that a claim of how much there is can mean; none where the time named is not held."""
    if not held.newest:
        return []
    if period.kind == "within":
        window = clipped(period, held)
        return [window] if window else []
    if period.kind == "between":
        return [(period.first, period.last)]
    if not held.counts:
        return [(held.newest, held.newest)] if held.measure.kind not in SURVEYS else [newest_year(held)]
    if period.kind == "newest year":
        return [newest_year(held)]
    if period.kind == "newest quarter":
        quarter = _quarter(held)
        return [(quarter.first, quarter.last)]
    return [(pair.first, pair.last) for pair in yearly_pairs(held)]
