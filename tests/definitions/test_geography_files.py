"""What is shipped of where places lie: closed outlines, every live postcode, every neighbour; a spoilt file is refused with its line."""

import csv
import hashlib
import json
from pathlib import Path

import pytest

from metrics.definitions import geography_files, yaml_file
from metrics.domain import Refused
from metrics.domain.geography import Likeness, Neighbours, unpack_codes
from metrics.ingest import places as importing
from metrics.ingest.places import simplified

DATA = Path(__file__).parents[2] / "data"
SQUARES = {
    "type": "Topology",
    "arcs": [[[0, 51], [0, 52]], [[0, 52], [-1, 52], [-1, 51], [0, 51]], [[0, 51], [1, 51], [1, 52], [0.001, 52], [0, 52]]],
    "objects": {"areas": {"type": "GeometryCollection", "geometries": [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "E1"}},
        {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "properties": {"code": "E2"}},
    ]}},
}


def boundaries_with(folder: Path, **changes) -> Path:
    fields = geography_files.boundary_fields(geography_files.boundaries(DATA)) | changes
    (folder / geography_files.BOUNDARIES).write_text(yaml_file.text(fields), encoding="utf-8")
    return folder


def test_every_area_that_is_judged_has_an_outline(shipped_definitions):
    assert {place.id for place in shipped_definitions.areas} <= set(geography_files.boundaries(DATA).areas)


def test_the_shipped_outlines_are_small_and_survive_being_written(tmp_path):
    assert (DATA / geography_files.BOUNDARIES).stat().st_size < 8_000
    assert geography_files.boundaries(boundaries_with(tmp_path)) == geography_files.boundaries(DATA)


def test_without_outlines_there_is_no_map(tmp_path):
    assert geography_files.boundaries(tmp_path) is None


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"areas": {"brent": ["1 2"]}}, "do not close"),
        ({"areas": {"brent": ["9999"]}}, "there are borders 1 to"),
        ({"borders": ["1 2 x"]}, "whole numbers"),
        ({"borders": ["1 2 3"]}, "at least two places"),
        ({"colour": "red"}, "unknown field"),
    ],
)
def test_a_file_that_cannot_be_drawn_is_refused(tmp_path, changes, reason):
    with pytest.raises(Refused, match=reason):
        geography_files.boundaries(boundaries_with(tmp_path, **changes))


def test_neighbours_still_meet_after_simplifying(tmp_path):
    file = tmp_path / "squares.json"
    file.write_text(json.dumps(SQUARES), encoding="utf-8")
    outlines = simplified(file, {"E1": "west"}, source="Us", licence="OGL", width=1000, tolerance=3.0)
    assert set(outlines.areas) == {"west", "E2"} and outlines.width == 1000
    west, east = set(outlines.rings("west")[0]), set(outlines.rings("E2")[0])
    assert len(west & east) == 2
    assert all(outlines.rings(name)[0][0] == outlines.rings(name)[0][-1] for name in outlines.areas)


@pytest.mark.parametrize("text", ["no json", "[]", '{"type": "Topology", "objects": {}}'])
def test_what_is_no_topojson_is_refused(tmp_path, text):
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="TopoJSON"):
        simplified(tmp_path / "x.json", {}, source="Us", licence="OGL", width=1000, tolerance=3.0)


DIGEST = "52f1a2c2fefe18f4"
"""Of every postcode of the official file with its ward, in order: the first digits of the SHA-256 of the lines."""


def every(known) -> list[str]:
    return sorted(f"{outward} {inward} {ward}" for outward, wards in known.outward.items() for ward, text in wards.items()
                  for inward in unpack_codes(text))


def test_every_live_postcode_comes_back_with_its_ward_and_none_is_invented(shipped_definitions):
    listed = every(shipped_definitions.postcodes)
    assert len(listed) == len({line.rsplit(" ", 1)[0] for line in listed}) == 180_792
    assert hashlib.sha256("\n".join(listed).encode()).hexdigest()[:16] == DIGEST


