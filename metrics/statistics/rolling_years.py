"""
Rolling survey years: compared only with the one exactly twelve months earlier.

Neighbouring rolling figures share nine months of interviews, so the difference of two of them
says little and looks like much. The figure twelve months earlier is the nearest that shares none.
Frames carry percentages, as the measures do.
"""

import pandas as pd

from metrics.domain.periods import shift
from metrics.statistics.survey import difference_z_p, effective_base, newcombe


def twelve_months_apart(series: pd.DataFrame, *, as_at: str) -> pd.DataFrame:
    """
    Pair each place's latest rolling year with the one exactly twelve months earlier.

    Parameters
    ----------
    series
        Rolling 12-month figures: measure, place, period, value, base.
    as_at
        The last period that may be used, `YYYY-MM`.

    Returns
    -------
    DataFrame
        One row per measure and place: measure, place, period, value, base, period_before,
        value_before, base_before. The figures before are missing where none was published
        for exactly that period; a nearer one shares interviews and is never taken instead.

    Raises
    ------
    ValueError
        Two figures for one measure, place and period.

    Examples
    --------
    >>> rows = [("trust", "london", period, value, 400) for period, value in
    ...         [("2024-12", 50.0), ("2025-09", 48.0), ("2025-12", 47.0)]]
    >>> series = pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"])
    >>> twelve_months_apart(series, as_at="2025-12")[["value", "value_before"]].values.tolist()
    [[47.0, 50.0]]
    >>> twelve_months_apart(series, as_at="2025-11")[["value", "value_before"]].values.tolist()
    [[48.0, nan]]
    """
    keys = ["measure", "place"]
    known = series.loc[series["value"].notna() & (series["period"] <= as_at), [*keys, "period", "value", "base"]]
    if known.duplicated([*keys, "period"]).any():
        raise ValueError("two figures for one measure, place and period")
    now = known.sort_values("period").groupby(keys, as_index=False).tail(1)
    earlier = [shift(period, -12) for period in now["period"]]
    now = now.assign(period_before=pd.Series(earlier, index=now.index, dtype=now["period"].dtype))
    before = known.rename(columns={name: f"{name}_before" for name in ("period", "value", "base")})
    return now.merge(before, on=[*keys, "period_before"], how="left").reset_index(drop=True)


def with_difference(pairs: pd.DataFrame, *, deff: float) -> pd.DataFrame:
    """
    Add how far each pair of percentages is apart, and the limits of that difference.

    Parameters
    ----------
    pairs
        As from `twelve_months_apart`: value and value_before in per cent, base and base_before.
    deff
        Design effect of the survey.

    Returns
    -------
    DataFrame
        The same rows with difference, lower, upper (percentage points), z and p.

    Examples
    --------
    >>> pair = pd.DataFrame({"value": [49.0], "base": [400], "value_before": [61.0], "base_before": [400]})
    >>> with_difference(pair, deff=1.3)[["difference", "lower", "upper"]].round(1).values.tolist()
    [[-12.0, -19.7, -4.1]]
    """
    now, before = pairs["value"].to_numpy(float) / 100, pairs["value_before"].to_numpy(float) / 100
    n_now, n_before = effective_base(pairs["base"], deff), effective_base(pairs["base_before"], deff)
    lower, upper = newcombe(now, n_now, before, n_before)
    z, p = difference_z_p(now, n_now, before, n_before)
    points = pairs["value"] - pairs["value_before"]
    return pairs.assign(difference=points, lower=100 * lower, upper=100 * upper, z=z, p=p)
