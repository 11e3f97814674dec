"""
Times as people claim them: `since 2023`, `in June 2026`, `the 12 months to March 2026`, `2024/25`, `in five years`.

A year alone is a time only after a word that makes it one, for `2025` can also be a number of offences; and a number before
`years` or `months` is a span of time and never an amount.
"""

import calendar
import re
from collections.abc import Callable, Iterable
from datetime import date
from operator import itemgetter

from metrics.claims.claim import Period
from metrics.domain import periods
from metrics.domain.periods import QUARTER, YEAR

Words = tuple[str, ...]
MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
MONTHS["sept"] = 9
AMBIGUOUS = ("march", "may", "mar")
UNITS = {"year": 12, "years": 12, "yr": 12, "yrs": 12, "month": 1, "months": 1, "decade": 120, "decades": 120, "quarters": 3}
SHORT_UNITS = ("second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "quarter")
COUNTED = {name: number for number, name in enumerate(
    ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
COUNTED |= {"eighteen": 18, "a couple of": 2, "a dozen": 12, "one": 1}
LONGEST_SPAN = 600
YEARS = range(1900, 2100)
OF_SAME = ("the same months of", "the same months in", "the same period of", "the same period in")
SINCE = (
    "since", "since about", "after", "than in", "than", "compared with", "compared to", "on", "against", "versus", "vs", "compared with in",
    "since the start of", "since early", "since late",
    *(f"{before} {same}" for before in ("than in", "than", "on", "compared with", "compared to", "as in", "as") for same in OF_SAME),
)
WITHIN = ("in", "during", "for", "of", "throughout", "in the year")
BACK = ("over the last", "over the past", "in the last", "in the past", "during the past", "during the last", "within the last",
        "within", "over", "in", "for", "the last", "the past", "since", "than", "compared with", "compared to", "from", "in just",
        "in under", "on", "in only")


def _any(phrases: Iterable[str]) -> str:
    """An expression for any of some phrases, the longest first."""
    return f"(?:{'|'.join(sorted(phrases, key=len, reverse=True))})"


A_MONTH, A_YEAR = _any(MONTHS), _any(map(str, YEARS))
A_FINANCIAL_YEAR = _any(f"{year}(?: /)? {(year + 1) % 100:02d}" for year in YEARS)
A_MONTH_OF_A_YEAR, THE_NEWEST_MONTH = f"{A_MONTH} {A_YEAR}", _any(MONTHS.keys() - set(AMBIGUOUS))
A_MOMENT = f"(?:{A_FINANCIAL_YEAR}|{A_MONTH_OF_A_YEAR}|{A_YEAR}|{THE_NEWEST_MONTH})"
A_SPAN = rf"(?:(?:(?P<many>{_any(COUNTED)}|[0-9]{{1,2}}) )?(?P<unit>{_any(UNITS)})|quarter)"


def read(words: Words, at: int, as_at: date) -> tuple[str, Period, int] | None:
    """The time that begins at a word, and where it ends; none where there is none. The longest counts."""
    text = " ".join(words[at:])
    matches = [(meaning, match) for pattern, meaning in READERS if (match := pattern.match(text))]
    times = [(time, match.end()) for meaning, match in matches if (time := meaning(match, as_at))]
    if not times:
        return None
    time, end = max(times, key=itemgetter(1))
    return "period", time, at + len(text[:end].split())


def is_span(words: Words, at: int) -> bool:
    """Whether a unit of time stands at a word: the number before it is then no amount."""
    return at < len(words) and (words[at] in UNITS or words[at] in SHORT_UNITS)


def named(name: str, as_at: date) -> tuple[str, Period | str]:
    """
    What a fixed phrase of the vocabulary stands for on a day.

    >>> named("last year", date(2026, 8, 31))[1].first
    '2025-01'
    """
    year, this = as_at.year, f"{as_at:%Y-%m}"
    if name == "not held":
        return "beyond", "days"
    if name in ("this year", "last year"):
        return "period", Period("within", *_moment(str(year - (name == "last year")), as_at))
    if name in ("this month", "last month"):
        month = periods.shift(this, -(name == "last month"))
        return "period", Period("within", month, month)
    return "period", Period(name)


def year_before(month: str) -> Period:
    """The 12 months before a month in which something happened, as the time that is compared with."""
    return Period("since", periods.shift(month, -YEAR), periods.shift(month, -1))


def _moment(text: str, as_at: date) -> tuple[str, str]:
    """The first and the last month of a month, a financial year or a year."""
    first, *rest = text.split()
    if first not in MONTHS:
        return (f"{first}-04", f"{int(first) + 1}-03") if rest else (f"{first}-01", f"{first}-12")
    # "In June" is the newest June; a month cannot be one that is not over.
    year = rest[0] if rest else as_at.year - (MONTHS[first] > as_at.month)
    return f"{year}-{MONTHS[first]:02d}", f"{year}-{MONTHS[first]:02d}"


def _length(match: re.Match) -> int:
    """How many months a span has; 0 where that is more than anybody means."""
    many = match["many"]
    length = (COUNTED.get(many) or int(many) if many else 1) * UNITS[match["unit"]] if match["unit"] else QUARTER
    return length if length <= LONGEST_SPAN else 0


def _months(match: re.Match, as_at: date) -> Period:
    first, last, year = MONTHS[match["first"]], MONTHS[match["last"]], int(match["year"])
    return Period("within", f"{year - (first > last)}-{first:02d}", f"{year}-{last:02d}")


def _span_to(match: re.Match, as_at: date) -> Period | None:
    length, (_, last) = _length(match), _moment(match["moment"], as_at)
    return Period("within", periods.shift(last, 1 - length), last) if length else None


def _between(match: re.Match, as_at: date) -> Period | None:
    earlier, later = (_moment(match[name], as_at) for name in ("earlier", "later"))
    return Period("between", *later, *earlier) if later[1] > earlier[1] else None


def _since(match: re.Match, as_at: date) -> Period:
    return Period("since", *_moment(match["moment"], as_at))


def _within(match: re.Match, as_at: date) -> Period:
    return Period("within", *_moment(match["moment"], as_at))


def _back(match: re.Match, as_at: date) -> Period | None:
    length = _length(match)
    if not length or length == YEAR:
        return Period("year ago") if length else None
    if length % YEAR == 0:
        return Period("back", months=length)
    # Months of other seasons cannot be compared: the newest such months stand beside the same a year before.
    newest = length < YEAR and {"last", "past"} & set(match.group().split())
    return Period("newest months", months=length) if newest else None


READERS: tuple[tuple[re.Pattern, Callable[[re.Match, date], Period | None]], ...] = tuple(
    (re.compile(rf"{pattern}(?!\S)"), meaning) for pattern, meaning in (
        (f"(?:(?:in|during|for|between|from) )?(?P<first>{A_MONTH}) (?:to|and|until) (?P<last>{A_MONTH}) (?P<year>{A_YEAR})", _months),
        (f"(?:(?:in|the|over|for) )*{A_SPAN} (?:to|ending|until) (?P<moment>{A_MONTH_OF_A_YEAR}|{THE_NEWEST_MONTH})", _span_to),
        (f"(?:from|between) (?P<earlier>{A_MOMENT}) (?:to|and|until) (?P<later>{A_MOMENT})", _between),
        (f"{_any(SINCE)} (?P<moment>{A_MOMENT})", _since),
        (f"{_any(WITHIN)} (?P<moment>{A_MOMENT})", _within),
        # A month with its year needs no word before it.
        (f"(?P<moment>{A_FINANCIAL_YEAR}|{A_MONTH_OF_A_YEAR})", _within),
        (f"{_any(BACK)} {A_SPAN}(?: (?:ago|earlier|before))?", _back),
        (f"{A_SPAN} (?:ago|earlier|before)", _back),
    )
)
"""What is written, and the time that it stands for."""
