"""The shipped neighbours: every area, in three models, with who publishes them; a spoilt file is refused with its line."""

import pytest

from metrics.definitions import geography_files, yaml_file
from metrics.domain import Refused
from metrics.domain.geography import Likeness, Neighbours


def test_every_area_has_its_neighbours_and_having_few_or_none_is_an_answer(shipped_definitions):
    known = shipped_definitions.neighbours
    areas = {place.id for place in shipped_definitions.areas}
    assert list(known.models) == ["global", "demographic", "economic"]
    assert all(set(model.areas) == areas for model in known.models.values())
    assert known.models["economic"].areas["barking-and-dagenham"] == ()
    assert known.first.areas["bexley"] == ("havering", "bromley")
    assert known.first.areas["kingston-upon-thames"][:2] == ("merton", "sutton")


def test_publisher_licence_and_when_it_was_published_are_there(shipped_definitions):
    known = shipped_definitions.neighbours
    assert "Office for National Statistics" in known.source and "Open Government Licence" in known.licence
    assert known.published == "March 2026" and known.listed == 20


def written(shipped, **changed) -> str:
    areas = {place.id: () for place in shipped.areas} | changed
    known = Neighbours("ONS", "OGL", "March 2026", 2, {"global": Likeness("overall", areas)})
    return yaml_file.text(geography_files.neighbour_fields(known))


def read(folder, shipped, text: str):
    (folder / geography_files.NEIGHBOURS).write_text(text)
    return geography_files.neighbours(folder, shipped.places)


def test_what_is_written_is_read_back(tmp_path, shipped_definitions):
    known = read(tmp_path, shipped_definitions, written(shipped_definitions, merton=("sutton",)))
    assert known.first.areas["merton"] == ("sutton",) and known.first.areas["sutton"] == ()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"merton": ("suton",)}, "no area called 'suton': did you mean sutton"),
        ({"merton": ("london",)}, "no area called 'london'"),
        ({"merton": ("merton",)}, "merton is its own neighbour"),
        ({"merton": ("sutton", "brent", "barnet")}, "3 neighbours, and the publisher lists 2"),
        ({"mertn": ()}, "no area called 'mertn': did you mean merton"),
    ],
)
def test_a_spoilt_file_is_refused(tmp_path, shipped_definitions, changed, reason):
    with pytest.raises(Refused, match=reason):
        read(tmp_path, shipped_definitions, written(shipped_definitions, **changed))


def test_an_area_that_is_left_out_is_named(tmp_path, shipped_definitions):
    with pytest.raises(Refused, match="merton is missing: an area without neighbours here has an empty list"):
        read(tmp_path, shipped_definitions, written(shipped_definitions).replace("      merton: []\n", ""))


def test_a_force_without_a_list_has_none(tmp_path, shipped_definitions):
    assert geography_files.neighbours(tmp_path, shipped_definitions.places) is None
