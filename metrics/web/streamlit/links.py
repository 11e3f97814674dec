"""The addresses that pages link to, beside the page that links: they hold under any path the app is served at."""

from datetime import date
from urllib.parse import urlencode

from metrics.web.streamlit.cached_reads import Seen


def of_measure(seen: Seen, measure: str, place: str, *, total: str, as_rate: bool = False, since: date | None = None) -> str:
    """
    One measure's own page, of the whole force area where no area is named; `since` draws what was known then besides.

    Examples
    --------
    >>> of_measure(Seen("b"), "rape", "brent", total="london")
    'measure?measure=rape&area=brent'
    """
    chosen = {"measure": measure} | _area(place, total) | _since(since)
    return f"measure?{urlencode(chosen | _as_at(seen) | _rate(as_rate))}"


def of_figures(seen: Seen, measure: str, place: str, *, as_rate: bool = False) -> str:
    """
    A card's figures as a file.

    Examples
    --------
    >>> from datetime import date
    >>> of_figures(Seen("b", date(2025, 12, 4)), "rape", "brent")
    'figures/brent/rape.csv?as-at=2025-12-04'
    """
    chosen = _as_at(seen) | _rate(as_rate)
    return f"figures/{place}/{measure}.csv" + (f"?{urlencode(chosen)}" if chosen else "")


def of_shared(seen: Seen, measure: str, place: str, ending: str, *, as_rate: bool = False) -> str:
    """
    A chart as a picture that says itself what it is, to be sent around.

    Examples
    --------
    >>> of_shared(Seen("b"), "rape", "brent", "png", as_rate=True)
    'share/brent/rape.png?show=rate'
    """
    chosen = _as_at(seen) | _rate(as_rate)
    return f"share/{place}/{measure}.{ending}" + (f"?{urlencode(chosen)}" if chosen else "")


def of_picture(seen: Seen, measure: str, place: str, digest: str, shown: date | None = None, *, as_rate: bool = False) -> str:
    """
    A card's chart as a file; with the digest of what it holds, so that it can be kept for good.

    Examples
    --------
    >>> of_picture(Seen("b"), "rape", "brent", "0123abcd", date(2025, 12, 4))
    'picture/brent/rape.0123abcd.svg?shown=2025-12-04'
    """
    chosen = _as_at(seen) | ({"shown": shown.isoformat()} if shown else {}) | _rate(as_rate)
    return f"picture/{place}/{measure}.{digest}.svg" + (f"?{urlencode(chosen)}" if chosen else "")


def _area(place: str, total: str) -> dict[str, str]:
    return {"area": place} if place != total else {}


def _since(day: date | None) -> dict[str, str]:
    return {"since": day.isoformat()} if day else {}


def _rate(as_rate: bool) -> dict[str, str]:
    return {"show": "rate"} if as_rate else {}


def _as_at(seen: Seen) -> dict[str, str]:
    return {"as-at": seen.as_at.isoformat()} if seen.as_at else {}
