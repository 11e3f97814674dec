"""What makes a build stale, and what does not: everything that a finding depends on, and nothing else."""

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from metrics import definitions
from metrics.build import input_digest
from metrics.build.definition_files import of_build, stamps, unbuilt
from metrics.build.input_digest import METRICS, NOT_READ, ROOMS, code, digest
from metrics.domain import Refused
from metrics.ingest import reading, releases
from metrics.store import Store, signals
from tests.conftest import ROOT
from tests.ingest.samples import keep
from tests.test_architecture import TREES, imported, module_of, part_of

DAY = date(2024, 4, 18)
ROWS = [("residential-burglary", "brent", "2024-01", 10, None)]


@pytest.fixture
def released(project):
    """A project with one release."""
    keep(project.data, "recorded-crime", DAY, ROWS)
    return project


def digest_of(project, plan: str = "new-met-2023", **chosen) -> str:
    return digest(project.data, releases.all_of(project.data), definitions.definitions(project.data, plan), **chosen)


def change(path: Path, was: str, becomes: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes, 1), encoding="utf-8")


def test_another_plan_is_another_build(released):
    released.run("build")
    released.config.write_text(released.config.read_text().replace("new-met-2023", "new-met-2025"))
    assert released.run("build")[1].startswith("built 000002-")
    known, _ = of_build(Store(released.database).ask)
    assert known.plan.id == "new-met-2025"


@pytest.mark.parametrize("field", [
    {"second_hand": True}, {"approximate": True}, {"note": "Fetched by hand."}, {"report": {"x": 1}}, {"retrieved": date(2024, 4, 20)},
])
def test_every_field_of_a_release_counts(released, field):
    known, every = released.definitions, releases.all_of(released.data)
    assert digest(released.data, [replace(every[0], **field)], known) != digest(released.data, every, known)


@pytest.mark.parametrize(
    ("file", "was", "becomes"),
    [
        ("measures/rape.yaml", "better: neither", "better: lower"),
        ("force.yaml", "plural: boroughs", "plural: districts"),
        ("wording.yaml", "Clear improvement", "A clear improvement"),
        ("breaks.yaml", "rule: caution", "rule: refuse"),
        ("places.csv", "|Metropolitan", "|The Met|Metropolitan"),
    ],
)
def test_another_meaning_is_another_build(released, file, was, becomes):
    before = digest_of(released)
    change(released.data / file, was, becomes)
    assert digest_of(released) != before


