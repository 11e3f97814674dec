"""
Areas side by side: who is outside what chance and ordinary differences explain.

A funnel shows each place against the target with limits that widen for small places. Areas
differ for many reasons, so the limits also allow for how much places ordinarily differ, and a
place is pointed out only beyond the outermost ones. Nothing here ranks: rows keep their order.
"""

import numpy as np
import pandas as pd

from metrics.statistics.comparisons import exact_limits
from metrics.statistics.parameters import CONFIDENCE, OUTER_CONFIDENCE, TOO_DIFFERENT, TRIM, z_of

PER = 1000
"""A rate is per so many people."""
BANDS = {"95": CONFIDENCE, "998": OUTER_CONFIDENCE}


def funnel(frame: pd.DataFrame, *, kind: str) -> pd.DataFrame:
    """
    Add each place's figure, its limits, and whether it lies outside them; the target is the figure of all places together.

    `frame`: one measure and one period, one row a place: `place`, `count`, and `base`, the (effective) number asked for a proportion and
        the people for a rate. A place whose count or base is missing keeps its row and takes no part.
    `kind`: `proportion`, a share from 0 to 1, or `rate`.
    Returns: the same rows in the same order with figure, target, lower_95, upper_95, lower_998, upper_998 (chance alone), the same four
        with `adjusted_` (chance and ordinary differences), phi, tau2, outside (`higher`, `lower`, `within`; missing where it cannot be
        said) and can_single_out (False where phi is above 10 or unknown: then nothing may be said of a single place).
    Source: Spiegelhalter (2005), Stat Med 24:1185-1202 and Qual Saf Health Care 14:347-351.

    >>> areas = pd.DataFrame({"place": list("abcdef"), "count": [100, 150, 180, 80, 120, 225], "base": [108, 112, 165, 95, 100, 220]})
    >>> seen = funnel(areas, kind="rate")
    >>> seen["outside"].to_list()
    ['within', 'within', 'within', 'within', 'within', 'within']
    >>> seen[["target", "lower_95", "adjusted_lower_95"]].iloc[0].round().to_list()
    [1069.0, 883.0, 785.0]
    """
    known = frame["count"].notna() & frame["base"].notna()
    count, base = frame["count"].to_numpy(float), frame["base"].to_numpy(float)
    target = float(count[known].sum() / base[known].sum()) * _scale(kind)
    z, s = _standardised(count[known], base[known], kind, target)
    phi, tau2 = overdispersion(z, s, kind=kind)
    limits = funnel_limits(base, kind=kind, target=target, tau2=tau2).set_axis(frame.index)
    shown = frame.assign(figure=_scale(kind) * count / base, target=target, **limits, phi=phi, tau2=tau2)
    shown.loc[~known, "figure"] = np.nan
    return shown.assign(outside=_outside(shown), can_single_out=bool(phi <= TOO_DIFFERENT))


def funnel_limits(base, *, kind: str, target: float, tau2: float) -> pd.DataFrame:
    """
    The limits at any base, for judging places and for drawing the lines.

    `tau2`: how much places ordinarily differ, from `overdispersion`; missing gives no adjusted limits.
    Returns: lower_95, upper_95, lower_998, upper_998 and the same with `adjusted_`, in the unit of the figure.

    >>> limits = funnel_limits([400.0], kind="proportion", target=0.5, tau2=0.0)
    >>> limits[["lower_95", "upper_95"]].round(3).values.tolist()
    [[0.451, 0.549]]
    """
    base, limits = np.asarray(base, dtype=float), {}
    plain = _share_limits if kind == "proportion" else _rate_limits
    for band, confidence in BANDS.items():
        limits[f"lower_{band}"], limits[f"upper_{band}"] = plain(base, target, confidence)
    for band, confidence in BANDS.items():
        reach = z_of(confidence) * np.sqrt(_error(base, kind, target) ** 2 + tau2)
        lower, upper = (_back(side * reach, kind, target) for side in (-1, 1))
        limits[f"adjusted_lower_{band}"], limits[f"adjusted_upper_{band}"] = lower, upper
    return pd.DataFrame(limits)


