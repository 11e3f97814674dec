"""The list of neighbours as its publisher writes it: those that lie in the force, in their order; a spoilt one is refused with its line."""

import pytest

from metrics.domain import Refused
from metrics.ingest import places

HEAD = "type,lad,borough,rank_of_20,neighbour_lad,neighbour\n"
MODELS = ("global", "demographic", "economic")


def listed(known, *, leave_out: str = "") -> str:
    """Two neighbours for every area in every model: a place of another force first, then Sutton; Sutton itself has two of other forces."""
    codes = [place.code for place in known.areas if place.code != leave_out]
    lines = []
    for model in MODELS:
        for code in codes:
            second = "E07000002" if code == "E09000029" else "E09000029"
            lines += [f"{model},{code},,2,{second},", f"{model},{code},,1,E07000001,"]
    return HEAD + "\n".join(lines) + "\n"


def taken(folder, text, known):
    file = folder / "n.csv"
    file.write_text(text)
    return places.by_model(file, known.places)


def test_what_lies_in_the_force_is_taken_by_model(tmp_path, shipped_definitions):
    many, models = taken(tmp_path, listed(shipped_definitions), shipped_definitions)
    assert many == 2 and tuple(models) == MODELS
    assert models["economic"].areas["merton"] == ("sutton",) and models["economic"].areas["sutton"] == ()


def test_the_order_is_that_of_the_numbers_and_not_of_the_lines(tmp_path, shipped_definitions):
    text = listed(shipped_definitions).replace("global,E09000024,,1,E07000001", "global,E09000024,,1,E09000021")
    _, models = taken(tmp_path, text, shipped_definitions)
    assert models["global"].areas["merton"] == ("kingston-upon-thames", "sutton")


def test_a_list_that_cannot_be_is_refused(tmp_path, shipped_definitions):
    whole = listed(shipped_definitions)
    spoilt = {
        "line 2: 'social' is no model that is known": whole.replace("global", "social", 1),
        "line 3: global, E09000002: E09000029 or its number, 1, stands twice": whole.replace("1,E07000001", "1,E09000029", 1),
        "global, E09000002: the neighbours are not numbered from 1 to 2": whole.replace("1,E07000001", "3,E07000001", 1),
        "global: merton (E09000024) is not in the file": listed(shipped_definitions, leave_out="E09000024"),
        "header not known for neighbours": whole.replace("neighbour_lad", "nearest"),
    }
    for reason, text in spoilt.items():
        with pytest.raises(Refused) as refusal:
            taken(tmp_path, text, shipped_definitions)
        assert reason in str(refusal.value)


def test_the_shipped_list_is_that_of_the_official_file(official, shipped_definitions):
    many, models = places.by_model(official / "geography/ons_nearest_neighbours_2026-03.csv", shipped_definitions.places)
    shipped = shipped_definitions.neighbours
    assert (many, models) == (shipped.listed, shipped.models)
