"""A postcode or a name leads to its ward or says why not, and is never guessed."""

from dataclasses import replace
from pathlib import Path

import pytest

from metrics.domain import Refused
from metrics.domain.geography import Postcodes, pack_codes
from metrics.narrative import Wording
from metrics.report.wards import located, named

ROOT = Path(__file__).parents[2]
WORDS = Wording(ROOT / "data" / "wording.yaml").text["postcode"]


@pytest.mark.parametrize(("text", "ward"), [("KT1 1EU", "Kingston Town"), ("kt13ab", "Norbiton"), ("SM1 1AA", "Sutton Central")])
def test_a_whole_postcode_has_one_ward(shipped_definitions, text, ward):
    area, wards = located(shipped_definitions, text, WORDS)
    assert [place.name for place in wards] == [ward] and wards[0].area == area


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("KT1 1AB", "KT1 1AB is not among the postcodes known here: it may be new, or gone."),
        ("ZZ9", "No postcode that begins with ZZ9 lies in London."),
        ("EH1 1YZ", "No postcode that begins with EH1 lies in London."),
        ("KT1", "KT1 lies in more than one place: Kingston upon Thames, Richmond upon Thames. Type all of your postcode."),
        ("EC2V 7HH", "EC2V 7HH lies in City of London, which another force polices: there are no figures here."),
    ],
)
def test_what_leads_nowhere_is_said(shipped_definitions, text, reason):
    with pytest.raises(Refused) as refusal:
        located(shipped_definitions, text, WORDS)
    assert str(refusal.value) == reason


def test_a_name_is_no_postcode_and_without_a_list_nothing_is(shipped_definitions):
    assert located(shipped_definitions, "Kingston", WORDS) is None
    assert located(replace(shipped_definitions, postcodes=None), "KT1 1EU", WORDS) is None


def test_a_ward_goes_by_its_name_and_a_name_of_several_is_asked_back(shipped_definitions):
    assert named(shipped_definitions, " norbiton", WORDS).area == "kingston-upon-thames"
    assert named(shipped_definitions, "Kingston", WORDS) is None
    with pytest.raises(Refused, match=r"^Highgate is a ward of more than one place: Camden, Haringey\. Choose one\.$"):
        named(shipped_definitions, "Highgate", WORDS)


def test_half_a_postcode_of_one_area_is_enough(shipped_definitions):
    listed = Postcodes("", "", {"KT1": {"E05013938": pack_codes(["1EU"]), "E05013929": pack_codes(["1EX"])}})
    area, wards = located(replace(shipped_definitions, postcodes=listed), "KT1", WORDS)
    assert area == "kingston-upon-thames" and {ward.name for ward in wards} == {"Kingston Town", "Berrylands"}
