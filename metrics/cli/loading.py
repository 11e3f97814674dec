"""What every command begins with: the configuration, what it points to, and the measure that a name stands for."""

from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from tqdm import tqdm

from metrics import definitions
from metrics.domain import Config, Definitions, Measure, Refused
from metrics.domain.spelling import hint


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
