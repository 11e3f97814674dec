"""The page of a ward, pages/ward.py, and a postcode or ward typed where an area is chosen."""

WARD = "E05013941"


def test_a_ward_shows_its_twelve_months_beside_its_borough(visit):
    page = visit("ward", ward=WARD)
    whole = "".join(page.html)
    assert page.title.startswith("Norbiton: ")
    assert all(words in whole for words in ("117", "Neighbourhood crime", "an estimate from the households of the Census 2021"))
    assert "12 months to" not in page.title and page.warnings == []


def test_a_code_that_is_no_wards_is_said(visit):
    assert visit("ward", ward="E99").warnings == ["No ward has the code 'E99'"]


def test_a_borough_lists_its_wards(visit):
    whole = "".join(visit("meeting", area="kingston-upon-thames").html)
    assert "Wards of Kingston upon Thames" in whole and f"ward?ward={WARD}" in whole


def test_a_postcode_arrives_at_its_borough_and_ward(visit):
    page = visit("meeting", area="kt1 3ab")
    assert page.address["area"] == "kingston-upon-thames"
    assert [info.value for info in page.app.info] == [f"KT1 3AB lies in [Norbiton](ward?ward={WARD}), Kingston upon Thames."]


def test_the_name_of_a_ward_arrives_there_or_is_asked_back(visit):
    page = visit("meeting", area="norbiton")
    assert page.address["area"] == "kingston-upon-thames"
    assert [info.value for info in page.app.info] == [f"[Norbiton](ward?ward={WARD}) is a ward of Kingston upon Thames."]
    asked = "Highgate is a ward of more than one place: [Camden](?area=camden), [Haringey](?area=haringey). Choose one."
    assert visit("meeting", area="Highgate").warnings == [asked]


def test_a_part_of_the_name_of_wards_arrives_at_their_borough(visit):
    page = visit("meeting", area="Edmonton")
    (info,) = page.app.info
    assert page.address["area"] == "enfield"
    assert "[Lower Edmonton](ward?ward=" in info.value and info.value.endswith("are wards of Enfield.")
    assert "[Harrow](?area=harrow)" not in str(visit("meeting", area="harrow").warnings)


def test_an_unknown_postcode_is_said_and_never_guessed(visit):
    page = visit("meeting", area="KT1 1AB")
    assert page.warnings == ["KT1 1AB is not among the postcodes known here: it may be new, or gone."]
    assert "London" in page.title or "where you live" in page.title


def test_a_ward_is_not_shown_for_a_day_before_its_release(visit):
    page = visit("ward", ward=WARD, **{"as-at": "2023-08-07"})
    assert "none is shown for an earlier day" in page.text and "Per 1,000 residents" not in page.text
