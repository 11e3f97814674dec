"""The database answers what was known when, to many at once, and is never broken by a build that is."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.build import database
from metrics.domain import Refused
from metrics.store import SQL, Store, in_use
from tests.conftest import ROOT, Project
from tests.ingest.samples import SLUGS, keep
from tests.tries import spread, tries

DAYS = [date(2024, 4, 18), date(2024, 5, 16), date(2024, 6, 20)]
PARTS = ("residential-burglary", "personal-robbery", "theft-from-person", "vehicle-offences")
KILLED, DIED_WRITING = -9, -25
WRITING, JUDGING = tries(100), tries(100)
"""How many moments of a build it is killed at: while it writes, and all through one that works out findings too."""


def figures(step: int, months: int = 6) -> list[tuple]:
    """A release of every borough: the counts grow by `step`, so that releases can be told apart."""
    return [
        (part, place, f"2024-{month:02d}", 100 * i + 10 * month + p + step, None)
        for i, part in enumerate(PARTS)
        for p, place in enumerate(["london", *SLUGS])
        for month in range(1, months + 1)
    ]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A project with three releases and a build; nobody changes it."""
    project = Project(tmp_path_factory.mktemp("shared"))
    for step, day in enumerate(DAYS):
        keep(project.data, "recorded-crime", day, figures(step))
    database.build(project.data, project.database, project.definitions, judge=False)
    return project


@pytest.fixture
def copied(shared, project):
    """The same project, to change."""
    shutil.copytree(shared.data / "releases", project.data / "releases")
    shutil.copytree(shared.database, project.database)
    return project


def value(store: Store, **parameters) -> list[float]:
    return store.ask("series", measure="personal-robbery", place="london", **parameters)["value"].tolist()


# What is known, and when.


def test_latest_as_at_first_published_and_every_revision_can_be_asked(shared):
    store = Store(shared.database)
    first = [value for name, place, _, value, _ in figures(0) if (name, place) == ("personal-robbery", "london")]
    assert value(store) == [number + 2 for number in first]
    assert value(store, as_at=DAYS[1]) == [number + 1 for number in first]
    assert value(store, as_at=DAYS[0] - timedelta(days=1)) == []
    assert value(store, as_at=DAYS[0]) == first
    assert [value(store, as_at=day)[2] for day in DAYS] == [first[2], first[2] + 1, first[2] + 2]
    assert [day.date() for day in store.ask("publications")["published"]] == DAYS


def test_a_day_counts_as_known_from_that_day_on(shared):
    store = Store(shared.database)
    for day, step in ((DAYS[1] - timedelta(days=1), 0), (DAYS[1], 1), (DAYS[2] - timedelta(days=1), 1), (DAYS[2], 2)):
        assert value(store, as_at=day)[0] == 110 + step


def test_releases_kept_as_parquet_beside_text_give_the_same_answers(shared, project):
    for step, day in enumerate(DAYS):
        keep(project.data, "recorded-crime", day, figures(step), packed=step != 1)
    database.build(project.data, project.database, project.definitions, judge=False)
    for day in DAYS:
        assert value(Store(project.database), as_at=day) == value(Store(shared.database), as_at=day)


@pytest.mark.parametrize(("row", "says"), [
    (("personal-robbery", "narnia", "2024-01", 1, None), "personal-robbery, narnia, 2024-01: a name is not known or 1 is no figure"),
    (("personal-robbery", "london", "2024-01", -1, None), "personal-robbery, london, 2024-01: a name is not known or -1 is no figure"),
    (("personal-robbery", "brent", "2024-01", 310, None), "personal-robbery, brent, 2024-01 stands twice"),
])  # fmt: skip
def test_a_release_kept_as_parquet_is_read_as_strictly(project, row, says):
    path = keep(project.data, "recorded-crime", DAYS[0], [*figures(0), row], packed=True)
    with pytest.raises(Refused, match=re.escape(f"{path.name}: {says}")):
        database.build(project.data, project.database, project.definitions, judge=False)


