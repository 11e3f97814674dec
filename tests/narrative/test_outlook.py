"""Sentences on paths, capability, a borough among all, and restatements; every outcome has one."""

from dataclasses import replace
from pathlib import Path

import pytest

from metrics.definitions import definitions, yaml_file
from metrics.domain import Target
from metrics.narrative import outlook
from metrics.statistics.levels import LABELS

DATA = Path(__file__).parents[2] / "data"
TEXT = yaml_file.load(DATA / "wording.yaml")
TRUST = replace(
    definitions(DATA, "new-met-2023").measures["trust-met"],
    target=Target(value=65, by="2028-03", baseline_period="2023-06", baseline_value=55, source="made up for this test"),
)


@pytest.mark.parametrize("label", LABELS)
def test_every_place_on_a_path_has_a_sentence(label):
    sentence = outlook.on_path(TEXT, label, TRUST, moved_by=5)
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "significant" not in sentence


def test_an_off_track_sentence_says_what_the_plan_needed():
    sentence = outlook.on_path(TEXT, "off track: no clear change", TRUST, moved_by=5)
    assert sentence == "No clear change since the plan began; by now the plan needed a rise of about 5 points."


def test_a_path_in_line_names_the_target_and_its_date():
    assert outlook.on_path(TEXT, "improving, on track", TRUST) == "Improving, and in line with the path to 65% by March 2028."


@pytest.mark.parametrize(("outside", "words"), [("high", "higher than most"), ("low", "lower than most"), ("none", "within the range")])
def test_a_borough_among_all_is_placed_in_words_and_never_ranked(outside, words):
    assert words in outlook.among_areas(TEXT, "Sutton", outside, can_single_out=True)


def test_where_boroughs_differ_too_much_none_is_singled_out():
    sentence = outlook.among_areas(TEXT, "Sutton", "high", can_single_out=False)
    assert "Sutton" not in sentence
    assert "cannot single one out" in sentence


def test_a_restatement_is_a_correction_and_says_both_figures():
    crime = definitions(DATA, "new-met-2023").measures["neighbourhood-crime"]
    assert outlook.restated(TEXT, crime, "2023-06", 312, 327) == (
        "June 2023 was first published as 312. The source now gives 327. This is a correction, not a rise."
    )
    assert outlook.restated(TEXT, crime, "2023-06", 327, 312).endswith("not a fall.")