def test_the_packed_list_is_small():
    assert (DATA / geography_files.POSTCODES).stat().st_size < 261_000


def test_the_attribution_that_the_licence_asks_for_is_there(shipped_definitions):
    licence = shipped_definitions.postcodes.licence
    assert all(name in licence for name in ("OS data", "Royal Mail data", "National Statistics data", "copyright and database right"))


def test_the_list_is_that_of_the_official_file(official, shipped_definitions):
    with (official / "geography/codepoint_open_london_2025-11.csv").open() as file:
        rows = [f"{row['postcode']} {row['ward']}" for row in csv.DictReader(file)]
    assert every(shipped_definitions.postcodes) == sorted(rows)


HEAD = "source: OS\nlicence: OGL\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("licence: OGL\n", "line 1: 'source: ' and its words were expected"),
        (HEAD + "KT1 E05013946 aab\n", "line 3: not an outward code, a ward and its inward codes: 'KT1 E05013946 aab'"),
        (HEAD + "KT1 E99 1a\n", "line 3: 'E99' is no ward of wards.csv"),
        (HEAD + "KT1 E05013946 1a\nKT1 E05013946 1b\n", "line 4: E05013946 already stands in KT1"),
    ],
)
def test_a_spoilt_list_is_refused_with_its_line(tmp_path, shipped_definitions, text, reason):
    (tmp_path / geography_files.POSTCODES).write_text(text)
    with pytest.raises(Refused, match=reason.replace("(", r"\(")):
        geography_files.postcodes(tmp_path, shipped_definitions.wards)


def test_without_a_list_no_postcode_is_known(tmp_path, shipped_definitions):
    assert geography_files.postcodes(tmp_path, shipped_definitions.wards) is None


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("EH1 1AA,E09000021,S13002919", "line 3: EH1 1AA: 'S13002919' is no ward of wards.csv: another country, or another year?"),
        ("SM1 1AA,E09000021,E05013946", "line 3: SM1 1AA stands twice"),
        ("SM1 1CA,E09000021,E05013946", "line 3: 'SM1 1CA' is no postcode"),
        ("SM1 1AB,E09000005,E05013946", "line 3: SM1 1AB: E05013946 lies in Kingston upon Thames, and E09000005 stands beside it"),
    ],
)
def test_a_file_of_postcodes_that_cannot_be_is_refused(tmp_path, shipped_definitions, line, reason):
    file = tmp_path / "p.csv"
    file.write_text(f"postcode,lad,ward\nSM1 1AA,E09000021,E05013946\n{line}\n")
    with pytest.raises(Refused) as refusal:
        importing.postcodes_by_ward(file, shipped_definitions.wards, shipped_definitions.places)
    assert reason in str(refusal.value)


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


def neighbours_with(shipped, **changed) -> str:
    areas = {place.id: () for place in shipped.areas} | changed
    known = Neighbours("ONS", "OGL", "March 2026", 2, {"global": Likeness("overall", areas)})
    return yaml_file.text(geography_files.neighbour_fields(known))


def read(folder, shipped, text: str):
    (folder / geography_files.NEIGHBOURS).write_text(text)
    return geography_files.neighbours(folder, shipped.places)


def test_what_is_written_is_read_back(tmp_path, shipped_definitions):
    known = read(tmp_path, shipped_definitions, neighbours_with(shipped_definitions, merton=("sutton",)))
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
        read(tmp_path, shipped_definitions, neighbours_with(shipped_definitions, **changed))


def test_an_area_that_is_left_out_is_named(tmp_path, shipped_definitions):
    with pytest.raises(Refused, match="merton is missing: an area without neighbours here has an empty list"):
        read(tmp_path, shipped_definitions, neighbours_with(shipped_definitions).replace("      merton: []\n", ""))


def test_a_force_without_a_list_has_none(tmp_path, shipped_definitions):
    assert geography_files.neighbours(tmp_path, shipped_definitions.places) is None
