"""The outlines that are shipped close round every area and name no other; a file that does not is refused with its line."""

import json
from pathlib import Path

import pytest

from metrics.definitions import geography_files, yaml_file
from metrics.domain import Refused
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


def written(folder: Path, **changes) -> Path:
    fields = geography_files.boundary_fields(geography_files.boundaries(DATA)) | changes
    (folder / geography_files.BOUNDARIES).write_text(yaml_file.text(fields), encoding="utf-8")
    return folder


def test_every_area_that_is_judged_has_an_outline(shipped_definitions):
    assert {place.id for place in shipped_definitions.areas} <= set(geography_files.boundaries(DATA).areas)


def test_the_shipped_outlines_are_small_and_survive_being_written(tmp_path):
    assert (DATA / geography_files.BOUNDARIES).stat().st_size < 8_000
    assert geography_files.boundaries(written(tmp_path)) == geography_files.boundaries(DATA)


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
        geography_files.boundaries(written(tmp_path, **changes))


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
