"""
Rolling survey years: compared only with the one exactly twelve months earlier.

Neighbouring rolling figures share nine months of interviews, so the difference of two of them
says little and looks like much. The figure twelve months earlier is the nearest that shares none.
Frames carry percentages, as the measures do.
"""

import pandas as pd

from metrics.statistics.survey import difference_z_p, effective_base, newcombe


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
