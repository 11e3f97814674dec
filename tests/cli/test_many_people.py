"""People who record, import and build at the same time lose nothing, leave nothing half done and go back to nothing older."""

import pytest

from metrics.build import database
from metrics.store import Store
from tests.cli import people

PEOPLE, EACH, ACTIONS = 5, 4, ["record", "record", "import", "import", "build"]


@pytest.fixture
def begun(project):
    """A project with one release and a build."""
    file = project.put("first.csv", people.FIGURES.format(value=88.5))
    project.take("template", file, published="2025-03-31")
    assert project.run("build")[0] == 0
    return project


def test_what_many_do_at_once_is_all_there_and_nothing_is_half(begun):
    going = [people.start(begun.config, number, changes=EACH, seconds=300, actions=ACTIONS) for number in range(PEOPLE)]
    done = people.deeds(going)
    assert len(done) == PEOPLE * EACH
    assert list(people.faults(begun.config, done)) == []
    assert begun.run("build")[0] == 0
    assert begun.run("build")[1] == f"nothing to do: {Store(begun.database).build} is current\n"


def test_a_build_that_had_to_wait_is_of_what_is_there_by_then(begun, monkeypatch):
    real = database.alone

    def late(folder):
        """Before the first build may go on, somebody records a meeting and builds."""
        monkeypatch.setattr(database, "alone", real)
        minutes = begun.put("minutes.csv", people.MINUTES.format(text="Better lighting"))
        assert begun.run("meeting", "record", "brent", people.MEETING, str(minutes), "--source", "Minutes")[0] == 0
        assert begun.run("build")[0] == 0
        return real(folder)

    monkeypatch.setattr(database, "alone", late)
    assert begun.run("build")[0] == 0
    assert begun.run("build")[1] == f"nothing to do: {Store(begun.database).build} is current\n"
