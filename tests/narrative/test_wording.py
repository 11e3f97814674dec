"""The vocabulary: every text plain and used, one word for each verdict, and refused with its file where it was spoilt."""

import re
import shutil
from dataclasses import replace
from datetime import date
from string import Formatter

import pytest

from metrics.definitions import definitions
from metrics.domain import Measure, Refused, Target
from metrics.narrative import Wording
from metrics.statistics.trajectory import LABELS
from metrics.statistics.verdict import VERDICTS
from metrics.store import Store
from tests.conftest import ROOT

WORDING = Wording(ROOT / "data" / "wording.yaml")
COUNT = Measure("m", "M", "?", "crime", "proposed", "count", "lower", "count", ("area",), "d", "o")


def leaves(texts: dict, path: str = "") -> dict[str, str]:
    sentences = {}
    for key, text in texts.items():
        sentences |= leaves(text, f"{path}{key}.") if isinstance(text, dict) else {f"{path}{key}": text}
    return sentences


def test_there_is_a_word_for_every_verdict_and_no_other():
    assert tuple(WORDING.text["verdicts"]) == VERDICTS


def test_every_key_of_the_vocabulary_is_named_in_the_source():
    source = "\n".join(path.read_text(encoding="utf-8") for folder in ("metrics", "pages") for path in (ROOT / folder).rglob("*.py"))
    keys = {key for name, text in WORDING.text.items() for key in [name, *(text if isinstance(text, dict) and name == "page" else ())]}
    assert {key for key in keys if not re.search(rf"""["']{re.escape(key)}["']""", source)} == set()


def test_every_text_is_plain():
    texts = {path: text for path, text in leaves(WORDING.text).items() if isinstance(text, str)}
    assert len(texts) > 500
    for path, text in texts.items():
        assert not re.search(r"significan|because|due to|  ", text.strip(), re.IGNORECASE), path
        assert all(name and name.isidentifier() for _, name, _, _ in Formatter().parse(text) if name is not None), path


@pytest.fixture
def folder(tmp_path):
    """A folder with the force and its places beside a vocabulary to be written."""
    for name in ("force.yaml", "places.csv"):
        shutil.copy(ROOT / "data" / name, tmp_path)
    return tmp_path


def test_why_there_is_no_figure_is_said_by_the_measure_its_levels_or_the_day():
    assert WORDING.missing(COUNT, "force") == "Published for boroughs only."


def test_a_sentence_that_was_spoilt_is_refused_with_its_file(folder, served, shipped_definitions):
    path = folder / "wording.yaml"
    text = (ROOT / "data" / "wording.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("{now}", "{nwo}"), encoding="utf-8")
    every = Store(served.parent / "db").ask("answers", as_at=date(2026, 8, 31))
    rows = every[(every["measure"] == "shoplifting") & (every["place"] == "bromley")]
    with pytest.raises(Refused, match=r"^wording\.yaml: the words for shoplifting in bromley cannot be filled in: 'nwo'"):
        Wording(path).answer(shipped_definitions, rows.to_dict("records")[0])


def test_a_sentence_takes_the_words_of_the_force_and_refuses_others(folder):
    path = folder / "wording.yaml"
    path.write_text('a: {b: "[Areas]: {many} of [number of areas] [areas] of [total], not one [area]. [site]; [force], [force name]."}\n')
    wanted = "Boroughs: {many} of 32 boroughs of London, not one borough. "
    wanted += "A New Met for London, followed; the Met, Metropolitan Police Service."
    assert Wording(path).text["a"]["b"] == wanted
    path.write_text('a: {b: "x",\n  c: ["[aera]"]}\n')
    with pytest.raises(Refused, match=r"^wording\.yaml, line 2: \[aera\] is no word of the force: did you mean area"):
        Wording(path)


TRUST = replace(
    definitions(ROOT / "data", "new-met-2023").measures["trust-met"],
    target=Target(value=65, by="2028-03", baseline_period="2023-06", baseline_value=55, source="made up for this test"),
)


@pytest.mark.parametrize("label", LABELS)
def test_every_place_on_a_path_has_a_sentence(label):
    sentence = WORDING.on_path(label, TRUST, moved_by=5)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "significant" not in sentence


def test_an_off_track_sentence_says_what_the_plan_needed():
    sentence = WORDING.on_path("off track: no clear change", TRUST, moved_by=5)
    assert sentence == "No clear change since the plan began; by now the plan needed a rise of about 5 points."


def test_a_path_in_line_names_the_target_and_its_date():
    assert WORDING.on_path("improving, on track", TRUST) == "Improving, and in line with the path to 65% by March 2028."


def test_a_restatement_is_a_correction_and_says_both_figures():
    assert WORDING.restated(COUNT, "2023-06", 312, 327) == (
        "June 2023 was first published as 312. The source now gives 327. This is a correction, not a rise."
    )
    assert WORDING.restated(COUNT, "2023-06", 327, 312).endswith("not a fall.")


def test_a_changed_definition_is_no_correction_and_both_are_told_apart():
    assert WORDING.restated(COUNT, "2023-07", 1, 0, -1) == (
        "July 2023 was first published as 1. The source now gives 0. This is a changed definition, neither a correction nor a fall."
    )
    assert WORDING.restated(COUNT, "2023-07", 312, 327, -2).endswith(
        "Of the difference, +17 is corrections and \N{MINUS SIGN}2 changed definitions; neither is a rise."
    )
