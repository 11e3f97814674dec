"""
Times as people claim them: `since 2023`, `in June 2026`, `the 12 months to March 2026`, `2024/25`, `between 2023 and 2025`.

A year alone is a time only after a word that makes it one, for `2025` can also be a number of offences.
"""

import calendar
from datetime import date

from metrics.claims.claim import Period
from metrics.claims.tokens import Token
from metrics.domain import periods

MONTHS = {name.lower(): number for names in (calendar.month_name, calendar.month_abbr) for number, name in enumerate(names) if name}
MONTHS["sept"] = 9
AMBIGUOUS = ("march", "may", "mar")
SINCE = (("since",), ("since", "about"), ("after",), ("than", "in"), ("than",), ("compared", "with"), ("compared", "to"), ("on",),
         ("against",), ("versus",), ("vs",), ("compared", "with", "in"), ("since", "the", "start", "of"))
WITHIN = (("in",), ("during",), ("for",), ("of",), ("throughout",))
SPANS = {("12", "months"): 12, ("twelve", "months"): 12, ("year",): 12, ("quarter",): 3, ("three", "months"): 3, ("3", "months"): 3}
TO = ("to", "ending", "until")
BACK = (("over", "the", "last"), ("over", "the", "past"), ("in", "the", "last"), ("in", "the", "past"), ("during", "the", "past"),
        ("over",), ())
COUNTED = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
OLDEST, NEWEST = 1900, 2099


def read(tokens: tuple[Token, ...], at: int, as_at: date) -> tuple[str, Period, int] | None:
    """The time that begins at a token, and where it ends; none where there is none."""
    words = tuple(token.text for token in tokens)
    found = [reader(words, at, as_at) for reader in (_months, _span_to, _between, _since, _within, _back)]
    held = [one for one in found if one is not None]
    if not held:
        return None
    period, end = max(held, key=lambda one: one[1])
    return "period", period, end


def named(name: str, as_at: date) -> tuple[str, Period | str]:
    """
    What a fixed phrase of the vocabulary stands for on a day.

    Examples
    --------
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


def _since(words: tuple[str, ...], at: int, as_at: date) -> tuple[Period, int] | None:
    for opening in sorted(SINCE, key=len, reverse=True):
        start = at + len(opening)
        moment = _moment(words, start, as_at) if words[at:start] == opening else None
        if moment is not None:
            first, last, end = moment
            return Period("since", first, last), end
    return None


def _within(words: tuple[str, ...], at: int, as_at: date) -> tuple[Period, int] | None:
    for opening in WITHIN:
        start = at + len(opening)
        moment = _moment(words, start, as_at) if words[at:start] == opening else None
        if moment is not None:
            first, last, end = moment
            return Period("within", first, last), end
    # A month with its year needs no word before it.
    moment = _moment(words, at, as_at)
    if moment is None or (words[at] not in MONTHS and not _financial(words, at)) or moment[2] == at + 1:
        return None
    return Period("within", *moment[:2]), moment[2]


def _moment(words: tuple[str, ...], at: int, as_at: date) -> tuple[str, str, int] | None:
    """A month, a financial year or a year: its first and last month, and where it ends."""
    if at >= len(words):
        return None
    financial = _financial(words, at)
    if financial is not None:
        return financial
    if _is_year(words, at):
        return f"{words[at]}-01", f"{words[at]}-12", at + 1
    if words[at] not in MONTHS:
        return None
    number, bare = MONTHS[words[at]], not _is_year(words, at + 1)
    if bare:
        # "In June" is the newest June; a month cannot be one that is not over.
        year = as_at.year - (number > as_at.month)
        return (None if words[at] in AMBIGUOUS else (f"{year}-{number:02d}", f"{year}-{number:02d}", at + 1))
    return f"{words[at + 1]}-{number:02d}", f"{words[at + 1]}-{number:02d}", at + 2


def _financial(words: tuple[str, ...], at: int) -> tuple[str, str, int] | None:
    if not _is_year(words, at):
        return None
    step = 2 if words[at + 1 : at + 2] == ("/",) else 1
    second = words[at + step] if at + step < len(words) else ""
    if len(second) == 2 and second.isdecimal() and int(second) == (int(words[at]) + 1) % 100:
        return f"{words[at]}-04", f"{int(words[at]) + 1}-03", at + step + 1
    return None


def _span_to(words: tuple[str, ...], at: int, as_at: date) -> tuple[Period, int] | None:
    """`The 12 months to June 2026`, with or without `in the` before it."""
    start = at
    while start < len(words) and words[start] in ("in", "the", "over", "for"):
        start += 1
    for said, length in SPANS.items():
        end = start + len(said)
        if words[start:end] != said or end >= len(words) or words[end] not in TO:
            continue
        moment = _moment(words, end + 1, as_at)
        if moment is not None and moment[0] == moment[1]:
            return Period("within", periods.shift(moment[1], 1 - length), moment[1]), moment[2]
    return None


def _between(words: tuple[str, ...], at: int, as_at: date) -> tuple[Period, int] | None:
    """`From 2023 to 2025`, `between June 2023 and June 2025`: the earlier time and the later one."""
    if words[at] not in ("from", "between"):
        return None
    earlier = _moment(words, at + 1, as_at)
    if earlier is None or earlier[2] >= len(words) or words[earlier[2]] not in ("to", "and", "until"):
        return None
    later = _moment(words, earlier[2] + 1, as_at)
    if later is None or later[1] <= earlier[1]:
        return None
    return Period("between", *later[:2], *earlier[:2]), later[2]


def _months(words: tuple[str, ...], at: int, as_at: date) -> tuple[Period, int] | None:
    """`April to June 2026`, with or without a word before it."""
    start = at + (words[at] in ("in", "during", "for", "between", "from"))
    if not _is_year(words, start + 3) or words[start + 1] not in ("to", "and", "until"):
        return None
    if words[start] not in MONTHS or words[start + 2] not in MONTHS:
        return None
    first, last, year = MONTHS[words[start]], MONTHS[words[start + 2]], int(words[start + 3])
    return Period("within", f"{year - (first > last)}-{first:02d}", f"{year}-{last:02d}"), start + 4


def _back(words: tuple[str, ...], at: int, as_at: date) -> tuple[Period, int] | None:
    """`Over the last two years`, `three years ago`."""
    for opening in BACK:
        start = at + len(opening)
        if words[at:start] != opening or start + 1 >= len(words):
            continue
        many, unit = words[start], words[start + 1]
        count = COUNTED.get(many) or (int(many) if many.isdecimal() and len(many) < 3 else 0)
        ago = words[start + 2 : start + 3] == ("ago",)
        if count > 1 and unit == "years" and (opening or ago):
            return Period("back", months=12 * count), start + 2 + ago
    return None


def _year(year: int) -> Period:
    return Period("within", f"{year}-01", f"{year}-12")


def _is_year(words: tuple[str, ...], at: int) -> bool:
    return at < len(words) and len(words[at]) == 4 and words[at].isdecimal() and words[at].isascii() and OLDEST <= int(words[at]) <= NEWEST
