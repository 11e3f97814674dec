"""
Times as people claim them: `since 2023`, `in June 2026`, `the 12 months to March 2026`, `2024/25`, `in five years`.

A year alone is a time only after a word that makes it one, for `2025` can also be a number of offences; and a number before
`years` or `months` is a span of time and never an amount.
"""

import calendar
from datetime import date

from metrics.claims.claim import Period
from metrics.domain import periods

Words = tuple[str, ...]
Moment = tuple[str, str, int]
"""A first month, a last month, and the token after."""
MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
MONTHS["sept"] = 9
AMBIGUOUS = ("march", "may", "mar")
UNITS = {"year": 12, "years": 12, "yr": 12, "yrs": 12, "month": 1, "months": 1, "decade": 120, "decades": 120, "quarters": 3}
SHORT_UNITS = ("second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "quarter")
COUNTED = {name: number for number, name in enumerate(
    ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1)}
COUNTED |= {"eighteen": 18, "a couple of": 2, "a dozen": 12, "one": 1}
TO, UNTIL = ("to", "ending", "until"), ("to", "and", "until")
LONGEST_SPAN = 600
OLDEST, NEWEST = 1900, 2099


def _split(*phrases: str) -> tuple[Words, ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))


OF_SAME = ("the same months of", "the same months in", "the same period of", "the same period in")
SINCE = _split(
    "since", "since about", "after", "than in", "than", "compared with", "compared to", "on", "against", "versus", "vs", "compared with in",
    "since the start of", "since early", "since late",
    *(f"{before} {same}" for before in ("than in", "than", "on", "compared with", "compared to", "as in", "as") for same in OF_SAME),
)
WITHIN = _split("in", "during", "for", "of", "throughout", "in the year")
BACK = _split("over the last", "over the past", "in the last", "in the past", "during the past", "during the last", "within the last",
              "within", "over", "in", "for", "the last", "the past", "since", "than", "compared with", "compared to", "from", "in just",
              "in under", "on", "in only", "")


def read(words: Words, at: int, as_at: date) -> tuple[str, Period, int] | None:
    """The time that begins at a word, and where it ends; none where there is none."""
    read_as = [reader(words, at, as_at) for reader in (_months, _span_to, _between, _since, _within, _back)]
    times = [time for time in read_as if time is not None]
    return ("period", *max(times, key=lambda time: time[1])) if times else None


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
        return "period", _year(year - (name == "last year"))
    if name in ("this month", "last month"):
        month = periods.shift(this, -(name == "last month"))
        return "period", Period("within", month, month)
    return "period", Period(name)


def _since(words: Words, at: int, as_at: date) -> tuple[Period, int] | None:
    moment = _after(SINCE, words, at, as_at)
    return (Period("since", *moment[:2]), moment[2]) if moment else None


def _within(words: Words, at: int, as_at: date) -> tuple[Period, int] | None:
    moment = _after(WITHIN, words, at, as_at)
    if moment:
        return Period("within", *moment[:2]), moment[2]
    # A month with its year needs no word before it.
    moment = _moment(words, at, as_at)
    if moment is None or (words[at] not in MONTHS and not _financial(words, at)) or moment[2] == at + 1:
        return None
    return Period("within", *moment[:2]), moment[2]


def _after(openings: tuple[Words, ...], words: Words, at: int, as_at: date) -> Moment | None:
    """The time that follows the longest of some openings."""
    for opening in openings:
        start = at + len(opening)
        if words[at:start] == opening and (moment := _moment(words, start, as_at)) is not None:
            return moment
    return None


def _moment(words: Words, at: int, as_at: date) -> Moment | None:
    """A month, a financial year or a year: its first and last month, and where it ends."""
    if at >= len(words):
        return None
    financial = _financial(words, at)
    if financial is not None:
        return financial
    if _is_year(words, at):
        return f"{words[at]}-01", f"{words[at]}-12", at + 1
    return _month(words, at, as_at) if words[at] in MONTHS else None


def _month(words: Words, at: int, as_at: date) -> Moment | None:
    number = MONTHS[words[at]]
    if _is_year(words, at + 1):
        return f"{words[at + 1]}-{number:02d}", f"{words[at + 1]}-{number:02d}", at + 2
    # "In June" is the newest June; a month cannot be one that is not over.
    year = as_at.year - (number > as_at.month)
    return None if words[at] in AMBIGUOUS else (f"{year}-{number:02d}", f"{year}-{number:02d}", at + 1)