CELLS = st.tuples(st.sampled_from(PARTS), st.sampled_from(["london", "brent"]), st.sampled_from(["2024-01", "2024-02"]))
RELEASES = st.lists(
    st.tuples(st.integers(0, 40), st.booleans(), st.dictionaries(CELLS, st.integers(0, 99), min_size=1)),
    min_size=1, max_size=5, unique_by=lambda release: release[0],
)  # fmt: skip


def naively(given_releases, as_at: date, parts: tuple[str, ...], place: str) -> dict[str, float]:
    """What is known on a day, worked out one release after the other: official figures last, each group by day."""
    known: dict[str, float] = {}
    for offset, _, cells in sorted(given_releases, key=lambda release: (not release[1], release[0])):
        if DAYS[0] + timedelta(days=offset) > as_at:
            continue
        table = pd.DataFrame([(*cell, number) for cell, number in cells.items()], columns=["part", "place", "period", "value"])
        mine = table[table["part"].isin(parts) & table["place"].eq(place)].groupby("period")["value"].agg(["sum", "count"])
        known |= mine.loc[mine["count"].eq(len(parts)), "sum"].to_dict()
    return known


@settings(deadline=None, derandomize=True, max_examples=12)
@given(RELEASES, st.integers(-1, 41))
def test_answers_as_at_a_day_equal_a_naive_reading_of_the_releases(tmp_path_factory, shipped_definitions, some, offset):
    root = tmp_path_factory.mktemp("property")
    (root / "data").mkdir()
    for after, second_hand, cells in some:
        records = [(*cell, number, None) for cell, number in cells.items()]
        keep(root / "data", "recorded-crime", DAYS[0] + timedelta(days=after), records, second_hand=second_hand)
    database.build(root / "data", root / "db", shipped_definitions, judge=False)
    store, as_at = Store(root / "db"), DAYS[0] + timedelta(days=offset)
    for measure, parts in (("personal-robbery", ("personal-robbery",)), ("neighbourhood-crime", PARTS)):
        for place in ("london", "brent"):
            answer = store.ask("series", measure=measure, place=place, as_at=as_at)
            assert dict(zip(answer["period"], answer["value"], strict=True)) == naively(some, as_at, parts, place)


# Many at once.


def test_eight_threads_that_ask_fifty_questions_each_get_their_own_answers(shared):
    store = Store(shared.database)
    questions = [(part, place) for part in PARTS for place in ["london", *SLUGS]]
    asked = [questions[(7 * i) % len(questions)] for i in range(8 * 50)]
    right = {(part, place): store.ask("series", measure=part, place=place) for part, place in set(asked)}

    def ask(question):
        part, place = question
        return Store(shared.database).ask("series", measure=part, place=place)

    with ThreadPoolExecutor(8) as pool:
        for question, answer in zip(asked, pool.map(ask, asked), strict=True):
            assert answer.equals(right[question])


def test_a_table_read_whole_is_asked_once_for_a_build_and_again_for_the_next(copied, shipped_definitions):
    first, again = Store(copied.database), Store(copied.database)
    assert first.whole("releases") is again.whole("releases")
    assert first.whole("releases", as_at=DAYS[0]) is not first.whole("releases")
    keep(copied.data, "recorded-crime", date(2024, 7, 18), figures(9))
    database.build(copied.data, copied.database, shipped_definitions, judge=False)
    assert (len(Store(copied.database).whole("releases")), len(first.whole("releases"))) == (4, 3)


def test_a_reader_goes_on_with_its_build_while_a_new_one_takes_over(copied, shipped_definitions):
    before = Store(copied.database)
    was = value(before)
    keep(copied.data, "recorded-crime", date(2024, 7, 18), figures(9))
    database.build(copied.data, copied.database, shipped_definitions, judge=False)
    after = Store(copied.database)
    assert value(before) == was
    assert value(after) == [number + 7 for number in was]
    assert before.build != after.build


