"""
What the publisher said first, what it says now, and how long a figure stays provisional.

A restated figure is a correction, never a change. Recent months are often restated because
reports arrive late, so a month stays provisional while its usual revision could be mistaken for
a movement.
"""

import pandas as pd

from metrics.domain.periods import between
from metrics.statistics.parameters import REVISION_PAIRS, REVISION_SHARE

SERIES = ["measure", "place"]
CELL = [*SERIES, "period"]


def revisions(frame: pd.DataFrame) -> pd.DataFrame:
    """
    Put what was first published beside what is published now.

    Parameters
    ----------
    frame
        One row per published figure: measure, place, period, published (`YYYY-MM-DD` or a date),
        value in the measure's unit. Missing values do not count as published.

    Returns
    -------
    DataFrame
        One row per measure, place and period: first_published, first, latest_published, latest,
        releases (how many gave the figure), difference (latest less first, the measure's unit)
        and percent (of the first figure; missing where that is zero).

    Raises
    ------
    ValueError
        Two figures for one cell on one day.

    Examples
    --------
    >>> rows = [("crime", "ealing", "2025-10", day, value) for day, value in
    ...         [("2025-11-12", 312), ("2025-12-10", 320), ("2026-03-11", 327)]]
    >>> seen = revisions(pd.DataFrame(rows, columns=["measure", "place", "period", "published", "value"]))
    >>> seen[["first", "latest", "difference", "percent"]].round(2).values.tolist()
    [[312.0, 327.0, 15.0, 4.81]]
    """
    known = _published(frame)
    cells = known.groupby(CELL, sort=True)
    seen = pd.DataFrame(
        {
            "first_published": cells["published"].first(),
            "first": cells["value"].first(),
            "latest_published": cells["published"].last(),
            "latest": cells["value"].last(),
            "releases": cells["value"].size(),
        }
    ).reset_index()
    difference = seen["latest"] - seen["first"]
    return seen.assign(difference=difference, percent=_percent(difference, seen["first"]))


def typical_revision(frame: pd.DataFrame) -> pd.DataFrame:
    """
    How far figures of each age have usually been from what they became.

    Parameters
    ----------
    frame
        As for `revisions`.

    Returns
    -------
    DataFrame
        One row per measure, place and age in months (from the period to the month of
        publication): pairs, and typical, the median absolute revision up to the latest release
        in per cent; missing with fewer than 6 pairs. A figure that is itself the latest has not
        yet been revised and makes no pair.

    Examples
    --------
    >>> rows = [("crime", "ealing", f"2025-{m:02d}", f"2025-{m + age:02d}-15", value)
    ...         for m in range(1, 8) for age, value in [(1, 100), (2, 102)]]
    >>> frame = pd.DataFrame(rows, columns=["measure", "place", "period", "published", "value"])
    >>> typical_revision(frame)[["age", "pairs", "typical"]].values.tolist()
    [[1.0, 7.0, 2.0]]
    """
    known = _published(frame)
    latest = known.groupby(CELL)[["published", "value"]].transform("last")
    earlier = known["published"] < latest["published"]
    percent = _percent(latest["value"] - known["value"], known["value"]).abs()
    ages = [between(*pair) for pair in zip(known["period"], known["published"].dt.strftime("%Y-%m"), strict=True)]
    pairs = known.assign(age=ages, percent=percent)[earlier & percent.notna()]
    seen = pairs.groupby([*SERIES, "age"])["percent"].agg(pairs="size", typical="median").reset_index()
    return seen.assign(typical=seen["typical"].where(seen["pairs"] >= REVISION_PAIRS))


def provisional(series: pd.DataFrame, typical: pd.DataFrame, *, as_at: str, moving_range: float) -> pd.DataFrame:
    """
    Mark the periods whose usual revision could be mistaken for a movement.

    Parameters
    ----------
    series
        One measure and place: period, value.
    typical
        That series' rows of `typical_revision`.
    as_at
        The month the figures were published, `YYYY-MM`.
    moving_range
        The mean moving range of the baseline, in the unit of the value.

    Returns
    -------
    DataFrame
        The same rows with provisional: True, False, or missing where fewer than 6 past
        revisions are known for a figure of that age.

    Raises
    ------
    ValueError
        A period after `as_at`, or an age twice in `typical`.

    Examples
    --------
    >>> series = pd.DataFrame({"period": ["2025-09", "2025-10", "2025-11"], "value": [300.0, 310.0, 305.0]})
    >>> typical = pd.DataFrame({"age": [1, 2], "typical": [4.0, 1.0]})
    >>> provisional(series, typical, as_at="2025-12", moving_range=20.0)["provisional"].to_list()
    [<NA>, False, True]
    """
    ages = pd.Series([between(period, as_at) for period in series["period"]], index=series.index, dtype="int64")
    if (ages < 0).any():
        raise ValueError(f"a period after {as_at}")
    if typical["age"].duplicated().any():
        raise ValueError("one series at a time: an age comes twice")
    usual = ages.map(typical.set_index("age")["typical"]) / 100 * series["value"].abs()
    marks = (usual >= REVISION_SHARE * moving_range).astype("boolean")
    return series.assign(provisional=marks.mask(usual.isna()))


def _published(frame):
    known = frame.loc[frame["value"].notna(), [*CELL, "published", "value"]]
    known = known.assign(published=pd.to_datetime(known["published"])).sort_values([*CELL, "published"])
    if known.duplicated([*CELL, "published"]).any():
        raise ValueError("two figures for one measure, place and period published on one day")
    return known


def _percent(difference, base):
    return 100 * difference / base.abs().where(base != 0)
