"""What was made before is used again only where it would be made the same: whatever changes, the edition is that made from nothing."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.narrative import Wording
from metrics.outputs.site import rendering, site
from metrics.outputs.site.input_digest import digests
from metrics.outputs.site.measure_files import subject
from metrics.outputs.site.page_cache import Memory
from metrics.outputs.site.page_frame import site_of
from metrics.outputs.site.processes import Made
from metrics.outputs.site.rendering import files
from metrics.report.cards import LONDON
from metrics.report.measure_snapshot import Across
from metrics.report.snapshot import Reading
from metrics.store import Store
from tests.outputs.site.conftest import ADDRESS, CONTACT, cut

# A count, the one it is per 100 of, and a survey.
FEW = ("da-outcomes", "domestic-abuse", "trust-met")
BOROUGH = "bromley"
WORDING = Path(__file__).parents[3] / "data/wording.yaml"
RATE = {"domestic-abuse": {"domestic-abuse", "da-outcomes"}}
"""Whose digest follows the figures of a measure besides its own."""


ONLY = "DELETE FROM {table} WHERE place NOT IN ('{london}', '{borough}')"
OF_PLACES = ("observation", "figure", "finding", "hindsight", "point", "against", "funnel")


NUMBERS = count(1)


class Build:
    """A copy of a build under another name in a folder of its own, to be changed."""

    def __init__(self, of: Path, database: Path):
        self.database, self.path = database, database / f"{next(NUMBERS):06d}-0123456789ab.duckdb"
        shutil.copy(of, self.path)
        (database / "CURRENT").write_text(self.path.name, encoding="utf-8")
        self.path.chmod(0o644)

    def do(self, statements: Iterable[str]) -> None:
        """Carry out some statements."""
        with duckdb.connect(self.path) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture(scope="module")
def few(served, shipped_definitions, tmp_path_factory) -> Reading:
    """A few measures, none named beside another, in London and one borough; nothing else is held."""
    known = cut(shipped_definitions, FEW)
    places = {name: place for name, place in known.places.items() if name in (LONDON, BOROUGH)}
    meetings = tuple(meeting for meeting in known.meetings if meeting.borough == BOROUGH)
    build = Build(served.parent / "db" / Store(served.parent / "db").build, tmp_path_factory.mktemp("few"))
    build.do(ONLY.format(table=table, london=LONDON, borough=BOROUGH) for table in OF_PLACES)
    return Reading(Store(build.database), replace(known, places=places, meetings=meetings), Wording(WORDING))


FIGURE, WORDS = "{0} + 1", "{0} || ' or so'"
TABLES = {
    "observation": ("value", FIGURE), "figure": ("value", FIGURE), "finding": ("sentence", WORDS), "hindsight": ("verdict", WORDS),
    "point": ("upper", FIGURE), "against": ("change", FIGURE), "funnel": ("value", FIGURE), "funnel_limit": ("upper", FIGURE),
    "part": ("series", WORDS),
}
"""Every table that holds something of a measure, with one thing that it says, and how it is made to say something else."""
ANOTHER = """
WITH held AS (
    SELECT rowid AS row, row_number() OVER (ORDER BY rowid) - 1 AS n, count(*) OVER () AS rows
    FROM {table}
    WHERE measure = '{measure}' AND {said} IS NOT NULL
)
UPDATE {table} SET {said} = {another} WHERE rowid = (SELECT row FROM held WHERE n = {n} % rows)
"""


@pytest.fixture(scope="module")
def changed(few, tmp_path_factory) -> Callable[[str, str, int], Reading]:
    """A reading of a build in which one row of one table says something else: the nth of a measure, counted round and round."""

    def change(table: str, measure: str, n: int) -> Reading:
        build = Build(few.store._path, tmp_path_factory.mktemp("changed"))
        said, another = TABLES[table]
        build.do([ANOTHER.format(table=table, said=said, another=another.format(said), measure=measure, n=n)])
        return Reading(Store(build.database), few.known, few.wording)

    return change


@pytest.fixture(scope="module", autouse=True)
def made() -> Iterator[list[str]]:
    """The measures that are made, in this process and no other."""
    names: list[str] = []

    @contextmanager
    def here(of: Made, wanted: list[str], processes: int):
        place = site_of(Reading(Store(of.database), of.known, of.wording), of.address, of.contact)
        names.extend(wanted)
        yield (subject(place, name) for name in wanted)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "begun", here)
        yield names


def again(reading: Reading, memory: Memory) -> dict[str, bytes]:
    """The edition of a reading, with what is remembered."""
    return dict(files(reading, reading.store._path.parent, memory, address=ADDRESS, contact=CONTACT))


def defined(few: Reading, **measures: dict) -> Reading:
    """A reading with measures that say something else of themselves."""
    others = {name: replace(few.known.measures[name], **said) for name, said in measures.items()}
    return Reading(few.store, replace(few.known, measures=few.known.measures | others), few.wording)


def worded(few: Reading) -> Reading:
    """A reading with another sentence."""
    text = few.wording.text | {"verdicts": few.wording.text["verdicts"] | {"no clear change": "Much the same"}}
    made = Reading(few.store, few.known, few.wording)
    made.wording = Wording(WORDING)
    made.wording.text = text
    return made


def test_every_table_that_holds_something_of_a_measure_is_in_the_digest(few):
    said = few.store.ask("held_of_measures")
    with few.store._connection.cursor() as cursor:
        tables = cursor.execute("SELECT DISTINCT table_name, bool_or(column_name = 'measure') FROM information_schema.columns GROUP BY ALL")
        every = dict(tables.fetchall())
    assert set(said["held"]) == set(every)
    assert set(said.loc[said["measure"].notna(), "held"]) == {name for name, of_measures in every.items() if of_measures} == set(TABLES)


@pytest.mark.parametrize(
    ("table", "measure"),
    [(table, "domestic-abuse") for table in TABLES] + [(table, "trust-met") for table in ("observation", "figure", "finding", "against")],
)
def test_another_row_is_another_digest_of_its_own_measure_and_of_no_other(few, changed, table, measure):
    before, after = (digests(site_of(reading, ADDRESS, CONTACT)) for reading in (few, changed(table, measure, 7)))
    assert {name for name in before if before[name] != after[name]} == RATE.get(measure, {measure})


def test_what_is_said_of_a_measure_is_in_its_digest_and_in_that_of_no_other(few):
    before, after = (digests(site_of(reading, ADDRESS, CONTACT)) for reading in (few, defined(few, **{"trust-met": {"title": "Trust"}})))
    assert {name for name in before if before[name] != after[name]} == {"trust-met"}


def test_what_all_pages_say_is_in_every_digest(few):
    before = digests(site_of(few, ADDRESS, CONTACT))
    for made in (site_of(few, "https://example.com", CONTACT), site_of(few, ADDRESS, "Others"), site_of(worded(few), ADDRESS, CONTACT)):
        assert not set(digests(made).values()) & set(before.values())


SAID = {
    "as it was": lambda few: few,
    "another title": lambda few: defined(few, **{"trust-met": {"title": "Trust"}}),
    "another title of what a rate is of": lambda few: defined(few, **{"domestic-abuse": {"title": "Abuse at home"}}),
    "another question": lambda few: defined(few, **{"da-outcomes": {"question": "How many?"}}),
    "one beside another": lambda few: defined(few, **{"trust-met": {"related": ("domestic-abuse",)}}),
    "another sentence": worded,
}
STATES = st.one_of(st.sampled_from(sorted(SAID)), st.tuples(st.sampled_from(sorted(TABLES)), st.sampled_from(FEW), st.integers(0, 5000)))


@given(st.lists(STATES, min_size=1, max_size=2))
@settings(deadline=None, derandomize=True, max_examples=8)
def test_whatever_changes_the_edition_is_that_made_from_nothing(few, changed, tmp_path_factory, states):
    memory = Memory(tmp_path_factory.mktemp("memory"))
    for state in ("as it was", *states):
        reading = SAID[state](few) if isinstance(state, str) else changed(*state)
        assert again(reading, memory) == dict(site(reading, address=ADDRESS, contact=CONTACT)), state


def test_only_what_has_changed_is_made_again(few, tmp_path, made):
    made.clear()
    memory = Memory(tmp_path / "memory")
    for reading in (few, few, defined(few, **{"trust-met": {"title": "Trust"}})):
        again(reading, memory)
    assert made == [*FEW, "trust-met"]


@pytest.fixture(scope="module")
def one(few):
    return subject(site_of(few, ADDRESS, CONTACT), "trust-met")


def test_what_is_kept_is_recalled_byte_for_byte_and_only_under_its_digest(one, tmp_path):
    memory = Memory(tmp_path / "memory")
    assert not memory.has("a" * 64)
    memory.keep("a" * 64, one)
    assert memory.has("a" * 64) and memory.recall("a" * 64) == one
    assert memory.recall("b" * 64) is None


@given(st.data())
@settings(deadline=None, derandomize=True, max_examples=60)
def test_what_is_damaged_is_as_good_as_not_there(one, tmp_path_factory, data):
    memory = Memory(tmp_path_factory.mktemp("memory"))
    memory.keep("a" * 64, one)
    (file,) = memory.folder.iterdir()
    held = bytearray(file.read_bytes())
    at = data.draw(st.integers(0, len(held) - 1))
    held[at] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(held if data.draw(st.booleans()) else held[:at])
    assert memory.recall("a" * 64) is None


def test_a_damaged_memory_is_made_anew_and_the_edition_is_the_same(few, tmp_path):
    memory = Memory(tmp_path / "memory")
    first = again(few, memory)
    for file in memory.folder.iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    assert again(few, memory) == first
    assert all(memory.recall(file.stem) for file in memory.folder.iterdir())


def test_what_belongs_to_no_page_any_more_is_forgotten(one, tmp_path):
    memory = Memory(tmp_path / "memory")
    for digest in ("a" * 64, "b" * 64):
        memory.keep(digest, one)
    (memory.folder / "unfinished-1").write_bytes(b"half")
    memory.keep_only(["b" * 64])
    assert [file.name for file in memory.folder.iterdir()] == ["b" * 64 + ".subject"]


def test_a_subject_cannot_see_another_measure(few):
    across = Across(few, "trust-met")
    for ask in (lambda: across.found(LONDON)["domestic-abuse"], lambda: across.known.measures["domestic-abuse"]):
        with pytest.raises(KeyError):
            ask()
    assert set(across.figures(BOROUGH)) == {"trust-met"} and across.series("domestic-abuse", BOROUGH).empty
