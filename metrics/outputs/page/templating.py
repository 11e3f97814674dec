"""
The templates of page bodies, what goes into them as HTML, and the style sheet that both faces use.

A plain page holds of its sheet the rules that something on it can match, and no other, with letters that grow as a reader has set them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError
from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize

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


ROOT = 16
"""Pixels of a letter where a reader has set nothing."""
LETTERS = re.compile(r"((?:font-size|line-height|font):) *([0-9.]+)px")
CLASSES = re.compile(r'class="([^"]+)"')
EMPTY = "<style></style>"


class Rule(NamedTuple):
    """A rule of a sheet: what it says, the classes that each of its selectors names, the rules within it."""

    head: str
    body: str
    needs: tuple[frozenset[str], ...]
    within: tuple["Rule", ...]


def in_rem(sheet: str) -> str:
    """
    A sheet whose letters and lines grow with the size that a reader has set in the browser; a pixel is a sixteenth of that.

    >>> in_rem("p{font-size:13px;line-height: 20px;margin:4px}b{font:16px/1.4 Arial}")
    'p{font-size:.8125rem;line-height:1.25rem;margin:4px}b{font:1rem/1.4 Arial}'
    """
    return LETTERS.sub(lambda size: f"{size[1]}{float(size[2]) / ROOT:.6g}rem".replace(":0.", ":."), sheet)


def styled(page: str, sheet: str) -> str:
    """
    A page with the rules of a sheet that it can use in its empty style element.

    Only classes are looked at: what a rule asks of elements, states and places in the page is left to the browser.

    >>> styled('<style></style><p class="old">1</p>', 'p{margin:0}.old,.new{color:red}.new b{color:blue}')
    '<style>p{margin:0}.old,.new{color:red}</style><p class="old">1</p>'
    """
    classes = frozenset(" ".join(CLASSES.findall(page)).split())
    return page.replace(EMPTY, f"<style>{_for_classes(sheet, classes)}</style>", 1)


@lru_cache(maxsize=1024)
def _for_classes(sheet: str, classes: frozenset[str]) -> str:
    return "".join(_kept(_rules(sheet), classes))


@lru_cache(maxsize=8)
def _rules(sheet: str) -> tuple[Rule, ...]:
    return tuple(map(_rule, parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)))


def _rule(node) -> Rule:
    head = serialize(node.prelude).strip()
    if node.type == "qualified-rule":
        return Rule(head, serialize(node.content).strip(), tuple(_needs(node.prelude)), ())
    head = f"@{node.at_keyword} {head}".strip()
    inner = parse_blocks_contents(node.content or [], skip_comments=True, skip_whitespace=True)
    if any(each.type != "qualified-rule" for each in inner):
        return Rule(head, serialize(node.content).strip(), (frozenset(),), ())
    return Rule(head, "", (), tuple(map(_rule, inner)))


def _needs(prelude: list) -> Iterator[frozenset[str]]:
    """The classes of each selector; those within `:not()` and its like are not asked for."""
    needs: set[str] = set()
    for before, part in zip([None, *prelude], prelude, strict=False):
        if part == ",":
            yield frozenset(needs)
            needs = set()
        elif before == "." and part.type == "ident":
            needs.add(part.value)
    yield frozenset(needs)


def _kept(rules: tuple[Rule, ...], classes: frozenset[str]) -> Iterator[str]:
    for rule in rules:
        body = rule.body if any(needs <= classes for needs in rule.needs) else "".join(_kept(rule.within, classes))
        if body:
            yield f"{rule.head}{{{body}}}"