def overdispersion(z, s, *, kind: str) -> tuple[float, float]:
    """
    How much places differ beyond chance, and the variance of their ordinary differences.

    `z`: how far each place is from the target, in its own standard errors.
    `s`: those standard errors, on the transformed scale.
    `kind`: proportions keep every place and pull the outermost tenths in; rates leave them out.
    Returns: phi, and tau squared. Both missing where fewer than two places take part or one of them has no logarithm (a count of zero).
    Source: Spiegelhalter (2005); for counts the trimming of the Summary Hospital-level Mortality Indicator.

    >>> phi, tau2 = overdispersion([-3.0, -2.0, 0.0, 2.0, 3.0], [0.1] * 5, kind="proportion")
    >>> round(phi, 3), round(tau2, 4)
    (4.304, 0.0438)
    """
    z, s = np.asarray(z, dtype=float), np.asarray(s, dtype=float)
    if z.size == 0:
        return float("nan"), float("nan")
    if kind == "proportion":
        return phi_and_tau2(np.clip(z, *np.quantile(z, [TRIM, 1 - TRIM])), s)
    parts = round(1 / TRIM)
    part = np.floor(parts * pd.Series(z).rank(method="average").to_numpy() / (z.size + 1))
    kept = (part > 0) & (part < parts - 1)
    return phi_and_tau2(z[kept], s[kept])


def phi_and_tau2(z, s) -> tuple[float, float]:
    """
    The dispersion phi and the variance tau squared of these places, all taking part as they are.

    Source: phi is the mean of the squared z; tau squared is DerSimonian and Laird's estimate (1986), Control Clin Trials 7:177-188.

    >>> phi, tau2 = phi_and_tau2([-2.0, 0.0, 2.0], [0.1, 0.1, 0.1])
    >>> round(phi, 3), round(tau2, 3)
    (2.667, 0.03)
    """
    z, s = np.asarray(z, dtype=float), np.asarray(s, dtype=float)
    if z.size < 2 or not np.all(np.isfinite(z)):
        return float("nan"), float("nan")
    total, weights = float((z**2).sum()), s**-2
    spare = total - (z.size - 1)
    tau2 = spare / (weights.sum() - (weights**2).sum() / weights.sum()) if spare > 0 else 0.0
    return total / z.size, float(tau2)


def _scale(kind):
    return PER if kind == "rate" else 1


def _error(base, kind, target):
    return 1 / (2 * np.sqrt(base)) if kind == "proportion" else 1 / np.sqrt(base * target / PER)


def _standardised(count, base, kind, target):
    s = _error(base, kind, target)
    if kind == "proportion":
        return (np.arcsin(np.sqrt(count / base)) - np.arcsin(np.sqrt(target))) / s, s
    with np.errstate(divide="ignore"):
        return np.log(count / (base * target / PER)) / s, s


def _share_limits(base, target, confidence):
    reach = z_of(confidence) * np.sqrt(target * (1 - target) / base)
    return np.clip(target - reach, 0, 1), np.clip(target + reach, 0, 1)


def _rate_limits(base, target, confidence):
    expected = base * target / PER
    lower, upper = exact_limits(expected, confidence)
    return target * lower / expected, target * upper / expected


def _back(reach, kind, target):
    if kind == "proportion":
        return np.sin(np.clip(np.arcsin(np.sqrt(target)) + reach, 0, np.pi / 2)) ** 2
    return target * np.exp(reach)


def _outside(shown):
    figure, lower, upper = shown["figure"], shown["adjusted_lower_998"], shown["adjusted_upper_998"]
    sides = np.select([figure > upper, figure < lower], ["higher", "lower"], "within")
    return pd.Series(sides, index=shown.index, dtype=object).where(figure.notna() & upper.notna(), None)
