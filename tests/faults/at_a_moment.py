"""
Builds, shows a page and publishes with the project's clocks standing at one moment; prints a digest of each.

Run by `test_clock.py` with the moment, a configuration and that of a few areas; the time zone is that of the environment. Every `date`,
`datetime` and `time` that a module of ours holds is replaced by one that takes the moment for now.
"""

import hashlib
import importlib
import json
import os
import pkgutil
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from streamlit.testing.v1 import AppTest

import metrics
from metrics import definitions
from metrics.build import database
from metrics.domain import Definitions
from metrics.store import Store
from tests.outputs.site.cutting import CHOSEN, cut, reader, site

MOMENT: list[datetime] = []
"""The one moment, as soon as it is given."""
LEFT = {"metrics.__main__", "metrics.definitions.schema"}
"""One is not loaded by another; the other looks a type up by the type itself, so that another would not be found."""
FILES = 80
"""How much of an edition is made: its first page and lists, London, and the first boroughs."""


SHOWN = ("title", "header", "html", "selectbox", "info", "warning")


class _AsIfReal(type):
    """What is a date or a moment stays one."""

    def __instancecheck__(cls, instance) -> bool:
        return isinstance(instance, cls.real)

    def __call__(cls, *parts, **named):
        return cls.real(*parts, **named)

    def __getattr__(cls, name):
        return getattr(cls.real, name)


class Date(metaclass=_AsIfReal):
    """Dates whose today is the moment's."""

    real = date

    @staticmethod
    def today() -> date:
        return MOMENT[0].date()


class Datetime(metaclass=_AsIfReal):
    """Moments whose now is the one given."""

    real = datetime

    @staticmethod
    def now(tz=None) -> datetime:
        return MOMENT[0].replace(tzinfo=tz)


def stand_still() -> int:
    """Put the moment in the place of every clock in our own modules; how many were replaced."""
    names = [name for _, name, _ in pkgutil.walk_packages(metrics.__path__, "metrics.") if name not in LEFT]
    replaced = 0
    for module in map(importlib.import_module, names):
        for name, value in list(vars(module).items()):
            if value in (date, datetime):
                setattr(module, name, Date if value is date else Datetime)
                replaced += 1
    time.time = MOMENT[0].timestamp
    return replaced


def main() -> None:
    """Print what time it is taken to be, and a digest of everything said."""
    MOMENT.append(datetime.fromisoformat(sys.argv[1]))
    config_path, few, clocks = Path(sys.argv[2]), Path(sys.argv[3]), stand_still()
    config = definitions.load(config_path)
    known = definitions.definitions(config.data, config.plan)
    with tempfile.TemporaryDirectory() as folder:
        build = database.build(config.data, Path(folder), known, judge=False).name
        account = {"clocks": clocks, "zone": time.tzname, "build": build, "figures": figures(Path(folder), known)}
    print(json.dumps(account | {"page": page(config_path), "edition": edition(few, known)}))


def figures(database: Path, known: Definitions) -> str:
    """Every figure of a borough, as a digest."""
    store = Store(database)
    return digest(store.ask("series", measure=name, place="brent").to_csv().encode() for name in known.measures)


def page(config: Path) -> str:
    """What the first page shows of a borough, as a digest."""
    os.environ["METRICS_CONFIG"] = str(config)
    app = AppTest.from_file(str(Path(metrics.__file__).parent / "web/streamlit/script.py"), default_timeout=120)
    app.query_params["area"] = "brent"
    app.run()
    assert not app.exception
    bodies = [element.proto.SerializeToString(deterministic=True) for kind in SHOWN for element in app.get(kind)]
    assert sum(map(len, bodies)) > 10_000
    return digest(bodies)


def edition(few: Path, known: Definitions) -> str:
    """The first files of the public edition of a few areas and measures, as a digest."""
    made = islice(site(reader(few)(cut(known, CHOSEN[:4])), address="https://example.org", contact="The tests"), FILES)
    return digest(part for path, data in made for part in (path.encode(), data))


def digest(parts: Iterable[bytes]) -> str:
    """What stands for some bytes in their order."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:16]


if __name__ == "__main__":
    main()
