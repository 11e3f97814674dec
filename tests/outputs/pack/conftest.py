"""Packs of the shipped figures, each made once."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from metrics import definitions
from metrics.meetings.brief import Brief, brief
from metrics.narrative import Wording
from metrics.outputs import pack
from metrics.outputs.pack import pack_html
from metrics.report.snapshot import Snapshot
from metrics.store import Store

MEETING, SHOWN = date(2026, 11, 25), date(2025, 12, 4)
ADDRESS, CONTACT = "https://met.example", "The <b>tests</b> & co"


@pytest.fixture(scope="session")
def brief_of(served) -> Callable[..., Brief]:
    """The brief of a borough, made once: `brief_of("bromley", since=SHOWN)`."""
    config = definitions.load(served)
    known, wording = definitions.definitions(config.data, config.plan), Wording(config.data / "wording.yaml")
    store = Store(config.database)

    @cache
    def put_together(borough: str, *, day: date = MEETING, since: date | None = None) -> Brief:
        return brief(Snapshot(store, known, wording, day), known.places[borough], day=day, since=since)

    return put_together


@pytest.fixture(scope="session")
def written(brief_of) -> Callable[..., str]:
    """The pack of a borough as HTML, made once."""

    @cache
    def put_together(borough: str, *, since: date | None = None, address: str = ADDRESS) -> str:
        made = brief_of(borough, since=since)
        return pack_html(made, pack.chosen(made), address=address, contact=CONTACT)

    return put_together