def test_the_last_three_builds_are_kept_and_no_path_is_used_twice(copied, shipped_definitions):
    made = [database.build(copied.data, copied.database, shipped_definitions, again=True, judge=False).name for _ in range(4)]
    names = ["000001" + made[0][6:], *made]
    assert len(set(names)) == 5
    assert sorted(path.name for path in copied.database.glob("*.duckdb")) == names[-3:]
    kept = [f"{name}{ending}" for name in names[-3:] for ending in ("", ".sha256")]
    assert sorted(path.name for path in copied.database.iterdir()) == [*kept, "CURRENT"]


def test_going_back_names_an_earlier_build_and_the_next_build_still_gets_a_new_path(copied, shipped_definitions):
    first = in_use(copied.database)[0]
    was = value(Store(copied.database))
    keep(copied.data, "recorded-crime", date(2024, 7, 18), figures(9))
    second = database.build(copied.data, copied.database, shipped_definitions, judge=False).name
    (copied.database / "CURRENT").write_text(first + "\n", encoding="utf-8")
    assert value(Store(copied.database)) == was
    third = database.build(copied.data, copied.database, shipped_definitions, judge=False).name
    assert len({first, second, third}) == 3


# What is broken.


def test_without_a_build_the_user_is_told_how_to_make_one(refused):
    refused("show", "rape", "london", says="there is no database in")


@pytest.mark.parametrize("text", ["000009-0123456789ab.duckdb\n", "", "\n", "../config.yaml/x", "\x00", "CURRENT is lost", "0000"])
def test_where_the_pointer_leads_nowhere_the_newest_build_answers_and_says_so(copied, text):
    newest = in_use(copied.database)[0]
    (copied.database / "CURRENT").write_text(text, encoding="utf-8")
    store = Store(copied.database)
    assert (store.build, store.instead_of, value(store)[0]) == (newest, "CURRENT", 112)


def test_the_next_build_mends_a_pointer_that_leads_nowhere(copied, shipped_definitions):
    (copied.database / "CURRENT").write_text("", encoding="utf-8")
    built = database.build(copied.data, copied.database, shipped_definitions, judge=False)
    assert (built.name[:6], built.already_current, Store(copied.database).instead_of) == ("000002", False, None)


def test_a_pointer_of_stray_bytes_leads_nowhere_too(copied):
    (copied.database / "CURRENT").write_bytes(b"\xff\xfe\x00")
    assert Store(copied.database).instead_of == "CURRENT"


def test_a_pointer_without_any_build_is_refused_in_one_line(copied, refused):
    for path in copied.database.glob("*.duckdb*"):
        path.unlink()
    refused("show", "personal-robbery", "london", says="it names no build that is there")


def test_what_a_build_writes_can_be_read_whatever_the_umask(copied, shipped_definitions):
    before = os.umask(0o077)
    try:
        database.build(copied.data, copied.root / "another", shipped_definitions, judge=False)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o044 for path in (copied.root / "another").iterdir()} == {0o044}
    assert (copied.root / "another").stat().st_mode & 0o055 == 0o055


def test_builds_that_begin_together_each_get_a_path_of_their_own(copied, shipped_definitions):
    def build(_):
        return database.build(copied.data, copied.database, shipped_definitions, again=True, judge=False).name

    with ThreadPoolExecutor(3) as together:
        names = list(together.map(build, range(3)))
    assert sorted(name[:6] for name in names) == ["000002", "000003", "000004"]
    assert in_use(copied.database)[0] == max(names)
    assert not list(copied.database.glob("unfinished-*"))


