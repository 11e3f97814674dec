"""The templates of page bodies, and the style sheet that both faces use."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from metrics.charts import style
from metrics.charts.render import PARTS_STYLE
from metrics.domain import periods
from metrics.narrative import number_format

TEMPLATES = Path(__file__).with_name("templates")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Every value is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["style"] = style
    made.filters |= {"month": periods.say, "day": periods.say_day, "capital": capital, "number": _number}
    return made


def body(template: str, **facts) -> str:
    """One body, filled in."""
    return environment().get_template(template).render(**facts)


@lru_cache(maxsize=1)
def sheet() -> str:
    """The looks of every body, with the colours of `metrics/charts/style.py` and the looks of chips and charts."""
    return environment().get_template("page.css").render() + PARTS_STYLE.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def small_sheet() -> str:
    """The looks of a page that must arrive in a few kilobytes: its frame, its words and a list."""
    return environment().get_template("small.css").render()


def capital(text: str) -> str:
    """
    A text with its first letter large.

    Examples
    --------
    >>> capital("no evidence recorded")
    'No evidence recorded'
    """
    return text[:1].upper() + text[1:]


def _number(value: float) -> str:
    return number_format.number(value, "count")
