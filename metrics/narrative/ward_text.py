"""What is said of a ward: its title, its sentence and the two numbers beside each answer; small counts get no percentage."""

from collections.abc import Mapping

from metrics.domain import periods
from metrics.narrative import number_format
from metrics.narrative.number_format import FEW
from metrics.narrative.phrases import small


def counted(value: float) -> str:
    """A count, or `none`."""
    return number_format.number(value, "count") if value else "none"


def rate(value: float) -> str:
    """A rate per 1,000 residents; nothing where nobody lives."""
    return "" if number_format.is_missing(value) else number_format.number(value, "per_1000")


def title(text: Mapping[str, str], ward: str, clear: int, parts: int) -> str:
    """
    The title of a ward's page; it says where parts that changed with their whole are not counted.

    >>> text = {"title": "{ward}: {clear} clear changes", "title_one": "{ward}: one clear change", "title_none": "{ward}: no clear change"}
    >>> text |= {"title_parts": "{title}, parts not counted"}
    >>> title(text, "Belmont", 0, 0), title(text, "Belmont", 1, 2), title(text, "Belmont", 3, 0)
    ('Belmont: no clear change', 'Belmont: one clear change, parts not counted', 'Belmont: three clear changes')
    """
    key = {0: "title_none", 1: "title_one"}.get(clear, "title")
    title = text[key].format(ward=ward, clear=FEW[clear] if clear < len(FEW) else clear)
    return text["title_parts"].format(title=title) if parts else title


def hero(text: Mapping[str, str], measure: str, now: float, before: float, last: str) -> str:
    """The first measure's two numbers in one sentence."""
    return text["hero"].format(measure=small(measure), now=counted(now), before=counted(before), last=periods.say(last))


def beside(text: Mapping[str, str], before: float, first: str, last: str) -> str:
    """The number that the newest stands beside, with its months."""
    return text["before"].format(before=counted(before), window=f"{periods.say_short(first)} to {periods.say_short(last)}")