def _financial(words: Words, at: int) -> Moment | None:
    if not _is_year(words, at):
        return None
    step = 2 if words[at + 1 : at + 2] == ("/",) else 1
    second = words[at + step] if at + step < len(words) else ""
    if len(second) == 2 and second.isdecimal() and int(second) == (int(words[at]) + 1) % 100:
        return f"{words[at]}-04", f"{int(words[at]) + 1}-03", at + step + 1
    return None


def _span_to(words: Words, at: int, as_at: date) -> tuple[Period, int] | None:
    """`The 12 months to June 2026`, with or without `in the` before it."""
    start = at
    while start < len(words) and words[start] in ("in", "the", "over", "for"):
        start += 1
    length, end = _length(words, start)
    moment = _moment(words, end + 1, as_at) if length and end < len(words) and words[end] in TO else None
    if moment is None or moment[0] != moment[1]:
        return None
    return Period("within", periods.shift(moment[1], 1 - length), moment[1]), moment[2]


def _length(words: Words, at: int) -> tuple[int, int]:
    """How many months a span has, and where it ends: `12 months`, `year`, `two years`, `quarter`; 0 where there is none."""
    if words[at : at + 1] == ("quarter",):
        return 3, at + 1
    if at < len(words) and words[at] in UNITS:
        return UNITS[words[at]], at + 1
    for size in (3, 2, 1):
        many, unit = _counted(words[at : at + size]), words[at + size : at + size + 1]
        if many and unit and unit[0] in UNITS and len(words[at : at + size]) == size:
            length = many * UNITS[unit[0]]
            return (length if length <= LONGEST_SPAN else 0), at + size + 1
    return 0, at


def _counted(words: Words) -> int:
    text = " ".join(words)
    return COUNTED.get(text) or (int(text) if text.isdecimal() and text.isascii() and len(text) < 3 else 0)


def _between(words: Words, at: int, as_at: date) -> tuple[Period, int] | None:
    """`From 2023 to 2025`, `between June 2023 and June 2025`: the earlier time and the later one."""
    if words[at] not in ("from", "between"):
        return None
    earlier = _moment(words, at + 1, as_at)
    if earlier is None or earlier[2] >= len(words) or words[earlier[2]] not in UNTIL:
        return None
    later = _moment(words, earlier[2] + 1, as_at)
    if later is None or later[1] <= earlier[1]:
        return None
    return Period("between", *later[:2], *earlier[:2]), later[2]


def _months(words: Words, at: int, as_at: date) -> tuple[Period, int] | None:
    """`April to June 2026`, with or without a word before it."""
    start = at + (words[at] in ("in", "during", "for", "between", "from"))
    if not _is_year(words, start + 3) or words[start + 1] not in UNTIL:
        return None
    if words[start] not in MONTHS or words[start + 2] not in MONTHS:
        return None
    first, last, year = MONTHS[words[start]], MONTHS[words[start + 2]], int(words[start + 3])
    return Period("within", f"{year - (first > last)}-{first:02d}", f"{year}-{last:02d}"), start + 4


def _back(words: Words, at: int, as_at: date) -> tuple[Period, int] | None:
    """`Over the last two years`, `in five years`, `three years ago`, `in the last six months`."""
    for opening in BACK:
        start = at + len(opening)
        length, end = _length(words, start) if words[at:start] == opening else (0, at)
        ago = words[end : end + 1] in (("ago",), ("earlier",), ("before",))
        if length and (opening or ago):
            return _backwards(length, opening, end + ago)
    return None


def _backwards(length: int, opening: Words, end: int) -> tuple[Period, int] | None:
    if length == 12:
        return Period("year ago"), end
    if length % 12 == 0:
        return Period("back", months=length), end
    # Months of other seasons cannot be compared: the newest such months stand beside the same a year before.
    return (Period("newest months", months=length), end) if length < 12 and {"last", "past"} & set(opening) else None


def _year(year: int) -> Period:
    return Period("within", f"{year}-01", f"{year}-12")


def _is_year(words: Words, at: int) -> bool:
    return at < len(words) and len(words[at]) == 4 and words[at].isdecimal() and words[at].isascii() and OLDEST <= int(words[at]) <= NEWEST


def year_before(month: str) -> Period:
    """The 12 months before a month in which something happened, as the time that is compared with."""
    return Period("since", periods.shift(month, -12), periods.shift(month, -1))
