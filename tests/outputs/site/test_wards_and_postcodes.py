"""The plain pages of wards and postcodes: small, without a script, and leading where they say."""

import gzip
import re

import pytest

from metrics import definitions
from metrics.build.definition_files import of_build
from metrics.domain import Definitions, Refused
from metrics.outputs.site import addresses, place_pages
from metrics.outputs.site.page_frame import site_of
from metrics.report.snapshot import Snapshot
from metrics.report.wards import ward_cards
from metrics.store import Store


@pytest.fixture(scope="module")
def made(served):
    store = Store(definitions.load(served).database)
    reading = Snapshot(store, *of_build(store.ask))
    return site_of(reading, "https://example.org", "The tests")


@pytest.fixture(scope="module")
def known(made) -> Definitions:
    return made.reading.known


@pytest.fixture(scope="module")
def codes(made) -> dict[str, str]:
    return {at: page.decode() for at, page in place_pages.postcode_pages(made)}


@pytest.fixture(scope="module")
def wards(made, known) -> dict[str, str]:
    return {at: page.decode() for area in known.areas[:4] for at, page in place_pages.ward_pages(made, area)}


def test_every_outward_code_has_a_page_of_at_most_six_kilobytes(codes, known):
    assert len(codes) == 1 + len(known.postcodes.outward) == 312
    assert max(len(gzip.compress(page.encode(), 9)) for page in codes.values()) <= 6_000


def test_a_page_lists_every_inward_code_once_under_its_ward(codes, known):
    page = codes["postcode/kt1/index.html"]
    listed = [sector + unit for sector, units in re.findall(r"<p><b>KT1 (\d)</b> ([A-Z ]+)</p>", page) for unit in units.split()]
    assert sorted(listed) == sorted(code for each in known.postcodes.wards("KT1").values() for code in each)


def test_postcode_pages_lead_to_wards_that_have_a_page(codes, made, known):
    pages = {addresses.of_ward(ward) for area in known.areas for ward in known.wards_of(area.id)}
    led = {to for page in codes.values() for to in re.findall(r'href="\.\./\.\./([a-z-]+/wards/[^"]+)"', page)}
    assert led and led <= pages and len(pages) == 679


@pytest.mark.parametrize(("text", "at"), [
    ("enfield", "enfield/"), ("Kingston upon Thames", "kingston-upon-thames/"), ("London", ""),
    ("KT1 1EU", "kingston-upon-thames/wards/kingston-town/"), ("Edmonton Green", "enfield/wards/edmonton-green/"), ("EN1", "enfield/"),
    ("edmonton", "enfield/"), ("Harrow", "harrow/"), ("norbiton", "kingston-upon-thames/wards/norbiton/"),
])  # fmt: skip
def test_a_name_a_ward_and_a_postcode_lead_to_their_page(made, known, text, at):
    assert addresses.typed(known, text, made.reading.wording.text["postcode"]) == at


@pytest.mark.parametrize("text", ["Enfeild", "EC2R 8AH", "Green", " ", "KT2", "M1 1AA", ""])
def test_what_has_no_page_is_refused(made, known, text):
    with pytest.raises(Refused):
        addresses.typed(known, text, made.reading.wording.text["postcode"])


def test_what_another_force_polices_leads_nowhere(codes):
    assert "City of London: policed by another force" in codes["postcode/ec2v/index.html"]


def test_postcode_pages_say_whose_data_they_are_and_hold_no_script(codes):
    for page in codes.values():
        assert "Royal Mail copyright and database right" in page and "<script" not in page


def test_a_ward_page_has_at_most_thirty_kilobytes_and_a_short_title(wards):
    assert len(wards) > 60
    assert max(len(gzip.compress(page.encode(), 9)) for page in wards.values()) <= 30_000
    titles = [re.search(r"<h1>(.*?)</h1>", page)[1] for page in wards.values()]
    assert max(len(title.split()) for title in titles) <= 12


def test_a_ward_page_has_no_rank_and_no_percentage(wards):
    for page in wards.values():
        table = page[page.index('<table class="promised-table ward-table">') : page.index("</table>")]
        assert "%" not in table and not re.search(r"\b(rank|highest|lowest|worst|best)\b", table)


def test_a_ward_is_without_a_clear_change_only_where_no_row_shows_any(wards):
    without = [page for page in wards.values() if "no clear change</h1>" in page]
    clear = [page for page in wards.values() if re.search(r'class="chip (improvement|worsening|rise|fall)"', page)]
    assert without and clear and set(without).isdisjoint(clear) and len(without) + len(clear) == len(wards)


def test_outward_codes_stand_in_the_order_that_people_expect():
    assert sorted(["SW10", "SW1A", "SW2", "E20"], key=place_pages.order) == ["E20", "SW1A", "SW2", "SW10"]


def test_every_ward_is_answered_on_a_year_before_and_since_the_plan_began(made, known):
    cards = [card for area in known.areas for card in ward_cards(made.reading, area).values()]
    answers = [row.answers for card in cards for row in card.rows]
    assert len(cards) == 679 and {len(card.rows) for card in cards} == {8}
    assert {tuple(answer.question for answer in both) for both in answers} == {("year", "plan")}
    assert all(both[1].before.endswith("in Jul 2022 to Jun 2023") for both in answers)


def test_every_rate_lies_in_the_range_below_it(made, known):
    rows = [row for area in known.areas for card in ward_cards(made.reading, area).values() for row in card.rows if row.range]
    spans = [[float(end.replace(",", "")) for end in (row.rate, *row.range.split(" to "))] for row in rows]
    assert len(spans) > 5000 and all(low <= rate <= high for rate, low, high in spans)


def test_a_title_leaves_out_parts_that_went_with_their_whole_alone_and_says_so(made, known):
    titles = {card.ward.name: card.title for area in known.areas for card in ward_cards(made.reading, area).values()}
    assert titles["Kelsey & Eden Park"] == "Kelsey & Eden Park: two clear changes"  # theft from the person went the other way
    assert titles["Northolt Mandeville"] == "Northolt Mandeville: one clear change, parts not counted"


def test_a_day_before_the_newest_release_of_wards_has_none(made, known):
    then = Snapshot(made.reading.store, known, made.reading.wording, known.plan.launched)
    assert ward_cards(then, known.areas[0]) == {} and ward_cards(made.reading, known.areas[0])
