"""A brief on the shipped figures, for any place and days; each is put together once, and nobody may change it."""

from functools import cache

import pytest

from metrics import definitions
from metrics.meetings.brief import brief
from metrics.narrative import Wording
from metrics.report.snapshot import Snapshot
from metrics.store import Store


@pytest.fixture(scope="session")
def briefed(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    store, wording = Store(config.database), Wording(config.data / "wording.yaml")
    return cache(lambda place, **days: brief(Snapshot(store, known, wording, days.get("day")), known.places[place], **days))
