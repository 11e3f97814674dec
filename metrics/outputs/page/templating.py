"""The templates of page bodies, what goes into them as HTML, and the style sheet that both faces use."""

from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError

from metrics.charts import style
from metrics.charts.render import PARTS_STYLE
from metrics.domain import Refused, periods
from metrics.narrative import number_format
from metrics.narrative.phrases import capital

TEMPLATES = Path(__file__).with_name("templates")
OUTPUTS = Path(__file__).parents[1]
WRITTEN = (".html", ".xml")


class Piece(str):
    """
    HTML that was made by this project from escaped words; never a text that somebody wrote.

    >>> Piece("<b>1</b>").__html__()
    '<b>1</b>'
    """

    __slots__ = ()

    def __html__(self) -> str:
        """As templates ask for it."""
        return str(self)


NOTHING = Piece()
"""Where a part of a page is left out."""


def strict(folder: Path) -> Environment:
    """The templates of a folder: every value is escaped, a name that is not there is an error, months and numbers are said in words."""
    made = Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.globals["style"] = style
    made.filters |= {"month": periods.say, "day": periods.say_day, "capital": capital, "number": _number, "link": _link}
    return made


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of bodies."""
    return strict(TEMPLATES)


def body(template: str, **facts) -> str:
    """One body, filled in."""
    return environment().get_template(template).render(**facts)


@lru_cache(maxsize=1)
def sheet() -> str:
    """The looks of every body, with the colours of `metrics/charts/style.py` and the looks of chips and charts."""
    return environment().get_template("page.css").render() + PARTS_STYLE.read_text(encoding="utf-8")


def _number(value: float) -> str:
    return number_format.number(value, "count")


def _link(url: str) -> str:
    """An address that a page may lead to; anything else, such as a script, is refused."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise Refused(f"{url!r} is no address that a page may lead to")
    return url


def check_templates(folder: Path = OUTPUTS) -> int:
    """
    Read every template below a folder, and count them.

    Raises Refused: with the template's file and line.

    >>> check_templates() > 10
    True
    """
    reader, many = Environment(autoescape=True), 0
    for path in sorted(path for path in folder.rglob("templates/*") if path.suffix in WRITTEN):
        many += 1
        try:
            reader.parse(path.read_text(encoding="utf-8"))
        except TemplateSyntaxError as error:
            raise Refused(f"not a template: {error.message}", file=path, line=error.lineno) from error
    return many
