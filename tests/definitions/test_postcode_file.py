"""The shipped postcodes are those of the publisher, none wrong and none invented; a spoilt list is refused with its line."""

import csv
import hashlib
from pathlib import Path

import pytest

from metrics.definitions import geography_files
from metrics.domain import Refused
from metrics.domain.geography import unpack_codes
from metrics.ingest import places as importing

DATA = Path(__file__).parents[2] / "data"
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