def test_a_comment_a_draft_and_a_file_of_nobody_make_no_difference(released):
    before = digest_of(released)
    for path in (released.data / "measures/rape.yaml", released.data / "wording.yaml", released.data / "claims.yaml"):
        path.write_text("# A comment.\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (released.data / ".meeting-12" / "brent").mkdir(parents=True)
    (released.data / ".meeting-12/brent/2024-05-01.yaml").write_text("half a dra", encoding="utf-8")
    (released.data / "notes.txt").write_text("For ourselves.", encoding="utf-8")
    assert digest_of(released) == before


def test_what_stands_behind_a_link_counts(released):
    outside = released.root / "elsewhere"
    shutil.move(released.data / "measures", outside)
    (released.data / "measures").symlink_to(outside)
    before = digest_of(released)
    change(outside / "rape.yaml", "better: neither", "better: lower")
    assert digest_of(released) != before


def test_what_is_asked_for_and_the_libraries_count(released, monkeypatch):
    before = digest_of(released, judge=True)
    assert digest_of(released, judge=False) != before
    for name in input_digest.LIBRARIES:
        monkeypatch.setattr(input_digest, "version", lambda asked, name=name: "9.9" if asked == name else "1.0")
        assert digest_of(released, judge=True) != before


def test_where_the_project_stands_makes_no_difference(released, tmp_path):
    moved = tmp_path / "zz another place"
    shutil.copytree(released.data, moved / "data")
    known = definitions.definitions(moved / "data", "new-met-2023")
    assert digest(moved / "data", releases.all_of(moved / "data"), known) == digest_of(released)
    for name in ("a", "z"):
        shutil.copytree(METRICS, tmp_path / name / "metrics", ignore=shutil.ignore_patterns("__pycache__"))
    assert code(tmp_path / "a/metrics") == code(tmp_path / "z/metrics") == code(METRICS)


@pytest.mark.parametrize(
    ("file", "added", "counts"),
    [
        ("statistics/comparisons.py", "\nADDED = 1\n", True),
        ("statistics/comparisons.py", "\n# A comment.\n", False),
        ("store/sql/signals.sql", "\n-- A comment.\n", False),
        ("store/sql/signals.sql", "\nLIMIT 1\n", True),
        ("web/streamlit/links.py", "\nADDED = 1\n", False),
        ("ingest/importers/template.py", "\nADDED = 1\n", False),
    ],
)
def test_code_counts_where_it_works_out_findings(tmp_path, file, added, counts):
    source = tmp_path / "metrics"
    shutil.copytree(METRICS, source, ignore=shutil.ignore_patterns("__pycache__"))
    (source / file).write_text((source / file).read_text(encoding="utf-8") + added, encoding="utf-8")
    assert (code(source) != code(METRICS)) == counts


def test_every_room_that_a_build_imports_counts():
    reached, waiting = set(), {module_of(path) for path in TREES if part_of(module_of(path)) == "build"}
    by_name = {module_of(path): tree for path, tree in TREES.items()}
    while waiting:
        reached |= waiting
        waiting = {name for module in waiting for name in imported(by_name[module]) if name in by_name} - reached
    # How bytes are forced to the disk changes none of them.
    assert {part_of(name) for name in reached} - {"metrics", "durable_file"} <= set(ROOMS)
    assert not [name for name in reached if name.startswith("metrics." + NOT_READ.replace("/", "."))]


def test_limits_do_not_depend_on_the_order_of_the_rows():
    noise = np.random.default_rng(5)
    charts = pd.concat([pd.DataFrame({
        "series": f"s{number:03d}", "ordinal": range(96), "segment": 0, "value": noise.lognormal(3, 1, 96),
        "in_baseline": True, "judged": True, "better": "lower", "run_rules": True,
    }) for number in range(200)], ignore_index=True)
    first = signals(charts)
    for seed in range(3):
        pd.testing.assert_frame_equal(signals(charts.sample(frac=1, random_state=seed)), first, check_exact=True)


def test_a_build_holds_the_definitions_that_it_was_made_with(released):
    released.run("build")
    known, wording = of_build(Store(released.database).ask)
    assert known == released.definitions
    change(released.data / "measures/rape.yaml", "better: neither", "better: nether")
    (released.data / "wording.yaml").write_text("spoilt: {", encoding="utf-8")
    again, same = of_build(Store(released.database).ask)
    assert (again, same.text) == (known, wording.text)
    assert ROOT not in same.path.parents


@pytest.mark.parametrize(
    ("was", "becomes", "reason"),
    [("\nsafety:", "\nsafer:", "the section 'safety' is missing"), ("{period}", "{period", "braces that cannot be filled")],
)
def test_a_build_whose_sentences_pages_cannot_fill_is_refused_in_one_line(released, was, becomes, reason):
    released.run("build")
    ask = Store(released.database).ask
    files = ask("definition_files")
    assert files["text"].str.contains(was, regex=False).any()

    def spoilt(question: str) -> pd.DataFrame:
        wording = files["text"].where(files["path"] != "wording.yaml", files["text"].str.replace(was, becomes, n=1, regex=False))
        return files.assign(text=wording) if question == "definition_files" else ask(question)

    with pytest.raises(Refused, match=re.escape(reason)) as refusal:
        of_build(spoilt)
    assert "run `python -m metrics build`" in str(refusal.value) and "\n" not in str(refusal.value)


def test_where_the_figures_of_a_release_stand_is_another_build(released):
    before = digest_of(released)
    (release,) = releases.all_of(released.data)
    part = reading.SourceCells("a.csv", "2024-01", "2024-01", 4, {("residential-burglary", "brent"): "2"})
    releases.keep_cells(released.data, release, [part])
    assert digest_of(released) != before


def test_a_build_is_of_every_file_however_a_release_is_written(served):
    there, ask = stamps(ROOT / "data"), Store(served.parent / "db").ask
    assert unbuilt(ROOT / "data", there, ask) == ()
    added = "releases/recorded-crime-ward/2030-01-31"
    assert unbuilt(ROOT / "data", (*there, (added, 0, 0)), ask) == (added,)
    assert unbuilt(ROOT / "data", tuple(stamp for stamp in there if "crime-ward/" not in stamp[0]), ask)
