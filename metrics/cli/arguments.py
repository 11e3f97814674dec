"""What the commands have in common: arguments that complain in one line, the configuration, and the measure that a name stands for."""

import argparse
import re
from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from tqdm import tqdm

from metrics import definitions
from metrics.domain import Config, Definitions, Measure, Refused, periods
from metrics.domain.names import hint

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line, like every other."""

    def error(self, message: str) -> None:
        """Refuse the words with argparse's own reason."""
        raise Refused(f"{message}; see `{self.prog} --help`")


def command(sub, name: str, run, text: str, description: str = "") -> argparse.ArgumentParser:
    """A command of its own: what it runs, what the list of commands says of it, and what its own help says."""
    parser = sub.add_parser(name, help=text, description=description or text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=run)
    return parser


def add_as_at(parser: argparse.ArgumentParser) -> None:
    """The option of an earlier day."""
    parser.add_argument("--as-at", metavar="DATE", type=day, default=None, help="only what was published by that day")


def add_area(parser: argparse.ArgumentParser) -> None:
    """The argument of a place that is judged by itself."""
    parser.add_argument("area", metavar="AREA", help="an area: its id, name or code: `python -m metrics list places`")


def day(text: str) -> date:
    """A day as it is written on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-04-30") from None


def publication(text: str) -> tuple[date, bool]:
    """
    A day of publication, and whether only the month was given.

    >>> publication("2026-04"), publication("2026-04-18")
    ((datetime.date(2026, 4, 30), True), (datetime.date(2026, 4, 18), False))
    """
    if MONTH.fullmatch(text):
        return periods.last_day(text), True
    return day(text), False


def load(given: Namespace) -> tuple[Config, Definitions]:
    """The configuration and everything it points to."""
    config = definitions.load(definitions.path_of(given.config))
    return config, definitions.definitions(config.data, config.plan)


def measure_named(known: Definitions, name: str) -> Measure:
    """The measure with an id; refused with what was probably meant."""
    if name not in known.measures:
        raise Refused(f"no measure called {name!r}{hint(name, list(known.measures))}; see `python -m metrics list measures`")
    return known.measures[name]


def watched(dates: list[date]) -> Iterable[date]:
    """The dates, with a bar while they are judged where someone is watching."""
    return tqdm(dates, desc="judging", unit="date", disable=None, leave=False)