@pytest.mark.parametrize("broken", ["empty", "text", "cut at a tenth", "cut in half"])
def test_a_file_that_is_no_database_is_told_in_one_line_and_a_new_build_replaces_it(copied, refused, broken):
    path = copied.database / in_use(copied.database)[0]
    raw = path.read_bytes()
    path.chmod(0o644)
    left = {"empty": b"", "text": b"measure,place\n" * 999, "cut at a tenth": raw[: len(raw) // 10], "cut in half": raw[: len(raw) // 2]}
    path.write_bytes(left[broken])
    refused("show", "personal-robbery", "london", says=f"{path.name}: not a database that can be read")
    assert copied.run("build", "--again")[0] == 0
    assert value(Store(copied.database))[0] == 112


def test_a_changed_bit_anywhere_gives_the_right_answer_or_a_refusal_in_one_line(shared, tmp_path, capsys):
    name = in_use(shared.database)[0]
    raw = (shared.database / name).read_bytes()
    right, refusals = value(Store(shared.database)), 0
    for step in range(24):
        folder = tmp_path / str(step)
        folder.mkdir()
        damaged = bytearray(raw)
        damaged[step * len(raw) // 24 + 40] ^= 4
        (folder / name).write_bytes(damaged)
        (folder / "CURRENT").write_text(name, encoding="utf-8")
        try:
            answer = value(Store(folder))
        except Refused as refusal:
            refusals += 1
            complaint = str(refusal)
        else:
            complaint = ""
            assert answer == right
        assert complaint == "" or (complaint.startswith(f"{name}: not a database that can be read") and len(complaint.splitlines()) == 1)
    assert refusals > 3


# What stops in the middle.

STOPPED = """
import os, resource, signal, sys
from pathlib import Path
import metrics
from metrics import definitions, durable_file
from metrics.build.database import build as build_database
from metrics.store import writer

root, attempts = Path(sys.argv[1]), sys.argv[2:]
known = definitions.definitions(root / "data", "new-met-2023")
OURS = {"judging": str(Path(metrics.__file__).parent)}


def build(database, kind, kill_at):
    lines, ours = 0, OURS.get(kind, (writer.__file__, durable_file.__file__))

    def trace(frame, event, _):
        nonlocal lines
        if not frame.f_code.co_filename.startswith(ours):
            return None
        lines += 1
        if lines == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)
    build_database(root / "data", database, known, again=True, judge=kind == "judging")
    sys.settrace(None)
    return lines


# What a process loads and prepares at its first build is there for every one that is stopped.
build_database(root / "data", root / "first", known, judge=attempts[0].startswith("judging"))
for attempt in attempts:
    kind, _, number = attempt.partition("-")
    child = os.fork()
    if not child:
        if kind == "full":
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (int(number), int(number)))
        lines = build(root / attempt, kind, 0 if kind == "full" else int(number))
        (root / attempt / "lines").write_text(str(lines))
        os._exit(0)
    print(attempt, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def stopped(project, attempts: list[str]) -> dict[str, int]:
    """How a build in each copy of the database ended: by a signal, as a negative number."""
    for attempt in attempts:
        shutil.copytree(project.root / "before", project.root / attempt)
    command = [sys.executable, "-c", STOPPED, project.root, *attempts]
    # Sets in the same order each time, so that as many lines run in every build.
    given = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True)
    return {name: int(code) for name, code in (line.split() for line in done.stdout.splitlines())}


@pytest.fixture
def about_to_build(copied):
    """A project with a build, kept in `before`, and one more release that changes every answer."""
    copied.database.rename(copied.root / "before")
    keep(copied.data, "recorded-crime", date(2024, 7, 18), figures(9))
    return copied


def whole_or_old(project, attempt: str, old: list[float]) -> bool:
    """Whether the new build is current; whichever is current must be whole."""
    answer = value(Store(project.root / attempt))
    assert answer in (old, [number + 7 for number in old])
    assert not in_use(project.root / attempt)[0].startswith("unfinished")
    return answer != old


def moments_of(project, kind: str, count: int) -> list[str]:
    """Attempts that are killed at moments spread from the first line of a build to the last."""
    assert stopped(project, [f"{kind}-0"]) == {f"{kind}-0": 0}
    path = project.root / f"{kind}-0" / "lines"
    lines = int(path.read_text())
    path.unlink()
    return [f"{kind}-{line}" for line in spread(lines - 1, count)]


def mended(project, attempt: str, known) -> bool:
    """Whether the next build, after one that was killed, is current and leaves nothing else behind."""
    database.build(project.data, project.root / attempt, known, again=True, judge=False)
    left = {path.suffix for path in (project.root / attempt).iterdir()}
    return left == {".duckdb", ".sha256", ""} and not list((project.root / attempt).glob("unfinished-*"))


@pytest.mark.parametrize(("kind", "count"), [("writing", WRITING), ("judging", JUDGING)], ids=["writing", "judging"])
def test_a_build_killed_at_any_moment_leaves_a_whole_database_current(about_to_build, shipped_definitions, kind, count):
    project, before = about_to_build, in_use(about_to_build.root / "before")[0]
    old = value(Store(project.root / "before"))
    attempts = moments_of(project, kind, count)
    assert len(set(attempts)) == count and whole_or_old(project, f"{kind}-0", old)
    assert stopped(project, attempts) == dict.fromkeys(attempts, KILLED)
    assert all((project.root / attempt / before).is_file() for attempt in attempts)
    new = [whole_or_old(project, attempt, old) for attempt in attempts]
    assert new == sorted(new)
    assert not new[0]
    left_behind = [attempt for attempt in attempts if list((project.root / attempt).glob("unfinished-*"))]
    assert left_behind
    for attempt in {left_behind[0], left_behind[-1], *attempts[::8], attempts[-1]}:
        assert mended(project, attempt, shipped_definitions), attempt
        assert whole_or_old(project, attempt, old)


def test_a_build_that_dies_while_writing_leaves_the_database_before_current(about_to_build):
    project = about_to_build
    old = value(Store(project.root / "before"))
    size = next((project.root / "before").glob("*.duckdb")).stat().st_size
    attempts = [f"full-{size * part // 8}" for part in range(1, 7)]
    assert stopped(project, attempts) == dict.fromkeys(attempts, DIED_WRITING)
    assert [whole_or_old(project, attempt, old) for attempt in attempts] == [False] * 6


@pytest.mark.parametrize("eighths", [0, 1, 3, 6])
def test_a_full_disk_is_told_in_one_line_and_the_database_before_stays(about_to_build, eighths):
    project = about_to_build
    shutil.copytree(project.root / "before", project.database)
    limit = eighths * next(project.database.glob("*.duckdb")).stat().st_size // 8
    before = project.digest()
    done = subprocess.run(
        [sys.executable, "-m", "metrics", "--config", project.config, "build"],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "stays in use" in done.stderr
    assert project.digest() == before
    assert value(Store(project.database))[0] == 112


# What a question may do.


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM '/etc/passwd'",
        "COPY observation TO '/tmp/out.csv'",
        "COPY observation FROM '/etc/passwd'",
        "ATTACH '/tmp/other.duckdb'",
        "EXPORT DATABASE '/tmp/out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '8GB'",
        "PRAGMA threads = 8",
        "CREATE TABLE mine (a INTEGER)",
        "DELETE FROM observation",
        "UPDATE observation SET value = 0",
        "DROP TABLE observation",
    ],
)
def test_the_connection_reads_its_own_figures_and_does_nothing_else(shared, statement):
    store = Store(shared.database)
    right = value(store)
    with store._connection.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement).fetchall()
    assert value(store) == right


def test_a_name_that_would_be_a_statement_is_only_a_name(shared):
    for text in ("'; DROP TABLE observation; --", "london' OR '1'='1", '"'):
        assert Store(shared.database).ask("series", measure="personal-robbery", place=text).empty


def test_a_build_is_read_only_on_disk(shared):
    assert (shared.database / in_use(shared.database)[0]).stat().st_mode & 0o222 == 0


@pytest.mark.parametrize("path", sorted(SQL.glob("*.sql")), ids=lambda path: path.stem)
def test_every_question_says_in_its_first_line_what_it_asks(path: Path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("-- ")
    assert "?" in first


SEEN = ["new", "restated", "redefined", "unchanged"]


def counts(project) -> list[tuple]:
    """What each release of a project is counted to have changed, in order of publication."""
    database.build(project.data, project.database, project.definitions, judge=False)
    return list(Store(project.database).ask("releases")[SEEN].itertuples(index=False, name=None))


def test_what_a_release_restated_is_counted_in_order_of_publication(project):
    """The counts of an import, which knew other releases, say nothing of it."""
    rows = [("homicide", place, month, 1, None) for place in ("london", "brent") for month in ("2024-01", "2024-02")]
    moved = [*rows[:2], *(("homicide", "brent", month, 3, None) for month in ("2024-02", "2024-03"))]
    for day, those in reversed(list(zip(DAYS, (rows, moved, [*rows, moved[-1]]), strict=True))):
        keep(project.data, "recorded-crime", day, those)
    assert counts(project) == [(4, 0, 0, 0), (1, 1, 0, 2), (0, 1, 0, 4)]
    last = Store(project.database).ask("releases").iloc[-1]
    assert (last["largest_series"], last["largest_place"], last["largest_period"], last["was"], last["now"]) == (
        "homicide", "brent", "2024-02", 3, 1,
    )  # fmt: skip
    assert Store(project.database).ask("releases", as_at=DAYS[0])[SEEN].iloc[0].to_list() == [4, 0, 0, 0]


def test_an_official_release_restates_what_the_official_one_before_gave(project):
    rows = [("homicide", "london", "2024-01", value, None) for value in (5, 7, 5)]
    for day, row, second_hand in zip(DAYS, rows, (False, True, False), strict=True):
        keep(project.data, "recorded-crime", day, [row], second_hand=second_hand)
    assert counts(project)[-1] == (0, 0, 0, 1)


BEFORE_AND_AFTER = [date(2023, 8, 31), date(2024, 2, 29), date(2024, 3, 1), date(2024, 4, 18)]
"""Two releases before the month from which `connect` in data/breaks.yaml counts earlier months in a new way, and two from then on."""


def restated_as(project, *values: float) -> tuple[float, float, float] | None:
    """What is told of a cell that four releases gave in turn: first, now, and by how much definitions moved it; none where nothing is."""
    for day, value in zip(BEFORE_AND_AFTER, values, strict=True):
        keep(project.data, "recorded-crime", day, [("homicide", "enfield", "2023-07", value, None)])
    assert len(counts(project)) == len(values)
    rows = Store(project.database).ask("restated", place="enfield")[["first", "now", "definitions"]]
    return next(rows.itertuples(index=False, name=None), None)


@pytest.mark.parametrize(("values", "moved"), [
    ((1, 1, 0, 0), (1, 0, -1)), ((1, 3, 3, 3), (1, 3, 0)), ((1, 1, 1, 4), (1, 4, 0)), ((1, 2, 5, 4), (1, 4, 3)), ((1, 1, 1, 1), None),
])  # fmt: skip
def test_what_moves_as_a_new_definition_comes_in_is_no_correction(project, values, moved):
    assert restated_as(project, *values) == moved
    assert [redefined for *_, redefined, _ in counts(project)] == [0, 0, int(values[1] != values[2]), 0]


def test_the_releases_tell_what_each_restated(shared):
    answer = Store(shared.database).ask("releases")
    assert [day.date() for day in answer["published"]] == DAYS
    assert json.loads(answer["report"][0])["rows_read"] == len(figures(0))
