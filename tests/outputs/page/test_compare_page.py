"""One measure in every area: what its title says of the shipped build."""

import pytest

from metrics import definitions
from metrics.narrative import Wording
from metrics.outputs.page import compare_page
from metrics.report.snapshot import Snapshot
from metrics.store import Store


@pytest.fixture(scope="module")
def now(served):
    config = definitions.load(served)
    known = definitions.definitions(config.data, config.plan)
    return Snapshot(Store(config.database), known, Wording(config.data / "wording.yaml"))


@pytest.fixture(scope="module")
def compared(now):
    """The title of every measure that is compared, and the verdicts below it."""
    rows = {name: compare_page.rows_of(now, measure) for name, measure in now.known.measures.items() if now.answers_of(name)}
    return [(compare_page.title(now, of), {row.plan.verdict for row in of if row.has_figures}) for of in rows.values()]


def test_a_title_says_a_rise_or_a_fall_wherever_its_map_shows_one(compared):
    moved = [(title, shown) for title, shown in compared if shown & {"clear rise", "clear fall"}]
    assert len(moved) > 3
    assert [title for title, shown in moved if ("clearly up" in title, "clearly down" in title) != tuple(
        verdict in shown for verdict in ("clear rise", "clear fall"))] == []  # fmt: skip


def test_a_title_says_no_clear_change_only_where_some_area_could_be_told(compared):
    untold = [title for title, shown in compared if shown and shown <= {"not enough data", "cannot be compared"}]
    assert len(untold) > 3 and [title for title in untold if not title.endswith(": cannot be told in any borough")] == []
